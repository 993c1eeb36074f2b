"""The project's own labels are whole: every line says who speaks for each attribution, and contrasts lie between two speakers."""

import json
import re

from contrast.training.gold import ANNOTATIONS, own_annotations
from contrast.training.pairs_data import KINDS


def test_each_contrast_is_between_statements_that_have_one_speaker_a_side() -> None:
    for row in own_annotations().values():
        for contrast in row["contrasts"]:
            assert contrast["kind"] in KINDS
            for side in "ab":
                assert len({row["speakers"][id_] for id_ in contrast[side]}) == 1


def test_each_stance_is_on_an_issue_of_its_article() -> None:
    for line in (ANNOTATIONS / "issues.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for stance in row["stances"].split():
            assert re.fullmatch(r"E\d+:(-|\d+[-+0](,\d+[-+0])*)", stance)
            assert set(re.findall(r"(\d+)[-+0]", stance.split(":")[1])) <= set(row["issues"])

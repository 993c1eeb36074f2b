"""What the scorer of pairs learns from is whole: who speaks for each attribution, and contrasts lie between two speakers."""

import json
import re
from pathlib import Path

import pytest

from contrast.training.gold import ANNOTATIONS, own_annotations
from contrast.training.pairs_data import KINDS
from contrast.training.pairs_inference import reports

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "data" / "nli"


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


@pytest.mark.skipif(not CORPORA.is_dir(), reason="shared/data/nli is not beside the checkout")
def test_reports_of_inference_corpora_oppose_statements_of_two_speakers() -> None:
    found = reports(CORPORA, 0)
    assert found == reports(CORPORA, 0)
    for report in found:
        speakers = {statement["id"]: statement["speaker"] for statement in report["statements"]}
        assert len(set(speakers.values())) == len(speakers)
        for contrast in report["contrasts"]:
            assert {*contrast["a"], *contrast["b"]} <= set(speakers)
            assert not set(contrast["a"]) & set(contrast["b"])

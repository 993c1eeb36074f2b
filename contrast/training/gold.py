"""Gold attributions as statements, so that later stages can be judged on their own.

Reads PolNeAR's stand-off form (a folder with ``text/`` and ``attributions/``); the attribution's id is kept beside each
statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contrast.attribution.quotations import find_quotations
from contrast.attribution.statements import build_statement
from contrast.reading import read_text
from contrast.records import Document, Statement
from contrast.training.shared import shared_module

ANNOTATIONS = Path(__file__).parent / "annotations"
"""Labels made for this project, by ids of PolNeAR's articles and attributions; its README says how."""


def own_annotations() -> dict[str, dict[str, Any]]:
    """By an article's id its "speakers" (attribution id: name) and "contrasts", as in a file of contrast_train."""
    found = {}
    for line in (ANNOTATIONS / "contrasts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = {id_: name for name, ids in row["speakers"].items() for id_ in ids}
        found[row["doc"]] = {"doc": row["doc"], "speakers": names, "contrasts": row["contrasts"]}
    return found


def read_gold(folder: Path, evaluation: Path) -> Iterator[tuple[Document, dict[str, Statement]]]:
    """Each annotated article of ``folder`` with its attributions by id; ``evaluation`` is the folder of the shared scorers."""
    for article in shared_module(evaluation, "polnear").read_split(folder):
        document = read_text(article.text, id=article.id)
        quotations = find_quotations(article.text)
        statements = {
            a.id: build_statement(article.id, article.text, quotations, source=a.source, cue=a.cue, content=a.content)
            for a in article.attributions
            if a.content
        }
        yield document, statements

"""The shipped tagger against PolNeAR's dev articles, where ../shared is beside the checkout: its figures must not fall.

The floors lie a little below what was measured with the shipped weights; raise them when the weights get better.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from contrast.attribution import find_statements
from contrast.reading import read_text

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEV = SHARED / "data" / "polnear" / "dev"
FLOORS = {
    "exact source": 81.5,
    "exact cue": 75.5,
    "exact content": 68.5,
    "overlap content": 89.0,
    "linked": 73.8,
    "linked-exact": 61.0,
}
"""F1 in percent; set from the shipped weights' model card."""

pytestmark = pytest.mark.skipif(not DEV.is_dir(), reason="shared/data/polnear is not beside the checkout")


@pytest.fixture(scope="module")
def scorer():
    sys.path.insert(0, str(SHARED / "eval"))
    yield importlib.import_module("score_attribution")
    sys.path.remove(str(SHARED / "eval"))


@pytest.fixture(scope="module")
def figures(scorer) -> dict[str, float]:
    """F1 in percent of each figure over all dev articles."""
    articles = scorer.read_split(DEV)
    tallies = defaultdict(scorer.Tally)
    for start in range(0, len(articles), 16):
        batch = articles[start : start + 16]
        found = find_statements([read_text(article.text, id=article.id) for article in batch])
        for article, statements in zip(batch, found, strict=True):
            predicted = [{"source": s.source, "cue": s.cue, "content": s.content} for s in statements]
            scorer.score(article, predicted, tallies)
    return {name: 200 * t.right / (t.predicted + t.gold) for name, t in tallies.items()}


@pytest.mark.parametrize("name", FLOORS)
def test_the_figure_has_not_fallen(figures, name):
    assert figures[name] >= FLOORS[name]

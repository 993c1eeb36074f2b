"""Figures of scored pairs, counted as the shared scorer counts: F1, average precision, kinds, a document's first five."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contrast.training.pairs_data import UNKNOWN_KIND, Example


@dataclass(frozen=True, slots=True)
class Judged:
    """For each pair of an example: the numbers of the gold contrasts it finds, None where it counts neither way."""

    hits: list[tuple[int, ...] | None]
    kinds: list[int]
    gold: int


def judge(example: Example) -> Judged:
    """A pair finds a contrast where each of its contents overlaps one of the contrast's side by half of the shorter."""
    text = example.sides[0].document.text if example.sides else ""
    content = [
        frozenset(i for s, e in side.statement.content for i in range(s, e) if not text[i].isspace()) for side in example.sides
    ]
    n = len(content)
    touches = [[bool(a and b) and len(a & b) >= 0.5 * min(len(a), len(b)) for b in content] for a in content]
    counted = [c for c in example.contrasts if not c.optional]
    optional = [c for c in example.contrasts if c.optional]

    def matches(i: int, j: int, a: tuple[int, ...], b: tuple[int, ...]) -> bool:
        def on(one: int, side: tuple[int, ...]) -> bool:
            return any(touches[one][k] for k in side)

        return (on(i, a) and on(j, b)) or (on(j, a) and on(i, b))

    assert n == len(touches)
    hits: list[tuple[int, ...] | None] = []
    for i, j in example.pairs():
        found = tuple(k for k, c in enumerate(counted) if matches(i, j, c.a, c.b))
        hits.append(None if not found and any(matches(i, j, c.a, c.b) for c in optional) else found)
    return Judged(hits, [c.kind for c in counted], len(counted))


def figures(
    judged: Sequence[Judged],
    scores: Sequence[NDArray[np.float64]],
    kinds: Sequence[NDArray[np.int64]] | None = None,
    *,
    threshold: float | None = None,
) -> dict[str, float]:
    """F1 (at ``threshold``, else at the best), average precision, precision of a document's five best, kinds right; per cent."""
    rows = [
        (float(s), d, p, h)
        for d, (one, values) in enumerate(zip(judged, scores, strict=True))
        for p, (s, h) in enumerate(zip(values, one.hits, strict=True))
        if h is not None
    ]
    rows.sort(key=lambda row: (-row[0], row[1], row[2]))
    gold = sum(one.gold for one in judged)
    found: set[tuple[int, int]] = set()
    right, average, best, at = 0, 0.0, (0.0, 1.0, 0.0, 0.0), 0
    for rank, (score, d, _, hits) in enumerate(rows, 1):
        new = {(d, k) for k in hits} - found
        found |= new
        right += bool(hits)
        if new:
            average += right / rank
        if threshold is not None and score < threshold:
            continue
        precision, recall = right / rank, len(found) / max(1, gold)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        if threshold is not None or f1 > best[0]:
            best, at = (f1, score, precision, recall), rank
    top = [bool(h) for d in range(len(judged)) for h in [r[3] for r in rows if r[1] == d][:5]]
    top_at = [bool(h) for d in range(len(judged)) for h in [r[3] for r in rows[:at] if r[1] == d][:5]]
    result = {
        "F1": 100 * best[0], "P": 100 * best[2], "R": 100 * best[3], "AP": 100 * average / max(1, gold),
        "top5": 100 * float(np.mean(top)), "top5 at F1": 100 * float(np.mean(top_at)) if top_at else 0.0, "threshold": best[1],
    }  # fmt: skip
    if kinds is not None:
        checks = [
            any(judged[d].kinds[k] == int(kinds[d][p]) for k in h)
            for _, d, p, h in rows[:at]
            if h and any(judged[d].kinds[k] != UNKNOWN_KIND for k in h)
        ]
        result["kind"] = 100 * float(np.mean(checks)) if checks else 0.0
    return {name: round(value, 3 if name == "threshold" else 1) for name, value in result.items()}

"""Pairs of statements by their two speakers: what all pairs of two speakers in one document tell together.

Whether two speakers differ shows in all that they say, and in news they mostly differ in one thing: so it is asked first of two
speakers, and then of their statements.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contrast.comparison.pairs import CandidatePair

SHARPNESS = 1.5
"""How far the likeliest pair of two speakers outweighs the others."""

Floats = NDArray[np.float32]


def by_speakers(pairs: Sequence[CandidatePair]) -> list[NDArray[np.int64]]:
    """The places of the pairs of each two speakers in one document, or in two, in the order of their first pair."""
    found: dict[frozenset[tuple[str, str]], list[int]] = {}
    for place, pair in enumerate(pairs):
        key = frozenset((side.document.id, side.speaker) for side in (pair.a, pair.b))
        found.setdefault(key, []).append(place)
    return [np.array(places, dtype=np.int64) for places in found.values()]


def together(table: Floats, groups: Sequence[NDArray[np.int64]]) -> Floats:
    """Of the structure (pairs, columns) of each group's pairs the largest, the mean and the sum: (groups, 3 * columns)."""
    found = np.zeros((len(groups), 3 * table.shape[1]), dtype=np.float32)
    for row, places in enumerate(groups):
        own = table[places]
        found[row] = np.concatenate([own.max(axis=0), own.mean(axis=0), own.sum(axis=0)])
    return found


def summed(odds: Floats, groups: Sequence[NDArray[np.int64]]) -> Floats:
    """Of the log odds (pairs,) of each group's pairs a soft maximum (groups,)."""
    found = np.zeros(len(groups), dtype=np.float32)
    for row, places in enumerate(groups):
        own = SHARPNESS * odds[places]
        most = own.max()
        found[row] = (most + np.log(np.exp(own - most).sum())) / SHARPNESS
    return found

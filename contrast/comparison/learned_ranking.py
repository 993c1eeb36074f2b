"""From what the encoder says of pairs and their structure to probabilities: logistic regressions, kept as a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contrast.comparison.pairs_speakers import summed, together

Floats = NDArray[np.float32]
Groups = Sequence[NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights, intercepts last in ``structure`` and ``speakers``, first in the joining ones.

    ``structure``: of a pair's structure; ``weights``: of that and the encoder's answer; ``speakers``: of what all pairs of two
    speakers tell together; ``joined``: of that and what their pairs' log odds amount to.
    """

    structure: Floats
    weights: Floats
    speakers: Floats
    joined: Floats

    def prior(self, table: Floats) -> Floats:
        """The log odds of a contrast by the structure (pairs, columns) alone."""
        return _linear(table, self.structure)

    def log_odds(self, table: Floats, logits: Floats) -> Floats:
        """The calibrated log odds that a pair is a contrast; ``logits`` (pairs,) are the encoder's."""
        odds: Floats = (self.weights[0] + self.weights[1] * self.prior(table) + self.weights[2] * logits).astype(np.float32)
        return odds

    def speakers_prior(self, table: Floats, groups: Groups) -> Floats:
        """The log odds that two speakers differ by the structure of their pairs (pairs, columns) alone; shape (groups,)."""
        return _linear(together(table, groups), self.speakers)

    def speakers_log_odds(self, table: Floats, odds: Floats, groups: Groups) -> Floats:
        """The calibrated log odds that two speakers differ, shape (groups,); ``odds`` (pairs,) are their pairs'."""
        told = self.joined[1] * self.speakers_prior(table, groups) + self.joined[2] * summed(odds, groups)
        found: Floats = (self.joined[0] + told).astype(np.float32)
        return found

    def probability(self, table: Floats, logits: Floats, groups: Groups) -> Floats:
        """The probability of a contrast, 0 to 1, shape (pairs,).

        The likeliest pair of two speakers has the probability that they differ at all, the others as much less as they are less
        likely by themselves.
        """
        odds = self.log_odds(table, logits)
        alone, found = _probability(odds), np.zeros(len(odds), dtype=np.float32)
        for places, differ in zip(groups, _probability(self.speakers_log_odds(table, odds, groups)), strict=True):
            found[places] = differ * alone[places] / alone[places].max()
        return found


def _linear(table: Floats, weights: Floats) -> Floats:
    odds: Floats = (table @ weights[:-1] + weights[-1]).astype(np.float32)
    return odds


def _probability(odds: Floats) -> Floats:
    found: Floats = (1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return found


def read_ranking(path: Path) -> tuple[Ranking, NDArray[np.int64]]:
    """The ranking in an .npz file, and the row of the encoder's vocabulary that each piece has."""
    with np.load(path) as arrays:
        ranking = Ranking(*(arrays[name] for name in ("structure", "weights", "speakers", "joined")))
        return ranking, arrays["rows"].astype(np.int64)

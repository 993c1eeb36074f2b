"""From what the encoder says of a pair and its structure to a probability: a logistic regression, kept as a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranking:
    """``structure``: the weights of the structure's columns, then their intercept; ``weights``: intercept, structure, encoder."""

    structure: Floats
    weights: Floats

    def prior(self, table: Floats) -> Floats:
        """The log odds of a contrast by the structure (pairs, columns) alone."""
        odds: Floats = (table @ self.structure[:-1] + self.structure[-1]).astype(np.float32)
        return odds

    def log_odds(self, table: Floats, logits: Floats) -> Floats:
        """The calibrated log odds of a contrast; ``logits`` (pairs,) are the encoder's."""
        odds: Floats = (self.weights[0] + self.weights[1] * self.prior(table) + self.weights[2] * logits).astype(np.float32)
        return odds

    def probability(self, table: Floats, logits: Floats) -> Floats:
        """The calibrated probability of a contrast, 0 to 1."""
        probability: Floats = (1.0 / (1.0 + np.exp(-np.clip(self.log_odds(table, logits), -30, 30)))).astype(np.float32)
        return probability


def read_ranking(path: Path) -> tuple[Ranking, NDArray[np.int64]]:
    """The ranking in an .npz file, and the row of the encoder's vocabulary that each piece has."""
    with np.load(path) as arrays:
        return Ranking(arrays["structure"], arrays["weights"]), arrays["rows"].astype(np.int64)

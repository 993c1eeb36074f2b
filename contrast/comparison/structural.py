"""The shipped scorer of pairs: a logistic regression over the structure of a pair, a few hundred numbers, no encoder.

It knows where two statements stand, who names whom, which cues deny, what rare words they share and whether their appraisals
clash (:mod:`contrast.comparison.pairs_structure`), not what they mean: of use for its surest answers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from contrast.comparison.learned import KINDS, is_report
from contrast.comparison.learned_reasons import reason
from contrast.comparison.pairs import CandidatePair, PairScore
from contrast.comparison.pairs_facts import says
from contrast.comparison.pairs_rarity import rarity_by
from contrast.comparison.pairs_structure import structure

SHIPPED = Path(__file__).parents[1] / "models" / "comparison"
TOKENIZER = Path(__file__).parents[1] / "models" / "attribution" / "tokenizer.json"
"""Its vocabulary, in the order of frequency, tells how rare a word is."""

Floats = NDArray[np.float64]
TOLD = (0, 1, 2, 5)
"""Of the kinds those that structure can tell: evaluation, denial, fact, and policy; figures and promises are for the rules."""


class StructureScorer:
    """Scores pairs by the weights in ``folder``. Deterministic."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        with np.load(folder / "structure.npz") as arrays:
            self.contrast: Floats = arrays["contrast"].astype(np.float64)
            """(columns + 1,): the weight of each column, then the intercept."""
            self.kinds: Floats = arrays["kinds"].astype(np.float64)
            """(kinds, columns + 1), in the order of ``KINDS``."""
        self._rarity = rarity_by(Tokenizer.from_file(str(TOKENIZER)))

    def score(self, pairs: Sequence[CandidatePair]) -> list[PairScore | None]:
        """The probability, kind and reason of each pair, in their order; None for pairs such as it never saw."""
        if not pairs:
            return []
        table = structure(pairs, self._rarity).astype(np.float64)
        odds = table @ self.contrast[:-1] + self.contrast[-1]
        probabilities = 1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))
        kinds = (table @ self.kinds[:, :-1].T + self.kinds[:, -1])[:, TOLD].argmax(axis=1)
        return [
            PairScore(p, KINDS[TOLD[k]], reason(pair, KINDS[TOLD[k]], self._rarity)) if answers(pair) else None
            for pair, p, k in zip(pairs, probabilities.tolist(), kinds.tolist(), strict=True)
        ]


def answers(pair: CandidatePair) -> bool:
    """Whether the pair is one of those it learned from: of one news report, neither within the other, none that says so too."""
    one_report = pair.a.document.id == pair.b.document.id and pair.a.document.issuer is None
    return one_report and not is_report(pair) and not says("agreements", pair.b.content)


@lru_cache(maxsize=1)
def shipped_structure() -> StructureScorer:
    """The scorer, loaded once."""
    return StructureScorer()

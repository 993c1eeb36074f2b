"""How rare English words are, told from a word-piece vocabulary in the order of frequency (as BERT's is)."""

from __future__ import annotations

import math
from functools import lru_cache

from tokenizers import Tokenizer

from contrast.comparison.pairs_facts import Rarity

_COMMON, _FIRST = 2100, 1990
"""The vocabulary's words begin with the commonest at about _FIRST."""


def rarity_by(tokenizer: Tokenizer) -> Rarity:
    """A function from a lower-cased word to its rarity, 0 to 1; a word that is none of the vocabulary has 1."""
    vocabulary = tokenizer.get_vocab()

    @lru_cache(maxsize=100_000)
    def rarity(word: str) -> float:
        place = vocabulary.get(word)
        if place is None:
            return 1.0
        return 0.0 if place < _COMMON else min(1.0, math.log((place - _FIRST) / 100) / math.log(200))

    return rarity

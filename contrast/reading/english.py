"""Whether a text seems to be English, which is what the models read."""

from __future__ import annotations

import re

from contrast.reading.knowledge import metadata

SAMPLE = 20_000
"""Characters at the head of a text that are looked at."""
FEW_WORDS = 12
LEAST_SHARE = 0.1
"""Share of commonest English words among the words of an English text, at the least; running English has about a third."""


def seems_english(text: str) -> bool:
    """Whether English words are common in the text; a text of few words is English if its letters are Latin."""
    sample = text[:SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    if sum(character < "\u0250" for character in letters) < len(letters) / 2:
        return False
    words = re.findall(r"[^\W\d_]+", sample.lower())
    common = set(metadata()["english"]["words"])
    return len(words) < FEW_WORDS or sum(word in common for word in words) >= LEAST_SHARE * len(words)

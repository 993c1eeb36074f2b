"""Why the learned scorer may have judged a pair as it did: what the two statements share, and the cues that oppose them."""

from __future__ import annotations

from contrast.comparison.pairs import CandidatePair
from contrast.comparison.pairs_facts import COMMON, Rarity, content_words, facts_of, knowledge, name_words
from contrast.records import ContrastKind

SHARED = 3
"""The most shared words that a reason names."""


def reason(pair: CandidatePair, kind: ContrastKind, rarity: Rarity) -> str:
    """One line without a closing stop; the words in quotation marks are verbatim."""
    parts = [f"read as {knowledge()['kinds'][kind]}"]
    shared = shared_words(pair, rarity)
    if shared:
        parts.append("both speak of " + ", ".join(f"“{word}”" for word in shared))
    parts.extend(f"{side.speaker} denies (“{side.cue}”)" for side in (pair.a, pair.b) if side.statement.cue_function == "denies")
    for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
        if name_words(other.speaker) & facts_of(one, rarity).names:
            parts.append(f"{one.speaker} names {other.speaker}")
    return "; ".join(parts)


def shared_words(pair: CandidatePair, rarity: Rarity) -> list[str]:
    """The rarest words of the second content that the first has too, as they stand there, rarest first."""
    first = facts_of(pair.a, rarity).words
    told = [
        (word, stemmed, rare)
        for word, stemmed, rare in content_words(pair.b.content, rarity)
        if stemmed in first and rare > COMMON
    ]
    found: dict[str, str] = {}
    for word, stemmed, _ in sorted(told, key=lambda one: (-one[2], one[0])):
        found.setdefault(stemmed, word)
    return list(found.values())[:SHARED]

"""Which speakers take positions: persons, states, bodies, documents and groups of people; what nobody is has none."""

from __future__ import annotations

import re

from contrast.claims.words import listed
from contrast.records import Speaker, Statement

DOUBTFUL = 0.5
"""Confidence below which it is doubtful who speaks."""
DOUBT_COSTS = 0.85
"""Factor of the score where it is doubtful of every statement of a side who speaks."""
_PLURAL = re.compile(r"\w{2,}(?<!s)s\b", re.IGNORECASE)
_COUNTED = re.compile(r"(one|another|every|each|any|some|no|a|an)\s+(?!of\b)\w+", re.IGNORECASE)


def takes_positions(speaker: Speaker | None) -> bool:
    """Whether it is a person, a state, a body, a document or people in the plural; of a body the name must be one."""
    if speaker is None or speaker.kind == "unknown" or not speaker.name.strip():
        return False
    head = re.split(r"\s(?:of|in|from|for|at|who|that|with)\s", speaker.name)[0]
    people = bool(_PLURAL.search(head)) or any(word in listed("voices", "collectives") for word in head.lower().split())
    if speaker.kind == "group":
        return people or "&" in speaker.name
    if speaker.kind == "body" and not any(c.isupper() for c in speaker.name):
        return people and not _COUNTED.match(head)
    return True


def official(speaker: Speaker) -> bool:
    """Whether the speaker is a person, a state or a body, not a document or people without a name."""
    return speaker.kind in ("person", "state", "body")


def trust(*statements: Statement) -> float:
    """Factor of a score for how sure it is who speaks."""
    return DOUBT_COSTS if any(statement.speaker_confidence < DOUBTFUL for statement in statements) else 1.0

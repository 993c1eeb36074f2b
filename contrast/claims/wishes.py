"""What a demand or a "should" is about, and whether it is for or against it: "that the tax be scrapped" is against the tax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from contrast.claims.focus import Target
from contrast.claims.passage import Passage
from contrast.claims.phrases import Phrase
from contrast.claims.words import listed, tables, words

REACH = 7
FOR = (("policy", "supports"), ("aspect", "goes_on"))


@dataclass(frozen=True, slots=True)
class Wish:
    """The target, 1 for and -1 against it, and the place of the verb in the passage (-1 where a noun says it)."""

    target: Target
    sign: float
    verb: int


def wished(passage: Passage) -> Wish | None:
    """What the whole content asks for, as what follows "demanded", "favours" or "opposes"."""
    first = next((phrase for phrase in passage.phrases if not phrase.pronoun), None)
    at = next((i for i, t in enumerate(passage.tokens[: 2 * REACH]) if _infinite(passage.tokens, i)), None)
    if at is not None and (first is None or first.start > passage.tokens[at].i or _subject_of(passage, first, at)):
        found = _clause(passage, at, first)
        if found is not None:
            return found
    return _nominal(passage, first)


def find_wish(passage: Passage, modal: int) -> Wish | None:
    """What is to be done by the clause of the "should" or "must" at this place."""
    at = next((i for i in range(modal + 1, min(len(passage.tokens), modal + 4)) if passage.tokens[i].tag_ == "VB"), None)
    if at is None:
        return None
    verb = at + 1 if passage.tokens[at].lower_ == "be" else at
    part = passage.tokens[verb : verb + 3]
    if not _against(part) and not any(start == 0 for entry in FOR for start, _, _ in words(*entry).find(part)):
        return None
    return _clause(passage, at, passage.subject(modal))


def _infinite(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of a wish stands here: "to ban", "banning", "(that it) be banned", "(that they) ban"."""
    if tokens[at].tag_ == "VB":
        return not at or tokens[at - 1].tag_ != "MD" or at < 3
    return tokens[at].tag_ == "VBG" and at < 2


def _subject_of(passage: Passage, phrase: Phrase, at: int) -> bool:
    return 0 <= passage.tokens[at].i - phrase.end <= 3


def _clause(passage: Passage, at: int, subject: Phrase | None) -> Wish | None:
    verb = at
    if passage.tokens[at].lower_ == "be" and at + 1 < len(passage.tokens) and passage.tokens[at + 1].tag_ in ("VBN", "VBD"):
        verb = at + 1
        target = passage.target(subject)
    else:
        target = passage.target(passage.phrase_after(verb, reach=5))
    if target is None or not target.head or passage.tokens[verb].lemma_.lower() in listed("policy", "tells"):
        return None
    return Wish(target, -1.0 if _against(passage.tokens[verb : verb + 3]) else 1.0, verb)


def _nominal(passage: Passage, first: Phrase | None) -> Wish | None:
    if first is None:
        return None
    if first.head.lemma_.lower() in tables()["policy"]["ending_nouns"]:
        linked = passage.complements(first, most=1)
        target = passage.target(linked[0]) if linked else None
        if target is not None and target.head:
            return Wish(target, -1.0, -1)
    target = passage.target(first)
    return Wish(target, 1.0, -1) if target is not None and target.head else None


def _against(tokens: Sequence[Token]) -> bool:
    for entry in (words("policy", "opposes"), words("aspect", "ends")):
        if any(start == 0 for start, _, _ in entry.find(tokens)):
            return True
    return False

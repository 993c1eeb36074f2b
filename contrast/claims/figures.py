"""Quantities and times with what they measure: the noun counted, the event timed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from contrast.claims.building import make
from contrast.claims.focus import Target
from contrast.claims.keys import NAME, generic, key_of, knowledge, token_key
from contrast.claims.numerals import DATE, MONTHS, Reading, read_quantities, read_times
from contrast.claims.numerals import knowledge as numbers
from contrast.claims.passage import Passage
from contrast.claims.phrases import Phrase
from contrast.language import doc_text
from contrast.records import Claim, ContrastKind, Quantity

MOST_KEYS = 16


def figures(passage: Passage) -> Iterator[Claim]:
    """Claims of time and quantity, one a figure in the passage."""
    if not passage.tokens:
        return
    base = passage.tokens[0].idx
    text = doc_text(passage.doc)[base : passage.tokens[-1].idx + len(passage.tokens[-1])]
    for reading in read_times(text, offset=base):
        if not _own(passage, reading) or not _sets_time(passage, reading):
            continue
        target = _timed(passage, reading)
        if target is not None:
            yield _claim(passage, reading, target, "time", reading.quantity)
    for reading in read_quantities(text, offset=base):
        if not _own(passage, reading):
            continue
        counted = _counted(passage, reading)
        if counted is not None:
            target, unit = counted
            q = reading.quantity
            yield _claim(passage, reading, target, "quantity", q if q.unit else Quantity(q.low, q.high, unit))


def _own(passage: Passage, reading: Reading) -> bool:
    return any(reading.span[0] <= token.idx < reading.span[1] for token in passage.tokens)


def _sets_time(passage: Passage, reading: Reading) -> bool:
    """Whether the time is a deadline, a duration or a plan's date, not an age or the date of a past event told by the way."""
    if reading.quantity.unit not in (MONTHS, DATE):
        return reading.quantity.unit in numbers()["deadlines"]
    before = doc_text(passage.doc)[max(0, reading.span[0] - 14) : reading.span[0]].lower()
    words = doc_text(passage.doc)[reading.span[0] : reading.span[1]].lower()
    links = r"\b(within|in|for|by|before|after|until|takes?|last(?:s|ed)?|needs?|over|than|least|about|around|another|of)\W*$"
    return bool(
        re.search(links, before) or re.match(r"(within|by|before|after|until|at least|more than|less than|up to)\b", words)
    )


def _timed(passage: Passage, reading: Reading) -> Target | None:
    """The event that a time belongs to: one named in the passage, or what a pronoun in it stands for."""
    within = [p for p in passage.phrases if p.span[1] <= reading.span[0] or p.span[0] >= reading.span[1]]
    keys = [key for phrase in within if not phrase.pronoun for key in phrase.named()]
    best: Target | None = None
    for phrase in sorted(within, key=lambda p: abs(p.span[0] - reading.span[0])):
        if (
            not phrase.pronoun
            and phrase.head.tag_[:2] == "NN"
            and phrase.head.tag_ not in ("NNP", "NNPS")
            and _event_word(phrase)
        ):
            best = passage.target(phrase)
            if best is not None and best.head and not _of_time(best.head):
                break
            best = None
    if best is None:
        for phrase in within:
            if phrase.pronoun or phrase.head.lemma_.lower() in knowledge()["nouns"]["anaphoric"]:
                best = passage.focus.antecedent(phrase.head, phrase.pronoun)
                if best is not None:
                    break
    if best is None:
        heads = [key for t in passage.tokens if t.tag_[:2] == "VB" and (key := token_key(t)) and not _of_time(key)]
        if not heads:
            return None
        best = Target(heads[-1], (), None, "")
    return Target(
        best.head, tuple(dict.fromkeys([*best.keys, *keys]))[:MOST_KEYS], best.span, best.text or _words(passage, reading)
    )


def _event_word(phrase: Phrase) -> bool:
    word, key = phrase.head.lemma_.lower(), token_key(phrase.head)
    return key is not None and (key in knowledge()["concept"] or word.endswith(tuple(knowledge()["nouns"]["event_endings"])))


@lru_cache(maxsize=1)
def _time_words() -> frozenset[str]:
    units = [*numbers()["months_in"], "time", "timeline", "timetable", "deadline", "date", "end", "term", "schedule", "half"]
    return frozenset(key_of(word) for word in units)


def _of_time(key: str) -> bool:
    return key in _time_words()


def _counted(passage: Passage, reading: Reading) -> tuple[Target, str] | None:
    """The noun that a number counts with its context; None for ordinals, years and numbers that count nothing named."""
    at = next((p for p, t in enumerate(passage.tokens) if reading.span[0] <= t.idx < reading.span[1]), None)
    if at is None:
        return None
    phrase = passage.phrase_at(at)
    last = max(p for p, t in enumerate(passage.tokens) if t.idx < reading.span[1])
    if phrase is None or phrase.head.idx < reading.span[1]:
        following = passage.phrase_after(last, reach=4)
        phrase = following if following is not None and (following.link in ("of", "for") or not following.link) else None
    if phrase is None or phrase.pronoun or phrase.head.tag_ in ("NNP", "NNPS"):
        return None
    target = passage.target(phrase)
    if target is None or not target.head or target.head.startswith(NAME) or _of_time(target.head):
        return None
    if not reading.quantity.unit and target.head in generic() and len(target.keys) < 2:
        return None
    return Target(
        target.head, tuple(dict.fromkeys([*target.keys, *passage.keys]))[:MOST_KEYS], target.span, target.text
    ), target.head


def _claim(passage: Passage, reading: Reading, target: Target, kind: str, quantity: Quantity) -> Claim:
    words = doc_text(passage.doc)[reading.span[0] : reading.span[1]]
    of_time: ContrastKind = "time" if kind == "time" else "quantity"
    return make(passage, target, reading.span, kind=of_time, sense=kind, why=f"'{words}'", quantity=quantity)


def _words(passage: Passage, reading: Reading) -> str:
    return doc_text(passage.doc)[passage.tokens[0].idx : reading.span[0]].strip()

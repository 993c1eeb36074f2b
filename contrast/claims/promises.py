"""Promises and demands: who will do what or will not, what is insisted on, and who resents being pressed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from contrast.claims.building import MOST_KEYS, first_target, governed_by_cue, make, text_of
from contrast.claims.focus import Target
from contrast.claims.keys import generic, knowledge, token_key
from contrast.claims.passage import Passage
from contrast.claims.showing import GAP, clipped, stance_span, with_object
from contrast.claims.wishes import wished
from contrast.claims.wording import shown
from contrast.claims.words import Sequences, words
from contrast.language import doc_text
from contrast.records import Claim


def commitments(passage: Passage) -> Iterator[Claim]:
    concept = _event_concept(passage)
    for sense, value in (("will", 1.0), ("wont", -1.0)):
        for start, end, word in passage.match(words("commitment", sense)):
            if (concept is None and not _infinitive_follows(passage, end)) or insisted(passage, start) is not None:
                continue
            negated = passage.negated(start)
            sign = -value if negated != passage.reversed else value
            weight = 0.3 if word == "will" or (value > 0 and _undone(passage)) else 1.0
            target = concept or _rest(passage, end)
            if target is None or not target.head:
                continue
            span = with_object(passage, start, end)
            if target.span is not None and span[0] <= target.span[0] <= span[1] + GAP:
                span = (span[0], max(span[1], target.span[1]))
            yield make(
                passage,
                Target(target.head, tuple(dict.fromkeys([*target.keys, *passage.keys]))[:MOST_KEYS], target.span, target.text),
                span,
                kind="commitment",
                sense="will" if sign > 0 else "won't",
                polarity=sign * weight,
                negated=negated,
                why=f"'{text_of(passage.tokens[start:end])}' of {target.text} ({'committed' if sign > 0 else 'not committed'})",
            )


def _undone(passage: Passage) -> bool:
    """Whether the passage also takes its commitment back ("might rattle our willingness")."""
    return any(True for _ in passage.match(words("commitment", "wont")))


def demands(passage: Passage) -> Iterator[Claim]:
    concept = _event_concept(passage)
    target = concept or first_target(passage)
    if target is None or not target.head:
        return
    target = Target(target.head, tuple(dict.fromkeys([*target.keys, *passage.keys]))[:MOST_KEYS], target.span, target.text)
    pressing = next(words("demand", "presses").find(passage.cue), None)
    if pressing is not None and concept is None and not governed_by_cue(passage, target):
        return
    wish = wished(passage) if pressing is not None else None
    if pressing is not None and not passage.reversed and _is_demand(passage, pressing[2]) and (wish is None or wish.sign > 0):
        start, end, _ = pressing
        yield make(
            passage,
            target,
            stance_span(passage, passage.cue[start:end], target),
            kind="policy",
            sense="demands",
            polarity=0.5,
            why=f"'{text_of(passage.cue[start:end])}' {target.text} (demands it)",
        )
    elif (at := insisted(passage, len(passage.tokens))) is not None and not passage.reversed:
        yield make(
            passage,
            target,
            clipped(passage.tokens[at:]),
            kind="policy",
            sense="demands",
            polarity=0.5,
            why=f"'{text_of(passage.tokens[at : at + 1])}' {target.text} (demands it)",
        )
    found = next(passage.match(words("demand", "complains")), None)
    if found is not None and not passage.reversed and not passage.negated(found[0]):
        start, end, _ = found
        phrase = passage.phrase_at(start)
        tokens = passage.tokens[start:end] if phrase is None else list(phrase.tokens)
        span = with_object(passage, start, end)
        span = (min(span[0], tokens[0].idx), span[1])
        yield make(
            passage,
            target,
            span,
            kind="policy",
            sense="resents",
            polarity=-0.7,
            why=f"'{shown(doc_text(passage.doc), span)}' (resents being pressed)",
        )


def insisted(passage: Passage, before: int) -> int | None:
    """The place of a verb by which what follows is told as insisted on ("firm in insisting that the North fulfil")."""
    tokens = passage.tokens
    for start, end, _ in words("demand", "within").find(tokens[:before]):
        if tokens[start].tag_[:2] == "VB" and end < len(tokens) and tokens[end].lower_ in ("that", "on"):
            return start
    return None


def _is_demand(passage: Passage, word: str) -> bool:
    """Whether what is insisted on is to be done; "insisted that it was true" asserts."""
    if word != "insist":
        return True
    verb = next((t for t in passage.tokens if t.tag_[:2] in ("VB", "MD")), None)
    if any(t.lower_ in ("on", "upon") for t in passage.cue) or verb is None:
        return True
    return (verb.tag_ in ("VB", "VBZ", "VBP") and verb.lemma_.lower() not in ("be", "have", "do")) or verb.lower_ in (
        "should",
        "must",
    )


def _event_concept(passage: Passage) -> Target | None:
    """A concept that is named in the passage or told by a verb and its object ("give up its nuclear arms")."""
    for name, rule in knowledge()["events"].items():
        for phrase in passage.phrases:
            if token_key(phrase.head) == name:
                keys = phrase.named()
                return Target(name, tuple(keys), phrase.span, doc_text(passage.doc)[phrase.span[0] : phrase.span[1]])
        for start, end, _ in passage.match(_events(name)):
            thing = passage.phrase_after(end - 1, reach=5)
            if thing is not None and any(thing.head.lemma_.lower() == w.split()[-1] for w in rule["objects"]):
                span = (passage.tokens[start].idx, thing.span[1])
                return Target(name, (name, *thing.named()), span, doc_text(passage.doc)[span[0] : span[1]])
    return None


@lru_cache(maxsize=16)
def _events(name: str) -> Sequences:
    return Sequences(knowledge()["events"][name]["verbs"])


def _infinitive_follows(passage: Passage, end: int) -> bool:
    return (
        end + 1 < len(passage.tokens)
        and passage.tokens[end].lower_ in ("to", "not")
        and passage.tokens[end + 1].tag_ in ("VB", "TO")
    )


def _rest(passage: Passage, end: int) -> Target | None:
    """The target of what is promised: the verb after "to", with the keys of what follows it."""
    part = passage.tokens[end : end + 12]
    keys = [key for token in part if (key := token_key(token)) and key not in generic()]
    if not keys:
        return None
    span = (part[0].idx, part[-1].idx + len(part[-1]))
    phrase = passage.phrase_after(end + 1, reach=5)
    target = passage.target(phrase)
    if target is not None and target.head and not target.vague:
        return Target(target.head, tuple(dict.fromkeys([*target.keys, *keys])), target.span, target.text)
    return Target(keys[0], tuple(keys), span, doc_text(passage.doc)[span[0] : span[1]])

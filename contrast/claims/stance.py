"""Stances: for or against a plan, going on or ending, and all that goes with them (words of ``stances.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from contrast.claims.building import governed_by_cue, make, span_with, text_of, with_keys
from contrast.claims.focus import Target
from contrast.claims.keys import token_key
from contrast.claims.passage import NEGATIONS, Passage
from contrast.claims.promises import commitments, demands, insisted
from contrast.claims.propositions import propositions
from contrast.claims.showing import stance_span
from contrast.claims.wishes import find_wish, wished
from contrast.claims.words import tables, words
from contrast.language import doc_text
from contrast.records import Claim


def stances(passage: Passage) -> Iterator[Claim]:
    """All stances of a passage; a cue that takes back its content turns each round."""
    if not passage.tokens:
        return
    yield from _policies(passage)
    yield from _aspects(passage)
    demanded = list(demands(passage))
    if not any(claim.sense == "demands" for claim in demanded) or insisted(passage, len(passage.tokens)) is not None:
        yield from commitments(passage)
    yield from demanded
    yield from propositions(passage)


def _policies(passage: Passage) -> Iterator[Claim]:
    yield from _policy_of_cue(passage)
    for sense, value in (("supports", 1.0), ("opposes", -1.0)):
        for start, end, word in passage.match(words("policy", sense)):
            if not _verbal(passage.tokens[start]) or not _deontic(passage, start, word) or passage.supposed(start):
                continue
            if not passage.own(start):
                continue
            negated = passage.negated(start)
            sign = -value if negated != passage.reversed else value
            target = passage.target(passage.phrase_after(end - 1))
            if end < len(passage.tokens) and passage.tokens[end].lower_ == "to":
                wish = find_wish(passage, end)
                target, sign = (wish.target, sign * wish.sign) if wish is not None else (None, sign)
            if target is not None and target.head:
                yield _policy(passage, target, sign, passage.tokens[max(0, start - 2 * negated) : end])
    for start, _, _ in passage.match(words("policy", "should")):
        wish = find_wish(passage, start)
        if wish is not None and not passage.supposed(start) and passage.tokens[start].tag_ != "VBD":
            negated = any(t.lower_ in NEGATIONS for t in passage.tokens[start + 1 : start + 3])
            sign = -wish.sign if negated != passage.reversed else wish.sign
            yield _policy(passage, wish.target, sign, passage.tokens[start : wish.verb + 1])


def _policy_of_cue(passage: Passage) -> Iterator[Claim]:
    for sense, value in (("supports", 1.0), ("opposes", -1.0)):
        for start, end, word in words("policy", sense).find(passage.cue):
            if not _verbal(passage.cue[start]) or word in tables()["aspect"]["ends"] or _speaks_on(passage.cue[end:]):
                continue
            wish = wished(passage)
            if wish is not None and governed_by_cue(passage, wish.target):
                sign = value * wish.sign * (-1 if passage.statement.negated else 1)
                yield _policy(passage, with_keys(wish.target, passage), sign, passage.cue[start:end])
                return


def _policy(passage: Passage, target: Target, sign: float, tokens: Sequence[Token]) -> Claim:
    said = text_of(tokens)
    return make(
        passage,
        target,
        stance_span(passage, tokens, target),
        kind="policy",
        sense="supports" if sign > 0 else "opposes",
        polarity=sign,
        why=f"'{said}' {target.text} ({'for' if sign > 0 else 'against'} it)",
    )


def _speaks_on(rest: Sequence[Token]) -> bool:
    """Whether the cue goes on to what is said or done ("want to assure them")."""
    return len(rest) > 1 and rest[0].lower_ == "to" and rest[1].tag_ == "VB"


def _deontic(passage: Passage, start: int, word: str) -> bool:
    """Whether the verb is the speaker's own stance: of "I", "we", a plan's holder, or after "should"."""
    before = [t.lower_ for t in passage.tokens[max(0, start - 4) : start]]
    if any(w in tables()["policy"]["should"] for w in before):
        return True
    return any(w in ("i", "we", "he", "she", "they") for w in before) or start == 0 or " " in word


def _aspects(passage: Passage) -> Iterator[Claim]:
    for sense, value in (("goes_on", 1.0), ("ends", -1.0)):
        for start, end, _ in passage.match(words("aspect", sense)):
            if not _verbal(passage.tokens[start]) or _of_a_promise(passage, start):
                continue
            phrase = passage.phrase_after(end - 1, reach=3)
            if phrase is not None and phrase.head.lemma_.lower() in (
                "work",
                "operation",
                "activity",
                "construction",
                "production",
            ):
                linked = passage.complements(phrase, most=1)
                phrase = linked[0] if linked else phrase
            target = passage.target(phrase)
            if target is None or target.vague:
                continue
            actor = passage.target(passage.subject(start))
            keys = tuple(dict.fromkeys([*target.keys, *(actor.keys if actor else ())]))
            flips = passage.negated(start) != passage.reversed
            sign = -value if flips else value
            span = span_with(passage.tokens[start:end], target)
            yield make(
                passage,
                Target(target.head, keys, target.span, target.text),
                span,
                kind="fact",
                polarity=sign,
                sense="goes on" if sign > 0 else "ends",
                why=f"'{doc_text(passage.doc)[span[0] : span[1]]}' ({'goes on' if sign > 0 else 'ends'})",
            )


def _of_a_promise(passage: Passage, at: int) -> bool:
    """Whether the verb only tells what a promise or intention is of."""
    before = passage.tokens[max(0, at - 3) : at]
    return any(t.tag_[:2] == "NN" and token_key(t) in ("commitment", "willingness") for t in before)


def _verbal(token: Token) -> bool:
    return token.tag_[:2] == "VB" or (
        token.tag_ in ("IN", "NN", "JJ") and token.lower_ in ("against", "in", "opposition", "support", "no")
    )

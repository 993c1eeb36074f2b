"""Stances: for or against a plan, going on or ending, promised or refused, demanded, asserted or denied (words of ``stances.toml``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Token

from contrast.claims.keys import generic, knowledge, token_key
from contrast.claims.passage import NEGATIONS, Passage, Sequences, Target
from contrast.claims.wishes import find_wish, wished
from contrast.claims.words import tables, words
from contrast.records import Claim, ContrastKind, Span

MOST_KEYS = 24
"""Keys of a content that a claim keeps."""


def make(
    passage: Passage,
    target: Target,
    span: Span,
    *,
    kind: ContrastKind,
    sense: str,
    why: str,
    polarity: float = 0.0,
    modality: str = "asserted",
    negated: bool = False,
) -> Claim:
    """A claim of the passage's statement."""
    speaker = passage.statement.speaker
    return Claim(
        statement=passage.statement.id,
        speaker="" if speaker is None else speaker.id,
        document=passage.statement.document,
        target=target.text,
        target_span=target.span,
        characterisation=span,
        kind=kind,
        polarity=polarity,
        negated=negated,
        modality=modality,
        head=target.head,
        keys=target.keys[:MOST_KEYS],
        sense=sense,
        why=why,
    )


def stances(passage: Passage) -> Iterator[Claim]:
    """All stances of a passage; a cue that takes back its content turns each round."""
    if not passage.tokens:
        return
    yield from _policies(passage)
    yield from _aspects(passage)
    demands = list(_demands(passage))
    if not any(claim.sense == "demands" for claim in demands):
        yield from _commitments(passage)
    yield from demands
    yield from _propositions(passage)


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
        for start, end, _ in words("policy", sense).find(passage.cue):
            if not _verbal(passage.cue[start]):
                continue
            wish = wished(passage)
            if wish is not None:
                sign = value * wish.sign * (-1 if passage.statement.negated else 1)
                yield _policy(passage, _with_keys(wish.target, passage), sign, passage.cue[start:end])
                return


def _policy(passage: Passage, target: Target, sign: float, tokens: Sequence[Token]) -> Claim:
    said = _text(tokens)
    inside = bool(tokens) and tokens[0].i in passage.index
    return make(
        passage,
        target,
        _span(tokens, target) if inside else target.span or _whole(passage),
        kind="policy",
        sense="supports" if sign > 0 else "opposes",
        polarity=sign,
        why=f"'{said}' {target.text} ({'for' if sign > 0 else 'against'} it)",
    )


def _deontic(passage: Passage, start: int, word: str) -> bool:
    """Whether the verb is the speaker's own stance: of "I", "we", a plan's holder, or after "should"."""
    before = [t.lower_ for t in passage.tokens[max(0, start - 4) : start]]
    if any(w in tables()["policy"]["should"] for w in before):
        return True
    return any(w in ("i", "we", "he", "she", "they") for w in before) or start == 0 or " " in word


def _aspects(passage: Passage) -> Iterator[Claim]:
    for sense, value in (("goes_on", 1.0), ("ends", -1.0)):
        for start, end, _ in passage.match(words("aspect", sense)):
            if not _verbal(passage.tokens[start]):
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
            span = _span(passage.tokens[start:end], target)
            yield make(
                passage,
                Target(target.head, keys, target.span, target.text),
                span,
                kind="fact",
                polarity=sign,
                sense="goes on" if sign > 0 else "ends",
                why=f"'{passage.doc.text[span[0] : span[1]]}' ({'goes on' if sign > 0 else 'ends'})",
            )


def _commitments(passage: Passage) -> Iterator[Claim]:
    concept = _event_concept(passage)
    for sense, value in (("will", 1.0), ("wont", -1.0)):
        for start, end, word in passage.match(words("commitment", sense)):
            if concept is None and not _infinitive_follows(passage, end):
                continue
            negated = passage.negated(start)
            sign = -value if negated != passage.reversed else value
            weight = 0.3 if word == "will" or (value > 0 and _undone(passage)) else 1.0
            target = concept or _rest(passage, end)
            if target is None or not target.head:
                continue
            span = (
                passage.tokens[start].idx,
                max(passage.tokens[end - 1].idx + len(passage.tokens[end - 1]), (target.span or (0, 0))[1]),
            )
            yield make(
                passage,
                Target(target.head, tuple(dict.fromkeys([*target.keys, *passage.keys]))[:MOST_KEYS], target.span, target.text),
                span,
                kind="commitment",
                sense="will" if sign > 0 else "won't",
                polarity=sign * weight,
                negated=negated,
                why=f"'{_text(passage.tokens[start:end])}' of {target.text} ({'committed' if sign > 0 else 'not committed'})",
            )


def _undone(passage: Passage) -> bool:
    """Whether the passage also takes its commitment back ("might rattle our willingness")."""
    return any(True for _ in passage.match(words("commitment", "wont")))


def _demands(passage: Passage) -> Iterator[Claim]:
    concept = _event_concept(passage)
    target = concept or _first_target(passage)
    if target is None or not target.head:
        return
    target = Target(target.head, tuple(dict.fromkeys([*target.keys, *passage.keys]))[:MOST_KEYS], target.span, target.text)
    pressing = next(words("demand", "presses").find(passage.cue), None)
    if pressing is not None and not passage.reversed and _is_demand(passage, pressing[2]):
        start, end, _ = pressing
        yield make(
            passage,
            target,
            _whole(passage),
            kind="policy",
            sense="demands",
            polarity=0.5,
            why=f"'{_text(passage.cue[start:end])}' {target.text} (demands it)",
        )
    found = next(passage.match(words("demand", "complains")), None)
    if found is not None and not passage.reversed and not passage.negated(found[0]):
        start, end, _ = found
        phrase = passage.phrase_at(start)
        tokens = passage.tokens[start:end] if phrase is None else list(phrase.tokens)
        yield make(
            passage,
            target,
            _token_span(tokens),
            kind="policy",
            sense="resents",
            polarity=-0.7,
            why=f"'{_text(tokens)}' (resents being pressed)",
        )


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


def _propositions(passage: Passage) -> Iterator[Claim]:
    """What the statement as a whole asserts, charges or denies; its target is the whole content."""
    statement = passage.statement
    cue = passage.cue
    charges = next(words("denial", "accuses").find(cue), None)
    answers = next(words("denial", "answers").find(cue), None)
    untrue = next(passage.match(words("denial", "untrue")), None)
    if untrue is not None and not _of_a_charge(passage, untrue[0]):
        untrue = None
    sense, how = "asserts", ""
    if (answers is not None or statement.cue_function == "denies") and not statement.negated:
        sense, how = "denies", _text(cue)
    elif statement.negated and any(t.lemma_.lower() in ("say", "claim", "confirm", "acknowledge", "admit") for t in cue):
        return
    elif untrue is not None:
        sense, how = "denies", _text(passage.tokens[untrue[0] : untrue[1]])
    elif charges is not None:
        sense, how = "accuses", _text(cue)
    elif _main_negation(passage):
        sense, how = "denies", "a plain negation"
    keys = passage.keys[:MOST_KEYS]
    if not keys and not (sense == "denies"):
        return
    target = _first_target(passage)
    head = target.head if target else ""
    yield make(
        passage,
        Target(head, keys, target.span if target else None, target.text if target else ""),
        _whole(passage),
        kind="denial",
        sense=sense,
        polarity=-1.0 if sense == "denies" else 1.0,
        why=f"'{how}'" if how and how != "a plain negation" else how or "asserts",
        modality="negation" if how == "a plain negation" else "bound" if _binds(passage) else "asserted",
    )


def _of_a_charge(passage: Passage, at: int) -> bool:
    """Whether "false" and the like are said of a charge or of what went before, not of some person or thing."""
    subject = passage.subject(at)
    if passage.negated(at):
        return False
    if subject is None:
        return at == 0 or passage.tokens[at].tag_ != "JJ"
    return subject.pronoun or token_key(subject.head) in ("charge", "stor", "report", "rumor", "rumour", "idea", "theor")


def _binds(passage: Passage) -> bool:
    """Whether the passage tells of a promise or consent."""
    return any(True for _ in passage.match(words("commitment", "bound")))


def _main_negation(passage: Passage) -> bool:
    if any(t.lower_ in ("no", "nobody", "nothing", "not", "never", "none", "neither") for t in passage.tokens[:3]):
        return True
    return any(
        t.lower_ in ("not", "n't", "n’t", "never") and t.head.dep_ in ("ROOT", "ccomp", "parataxis", "conj") and place < 14
        for place, t in enumerate(passage.tokens)
    )


def _event_concept(passage: Passage) -> Target | None:
    """A concept that is named in the passage or told by a verb and its object ("give up its nuclear arms")."""
    for name, rule in knowledge()["events"].items():
        for phrase in passage.phrases:
            if token_key(phrase.head) == name:
                keys = phrase.keys()
                return Target(name, tuple(keys), phrase.span, passage.doc.text[phrase.span[0] : phrase.span[1]])
        for start, end, _ in passage.match(_events(name)):
            phrase = passage.phrase_after(end - 1, reach=5)
            if phrase is not None and any(phrase.head.lemma_.lower() == w.split()[-1] for w in rule["objects"]):
                span = (passage.tokens[start].idx, phrase.span[1])
                return Target(name, (name, *phrase.keys()), span, passage.doc.text[span[0] : span[1]])
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
    return Target(keys[0], tuple(keys), span, passage.doc.text[span[0] : span[1]])


def _first_target(passage: Passage) -> Target | None:
    for phrase in passage.phrases:
        target = passage.target(phrase)
        if target is not None and target.head:
            return target
    return None


def _with_keys(target: Target, passage: Passage) -> Target:
    return Target(target.head, tuple(dict.fromkeys([*target.keys, *passage.keys]))[:MOST_KEYS], target.span, target.text)


def _verbal(token: Token) -> bool:
    return token.tag_[:2] == "VB" or (
        token.tag_ in ("IN", "NN", "JJ") and token.lower_ in ("against", "in", "opposition", "support", "no")
    )


def _whole(passage: Passage) -> Span:
    return _token_span(passage.tokens)


def _token_span(tokens: Sequence[Token]) -> Span:
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _span(tokens: Sequence[Token], target: Target) -> Span:
    start, end = _token_span(tokens)
    if target.span is not None and 0 <= target.span[0] - end < 40:
        end = target.span[1]
    return start, end


def _text(tokens: Sequence[Token]) -> str:
    return " ".join("".join(t.text_with_ws for t in tokens).split())

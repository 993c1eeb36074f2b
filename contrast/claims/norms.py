"""Law and norms: whether an act is told to be lawful, and who is told to keep or to break what binds it."""

from __future__ import annotations

from collections.abc import Iterator

from contrast.claims.building import make, with_keys
from contrast.claims.focus import Target
from contrast.claims.keys import NAME, token_key
from contrast.claims.passage import Passage
from contrast.claims.phrases import Phrase
from contrast.claims.showing import stance_span, with_object
from contrast.claims.wording import shown
from contrast.claims.words import listed, words
from contrast.language import doc_text
from contrast.records import Claim, Span

BY = "<"
"""The mark of the key of who is told to keep or break a norm."""
WEIGHT = 0.9
CLIMB = 4
"""Verbs up from a verb among which its subject is looked for."""
FINITE = ("VBZ", "VBP", "VBD", "VBN")
OWED = ("must", "should", "ask", "urge", "demand", "ought", "call")


def validities(passage: Passage) -> Iterator[Claim]:
    """Claims that an act is lawful and holds, or is not, as appraisals of the act."""
    seen = set[str]()
    for sense, value in (("fails", -WEIGHT), ("holds", WEIGHT)):
        for start, end, _ in passage.match(words("validity", sense)):
            negated = passage.negated(start)
            if _supposed(passage, start) or (value > 0 and negated and passage.tokens[start].lower_ == "respect"):
                continue
            target = _act(passage, start, end)
            if target is None or target.head in seen:
                continue
            seen.add(target.head)
            sign = -value if negated != passage.reversed else value
            span = _shown(passage, start, end, target)
            yield make(
                passage,
                with_keys(target, passage),
                span,
                kind="evaluation",
                sense="appraises",
                polarity=sign,
                negated=negated,
                why=f"'{shown(doc_text(passage.doc), span)}' ({'lawful' if sign > 0 else 'not lawful'})",
            )


def observances(passage: Passage) -> Iterator[Claim]:
    """Claims that a party keeps or breaks a norm, that it has to, or that the speaker grants the norm."""
    if passage.statement.negated and any(True for _ in words("norm", "grants").find(passage.cue)):
        norm = next(
            (t for phrase in passage.phrases if (t := passage.target(phrase)) and t.head in listed("norm", "norms")), None
        )
        if norm is not None:
            yield _observance(passage, norm, (), 1.0, stance_span(passage, passage.cue, norm))
    for sense, value in (("honours", 1.0), ("breaches", -1.0)):
        for start, end, _ in passage.match(words("norm", sense)):
            phrase = passage.phrase_after(end - 1, reach=6)
            norm = passage.target(phrase)
            if norm is None or norm.head not in listed("norm", "norms") or passage.supposed(start):
                continue
            actor = _actor(passage, start)
            owed = value > 0 and _owed(passage, start)
            if (owed and actor is None) or (value > 0 and not owed and passage.tokens[start].tag_ not in FINITE):
                continue
            sign = -value if owed or passage.negated(start) != passage.reversed else value
            keys = () if actor is None else tuple(BY + key for key in actor.keys if key == actor.head or key.startswith(NAME))
            yield _observance(passage, norm, keys, sign, with_object(passage, start, end, reach=6), owed=owed)


def _observance(passage: Passage, norm: Target, actor: tuple[str, ...], sign: float, span: Span, *, owed: bool = False) -> Claim:
    how = "asks to keep to it" if owed else "keeps to it" if sign > 0 else "tells it broken"
    return make(
        passage,
        Target(norm.head, (*actor, *norm.keys), norm.span, norm.text),
        span,
        kind="fact",
        sense="honours" if sign > 0 else "breaches",
        polarity=sign,
        why=f"'{shown(doc_text(passage.doc), span)}' ({how})",
    )


def _actor(passage: Passage, at: int) -> Target | None:
    """Who keeps or breaks it: the subject, the owner of the noun, or whom a demand is made to."""
    held = passage.phrase_at(at)
    if held is not None and held.tokens[0].tag_ == "PRP$":
        return passage.target(next((p for p in passage.phrases if p.start < held.start), None))
    node = passage.tokens[at]
    for _ in range(CLIMB):
        subject = passage.subject_by_tree(node)
        if subject is not None or node.dep_ not in ("conj", "xcomp", "advcl", "ccomp"):
            break
        node = node.head
    return passage.target(
        subject or passage.subject(at) or next((p for p in passage.phrases if p.end <= passage.tokens[at].i), None)
    )


def _owed(passage: Passage, at: int) -> bool:
    if passage.statement.cue_function == "demands" or any(t.lemma_.lower() in OWED for t in passage.cue):
        return True
    return any(t.lower_ in OWED for t in passage.tokens[max(0, at - 6) : at])


def _act(passage: Passage, start: int, end: int) -> Target | None:
    """The act that the words are said of: their noun, what follows "of", the subject, or else the only act of the passage."""
    held = passage.phrase_at(start)
    near = [held, *(passage.complements(held, most=2) if held is not None else ())]
    after = passage.tokens[start].i + end - start
    if held is not None and held.head.i >= after:
        near = [held if not any(t.tag_ == "CC" for t in passage.doc[after : held.head.i]) else None]
    else:
        near += [passage.phrase_after(end - 1, reach=3), passage.subject(start)]
    for phrase in near:
        target = passage.target(phrase)
        if target is not None and _is_act(target):
            return target
    if held is not None and held.head.i >= passage.tokens[start].i + end - start:
        return None
    acts = [phrase for phrase in passage.phrases if not phrase.pronoun and token_key(phrase.head) in listed("validity", "acts")]
    return passage.target(acts[0]) if len({token_key(phrase.head) for phrase in acts}) == 1 else None


def _is_act(target: Target) -> bool:
    return target.head in listed("validity", "acts")


def _shown(passage: Passage, start: int, end: int, target: Target) -> Span:
    span = stance_span(passage, passage.tokens[start:end], target)
    held: Phrase | None = passage.phrase_at(start)
    if held is None:
        return span
    linked = next((p for p in passage.complements(held, most=2) if token_key(p.head) == target.head), held)
    return min(span[0], held.span[0]), max(span[1], linked.span[1])


def _supposed(passage: Passage, at: int) -> bool:
    """Whether the words stand in the clause of the "if" itself, not in what follows from it."""
    for place in range(at - 1, -1, -1):
        word = passage.tokens[place].lower_
        if word in ("if", "whether", "unless"):
            return True
        if word in (",", ".", ";"):
            return False
    return False

"""What a statement as a whole asserts, charges another with, or denies."""

from __future__ import annotations

from collections.abc import Iterator

from contrast.attribution.statements import cue_function
from contrast.claims.building import MOST_KEYS, first_target, make, text_of
from contrast.claims.focus import Target
from contrast.claims.keys import token_key
from contrast.claims.passage import Passage
from contrast.claims.showing import clipped, with_cue
from contrast.claims.words import listed, words
from contrast.records import Claim


def propositions(passage: Passage) -> Iterator[Claim]:
    """What the statement as a whole asserts, charges or denies; its target is the whole content."""
    statement = passage.statement
    cue = passage.cue
    charges = next(words("denial", "accuses").find(cue), None)
    answers = next(words("denial", "answers").find(cue), None)
    untrue = next(passage.match(words("denial", "untrue")), None)
    if untrue is not None and not _of_a_charge(passage, untrue[0]):
        untrue = None
    sense, how = "asserts", ""
    if (answers is not None or _denying(passage)) and not statement.negated:
        sense, how = "denies", text_of(cue)
    elif statement.negated and any(t.lemma_.lower() in ("say", "claim", "confirm", "acknowledge", "admit") for t in cue):
        return
    elif untrue is not None:
        sense, how = "denies", text_of(passage.tokens[untrue[0] : untrue[1]])
    elif charges is not None:
        sense, how = "accuses", text_of(cue)
    elif _main_negation(passage):
        sense, how = "denies", "a plain negation"
    keys = passage.keys[:MOST_KEYS]
    if sense == "asserts" and passage.reports:
        return
    if not keys and sense != "denies":
        return
    target = first_target(passage)
    head = target.head if target else ""
    yield make(
        passage,
        Target(head, keys, target.span if target else None, target.text if target else ""),
        with_cue(passage) if charges is not None or answers is not None else clipped(passage.tokens),
        kind="denial",
        sense=sense,
        polarity=-1.0 if sense == "denies" else 1.0,
        why=f"'{how}'" if how and how != "a plain negation" else how or "asserts",
        modality="negation" if how == "a plain negation" else "bound" if _binds(passage) else "asserted",
    )


def _denying(passage: Passage) -> bool:
    """Whether a verb of the cue denies ("are in dispute over" does not)."""
    return any(token.tag_[:2] == "VB" and cue_function(token.text)[0] == "denies" for token in passage.cue)


def _of_a_charge(passage: Passage, at: int) -> bool:
    """Whether "false" and the like are said of a charge or of what went before, not of some person or thing."""
    subject = passage.subject(at)
    if passage.negated(at):
        return False
    if subject is None:
        return at == 0 or passage.tokens[at].tag_ != "JJ"
    return subject.pronoun or token_key(subject.head) in listed("denial", "sayings")


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

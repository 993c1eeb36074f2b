"""How the readers build a claim: its target, the words to show, and the reason."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from contrast.claims.focus import Target
from contrast.claims.passage import Passage
from contrast.records import Claim, ContrastKind, Quantity, Span

SHORT = 4
"""Words of a content that is a pronoun with little else."""
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
    quantity: Quantity | None = None,
) -> Claim:
    """A claim of the passage's statement; ``span`` holds the characterising words, in characters of the document."""
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
        quantity=quantity,
        head=target.head,
        keys=target.keys[:MOST_KEYS],
        sense=sense,
        why=why,
    )


def first_target(passage: Passage) -> Target | None:
    """The first target that the passage names."""
    for phrase in passage.phrases:
        target = passage.target(phrase)
        if target is not None and target.head:
            return target
    return None


def governed_by_cue(passage: Passage, target: Target) -> bool:
    """Whether the target is what the cue is about: named in the content, not before a cue that stands in its midst."""
    if target.span is None or len(passage.tokens) <= SHORT:
        return True
    first, last = passage.tokens[0].idx, passage.tokens[-1].idx
    if passage.cue and first < passage.cue[0].idx < last and target.span[1] <= passage.cue[0].idx:
        return False
    return first <= target.span[0] <= last


def with_keys(target: Target, passage: Passage) -> Target:
    """The target with the keys of the whole passage to narrow it down."""
    return Target(target.head, tuple(dict.fromkeys([*target.keys, *passage.keys]))[:MOST_KEYS], target.span, target.text)


def token_span(tokens: Sequence[Token]) -> Span:
    """The span of consecutive tokens."""
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def span_with(tokens: Sequence[Token], target: Target) -> Span:
    """The span of the tokens up to the end of the target where that follows soon."""
    start, end = token_span(tokens)
    if target.span is not None and 0 <= target.span[0] - end < 40:
        end = target.span[1]
    return start, end


def text_of(tokens: Sequence[Token]) -> str:
    """The words of the tokens on one line."""
    return " ".join("".join(t.text_with_ws for t in tokens).split())

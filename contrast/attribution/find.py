"""The attribution stage: every statement of a document, and those reported inside other statements."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from contrast.attribution.quotations import Quotation, find_quotations
from contrast.attribution.signatures import with_signatures
from contrast.attribution.statements import build_statement, is_pronoun, is_report, is_speaking, may_report
from contrast.attribution.tagger import Attribution, Tagger, load_tagger
from contrast.attribution.transcripts import Turn, find_turns, of_turns, turn_at
from contrast.language import readable
from contrast.records import Document, Spans, Statement

LEAST_CONFIDENCE = 0.3
"""A statement is kept from this confidence on: the best for linked F1 on PolNeAR dev."""
UNSOURCED_CONFIDENCE = 0.6
"""The same for one whose source the text does not name."""
NESTED_CONFIDENCE = 0.6
"""A statement inside another one's content is kept from this confidence on."""

_LEAD_IN = re.compile(r"\W*(?:that\s+)?")
"""What opens a content without being part of what is said: the tagger would take the rest whole."""


def find_statements(documents: Sequence[Document], *, tagger: Tagger | None = None) -> list[tuple[Statement, ...]]:
    """The statements of each document in text order, speakers not yet resolved.

    A statement found inside another's content carries that one's id as its ``parent``. A document's statements do not depend
    on the documents beside it: integer arithmetic rounds by what it computes together, so that each is computed alone.
    """
    tagger = tagger or load_tagger()
    return [_of_document(document, tagger) for document in documents]


def _of_document(document: Document, tagger: Tagger) -> tuple[Statement, ...]:
    text = readable(document)
    quotations = find_quotations(text)
    turns = find_turns(text)
    (attributions,) = tagger.attributions([text])
    spoken = _spoken(document, text, quotations, turns)
    found = [a for a in with_signatures(text, quotations, attributions) if _undisturbed(text, a, turns)]
    reported = [_placed(statement, spoken) for statement in _statements(document, text, quotations, _kept(found))]
    outer = [*spoken, *reported]
    inner = _nested(document, text, quotations, outer, tagger)
    fresh = (
        [s for s in inner if not any(r.parent == s.parent and _overlap(r, s) for r in reported if r.parent)] if turns else inner
    )
    return tuple(sorted(_distinct([*outer, *fresh]), key=lambda s: (s.content[0][0], -s.content[-1][1])))


def _placed(statement: Statement, spoken: Sequence[Statement]) -> Statement:
    """With the paragraph of a turn in which it stands as its parent."""
    start, end = statement.content[0][0], statement.content[-1][1]
    place = bisect_right(spoken, start, key=lambda s: s.content[0][0]) - 1
    inside = place >= 0 and end <= spoken[place].content[0][1]
    return replace(statement, parent=spoken[place].id) if inside else statement


def _overlap(one: Statement, other: Statement) -> bool:
    return any(start < stop and begin < end for start, end in one.content for begin, stop in other.content)


def _undisturbed(text: str, found: Attribution, turns: Sequence[Turn]) -> bool:
    """Whether an attribution stands outside the turns, or within one tells what others say than who asks or has the floor."""
    spans = [*found.source, *found.cue, *found.content]
    here = {turn_at(turns, place) for start, end in spans for place in (start, end - 1)}
    if here == {None}:
        return True
    turn = here.pop()
    if here or turn is None or not found.source or min(start for start, _ in spans) < turn.colon[1]:
        return False
    source = " ".join(text[start:end] for start, end in found.source)
    return not is_speaking(source) and is_report(" ".join(text[start:end] for start, end in found.cue))


def _spoken(document: Document, text: str, quotations: list[Quotation], turns: Sequence[Turn]) -> list[Statement]:
    """What is said in a transcript's turns, word for word."""
    found = _statements(document, text, quotations, of_turns(text, turns))
    return [replace(statement, quote="direct", verbatim=statement.content) for statement in found]


def _kept(found: Iterable[Attribution]) -> list[Attribution]:
    return [a for a in found if a.confidence >= (LEAST_CONFIDENCE if a.source else UNSOURCED_CONFIDENCE)]


def _statements(
    document: Document, text: str, quotations: list[Quotation], found: Iterable[Attribution], parent: str | None = None
) -> list[Statement]:
    return [
        build_statement(
            document.id,
            document.text,
            quotations,
            source=a.source,
            cue=a.cue,
            content=a.content,
            confidence=a.confidence,
            parent=parent,
        )
        for a in found
        if any(text[s:e].strip() for s, e in a.content)
    ]


def _nested(
    document: Document, text: str, quotations: list[Quotation], outer: Iterable[Statement], tagger: Tagger
) -> list[Statement]:
    """A second look inside each content, read as a text of its own."""
    places = [
        (statement, opened.end(), end)
        for statement in outer
        for start, end in statement.content
        if may_report(text[start:end]) and (opened := _LEAD_IN.match(text, start, end))
    ]
    found = list[Statement]()
    looks = tagger.attributions([text[start:end] for _, start, end in places])
    for (statement, start, _), attributions in zip(places, looks, strict=True):
        moved = [
            Attribution(_moved(a.source, start), _moved(a.cue, start), _moved(a.content, start), a.confidence)
            for a in attributions
            if a.confidence >= NESTED_CONFIDENCE
        ]
        found += _statements(document, text, quotations, [a for a in moved if _reports(text, a, statement)], statement.id)
    return found


def _reports(text: str, inner: Attribution, outer: Statement) -> bool:
    """Whether an inner attribution has a speaker of its own and a cue that tells of something said."""

    def words(spans: Spans) -> str:
        return " ".join(text[start:end] for start, end in spans)

    source = words(inner.source)
    return bool(source) and not is_pronoun(source) and source != words(outer.source) and is_report(words(inner.cue))


def _moved(spans: Spans, by: int) -> Spans:
    return tuple((start + by, end + by) for start, end in spans)


def _distinct(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for one place: the surest, an outer one before an inner."""
    best: dict[str, Statement] = {}
    for statement in sorted(statements, key=lambda s: (s.parent is not None, -s.confidence)):
        best.setdefault(statement.id, statement)
    return list(best.values())

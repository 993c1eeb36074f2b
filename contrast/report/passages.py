"""Passages for the HTML report: paragraphs of a text cut into pieces, each with the roles that its words play."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from contrast.records import Document, Span, Statement
from contrast.report.plain import visible

Role = Literal["source", "cue", "content", "phrase", "furniture"]

LONGEST_PARAGRAPH = 4000
"""A longer one without a blank line is cut at its line breaks."""
AROUND = 500
"""Characters of a paragraph shown before and after a marked passage."""
LONGEST_PASSAGE = 3000
"""Of a longer passage its beginning is shown; the document has it in full."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that play a role in the statement of this number; furniture belongs to none (0)."""

    start: int
    end: int
    role: Role
    number: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one make: ``numbers`` are the statements whose content it is, ``opens`` those that begin here."""

    text: str
    roles: tuple[Role, ...] = ()
    numbers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces in a row; whether text of the paragraph before or after them is left out."""

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


def marks_of(statement: Statement, number: int) -> Iterator[Mark]:
    """The marks of a statement's source, cue and content."""
    spans: tuple[tuple[Role, Sequence[Span]], ...] = (
        ("source", statement.source), ("cue", statement.cue), ("content", statement.content),
    )  # fmt: skip
    return (Mark(start, end, role, number) for role, where in spans for start, end in where)


def paragraphs(text: str) -> list[Span]:
    """Where the paragraphs of the text stand: between blank lines, very long ones cut at line breaks."""
    found = list[Span]()
    for start, end in _between(text, 0, len(text), re.compile(r"(?:[ \t]*(?:\r\n|\n|\r)){2,}")):
        whole = end - start <= LONGEST_PARAGRAPH
        found.extend([(start, end)] if whole else _between(text, start, end, re.compile(r"[\r\n]+")))
    return found


def wrapped(text: str) -> bool:
    """Whether the text's lines are broken by width and not by sense, so that they may be joined where it is shown."""
    lines = [len(line) for line in text.splitlines() if line.strip()]
    return len(lines) > 4 and median(lines) >= 45 and max(lines) <= 110


def document_paragraphs(document: Document, marks: Iterable[Mark]) -> list[Paragraph]:
    """The whole document with all its marks; ``opens`` tells where each statement's content begins."""
    rest = sorted([*marks, *(Mark(start, end, "furniture") for start, end in document.skipped)], key=lambda mark: mark.start)
    waiting = iter([*rest, None])
    upcoming, current, made = next(waiting), list[Mark](), list[Paragraph]()
    opened: set[int] = set()
    for start, end in paragraphs(document.text):
        current = [mark for mark in current if mark.end > start]
        while upcoming is not None and upcoming.start < end:
            if upcoming.end > start:
                current.append(upcoming)
            upcoming = next(waiting)
        made.append(Paragraph(tuple(_cut(document.text, start, end, current, opened))))
    return made


def passage(text: str, marks: Sequence[Mark]) -> Paragraph:
    """The paragraphs in which the marks stand, cut where they run on long before or after the marks."""
    first, last = min(mark.start for mark in marks), max(mark.end for mark in marks)
    end = min(last, first + LONGEST_PASSAGE)
    around = [span for span in paragraphs(text) if span[0] < end and span[1] > first] or [(first, end)]
    left, right = min(first, around[0][0]), max(end, around[-1][1]) if end == last else end
    start, stop = max(left, first - AROUND), min(right, end + AROUND)
    if start > left:
        start = _word_end(text, start, first)
    if stop < right:
        stop = max(end, text.rfind(" ", end, stop))
    return Paragraph(
        tuple(_cut(text, start, stop, marks, {mark.number for mark in marks})), start > left, stop < max(right, last)
    )


def _word_end(text: str, start: int, limit: int) -> int:
    space = text.find(" ", start, limit)
    return space + 1 if space >= 0 else start


def _between(text: str, start: int, end: int, gap: re.Pattern[str]) -> Iterator[Span]:
    edges = [start, *(edge for match in gap.finditer(text, start, end) for edge in match.span()), end]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        if text[left:right].strip():
            yield left, right


def _cut(text: str, start: int, end: int, marks: Sequence[Mark], opened: set[int]) -> Iterator[Piece]:
    """The pieces of text[start:end]; a statement opens at its first content piece and is then put into ``opened``."""
    edges = {start, end}
    for mark in marks:
        edges.update(edge for edge in (mark.start, mark.end) if start < edge < end)
    for left, right in pairwise(sorted(edges)):
        here = [mark for mark in marks if mark.start <= left and mark.end >= right and mark.start < mark.end]
        numbers = tuple(sorted({mark.number for mark in here if mark.role == "content" and mark.number}))
        opens = tuple(number for number in numbers if number not in opened)
        opened.update(opens)
        yield Piece(visible(text[left:right]), tuple(sorted({mark.role for mark in here})), numbers, opens)

"""Quotations in a text by their marks: straight, curly, low, guillemets, doubled single marks, mixed and unclosed ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from contrast.records import Span

_MARK = re.compile(r"``|''|’’|‘‘|‚‚|[\"＂“”„‟«»]|['‘’‚‹›]")
_DOUBLE_OPENERS, _DOUBLE_CLOSERS = frozenset("“„‟«"), frozenset("»")
_SINGLE = frozenset("'‘’‚‹›")
_PARAGRAPH = re.compile(r"\n\s*\n|\r\n\s*\r\n|\n")


@dataclass(frozen=True, slots=True)
class Quotation:
    """``outer`` includes the marks, ``inner`` does not; ``closed`` is false where the closing mark is missing."""

    outer: Span
    inner: Span
    closed: bool


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of ``text`` in order; none crosses a line break.

    A mark opens where white space, a bracket, a dash or nothing stands before it and something after it. A quotation without a closing
    mark runs to the end of its paragraph (as in quotations over several paragraphs) if its mark is a double one;
    a single mark without its fellow is an apostrophe.
    """
    found, start = list[Quotation](), 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(_in_paragraph(text, start, end))
        start = gap.end() if gap else end
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found, open_mark = list[Quotation](), None
    marks = list(_MARK.finditer(text, start, end))
    for index, mark in enumerate(marks):
        symbol = mark.group()
        if open_mark is None:
            if not _opens(text, mark, start, end):
                continue
            if symbol in _SINGLE and not any(_closes(text, m, end) and m.group() in _SINGLE for m in marks[index + 1 :]):
                continue
            open_mark = mark
        elif _ends(text, open_mark, mark, end):
            found.append(Quotation((open_mark.start(), mark.end()), (open_mark.end(), mark.start()), True))
            open_mark = None
    if open_mark is not None and open_mark.group() not in _SINGLE:
        found.append(Quotation((open_mark.start(), end), (open_mark.end(), end), False))
    return [q for q in found if text[slice(*q.inner)].strip()]


def _ends(text: str, opened: re.Match[str], mark: re.Match[str], end: int) -> bool:
    if opened.group() in _SINGLE:
        return mark.group() in _SINGLE and _closes(text, mark, end)
    return mark.group() not in _SINGLE and mark.group() not in _DOUBLE_OPENERS and _closes(text, mark, end)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    symbol = mark.group()
    if symbol in _DOUBLE_OPENERS or symbol in ("``", "‘‘"):
        return mark.end() < end
    if symbol in _DOUBLE_CLOSERS:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    free = before.isspace() or before in "([{—–-/\"“"
    if symbol in _SINGLE:
        return free and after.isalnum() and not after.isdigit()
    return (free or symbol in "“‟") and not after.isspace()


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    after = text[mark.end()] if mark.end() < end else " "
    before = text[mark.start() - 1]
    if mark.group() in _SINGLE:
        return not before.isspace() and not after.isalnum()
    return mark.group() in ("”", "»") or not before.isspace() or not after.isalnum()


def quoted_within(quotations: list[Quotation], span: Span) -> list[Span]:
    """The parts of ``span`` that lie inside the marks of a quotation (``quotations`` in text order)."""
    found = []
    first = max(0, bisect_right(quotations, span[0], key=lambda q: q.outer[0]) - 1)
    for quotation in quotations[first:]:
        if quotation.outer[0] >= span[1]:
            break
        start, end = max(span[0], quotation.inner[0]), min(span[1], quotation.inner[1])
        if start < end:
            found.append((start, end))
    return found

"""Words as they are shown: slices of a document's text, their quotation marks in pairs."""

from __future__ import annotations

import re

from contrast.records import Span

LONGEST = 90
"""Characters of a phrase."""
NEAR = 30
"""Characters before or after a phrase in which the mark is looked for that belongs to one of its own."""
_MARK = re.compile(r"“|”|\"|``|''|’’")
_OPENING, _CLOSING = ("“", "``"), ("”", "''", "’’")


def shown(text: str, span: Span) -> str:
    """The span's words, shortened to ``LONGEST`` characters; a quotation that it opens or closes is taken whole or left out."""
    start, end = span
    if end - start > LONGEST:
        end = max(text.rfind(" ", start, start + LONGEST), start + 1)
    start, end = _trimmed(text, start, end)
    for _ in range(3):
        stray = _stray(text[start:end])
        if stray is None:
            break
        at, opens = stray
        if opens:
            closing = _MARK.search(text, end, end + NEAR)
            if closing is not None and closing.group() in (*_CLOSING, '"') and "\n" not in text[end : closing.end()]:
                end = closing.end()
                continue
        else:
            marks = list(_MARK.finditer(text, max(0, start - NEAR), start))
            if marks and marks[-1].group() in (*_OPENING, '"', "''") and "\n" not in text[marks[-1].start() : start]:
                start = marks[-1].start()
                continue
        start, end = _without(text, start, end, start + at)
    start, end = _trimmed(text, start, end)
    whole = _MARK.match(text, start, end)
    inner = list(_MARK.finditer(text, start, end))
    if whole is not None and len(inner) == 2 and inner[1].end() == end:
        start, end = _trimmed(text, inner[0].end(), inner[1].start())
    return text[start:end]


def _without(text: str, start: int, end: int, at: int) -> Span:
    """The longer part of the span beside a mark that has no counterpart."""
    mark = _MARK.match(text, at, end)
    after = mark.end() if mark is not None else at + 1
    return (start, at) if at - start >= end - after else (after, end)


def _stray(words: str) -> tuple[int, bool] | None:
    """Place of the first mark without its counterpart, and whether it opens a quotation."""
    opened: int | None = None
    for mark in _MARK.finditer(words):
        sign = mark.group()
        opens = sign in _OPENING or (sign == '"' and not _closes(words, mark))
        if opens and opened is None:
            opened = mark.start()
        elif opened is not None:
            opened = None
        else:
            return mark.start(), False
    return None if opened is None else (opened, True)


def _closes(words: str, mark: re.Match[str]) -> bool:
    """Whether a mark of no direction stands right behind a word."""
    return mark.start() > 0 and not words[mark.start() - 1].isspace()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \n,‘’'" and not _MARK.match(text, start, end):
        start += 1
    while start < end and text[end - 1] in " \n,‘’'" and text[max(start, end - 2) : end] not in _CLOSING:
        end -= 1
    if text.startswith("that ", start, end):
        start += 5
    return start, end

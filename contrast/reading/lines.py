"""A text as lines and blocks of lines, each with its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]+|\r\n|\r|\n")
_EDGES = " \t\u00a0\u2007\u2009\u202f\u200b\ufeff\f\v"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space round it: ``text`` is the document's text from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def lines(text: str, limit: int | None = None) -> Iterator[Line]:
    """The lines of ``text`` (ends \\n, \\r\\n or \\r), blank ones too, up to offset ``limit``."""
    after_break = True
    for match in _LINE.finditer(text, 0, len(text) if limit is None else min(limit, len(text))):
        if match[0][0] in "\r\n":
            if after_break:
                yield Line(match.start(), match.start(), "")
            after_break = True
        else:
            left = match[0].lstrip(_EDGES)
            start = match.end() - len(left)
            stripped = left.rstrip(_EDGES)
            yield Line(start, start + len(stripped), stripped)
            after_break = False


def blocks(text: str, limit: int | None = None) -> Iterator[list[Line]]:
    """Runs of lines with no blank line between them."""
    block: list[Line] = []
    for line in lines(text, limit):
        if line.text:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block

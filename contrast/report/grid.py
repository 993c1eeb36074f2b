"""Terminal tables that keep to a width: cells are wrapped, and columns that do not fit go into a further block."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from tabulate import tabulate

NARROWEST = 40
"""No table is set narrower than this many characters."""
LONG_WORD = 18
"""A column is not widened to keep a longer word in one piece."""
_BORDER = 3
"""A column's border and the space on both its sides."""


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], *, width: int, least: Sequence[int]) -> str:
    """A ruled table of at most ``width`` characters; columns go below their ``least`` widths only where they must.

    Cells may have several lines; each is wrapped to its column. What stands in a cell is never reformatted.
    """
    columns = list(zip(head, *rows, strict=True))
    natural = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns]
    words = [max((len(word) for cell in column for word in cell.split()), default=1) for column in columns]
    widths = _share(natural, least, words, width - _BORDER * len(columns) - 1)
    wrapped = [[_wrap(cell, size) for cell, size in zip(row, widths, strict=True)] for row in (head, *rows)]
    return tabulate(  # the head goes in as a row, for tabulate widens the columns of a head by two
        wrapped,
        tablefmt="simple_grid",
        disable_numparse=True,
        stralign="left",
        colalign=["left"] * len(columns),
        preserve_whitespace=True,
    )


def blocks(count: int, *, width: int, fixed: Sequence[int], least: int) -> Iterator[range]:
    """Split ``count`` columns so that each block fits into ``width`` beside the ``fixed`` columns, as evenly as can be."""
    room = width - 1 - sum(size + _BORDER for size in fixed)
    most = max(1, room // (least + _BORDER))
    number = -(-count // most)
    for i in range(number):
        yield range(i * count // number, (i + 1) * count // number)


def paragraph(text: str, *, width: int, first: str = "", rest: str = "") -> str:
    """The text wrapped to the width, with indents for the first line and the rest."""
    return textwrap.fill(text, max(width, NARROWEST), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _wrap(cell: str, width: int) -> str:
    lines = [textwrap.wrap(line, width) or [""] for line in cell.split("\n")]
    return "\n".join(line for wrapped in lines for line in wrapped)


def _share(natural: Sequence[int], least: Sequence[int], words: Sequence[int], available: int) -> list[int]:
    """Widths up to the natural ones: each column gets its least, then room for its longest word, then what it wants."""
    widths = [max(1, min(size, floor)) for size, floor in zip(natural, least, strict=True)]
    while sum(widths) > max(available, len(widths)):
        widths[widths.index(max(widths))] -= 1
    for wanted in ([min(word, LONG_WORD) for word in words], natural):
        for _ in range(available - sum(widths)):
            wants = [size / width if size > width else 0.0 for size, width in zip(wanted, widths, strict=True)]
            neediest = max(range(len(widths)), key=wants.__getitem__)
            if not wants[neediest]:
                break
            widths[neediest] += 1
    return widths

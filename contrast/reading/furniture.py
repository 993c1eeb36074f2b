"""Find page furniture (captions, "read more" lines, newsletter boxes, copyright lines) as ranges to skip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from contrast.reading.knowledge import Furniture
from contrast.reading.knowledge import furniture as patterns
from contrast.reading.lines import Line, blocks
from contrast.records import Span, Spans

TAIL = 200
"""Characters at the end of a line in which a credit is looked for."""
SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
WRAPPED = range(40, 101)
"""Lengths of a line that may have been broken to fit a page."""
ATTACHED = 600
"""The longest line that a credit on the line below makes a caption."""


def find_furniture(text: str, *, keep: Spans = (), markdown: bool = False) -> Spans:
    """The ranges of ``text`` that are page furniture, sorted, without overlap; none touches a range in ``keep`` (the title)."""
    known = patterns()
    found: list[Span] = []
    for block in blocks(text):
        found.extend(_in_block(block, known))
    inline = known.inline_markdown if markdown else known.inline
    found.extend(match.span() for match in inline.finditer(text) if match[0])
    return merge(span for span in found if not any(span[0] < end and start < span[1] for start, end in keep))


def merge(spans: Iterable[Span]) -> Spans:
    """The spans sorted, with those that overlap made one and empty ones left out."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _in_block(block: Sequence[Line], known: Furniture) -> Iterator[Span]:
    previous: Line | None = None
    previous_skipped = False
    for index, line in enumerate(block):
        caption = _caption_start(block, index, known)
        if caption is not None:
            yield block[caption].start, line.end
            previous_skipped = True
        elif previous_skipped or previous is None or not _wrapped(previous):
            previous_skipped = _is_furniture(line, known)
            if previous_skipped:
                yield line.start, line.end
        else:
            previous_skipped = False
        previous = line


def _is_furniture(line: Line, known: Furniture) -> bool:
    length = len(line.text)
    return any(length <= kind.longest and kind.pattern.fullmatch(line.text) for kind in known.lines)


def _caption_start(block: Sequence[Line], index: int, known: Furniture) -> int | None:
    """The index of the line at which the caption that ends on line ``index`` begins; None where none ends there."""
    text = block[index].text
    if len(text) < TAIL and known.credit_line.fullmatch(text):
        # "Name / Agency" below a single line, and nothing else in the paragraph: that line is the caption.
        attached = index == 1 and len(block) == 2 and len(block[0].text) <= ATTACHED and known.credit_pair.fullmatch(text)
        return 0 if attached else index
    if len(text) > known.caption_longest or not known.caption_ending.search(text[-TAIL:]):
        return None
    start, length = index, len(text)
    while start > 0 and _wrapped(block[start - 1]) and length + len(block[start - 1].text) <= known.caption_longest:
        start -= 1
        length += len(block[start].text)
    return start


def _wrapped(line: Line) -> bool:
    """Whether the line seems to have been broken within a sentence."""
    return len(line.text) in WRAPPED and SENTENCE_END.search(line.text) is None

"""What the head of a text tells of it: header lines, a title, a date; None rather than wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from contrast.reading.dates import dateline_date, line_date
from contrast.reading.knowledge import metadata
from contrast.reading.lines import Line, blocks
from contrast.records import Span

REACH = 4000
"""Characters at the head of a text in which title and date are looked for."""
TITLE_LONGEST = 160
DATE_LINES = 8
"""Lines of the head, title included, among which a line that is a date gives the document's."""
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,24})\s*:\s*(.*)")
_NO_TITLE = re.compile(r"[.,;:…—–-][\"'”’)\]*_]*$|^[-*•>|\[(]|^\W*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What was told: ``header`` the values of header lines by key, ``skipped`` their range, ``title_span`` the title's."""

    header: dict[str, str] = field(default_factory=dict)
    skipped: Span | None = None
    title: str | None = None
    title_span: Span | None = None
    date: str | None = None


def read_heading(text: str, *, markdown: bool = False, paragraphs: bool = True) -> Heading:
    """Header lines ("Title: ..."), then a first short line as title and a date line or dateline.

    ``paragraphs`` tells that blank lines part the paragraphs, without which a first line is taken for no title.
    """
    head = list(blocks(text, REACH))
    header: dict[str, str] = {}
    skipped = None
    if head:
        header, length = _header(head[0])
        if length:
            skipped = (head[0][0].start, head[0][length - 1].end)
            head[0] = head[0][length:]
            head = [block for block in head if block]
    title = _title(head, markdown=markdown) if paragraphs else None
    return Heading(
        header=header,
        skipped=skipped,
        title=_bare(title, markdown=markdown) if title else None,
        title_span=(title.start, title.end) if title else None,
        date=_date(head),
    )


def key_of(name: str) -> str | None:
    """The document's own word for a key, column or header ("Headline" is "title"); None for one that means nothing here."""
    return _names().get(normal(name))


def normal(name: str) -> str:
    """A key as names are compared."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


@cache
def _names() -> dict[str, str]:
    return {name: key for key, names in metadata()["keys"].items() for name in names}


def _header(block: list[Line]) -> tuple[dict[str, str], int]:
    """Values of the header lines and the number of lines they take; a fence of dashes may stand round them."""
    fenced = block[0].text == "---"
    found: dict[str, str] = {}
    for number, line in enumerate(block[fenced:], start=int(fenced)):
        if fenced and line.text in ("---", "..."):
            return found, number + 1
        match = _HEADER_LINE.fullmatch(line.text)
        key = key_of(match[1]) if match else None
        if match and key in ("title", "date", "issuer", "url", "id"):
            found.setdefault(key, match[2].strip().strip("\"'"))
        elif not fenced and not (match and normal(match[1]) in metadata()["header"]["others"]):
            break
    else:
        number = len(block)
    useful = found.keys() - {"id"}
    return (found, number) if useful and not fenced else ({}, 0)


def _title(head: list[list[Line]], *, markdown: bool) -> Line | None:
    if not head:
        return None
    line = head[0][0]
    if markdown and re.match(r"#{1,2}\s+\S", line.text):
        return line
    if len(head) < 2 or len(head[0]) > 1 or len(line.text) > TITLE_LONGEST or " " not in line.text:
        return None
    after = max(len(other.text) for block in head[1:] for other in block)
    opens = re.search(r"\w", line.text)
    small = opens is None or opens[0].islower()
    if _NO_TITLE.search(line.text) or small or after <= len(line.text) or line_date(line.text) or dateline_date(line.text):
        return None
    return line


def _bare(line: Line, *, markdown: bool) -> str:
    """The title's words, without the marks of a Markdown heading."""
    text = line.text.strip("#").strip(" *_") if markdown else line.text
    return " ".join(text.split())


def _date(head: list[list[Line]]) -> str | None:
    lines = [line for block in head for line in block][:DATE_LINES]
    for line in lines:
        if len(line.text) <= 80 and (found := line_date(line.text)):
            return found
    for line in lines:
        if found := dateline_date(line.text[:160]):
            return found
    return None

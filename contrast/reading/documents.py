"""A Document from a text: its metadata told from its head, its page furniture marked."""

from __future__ import annotations

from collections.abc import Callable

from contrast.errors import ReadingError
from contrast.reading.dates import parse_date
from contrast.reading.english import seems_english
from contrast.reading.furniture import find_furniture, merge
from contrast.reading.heading import read_heading
from contrast.records import Document

LONGEST = 1_000_000
"""Characters of the longest text that is one document: who is meant by a name is worked out over the whole of it."""


def read_text(
    text: str,
    *,
    id: str = "text",
    title: str | None = None,
    date: str | None = None,
    issuer: str | None = None,
    url: str | None = None,
) -> Document:
    """A Document of ``text`` as it is; what is not given is told from the text's head where it can be.

    ``date`` is an ISO date or one with the month's name. Raises :class:`ReadingError` for a date that is none,
    and for text that is no valid Unicode.
    """
    return document(text, id=id, title=title, date=checked_date(date), issuer=issuer, url=url)


def document(
    text: str,
    *,
    id: str,
    title: str | None = None,
    date: str | None = None,
    issuer: str | None = None,
    url: str | None = None,
    path: str | None = None,
    markdown: bool = False,
    paragraphs: bool = True,
    warn: Callable[[str], None] | None = None,
) -> Document:
    """The same for a text from a file; ``paragraphs`` tells that blank lines part the paragraphs.

    ``warn`` is told of a header's date that is not understood, and of a text that does not seem to be English.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadingError(f"{path or id}: character {error.start} is half of a surrogate pair; save the text as UTF-8") from None
    if len(text) > LONGEST:
        remedy = "split it into documents, one a file or one a row of JSON lines or CSV"
        raise ReadingError(f"{path or id}: has {len(text)} characters, more than {LONGEST}; {remedy}")
    heading = read_heading(text, markdown=markdown, paragraphs=paragraphs)
    header_date = parse_date(heading.header.get("date", ""))
    if warn and not date and heading.header.get("date") and header_date is None:
        warn(f"{path or id}: date {heading.header['date']!r} not understood; write it as YYYY-MM-DD")
    if warn and not seems_english(text):
        warn(f"{path or id}: does not seem to be English, and only English is read well; give a translation")
    title = title or heading.header.get("title") or heading.title
    keep = [heading.title_span] if heading.title_span else []
    first = len(text) - len(text.lstrip())
    if title and text.startswith(title, first):
        keep.append((first, first + len(title)))
    if markdown and heading.title_span:
        keep = [(start + _marks(text[start:end]), end) for start, end in keep]
    skipped = find_furniture(text, keep=tuple(keep), markdown=markdown)
    return Document(
        id=id,
        text=text,
        title=title,
        date=date or header_date or heading.date,
        issuer=issuer or heading.header.get("issuer") or None,
        url=url or heading.header.get("url") or None,
        path=path,
        skipped=merge([*skipped, heading.skipped]) if heading.skipped else skipped,
    )


def checked_date(date: str | None) -> str | None:
    """``date`` as an ISO date; raises :class:`ReadingError` where it is none."""
    if not date:
        return None
    found = parse_date(date)
    if found is None:
        raise ReadingError(f"{date}: not a date; write it as YYYY-MM-DD, such as 2018-07-07")
    return found


def _marks(line: str) -> int:
    """Characters of a Markdown heading before its words."""
    return len(line) - len(line.lstrip("#").lstrip())

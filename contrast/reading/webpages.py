"""The main text of a web page, with its title, date and address, by trafilatura (the extra ``html``)."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from contrast.errors import ReadingError


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, without what surrounds it; one paragraph a line."""

    text: str
    title: str | None
    date: str | None
    url: str | None


def read_page(source: str, name: str) -> Page:
    """The main text and metadata of the HTML ``source``; raises :class:`ReadingError`, naming the file ``name``.

    A date is taken from the page's own metadata only, never searched for in its text.
    """
    try:
        trafilatura = import_module("trafilatura")
    except ImportError:
        remedy = "install it with: pip install trafilatura lxml_html_clean"
        raise ReadingError(f"{name}: web pages need trafilatura; {remedy}") from None
    found = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or not (found.text or "").strip():
        raise ReadingError(f"{name}: no main text found in the page; save the article's text as .txt and read that")
    return Page(text=found.text, title=found.title or None, date=found.date or None, url=found.url or None)

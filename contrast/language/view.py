"""The view of a document's text that the models read: of the same length, so that offsets hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from contrast.records import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

SECTION = 100_000
"""Characters that a model reads at once; a longer text is cut at a paragraph, a line or white space."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u200b\ufeff\t", " "))


def readable(document: Document) -> str:
    """The text with page furniture blanked (line breaks kept) and odd spaces as plain ones; offsets unchanged."""
    pieces, position = list[str](), 0
    for start, end in document.skipped:
        pieces.append(document.text[position:start])
        pieces.append("".join(c if c == "\n" else " " for c in document.text[start:end]))
        position = end
    pieces.append(document.text[position:])
    return "".join(pieces).translate(_SPACES)


def sections(text: str) -> Iterator[str]:
    """The text in pieces of at most ``SECTION`` characters, which joined give it back; an empty text is one empty piece."""
    start = 0
    while True:
        end = min(start + SECTION, len(text))
        if end < len(text):
            cuts = (text.rfind(mark, start, end) + len(mark) for mark in ("\n\n", "\n", " ") if mark in text[start:end])
            end = next((cut for cut in cuts if cut > start), end)
        yield text[start:end]
        start = end
        if start >= len(text):
            return


@lru_cache(maxsize=1)
def doc_text(doc: Doc) -> str:
    """The text of a Doc, put together from its tokens once for as long as the same Doc is asked about."""
    return str(doc.text)

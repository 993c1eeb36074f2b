"""The view of a document's text that the models read: of the same length, so that offsets hold."""

from __future__ import annotations

from contrast.records import Document

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

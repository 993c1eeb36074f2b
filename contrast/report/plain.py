"""How a text, a place, a phrase and a speaker are written on one line for a person to read.

Only what is shown is tidied; the records and the exports for machines keep every character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from contrast.records import Contrast, Span, Speaker

DOUBTFUL = 0.5
"""A speaker whose confidence is below this is marked."""
DOUBT_MARK = "(?)"
NOBODY = "(unknown)"
TOPIC_COLUMN, CONTRAST_COLUMN, DOCUMENT_COLUMN = OTHER_COLUMNS = ("topic", "contrast", "document")
"""The matrix's columns that are no speaker's."""
SEPARATOR = " | "
"""Between the pieces of a cell that holds several."""
SURROUNDINGS = 32
"""Characters before and after a passage by which it is known again."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Verbatim words of a position: ``quoted`` where the document has them inside quotation marks."""

    text: str
    quoted: bool = False
    doubtful: bool = False
    """Whether it is doubtful who speaks."""

    def __str__(self) -> str:
        return f"“{one_line(self.text)}”" if self.quoted else one_line(self.text)

    @property
    def marked(self) -> str:
        """The phrase with a mark where it is doubtful who speaks."""
        return f"{self} {DOUBT_MARK}" if self.doubtful else str(self)


def one_line(text: str) -> str:
    """The text with white space collapsed; control characters, which could steer a terminal, become U+FFFD."""
    return "".join(map(_harmless, " ".join(text.split())))


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a word where there is one, the cut marked by an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", limit // 2, limit)
    return text[: cut if cut > 0 else limit - 1].rstrip() + "…"


def place(document: str, start: int, end: int) -> str:
    """``document:start-end``, the form of a statement's id."""
    return f"{one_line(document)}:{start}-{end}"


def places(evidence: Iterable[tuple[str, int, int]]) -> str:
    """``document:start-end, start-end``: a document's name is not repeated in a row."""
    runs = groupby(evidence, key=lambda entry: entry[0])
    return "; ".join(f"{one_line(document)}:{', '.join(f'{s}-{e}' for _, s, e in run)}" for document, run in runs)


def verdict(contrast: Contrast) -> str:
    """Kind and strength, with the scope where it is not between speakers."""
    scope = "" if contrast.scope == "between" else f" ({contrast.scope})"
    return f"{contrast.kind}, {contrast.strength}{scope}"


def column_names(speakers: Iterable[Speaker]) -> dict[str, str]:
    """Speaker id to name, in order; a name that two of them or another column bear is followed by the id."""
    listed = list({speaker.id: speaker for speaker in speakers}.values())
    names = [one_line(speaker.name) or NOBODY for speaker in listed]
    return {
        speaker.id: f"{name} [{speaker.id}]" if (names + list(OTHER_COLUMNS)).count(name) > 1 else name
        for speaker, name in zip(listed, names, strict=True)
    }


def pieces(text: str, spans: Iterable[Span]) -> list[str]:
    """The slices of the text at the spans, each exactly as it stands there."""
    return [text[start:end] for start, end in spans]


def surroundings(text: str, spans: Sequence[Span]) -> tuple[str, str]:
    """The characters before the first and after the last of the spans."""
    if not spans:
        return "", ""
    start, end = spans[0][0], spans[-1][1]
    return text[max(0, start - SURROUNDINGS) : start], text[end : end + SURROUNDINGS]


def visible(text: str) -> str:
    """The text with its lines kept; other control characters and changes of direction become U+FFFD."""
    return "".join(c if c in "\n\t" else _harmless(c) for c in text.replace("\r\n", "\n").replace("\r", "\n"))


def _harmless(character: str) -> str:
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cs") or character in _BIDI else character


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

"""The lie of a document's tokens: sentences, paragraphs, quotation marks, and what is only reported as somebody's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from contrast.attribution.quotations import Quotation
from contrast.records import Statement
from contrast.speakers.syntax import token_range


@dataclass(frozen=True, slots=True)
class Ground:
    """For each token where it stands."""

    sentences: list[int]
    paragraphs: list[int]
    quoted: list[bool]
    """Whether it is inside quotation marks."""
    reported: list[bool]
    """Whether it is in the content of a statement."""

    @classmethod
    def of(cls, doc: Doc, quotations: list[Quotation], statements: Iterable[Statement]) -> Ground:
        """The ground of a document."""
        return cls(_sentences(doc), _paragraphs(doc), _quoted(doc, quotations), _reported(doc, statements))

    def closes_quotation(self, token: int) -> bool:
        """Whether the token follows a quotation in its paragraph with at most a word between: '"...," he said'."""
        before = range(max(0, token - 3), token)
        return any(self.quoted[i] and self.paragraphs[i] == self.paragraphs[token] for i in before)


def _sentences(doc: Doc) -> list[int]:
    numbers, current = list[int](), 0
    for token in doc:
        if token.is_sent_start and token.i:
            current += 1
        numbers.append(current)
    return numbers


def _paragraphs(doc: Doc) -> list[int]:
    numbers, current = list[int](), 0
    for token in doc:
        numbers.append(current)
        if token.is_space and "\n" in token.text:
            current += 1
    return numbers


def _quoted(doc: Doc, quotations: list[Quotation]) -> list[bool]:
    flags = [False] * len(doc)
    if not quotations:
        return flags
    place = 0
    for token in doc:
        while place < len(quotations) and quotations[place].outer[1] <= token.idx:
            place += 1
        if place == len(quotations):
            break
        flags[token.i] = quotations[place].inner[0] <= token.idx < quotations[place].inner[1]
    return flags


def _reported(doc: Doc, statements: Iterable[Statement]) -> list[bool]:
    flags = [False] * len(doc)
    for statement in statements:
        for span in statement.content:
            first, last = token_range(doc, span)
            flags[first:last] = [True] * (last - first)
    return flags

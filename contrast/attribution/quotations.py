"""Quotations in a text by their marks: straight, curly, low, guillemets, doubled single marks, mixed and unclosed ones."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contrast.records import Span

_MARK = re.compile(r"``|''|’’|‘‘|‚‚|[\"＂“”„‟«»]|['‘’‚‹›]")
_DOUBLE = frozenset(('"', "＂", "”", "“", "''", "’’"))
_CLOSERS = {
    **dict.fromkeys(('"', "＂", "“", "‟", "``", "‘‘", "''", "„", "‚‚"), _DOUBLE),
    "”": frozenset("”"),
    "«": frozenset("»"),
    "»": frozenset("«»"),
    "'": frozenset("'’"),
    "‘": frozenset("'’"),
    "‚": frozenset("‘’"),
    "‹": frozenset("›"),
    "›": frozenset("‹›"),
}
"""The marks that may end a quotation, by the mark that opens it; a mark that is no key opens none."""
_SINGLE = frozenset("'‘’‚‹›")
_SURE_OPENERS = frozenset(("“", "„", "‟", "«", "``", "‘‘"))
_BREAK = r"(?:\r\n|\r(?!\n)|\n)"
_PARAGRAPH = re.compile(rf"{_BREAK}\s*[\r\n]|(?<=[.!?…:;\"”’'»)\]])[ \t]*{_BREAK}|{_BREAK}(?=[^\S\r\n]*[^\w\s])")
"""Ends of paragraphs: a blank line, or a line break that cannot stand within a sentence broken to fit a page."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """``outer`` includes the marks, ``inner`` does not; ``closed`` is false where the closing mark is missing."""

    outer: Span
    inner: Span
    closed: bool


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of ``text`` in order; none crosses the end of a paragraph.

    A mark opens where white space, a bracket, a dash or nothing stands before it and something after it. A quotation
    without a closing mark runs to the end of its paragraph (as in quotations over several paragraphs) if its mark is a
    double one; a single mark without its fellow is an apostrophe.
    """
    found, start = list[Quotation](), 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(_in_paragraph(text, start, end))
        start = gap.end() if gap else end
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found = list[Quotation]()
    open_mark: re.Match[str] | None = None
    nested: str | None = None
    marks = list(_MARK.finditer(text, start, end))
    last_single = max((m.start() for m in marks if m.group() in _SINGLE and _closes(text, m, end)), default=-1)
    for index, mark in enumerate(marks):
        symbol = mark.group()
        if open_mark is None:
            if _opens(text, mark, start, end) and (symbol not in _SINGLE or mark.start() < last_single):
                open_mark, nested = mark, None
        elif nested is not None and symbol == nested:
            nested = None
        elif _ends(text, open_mark, marks, index, end):
            found.append(Quotation((open_mark.start(), mark.end()), (open_mark.end(), mark.start()), True))
            open_mark = None
        elif symbol == '"' != open_mark.group() and _opens(text, mark, start, end):
            nested = symbol
    if open_mark is not None and open_mark.group() not in _SINGLE:
        found.append(Quotation((open_mark.start(), end), (open_mark.end(), end), False))
    return [q for q in found if text[slice(*q.inner)].strip() and not _is_elision(text, q)]


def _ends(text: str, opened: re.Match[str], marks: list[re.Match[str]], index: int, end: int) -> bool:
    mark = marks[index]
    if mark.group() not in _CLOSERS[opened.group()] or not _closes(text, mark, end):
        return False
    return opened.group() not in _SINGLE or not _is_possessive(text, marks, index, end)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    symbol = mark.group()
    if symbol not in _CLOSERS or mark.end() >= end:
        return False
    if symbol in _SURE_OPENERS:
        return True
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()]
    free = before.isspace() or before in '([{—–-/"“'
    if symbol in _SINGLE:
        return free and after.isalnum() and not after.isdigit() and _word_at(text, mark.end()) not in _elided()
    return (free or (before in ",:;" and after.isalnum())) and not after.isspace()


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    after = text[mark.end()] if mark.end() < end else " "
    before = text[mark.start() - 1] if mark.start() else " "
    if mark.group() in _SINGLE or mark.group() == "“":
        return not before.isspace() and not after.isalnum()
    return mark.group() in ("”", "»", "«") or not before.isspace() or not after.isalnum()


def _is_possessive(text: str, marks: list[re.Match[str]], index: int, end: int) -> bool:
    """Whether a mark that could close stands after a plural ("the workers' families") and a surer one follows."""
    at = marks[index].start()
    if text[at - 1] != "s" or not re.match(r"\s+[a-z]", text[at + 1 : at + 4]):
        return False
    following = next((m for m in marks[index + 1 :] if m.group() in _SINGLE and not _within_word(text, m, end)), None)
    return following is not None and text[following.start() - 1] in ".,!?;:…" and _closes(text, following, end)


def _within_word(text: str, mark: re.Match[str], end: int) -> bool:
    return mark.end() < end and text[mark.start() - 1].isalnum() and text[mark.end()].isalnum()


def _is_elision(text: str, quotation: Quotation) -> bool:
    """Whether the marks are the apostrophes of "rock 'n' roll"."""
    return text[quotation.outer[0]] in "'‘" and text[slice(*quotation.inner)].lower() == "n"


def _word_at(text: str, start: int) -> str:
    match = re.compile(r"\w*").match(text, start, start + 12)
    return match[0].lower() if match else ""


@cache
def _elided() -> frozenset[str]:
    """Words that an apostrophe opens."""
    knowledge = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    return frozenset(knowledge["elided"])


def quoted_within(quotations: list[Quotation], span: Span) -> list[Span]:
    """The parts of ``span`` that lie inside the marks of a quotation (``quotations`` in text order)."""
    found = []
    first = max(0, bisect_right(quotations, span[0], key=lambda q: q.outer[0]) - 1)
    for quotation in quotations[first:]:
        if quotation.outer[0] >= span[1]:
            break
        start, end = max(span[0], quotation.inner[0]), min(span[1], quotation.inner[1])
        if start < end:
            found.append((start, end))
    return found

"""Build statements from the spans of their roles: identity, quote type, verbatim phrases and what the cue does."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from contrast.attribution.quotations import Quotation, quoted_within
from contrast.records import CueFunction, QuoteType, Spans, Statement

DIRECT_SHARE = 0.9
"""From this share of quoted letters on, a content is a direct quotation."""


def build_statement(
    document: str,
    text: str,
    quotations: list[Quotation],
    *,
    source: Spans,
    cue: Spans,
    content: Spans,
    confidence: float = 1.0,
    parent: str | None = None,
) -> Statement:
    """A statement of ``document`` without its speaker; all spans are character offsets into ``text``.

    ``quotations`` are those of ``text``, in its order.
    """
    cue_text = " ".join(text[s:e] for s, e in cue)
    function, negated = cue_function(cue_text)
    quote, verbatim = quote_type(text, quotations, content)
    return Statement(
        id=f"{document}:{content[0][0]}-{content[-1][1]}",
        document=document,
        source=source,
        cue=cue,
        content=content,
        text=" … ".join(text[s:e] for s, e in content),
        quote=quote,
        cue_function=function,
        negated=negated,
        verbatim=verbatim,
        parent=parent,
        confidence=confidence,
    )


def quote_type(text: str, quotations: list[Quotation], content: Spans) -> tuple[QuoteType, Spans]:
    """Whether ``content`` is quoted whole, in part or not, and its quoted phrases without their marks."""
    quoted = [part for span in content for part in quoted_within(quotations, span)]
    letters = sum(c.isalnum() for s, e in content for c in text[s:e])
    inside = sum(c.isalnum() for s, e in quoted for c in text[s:e])
    verbatim = tuple(span for span in (_trimmed(text, s, e) for s, e in quoted) if span[0] < span[1])
    if not inside:
        return "indirect", ()
    return ("direct" if inside >= DIRECT_SHARE * letters else "mixed"), verbatim


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def cue_function(cue: str) -> tuple[CueFunction, bool]:
    """What a cue's words do, and whether the cue itself is negated ("did not say", "refused to say")."""
    lowered = cue.lower()
    found: CueFunction = next((name for name, pattern in _functions() if pattern.search(lowered)), "affirms")
    return found, bool(_pattern("negations").search(lowered))


def is_report(cue: str) -> bool:
    """Whether a cue tells of something said, not planned, wished or supposed ("to say", "could declare")."""
    lowered = cue.lower().strip()
    return bool(_pattern("reporting").search(lowered)) and not _pattern("unreal").search(lowered)


def may_report(content: str) -> bool:
    """Whether a content has a word by which a cue within it could report; most have none and need no second look."""
    return bool(_pattern("reporting").search(content.lower()))


def is_pronoun(source: str) -> bool:
    """Whether a source is a pronoun or a word for anybody, and names nobody."""
    return bool(_pattern("pronouns").fullmatch(source.lower().strip()))


def is_speaking(source: str) -> bool:
    """Whether a source is whoever speaks or is spoken to: "I", "we", "you"."""
    return bool(_pattern("speaking").fullmatch(source.lower().strip()))


def label_of(label: str) -> str | None:
    """What a line's first words before a colon are, where they tell it: "asker", "answerer", "titled" or "heading"."""
    words, knowledge = label.casefold().replace(".", "").split(), _knowledge()
    whole = " ".join(words)
    for role in ("asker", "answerer", "heading"):
        if whole in knowledge[f"{role}s"]:
            return role
    if words[0] in knowledge["headings"]:
        return "heading"
    begun = any(" ".join(words[:n]) in knowledge["label_titles"] for n in (1, 2, 3, 4))
    return "titled" if begun else None


@lru_cache(maxsize=1)
def _knowledge() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _pattern(name: str) -> re.Pattern[str]:
    return _any_of(_knowledge()[name])


@lru_cache(maxsize=1)
def _functions() -> list[tuple[CueFunction, re.Pattern[str]]]:
    return [(entry["name"], _any_of(entry["words"])) for entry in _knowledge()["function"]]


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")

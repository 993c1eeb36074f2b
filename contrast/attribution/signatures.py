"""Quotations that their speaker signs, as press releases and collections of voices print them: "..." — Commissioner X; From the
desk of Commissioner X: "..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contrast.attribution.quotations import Quotation
from contrast.attribution.tagger import Attribution
from contrast.records import Spans

CONFIDENCE = 0.9
LEAST_WORDS = 3
"""Words of a quotation that can be signed: a quoted name or term cannot."""
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:[ \u00a0](?:of|for|the|and|de|del|la|van|von|der|al|bin|[A-ZÀ-Þ][\w.'’-]*)){0,8}"
_BELOW = re.compile(
    rf"[,.]?(?:\s{{0,3}}(?P<dash>[―—–]|--)[ \u00a0]?|\s{{1,3}}(?P<hyphen>-)[ \u00a0])(?P<source>{_NAME})"
    r"(?=[ \u00a0]*(?:,|\(|\.?\s*\n|\.?\s*$))"
)
_ABOVE = re.compile(rf"(?P<cue>(?i:from (?:the (?:desk|office) of)))[ \u00a0](?P<source>{_NAME}):\s{{1,3}}$")
ABOVE_REACH = 160
"""Characters before a quotation in which "from the desk of" is looked for."""


def with_signatures(text: str, quotations: Sequence[Quotation], found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with each signed quotation as one of its signer; those found inside such a quotation give way."""
    signed = list(_signed(text, quotations))
    kept = [a for a in found if not any(_within(a.content, quotation.outer) for quotation, _ in signed)]
    return [*kept, *(attribution for _, attribution in signed)]


def _signed(text: str, quotations: Sequence[Quotation]) -> list[tuple[Quotation, Attribution]]:
    found = []
    for quotation in quotations:
        if not quotation.closed or len(text[slice(*quotation.inner)].split()) < LEAST_WORDS:
            continue
        start, end = quotation.outer
        if match := _BELOW.match(text, end):
            cue = match.span("dash") if match["dash"] else match.span("hyphen")
        elif match := _ABOVE.search(text, max(0, start - ABOVE_REACH), start):
            cue = match.span("cue")
        else:
            continue
        found.append((quotation, Attribution((match.span("source"),), (cue,), (quotation.outer,), CONFIDENCE)))
    return found


def _within(content: Spans, outer: tuple[int, int]) -> bool:
    inside = sum(max(0, min(end, outer[1]) - max(start, outer[0])) for start, end in content)
    return 2 * inside > sum(end - start for start, end in content)

"""Transcripts of briefings, interviews and hearings: who has the floor from one label ("MS NAUERT:", "Q:") to the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contrast.attribution.statements import label_of
from contrast.attribution.tagger import Attribution
from contrast.records import Span

CONFIDENCE = 0.9
"""Confidence that what stands below a label is its speaker's."""
LEAST_TURNS = 3
LEAST_SHARE = 0.5
"""Share of a transcript's characters that stand in turns, at least."""
LEAST_WORDS = 3
"""Words of a paragraph that states something, at least: shorter ones are greetings and interjections."""
_CAPITALS = r"[A-Z][A-Z.'’-]*(?:[ \u00a0](?:\d{1,2}|[A-Z][A-Z.'’-]*)){0,5}"
_NAME = r"[A-ZÀ-Þ][\w.'’-]+(?:[ \u00a0](?:(?:of|the|and|de|von|van|bin)[ \u00a0]){0,2}[A-ZÀ-Þ][\w.'’-]*){0,7}"
_OFFICE = r"Mr|Mrs|Ms|Dr|Chair(?:man|woman)?|Senator|Secretary|Ambassador|General"
_LABEL = re.compile(
    rf"^[ \t\u00a0>*]*(?:(?P<letter>[QA])(?P<mark>[:.](?=\s)|(?=[ \t\u00a0]{{2}})|(?<=Q)(?!Anon)(?=[A-Z][a-z]))"
    rf"|(?P<label>{_CAPITALS}|{_NAME})(?:,[ \u00a0][^:\n]{{1,80}})?(?:[ \u00a0]\([^()\n]{{1,60}}\))?"
    r"(?P<colon>\*{0,2}:\*{0,2})(?=\s)"
    rf"|(?P<member>(?:{_OFFICE})\.?[ \u00a0]{_CAPITALS})(?P<stop>\.)(?=\s))",
    re.M,
)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_SAID = re.compile(r"\s*\S*[^\W\d_]")
"""What is said begins with a word, not with a number as in a list of results."""
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]][.\s]*")
"""What the transcriber adds at the beginning of a paragraph, or as one: "(Laughter.)", "(Via interpreter)"."""


_GROUPS = {"letter": "mark", "label": "colon", "member": "stop"}
"""Of each kind of label its own group and that of what closes it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where one has the floor: the label and its colon, and the paragraphs until the next label."""

    label: Span
    colon: Span
    paragraphs: tuple[Span, ...]
    role: str | None
    """"asker" or "answerer" where the label tells no more than that."""

    @property
    def end(self) -> int:
        return self.paragraphs[-1][1] if self.paragraphs else self.colon[1]


def find_turns(text: str) -> list[Turn]:
    """The turns of a transcript in order; none where the text is not one.

    Labels stand at the beginning of a line, in capitals or as names. A text is a transcript where at least three turns of two
    voices make up half of it, and most labels are told to be speakers': they come back, or begin with a title, or say that
    somebody asks or answers. Of the last turn only the first paragraph counts: what follows may be the end matter of the page.
    """
    labels = [m for m in _LABEL.finditer(text) if label_of(_named(m)) != "heading" and _SAID.match(text, m.end())]
    if labels and not text[: labels[0].start()].strip() and _is_headline(labels):
        labels = labels[1:]
    often = Counter(_named(m).split()[-1] for m in labels)
    sure = {m.start() for m in labels if label_of(_named(m)) is not None or often[_named(m).split()[-1]] > 1}
    labels = [m for m in labels if m.start() in sure or _named(m).isupper() or " " in _named(m)]
    if len(sure) < LEAST_TURNS or 2 * len(sure) < len(labels) or len({_named(m) for m in labels}) < 2:
        return []
    turns, inside = list[Turn](), 0
    for match, after in zip(labels, [*labels[1:], None], strict=True):
        paragraphs = [
            (m.start(), m.start() + len(m[0].rstrip()))
            for m in _PARAGRAPH.finditer(text, match.end(), after.start() if after else len(text))
        ]
        kept = tuple(paragraphs if after else paragraphs[:1])
        name, role = _group(match), label_of(_named(match))
        turns.append(Turn(match.span(name), match.span(_GROUPS[name]), kept, role if role in ("asker", "answerer") else None))
        inside += sum(end - start for start, end in paragraphs)
    return turns if inside >= LEAST_SHARE * len(text.strip()) else []


def _is_headline(labels: Sequence[re.Match[str]]) -> bool:
    """Whether the label at the beginning of a text is that of its headline: it tells no title and does not come back."""
    first = _named(labels[0])
    return label_of(first) is None and all(_named(m) != first for m in labels[1:])


def _group(match: re.Match[str]) -> str:
    return next(name for name in _GROUPS if match[name])


def _named(match: re.Match[str]) -> str:
    return match[_group(match)]


def turn_at(turns: Sequence[Turn], place: int) -> Turn | None:
    """The turn in which a character stands; ``turns`` in their order."""
    number = bisect_right(turns, place, key=lambda turn: turn.label[0]) - 1
    return turns[number] if number >= 0 and place < turns[number].end else None


def of_turns(text: str, turns: Iterable[Turn]) -> list[Attribution]:
    """One attribution for each paragraph of those who do not merely ask, headings and the transcriber's remarks left out."""
    found = list[Attribution]()
    for turn in turns:
        for start, end in turn.paragraphs if turn.role != "asker" else ():
            aside = _ASIDE.match(text, start, end)
            said = (aside.end() if aside else start, end)
            words = text[slice(*said)]
            if len(words.split()) >= LEAST_WORDS and not words.isupper():
                cue = (turn.colon,) if turn.colon[0] < turn.colon[1] else ()
                found.append(Attribution((turn.label,), cue, (said,), CONFIDENCE))
    return found

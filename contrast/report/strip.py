"""What was said on a topic along time: entries by date, for the topics on which several dates have something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from contrast.records import Contrast, Findings, Statement, Topic
from contrast.report.plain import NOBODY, one_line, shorten

MOST_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """What one statement says on one day; ``polarity`` is positive, negative or neutral."""

    date: str
    speaker: str
    phrase: str
    polarity: str
    number: int
    """The statement's number in the report."""


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one date, and the days since the date before; 0 for the first."""

    date: str
    gap: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """One topic along time; ``changes`` are the numbers of its contrasts of one speaker over time."""

    topic: str
    days: tuple[Day, ...]
    changes: tuple[int, ...]


def strips(findings: Findings, contrasts: tuple[Contrast, ...], numbers: Mapping[str, int]) -> list[Strip]:
    """The strips of the topics that carry contrasts, in the order of ``contrasts``, where two dates or more are known.

    ``numbers`` gives each statement's number by its id.
    """
    topics = {topic.label: topic for topic in findings.topics}
    statements = {statement.id: statement for statement in findings.statements}
    dates = {document.id: document.date for document in findings.documents if document.date}
    texts = {document.id: document.text for document in findings.documents}
    made = list[Strip]()
    for label in dict.fromkeys(contrast.topic for contrast in contrasts):
        said = set[Entry]()
        if label in topics:
            said.update(_claimed(topics[label], statements, dates, texts, numbers))
        for contrast in () if said else contrasts:
            if contrast.topic == label:
                said.update(_argued(contrast, statements, dates, numbers))
        days = _days(said)
        if len(days) > 1:
            changes = (n for n, c in enumerate(contrasts, 1) if c.topic == label and c.scope == "over time")
            made.append(Strip(one_line(label), days, tuple(changes)))
    return made


def _claimed(
    topic: Topic,
    statements: Mapping[str, Statement],
    dates: Mapping[str, str],
    texts: Mapping[str, str],
    numbers: Mapping[str, int],
) -> Iterator[Entry]:
    for claim in topic.claims:
        statement = statements.get(claim.statement)
        if statement is not None and claim.document in dates:
            start, end = claim.characterisation
            sign = "positive" if claim.polarity > 0 else "negative" if claim.polarity < 0 else "neutral"
            words = shorten(one_line(texts[claim.document][start:end]), MOST_CHARACTERS)
            yield Entry(dates[claim.document], _speaker(statement), words, sign, numbers[statement.id])


def _argued(
    contrast: Contrast, statements: Mapping[str, Statement], dates: Mapping[str, str], numbers: Mapping[str, int]
) -> Iterator[Entry]:
    for position in (contrast.a, contrast.b):
        words = shorten("; ".join(map(one_line, position.phrases)), MOST_CHARACTERS)
        for id_ in position.statements:
            statement = statements.get(id_)
            if statement is not None and statement.document in dates:
                yield Entry(dates[statement.document], _speaker(statement), words, "neutral", numbers[id_])


def _days(entries: set[Entry]) -> tuple[Day, ...]:
    ordered = sorted(entries, key=lambda entry: (entry.date, entry.number, entry.phrase))
    days = list[Day]()
    for day, group in groupby(ordered, key=lambda entry: entry.date):
        days.append(Day(day, _gap(days[-1].date, day) if days else 0, tuple(group)))
    return tuple(days)


def _gap(earlier: str, later: str) -> int:
    try:
        return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    except ValueError:  # a date that a caller wrote in another form
        return 0


def _speaker(statement: Statement) -> str:
    return (one_line(statement.speaker.name) if statement.speaker else "") or NOBODY

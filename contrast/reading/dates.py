"""Dates as ISO 8601 (YYYY-MM-DD), told only where day, month and year stand there unmistakably."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from contrast.reading.knowledge import metadata

_ISO = re.compile(r"((?:18|19|20)\d\d)-(\d\d)-(\d\d)(?:[T ]\d\d:?\d\d.*)?$|((?:18|19|20)\d\d)(\d\d)(\d\d)$")
_CLOCK = r"(?:[\s,|–-]*(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)?)?"


def parse_date(value: str) -> str | None:
    """The date that ``value`` is, with or without weekday and clock time; None for anything else.

    A date of digits alone is read in ISO order only: 07/08/2018 may be July or August, so it is None.
    """
    value = " ".join(value.split())
    match = _ISO.match(value)
    if match:
        year, month, day = (int(group) for group in match.groups() if group)
        return _valid(year, month, day)
    match = _written(bare=True).match(value)
    return _from_match(match) if match else None


def line_date(line: str) -> str | None:
    """The date of a line that says nothing else ("Published: Saturday, 7 July 2018")."""
    match = _opener().match(line)
    return parse_date(line[match.end() :] if match else line)


def dateline_date(line: str) -> str | None:
    """The date of a dateline with a year ("PYONGYANG, July 7, 2018 (Agency) — ..."), at the head of a paragraph."""
    match = _dateline().match(line)
    return _from_match(match) if match else None


@cache
def _written(*, bare: bool) -> re.Pattern[str]:
    known = metadata()
    months = "|".join(sorted(known["months"], key=len, reverse=True))
    weekday = f"(?:(?:{'|'.join(sorted(known['dates']['weekdays'], key=len, reverse=True))})\\b\\.?,?\\s+)?"
    day_first = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{months})\b\.?,?\s+(?P<year>(?:18|19|20)\d\d)"
    month_first = rf"(?P<month2>{months})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:18|19|20)\d\d)"
    clock_first = r"(?:\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?,?\s+)?" if bare else ""
    pattern = f"{clock_first}{weekday}(?:{day_first}|{month_first})\\b"
    return re.compile(pattern + (rf"{_CLOCK}\.?$" if bare else ""), re.IGNORECASE)


@cache
def _dateline() -> re.Pattern[str]:
    place = r"(?-i:[A-ZÀ-Þ][\w.'’-]*(?:[\s,]+[A-ZÀ-Þ][\w.'’-]*){0,5}),?\s+[(]?"
    return re.compile(rf"{place}{_written(bare=False).pattern}[)]?,?\s*(?:\([^()]{{2,40}}\)\s*)?(?:--?|—|–|:)\s", re.IGNORECASE)


@cache
def _opener() -> re.Pattern[str]:
    openers = "|".join(sorted(metadata()["dates"]["openers"], key=len, reverse=True))
    return re.compile(rf"(?:{openers})(?:\s+(?:on|at))?\s*:?\s+", re.IGNORECASE)


def _from_match(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    month = found["month"] or found["month2"]
    return _valid(int(found["year"] or found["year2"]), metadata()["months"][month.lower()], int(found["day"] or found["day2"]))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None

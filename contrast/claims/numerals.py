"""Read numbers, their bounds and units, durations and deadlines from text, normalised so that they compare.

Durations are in months ("two-and-a-half years" is 30), dates in years ("March 2020" is 2020.17), money and shares in their own
units. Works on plain text; the nouns counted are told by the parse (see :mod:`contrast.claims.figures`).
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from contrast.records import Quantity, Span

MONTHS = "months"
DATE = "year"
ABOUT = 0.1
"""Half width of an "about", as a share of the number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity or time with its place in the text; ``bare`` where no unit stands beside the number."""

    span: Span
    quantity: Quantity
    time: bool = False
    bare: bool = False


@lru_cache(maxsize=1)
def knowledge() -> dict[str, Any]:
    """The tables of ``numbers.toml``."""
    return tomllib.loads(Path(__file__).with_name("numbers.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _number() -> str:
    words = "|".join(sorted([*knowledge()["numerals"], *knowledge()["scales"]], key=len, reverse=True))
    scale = "|".join(knowledge()["scales"])
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    spelled = rf"(?:(?:an?|half an?) )?(?:{words})(?:(?:[ -]and[ -]|[ -])(?:a[ -]half|{words}))*"
    half = r"half an?|a quarter of an?"
    return rf"(?:(?:{digits})(?:[ -](?:{scale})s?)?(?:[ -]and[ -]a[ -]half)?|{spelled}(?:[ -]and[ -]a[ -]half)?|{half})"


def read_number(text: str) -> float | None:
    """The value of a number in digits or words ("two-and-a-half", "1,200", "3.5 million"); None where it is none."""
    lowered = text.strip().lower()
    plain = re.fullmatch(r"(half an?|a quarter of an?)", lowered)
    if plain:
        return 0.5 if lowered.startswith("half") else 0.25
    total, current, seen = 0.0, 0.0, False
    tables = knowledge()
    lowered, halves = re.subn(r"[ -]and[ -]a[ -]half", "", lowered)
    for word in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", lowered):
        if word[0].isdigit():
            value = float(word.replace(",", ""))
            if math.isinf(value):
                return None
            current, seen = current + value, True
        elif word in tables["numerals"]:
            current, seen = current + tables["numerals"][word], True
        elif word.rstrip("s") in tables["scales"]:
            scale = tables["scales"][word.rstrip("s")]
            current, seen = (current or 1.0) * scale, True
            if scale >= 1000:
                total, current = total + current, 0.0
        elif word not in ("a", "an", "and", "half"):
            return None
    return total + current + 0.5 * bool(halves) if seen else None


@lru_cache(maxsize=1)
def _duration_pattern() -> re.Pattern[str]:
    units = "|".join(knowledge()["months_in"])
    bounds = "|".join(sorted((b for group in knowledge()["bounds"].values() for b in group), key=len, reverse=True))
    number = _number()
    return re.compile(
        rf"(?<![\w.])(?:(?P<bound>{bounds})\s+)?(?P<low>{number}|an?|the next|the coming)"
        rf"(?:(?:\s+to\s+|\s*[-–]\s*|\s+or\s+)(?P<high>{number}))?"
        rf"(?:[ -]+(?:more|full|short|long|whole))?[ -]+(?P<unit>{units})s?(?!\w)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _number_pattern() -> re.Pattern[str]:
    tables = knowledge()
    bounds = "|".join(sorted((b for group in tables["bounds"].values() for b in group), key=len, reverse=True))
    percent = "|".join(map(re.escape, [*tables["percent"]["points"], *tables["percent"]["words"]]))
    number = _number()
    return re.compile(
        rf"(?<![\w.])(?:(?P<bound>{bounds})\s+)?(?P<currency>(?:US|U\.S\.)?[$£€])?(?P<low>{number})"
        rf"(?:(?:\s+to\s+|\s*[-–]\s*)[$£€]?(?P<high>{number}))?"
        rf"(?:[ -]?(?P<unit>{percent}|dollar|euro|pound)s?)?(?![\w%])",
        re.IGNORECASE,
    )


def read_times(text: str, *, offset: int = 0) -> list[Reading]:
    """Durations, deadlines and dates in ``text``; spans are moved by ``offset`` characters."""
    found = [*_deadlines(text), *_durations(text), *_dates(text)]
    kept = list[Reading]()
    for reading in sorted(found, key=lambda r: (r.span[0], r.span[0] - r.span[1])):
        if not kept or reading.span[0] >= kept[-1].span[1]:
            kept.append(reading)
    return [Reading((r.span[0] + offset, r.span[1] + offset), r.quantity, time=True) for r in kept]


def read_quantities(text: str, *, offset: int = 0) -> list[Reading]:
    """Numbers in ``text`` that are not part of a time; unit "percent", "dollars", ... or, where it stands beside none, empty."""
    taken = [r.span for r in read_times(text)]
    found = list[Reading]()
    for match in _number_pattern().finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        low = read_number(match["low"])
        if low is None or (match["low"].lower() in ("one", "a", "an") and not match["unit"]):
            continue
        high = read_number(match["high"]) if match["high"] else low
        unit = _unit(match["currency"], match["unit"])
        span = (match.start() + offset, match.end() + offset)
        found.append(Reading(span, _bounded(match["bound"], low, high if high is not None else low, unit), bare=not unit))
    return found


def conflict(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of the same thing cannot both hold: same unit and no common value, or a time against none."""
    if one.unit != other.unit:
        return "no timeline" in (one.unit, other.unit) and {one.unit, other.unit} <= {
            "no timeline",
            MONTHS,
            DATE,
            "end of term",
            "at once",
        }
    if one.unit in knowledge()["deadlines"]:
        return False
    gap = max(one.low, other.low) - min(one.high, other.high)
    return gap > 0.02 * max(abs(one.low), abs(other.low), 1e-9) if math.isfinite(gap) else gap > 0


def _durations(text: str) -> list[Reading]:
    found = list[Reading]()
    for match in _duration_pattern().finditer(text):
        words = match["low"].lower()
        low = 1.0 if words in ("a", "an", "the next", "the coming") else read_number(words)
        if low is None or (words in ("a", "an") and not match["bound"]):
            continue
        if text[match.end() :].lower().startswith((" ago", "-old", " old", " earlier")):
            continue
        months = knowledge()["months_in"][match["unit"].lower()]
        high = read_number(match["high"]) if match["high"] else low
        quantity = _bounded(match["bound"], low * months, (low if high is None else high) * months, MONTHS)
        found.append(Reading(match.span(), quantity))
    return found


def _deadlines(text: str) -> list[Reading]:
    found = list[Reading]()
    for name, expressions in knowledge()["deadlines"].items():
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)", text, re.IGNORECASE):
            found.append(Reading(match.span(), Quantity(0.0, math.inf, name)))
    return found


def _dates(text: str) -> list[Reading]:
    months = "|".join(knowledge()["calendar"])
    found = list[Reading]()
    pattern = (
        r"(?<!\w)(?:(?:by|before|after|until|since) )?(?:the )?(?:end of |start of |beginning of )?"
        rf"(?:(?P<month>{months}) )?(?P<year>(?:19|20)\d\d)(?![\w,.]\d|\w)"
    )
    for match in re.finditer(pattern, text, re.IGNORECASE):
        year = float(match["year"])
        if match["month"]:
            month = knowledge()["calendar"][match["month"].lower()]
            low, high = year + (month - 1) / 12, year + month / 12
        else:
            low, high = year, year + 1
        found.append(Reading(match.span(), Quantity(low, high, DATE)))
    return found


def _bounded(bound: str | None, low: float, high: float, unit: str) -> Quantity:
    low, high = min(low, high), max(low, high)
    bounds = knowledge()["bounds"]
    word = (bound or "").lower()
    if word in bounds["low"]:
        return Quantity(low, math.inf, unit)
    if word in bounds["high"]:
        return Quantity(0.0 if word not in ("just", "only") else low, high, unit)
    if word in bounds["about"]:
        return Quantity(low * (1 - ABOUT), high * (1 + ABOUT), unit)
    return Quantity(low, high, unit)


def _unit(currency: str | None, unit: str | None) -> str:
    tables = knowledge()
    if currency:
        return str(tables["money"][currency[-1]])
    word = (unit or "").lower()
    if word in tables["percent"]["words"]:
        return "percent"
    if word in tables["percent"]["points"]:
        return "points"
    return str(tables["money"].get(word, ""))

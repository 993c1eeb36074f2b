"""Documents kept one a line in JSON lines or one a row in CSV, under any of the names that ``metadata.toml`` lists."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contrast.errors import ReadingError
from contrast.reading.heading import normal
from contrast.reading.knowledge import metadata


@dataclass(frozen=True, slots=True)
class Row:
    """One document as it was kept; ``place`` is the file's name and line, for messages."""

    place: str
    line: int
    values: dict[str, str]
    """By the document's own words (id, title, date, issuer, url, text); what is missing or blank is left out."""


def json_rows(text: str, name: str) -> Iterator[Row | ReadingError]:
    """The objects of JSON lines; a line that cannot be used comes as its error, so that the others can still be read."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "it cannot be parsed"
            yield ReadingError(f"{place}: is not JSON ({reason}); write one object a line")
            continue
        yield _row(found, place, number) if isinstance(found, dict) else ReadingError(f"{place}: is no object; write one a line")


def csv_rows(text: str, name: str) -> Iterator[Row | ReadingError]:
    """The rows of a CSV file with a header row (comma, semicolon or tab), unusable ones as their errors."""
    limit = csv.field_size_limit(sys.maxsize)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        rows: list[tuple[int, list[str]]] = []
        line = 1
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        yield ReadingError(f"{name}:{reader.line_num}: is not CSV ({error}); save it again as CSV (UTF-8)")
        return
    finally:
        csv.field_size_limit(limit)
    rows = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    header = rows[0][1] if rows else []
    texts = metadata()["keys"]["text"]
    if not any(normal(column) in texts for column in header):
        yield ReadingError(f"{name}: has no column for the text; name one of its columns text in the first row")
        return
    for line, cells in rows[1:]:
        yield _row(dict(zip(header, cells, strict=False)), f"{name}:{line}", line)


def looks_like_json(text: str) -> bool:
    """Whether the first line is a JSON object with a text, as documents on standard input may be."""
    first = text.lstrip().split("\n", 1)[0]
    if not first.startswith("{"):
        return False
    row = next(json_rows(first, ""), None)
    return isinstance(row, Row)


def _row(found: Mapping[str, Any], place: str, line: int) -> Row | ReadingError:
    by_name = {normal(name): value for name, value in found.items()}
    values: dict[str, str] = {}
    for key, names in metadata()["keys"].items():
        for name in names:
            value = by_name.get(name)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
                values[key] = value if isinstance(value, str) else str(value)
                break
    if "text" not in values:
        return ReadingError(f'{place}: has no text; give it one under the name "text"')
    return Row(place=place, line=line, values=values)


def _delimiter(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)

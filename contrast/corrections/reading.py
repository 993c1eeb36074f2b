"""Corrections files: the statements' CSV as edited, the draft of ``contrast review``, or a small TOML file.

A row is a correction where its speaker differs from ``machine_speaker``, its topic from ``machine_topic``, where
``drop`` is ticked or there is a note; a field named in the column ``correction`` counts as decided although it is the
same. A file without the machine's columns holds human values only.
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from contrast.errors import CorrectionsError
from contrast.records import Correction
from contrast.report.delimited import unguarded

_YES = frozenset({"x", "y", "yes", "true", "1", "drop", "dropped"})
_NO = frozenset({"", "n", "no", "false", "0"})
_WORKBOOK = b"PK\x03\x04"
_DELIMITERS = ",;\t"


def load_corrections(path: str | Path) -> tuple[Correction, ...]:
    """The corrections of a TOML file (suffix ``.toml``) or else a CSV file, in their order.

    The delimiter of a CSV file is the one that its head uses most: spreadsheets write semicolons in some countries.
    Raises :class:`~contrast.errors.CorrectionsError` where the file cannot be read, a row lacks its id or passage, or
    two rows say different things of one statement.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
        if data.startswith(_WORKBOOK):
            raise CorrectionsError(f"{path}: a workbook; save its sheet as CSV UTF-8")
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise CorrectionsError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError:
        raise CorrectionsError(f"{path}: not UTF-8; save it as CSV UTF-8") from None
    rows = _toml(path, text) if path.suffix.lower() == ".toml" else _csv(path, text)
    return tuple(_distinct(path, (_correction(place, row) for place, row in rows)))


def _csv(path: Path, text: str) -> Iterable[tuple[str, Mapping[str, str]]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, restval=""))
    except csv.Error as error:
        raise CorrectionsError(f"{path}: not CSV: {error}") from error
    for column in ("id", "text"):
        if column not in (rows[0] if rows else head.strip("\r\n").replace('"', "").split(delimiter)):
            raise CorrectionsError(f"{path}: no column {column}; edit the CSV that `contrast review` writes")
    for number, row in enumerate(rows, 2):
        place = f"{path}: row {number}"
        if None in row:
            raise CorrectionsError(f"{place}: more cells than columns")
        yield place, row


def _toml(path: Path, text: str) -> Iterable[tuple[str, Mapping[str, str]]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionsError(f"{path}: not TOML: {error}") from error
    if unknown := sorted(set(content) - {"correction"}):
        raise CorrectionsError(f"{path}: no such key: {unknown[0]}; write each correction as a [[correction]] table")
    tables = content.get("correction", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CorrectionsError(f"{path}: write each correction as a [[correction]] table")
    known = {"id", "text", "speaker", "topic", "drop", "note", "before", "after"}
    for number, table in enumerate(tables, 1):
        place = f"{path}: correction {number}"
        if unknown := sorted(set(table) - known):
            raise CorrectionsError(f"{place}: no such key: {unknown[0]}; known are {', '.join(sorted(known))}")
        row = dict(table)
        if isinstance(row.get("drop"), bool):
            row["drop"] = "yes" if row["drop"] else ""
        if wrong := [key for key, value in row.items() if not isinstance(value, str)]:
            raise CorrectionsError(f"{place}: {wrong[0]} must be a text")
        yield place, row


def _correction(place: str, row: Mapping[str, str]) -> Correction | None:
    drop = row.get("drop", "").strip().casefold()
    if drop not in _YES | _NO:
        raise CorrectionsError(f"{place}: drop is {drop!r}; write yes, or leave it empty")
    decided = {part.strip() for part in row.get("correction", "").split(",")}
    made = Correction(
        statement=unguarded(row.get("id", "").strip()),
        passage=row.get("text", ""),
        speaker=_human(row, "speaker", decided),
        topic=_human(row, "topic", decided),
        drop=drop in _YES,
        note=unguarded(row.get("note", "").strip()),
        before=row.get("before", ""),
        after=row.get("after", ""),
    )
    if made.speaker is None and made.topic is None and not made.drop and not made.note:
        return None
    if not made.document:
        raise CorrectionsError(f"{place}: the id {made.statement!r} is no statement's; ids read document:start-end")
    if not made.passage.strip():
        raise CorrectionsError(f"{place}: its text is empty; keep the passage, by which the statement is found again")
    return made


def _human(row: Mapping[str, str], field: str, decided: set[str]) -> str | None:
    """The cell where a person wrote it; an emptied cell takes nothing back."""
    value, machine = (unguarded(row.get(column, "").strip()) for column in (field, f"machine_{field}"))
    return value if value and (value != machine or field in decided) else None


def _distinct(path: Path, corrections: Iterable[Correction | None]) -> Iterable[Correction]:
    seen: dict[str, Correction] = {}
    for correction in corrections:
        if correction is None or seen.get(correction.statement) == correction:
            continue
        if correction.statement in seen:
            raise CorrectionsError(f"{path}: two different corrections of {correction.statement}; keep one")
        seen[correction.statement] = correction
        yield correction

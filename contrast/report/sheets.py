"""XLSX by XlsxWriter: a sheet for each table, text as text, nothing made a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contrast.errors import ExportError
from contrast.provenance import Provenance
from contrast.report.files import encoded
from contrast.report.frames import Row
from contrast.report.plain import shorten

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""What one cell holds at most; a longer text is cut, and the cut marked."""
CUT = " … [cut: a cell holds no more]"
MOST_ROWS = 1_048_575
_NARROW, _WIDE = 8, 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, columns and rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]


def workbook(sheets: Sequence[Sheet], provenance: Provenance | None) -> bytes:
    """The sheets and, last, where they come from. Heads are frozen and can be filtered.

    A text longer than a cell holds is cut, with words that say so. Raises :class:`~contrast.errors.ExportError` where
    XlsxWriter is not installed or a table has more rows than a sheet.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 -- an extra
    except ImportError:
        raise ExportError("xlsx needs XlsxWriter: pip install XlsxWriter, or choose csv") from None
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    made = provenance.time if provenance else "1980-01-01T00:00:00Z"
    book.set_properties({"created": datetime.fromisoformat(made).replace(tzinfo=None), "comments": "Made by contrast"})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    number = book.add_format({"valign": "top"})
    about = [Sheet("about", ("what", "value"), _about(provenance))] if provenance else []
    for sheet in [*sheets, *about]:
        if len(sheet.rows) > MOST_ROWS:
            raise ExportError(f"{sheet.name}: {len(sheet.rows)} rows are more than a sheet holds; choose csv")
        _fill(book.add_worksheet(sheet.name), sheet, head, body, number)
    book.close()
    return buffer.getvalue()


def _fill(page: Worksheet, sheet: Sheet, head: Any, body: Any, number: Any) -> None:
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, _fitting(name), head)
        longest = name
        for line, row in enumerate(sheet.rows, 1):
            value = row.get(name, "")
            if isinstance(value, bool):
                page.write_boolean(line, column, value, number)
            elif isinstance(value, int | float):
                page.write_number(line, column, value, number)
            else:
                text = _fitting(str(value))
                longest = max(longest, max(text.split("\n"), key=len), key=len)
                page.write_string(line, column, text, body)
        page.set_column(column, column, min(max(len(longest) + 2, _NARROW), _WIDE))
    page.freeze_panes(1, 0)
    if sheet.rows and sheet.columns:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _fitting(text: str) -> str:
    text = encoded(text).decode()
    return text if len(text) <= MOST_CHARACTERS else shorten(text, MOST_CHARACTERS - len(CUT)) + CUT


def _about(provenance: Provenance) -> list[Row]:
    pairs = [("contrast", provenance.version), ("time of the run", provenance.time)]
    pairs += [(f"option {name}", str(value)) for name, value in provenance.options.items()]
    pairs += [(f"model {name}, SHA-256", value) for name, value in provenance.models.items()]
    pairs += [(f"input {given.id}, SHA-256", given.sha256) for given in provenance.inputs]
    return [{"what": what, "value": value} for what, value in pairs]

"""CSV as RFC 4180 has it: comma, CRLF, quotation marks doubled; any text comes back as it went in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that the file is UTF-8."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that a spreadsheet may take for a formula (OWASP, CSV Injection), full-width forms included."""


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, excel: bool = False) -> str:
    """Head and rows as CSV; a column that a row lacks is empty.

    With ``excel`` the text begins with a byte order mark and each text that a spreadsheet could take for a formula
    gets an apostrophe before it; numbers stay as they are.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    guard = guarded if excel else _as_is
    writer.writerow([guard(column) for column in columns])
    for row in rows:
        writer.writerow([guard(row.get(column, "")) for column in columns])
    return (BYTE_ORDER_MARK if excel else "") + buffer.getvalue()


def guarded(cell: object) -> object:
    """The cell with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe of :func:`guarded`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _as_is(cell: object) -> object:
    return cell

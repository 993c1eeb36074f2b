"""Every output by its format: texts by file name, the main one first, and where they go."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path

from contrast.records import Document, Findings
from contrast.report.delimited import csv_text
from contrast.report.files import encoded, write_whole
from contrast.report.frames import (
    CONTRAST_COLUMNS,
    STATEMENT_COLUMNS,
    Row,
    contrast_rows,
    matrix_rows,
    statement_rows,
)
from contrast.report.jsonl import contrasts_jsonl, json_lines, statements_jsonl
from contrast.report.markdown import comparison_markdown, escaped, markdown_table, statements_markdown
from contrast.report.matrix import build_matrix
from contrast.report.plain import CONTRAST_COLUMN, DOCUMENT_COLUMN, TOPIC_COLUMN, one_line
from contrast.report.roster import ROSTER_COLUMNS, Entry, roster_rows
from contrast.report.terminal import comparison_text, speakers_text, statements_text

Files = dict[str, str]
"""File name to text; the first is the one that goes to a single file or to standard output."""


class Format(StrEnum):
    """The formats that a command can write."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    markdown = "markdown"


_SUFFIXES = {".csv": Format.csv, ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".md": Format.markdown}


def format_for(path: str | None) -> Format:
    """The format that the path's suffix asks for; a table where it asks for none."""
    return Format.table if path is None else _SUFFIXES.get(Path(path).suffix.lower(), Format.table)


def comparison_files(
    findings: Sequence[Findings], form: Format, *, order: Sequence[str], width: int, excel: bool, each: bool
) -> Files:
    """One comparison, or with ``each`` one for each document, in a format."""
    if form is Format.csv:
        return comparison_csv(findings, order=order, excel=excel, each=each)
    if form is Format.jsonl:
        return comparison_jsonl(findings)
    if form is Format.markdown:
        texts = [comparison_markdown(found, order=order) for found in findings]
        heads = [f"## {escaped(_title(found.documents))}\n\n" for found in findings]
        return {"comparison.md": _joined(heads, texts, each)}
    texts = [comparison_text(found, width=width, order=order) for found in findings]
    heads = [f"{_title(found.documents)}\n\n" for found in findings]
    return {"comparison.txt": _joined(heads, texts, each)}


def statements_files(findings: Findings, form: Format, *, width: int, excel: bool) -> Files:
    """The statements in a format."""
    if form is Format.csv:
        return {"statements.csv": csv_text(STATEMENT_COLUMNS, statement_rows(findings), excel=excel)}
    if form is Format.jsonl:
        return {"statements.jsonl": statements_jsonl(findings)}
    if form is Format.markdown:
        return {"statements.md": statements_markdown(findings)}
    return {"statements.txt": statements_text(findings, width=width)}


def speakers_files(roster: Sequence[Entry], form: Format, *, width: int, excel: bool) -> Files:
    """Who speaks, in a format."""
    if form is Format.csv:
        return {"speakers.csv": csv_text(ROSTER_COLUMNS, roster_rows(roster), excel=excel)}
    if form is Format.jsonl:
        rows = roster_rows(roster)
        mentions = [[list(mention) for mention in entry.mentions] for entry in roster]
        return {"speakers.jsonl": json_lines(row | {"mentions": m} for row, m in zip(rows, mentions, strict=True))}
    if form is Format.markdown:
        return {"speakers.md": markdown_table(ROSTER_COLUMNS, roster_rows(roster))}
    return {"speakers.txt": speakers_text(roster, width=width)}


def comparison_csv(findings: Sequence[Findings], *, order: Sequence[str] = (), excel: bool = False, each: bool = False) -> Files:
    """Contrasts, statements and matrix; with ``each`` the matrix has a column that names the document."""
    contrasts = chain.from_iterable(map(contrast_rows, findings))
    statements = chain.from_iterable(map(statement_rows, findings))
    names: dict[str, None] = {}
    rows: list[Row] = []
    for found in findings:
        matrix = build_matrix(found, order=order)
        names |= dict.fromkeys(matrix.names.values())
        rows.extend(row | {DOCUMENT_COLUMN: _ids(found.documents)} for row in matrix_rows(matrix))
    columns = [*([DOCUMENT_COLUMN] if each else []), TOPIC_COLUMN, *names, CONTRAST_COLUMN]
    return {
        "contrasts.csv": csv_text(CONTRAST_COLUMNS, contrasts, excel=excel),
        "statements.csv": csv_text(STATEMENT_COLUMNS, statements, excel=excel),
        "matrix.csv": csv_text(columns, rows, excel=excel),
    }


def comparison_jsonl(findings: Sequence[Findings]) -> Files:
    """Contrasts and statements."""
    return {
        "contrasts.jsonl": "".join(map(contrasts_jsonl, findings)),
        "statements.jsonl": "".join(map(statements_jsonl, findings)),
    }


def deliver(files: Files, output: str | None, *, as_text: bool) -> list[Path]:
    """Print the main text, or write it to a file, or all of them into a folder; returns the paths written.

    ``output`` is a folder where it is one, ends in a separator, or has no suffix while there are several texts.
    Printed texts are UTF-8, but ``as_text`` prints in the encoding of standard output.
    """
    if output is None or output == "-":
        _print(next(iter(files.values())), as_text=as_text)
        return []
    path = Path(output)
    separators = tuple(filter(None, (os.sep, os.altsep)))
    if path.is_dir() or output.endswith(separators) or (len(files) > 1 and not path.suffix and not path.exists()):
        for name, text in files.items():
            write_whole(path / name, text)
        return [path / name for name in files]
    write_whole(path, next(iter(files.values())))
    return [path]


def _print(text: str, *, as_text: bool) -> None:
    data = text.encode(sys.stdout.encoding or "utf-8", "backslashreplace") if as_text else encoded(text)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _joined(heads: Sequence[str], texts: Sequence[str], each: bool) -> str:
    return "\n".join(head + text for head, text in zip(heads, texts, strict=True)) if each else "".join(texts)


def _title(documents: Sequence[Document]) -> str:
    return ", ".join(one_line(document.title or document.id) for document in documents)


def _ids(documents: Sequence[Document]) -> str:
    return ", ".join(document.id for document in documents)

"""Every output by its format: contents by file name, the main one first, and where they go."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path

from contrast.errors import ExportError
from contrast.provenance import Provenance
from contrast.records import Contrast, Document, Findings, Topic
from contrast.report.delimited import csv_text
from contrast.report.files import encoded, write_whole
from contrast.report.frames import (
    CONTRAST_COLUMNS,
    ORPHAN_COLUMNS,
    STATEMENT_COLUMNS,
    Row,
    contrast_rows,
    matrix_rows,
    orphan_rows,
    statement_rows,
)
from contrast.report.jsonl import (
    contrasts_jsonl,
    corrections_jsonl,
    documents_jsonl,
    json_lines,
    provenance_json,
    statements_jsonl,
    topics_jsonl,
)
from contrast.report.markdown import (
    comparison_markdown,
    escaped,
    markdown_table,
    orphans_markdown,
    provenance_markdown,
    statements_markdown,
)
from contrast.report.matrix import build_matrix
from contrast.report.plain import CONTRAST_COLUMN, DOCUMENT_COLUMN, TOPIC_COLUMN, one_line
from contrast.report.roster import ROSTER_COLUMNS, Entry, roster_rows
from contrast.report.terminal import comparison_text, speakers_text, statements_text

Files = dict[str, str | bytes]
"""File name to contents; the first is the one that goes to a single file or to standard output."""


class Format(StrEnum):
    """The formats that a command can write."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    markdown = "markdown"
    html = "html"
    xlsx = "xlsx"
    jsonld = "jsonld"


_SUFFIXES = {
    ".csv": Format.csv, ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".md": Format.markdown, ".html": Format.html,
    ".htm": Format.html, ".xlsx": Format.xlsx, ".jsonld": Format.jsonld,
}  # fmt: skip
_PLAIN = ("", ".txt")
"""Suffixes of a table."""


@dataclass(frozen=True, slots=True)
class Style:
    """How outputs are written: order of the columns, width of tables, CSV for Excel, one comparison for each document."""

    order: Sequence[str] = ()
    width: int = 80
    excel: bool = False
    each: bool = False
    provenance: Provenance | None = None


def format_for(path: str | None) -> Format:
    """The format that the path's suffix asks for; a table where it asks for none.

    Raises :class:`~contrast.errors.ExportError` for a suffix that stands for no format.
    """
    suffix = "" if path is None else Path(path).suffix.lower()
    if path is None or suffix in _PLAIN or is_folder(path):
        return Format.table
    if suffix not in _SUFFIXES:
        known = ", ".join([*_SUFFIXES, ".txt"])
        raise ExportError(f"{path}: {suffix} stands for no format; end the name in one of {known}, or name a --format")
    return _SUFFIXES[suffix]


def is_folder(output: str) -> bool:
    """Whether an output is a folder: one that is there, or a name that ends in a separator."""
    return Path(output).is_dir() or output.endswith(tuple(filter(None, (os.sep, os.altsep))))


def comparison_files(findings: Sequence[Findings], form: Format, style: Style) -> Files:
    """One comparison, or with ``style.each`` one for each document, in a format."""
    if form is Format.csv:
        return comparison_csv(findings, style) | _sidecar(style)
    if form is Format.jsonl:
        return comparison_jsonl(findings) | _sidecar(style)
    if form in (Format.html, Format.jsonld):
        return _whole(_joined_findings(findings, each=style.each), form, style)
    if form is Format.xlsx:
        return {"comparison.xlsx": _xlsx(comparison_tables(findings, style), style)}
    if form is Format.markdown:
        texts = [comparison_markdown(found, order=style.order) for found in findings]
        heads = [f"## {escaped(_title(found.documents))}\n\n" for found in findings]
        foot = "".join(map(orphans_markdown, findings)) + (provenance_markdown(style.provenance) if style.provenance else "")
        return {"comparison.md": _joined(heads, texts, style.each) + foot}
    texts = [comparison_text(found, width=style.width, order=style.order) for found in findings]
    heads = [f"{_title(found.documents)}\n\n" for found in findings]
    return {"comparison.txt": _joined(heads, texts, style.each)}


def statements_files(findings: Findings, form: Format, style: Style) -> Files:
    """The statements in a format."""
    if form is Format.csv:
        return {name: csv_text(*table, excel=style.excel) for name, table in _statement_tables(findings).items()} | _sidecar(
            style
        )
    if form is Format.jsonl:
        named = {"statements.jsonl": statements_jsonl(findings), "documents.jsonl": documents_jsonl(findings)}
        return named | {"corrections.jsonl": corrections_jsonl(findings)} | _sidecar(style)
    if form in (Format.html, Format.jsonld):
        return _whole(findings, form, style)
    if form is Format.xlsx:
        return {"statements.xlsx": _xlsx(_statement_tables(findings), style)}
    if form is Format.markdown:
        foot = orphans_markdown(findings) + (provenance_markdown(style.provenance) if style.provenance else "")
        return {"statements.md": statements_markdown(findings) + foot}
    return {"statements.txt": statements_text(findings, width=style.width)}


def speakers_files(roster: Sequence[Entry], form: Format, style: Style) -> Files:
    """Who speaks, in a format. Raises :class:`~contrast.errors.ExportError` for one that shows passages."""
    if form is Format.csv:
        return {"speakers.csv": csv_text(ROSTER_COLUMNS, roster_rows(roster), excel=style.excel)} | _sidecar(style)
    if form is Format.jsonl:
        rows = roster_rows(roster)
        mentions = [[list(mention) for mention in entry.mentions] for entry in roster]
        lines = json_lines(row | {"mentions": m} for row, m in zip(rows, mentions, strict=True))
        return {"speakers.jsonl": lines} | _sidecar(style)
    if form is Format.xlsx:
        return {"speakers.xlsx": _xlsx({"speakers.csv": (ROSTER_COLUMNS, list[Row](map(dict, roster_rows(roster))))}, style)}
    if form is Format.markdown:
        return {"speakers.md": markdown_table(ROSTER_COLUMNS, roster_rows(roster))}
    if form is Format.table:
        return {"speakers.txt": speakers_text(roster, width=style.width)}
    raise ExportError(f"speakers cannot be written as {form}; choose table, csv, jsonl, markdown or xlsx")


def comparison_tables(findings: Sequence[Findings], style: Style) -> dict[str, tuple[Sequence[str], list[Row]]]:
    """Columns and rows of contrasts, statements, matrix and, where there are corrections, orphans, by the CSV file's name.

    With ``style.each`` the matrix has a column that names the document.
    """
    names: dict[str, None] = {}
    rows: list[Row] = []
    for found in findings:
        matrix = build_matrix(found, order=style.order)
        names |= dict.fromkeys(matrix.names.values())
        rows.extend(row | {DOCUMENT_COLUMN: _ids(found.documents)} for row in matrix_rows(matrix))
    columns = [*([DOCUMENT_COLUMN] if style.each else []), TOPIC_COLUMN, *names, CONTRAST_COLUMN]
    orphans = list(chain.from_iterable(map(orphan_rows, findings)))
    return {
        "contrasts.csv": (CONTRAST_COLUMNS, list(chain.from_iterable(map(contrast_rows, findings)))),
        "statements.csv": (STATEMENT_COLUMNS, list(chain.from_iterable(map(statement_rows, findings)))),
        "matrix.csv": (columns, rows),
        **({"orphans.csv": (ORPHAN_COLUMNS, orphans)} if any(found.revisions for found in findings) else {}),
    }


def comparison_csv(findings: Sequence[Findings], style: Style | None = None) -> Files:
    """The tables of :func:`comparison_tables` as CSV."""
    style = style or Style()
    return {name: csv_text(*table, excel=style.excel) for name, table in comparison_tables(findings, style).items()}


def comparison_jsonl(findings: Sequence[Findings]) -> Files:
    """Contrasts, statements and all that is needed to read the findings back."""
    return {
        "contrasts.jsonl": "".join(map(contrasts_jsonl, findings)),
        "statements.jsonl": "".join(map(statements_jsonl, findings)),
        "documents.jsonl": "".join(map(documents_jsonl, findings)),
        "topics.jsonl": "".join(map(topics_jsonl, findings)),
        "corrections.jsonl": "".join(map(corrections_jsonl, findings)),
    }


def deliver(files: Files, output: str | None, *, as_text: bool) -> list[Path]:
    """Print the main contents, or write them to a file, or all of them into a folder; returns the paths written.

    ``output`` is a folder where it is one, ends in a separator, or has no suffix while there are several contents.
    Printed texts are UTF-8, but ``as_text`` prints in the encoding of standard output.
    """
    if output is None or output == "-":
        _print(next(iter(files.values())), as_text=as_text)
        return []
    path = Path(output)
    if is_folder(output) or (len(files) > 1 and not path.suffix and not path.exists()):
        for name, contents in files.items():
            write_whole(path / name, contents)
        return [path / name for name in files]
    write_whole(path, next(iter(files.values())))
    return [path]


def _whole(findings: Findings, form: Format, style: Style) -> Files:
    # jinja2 takes longer to import than most commands to run, so it waits until a report is wanted
    if form is Format.html:
        from contrast.report.page import report_html  # noqa: PLC0415

        return {"report.html": report_html(findings, order=style.order, provenance=style.provenance)}
    from contrast.report.annotations import annotations_jsonld  # noqa: PLC0415

    return {"annotations.jsonld": annotations_jsonld(findings, style.provenance)}


def _xlsx(tables: dict[str, tuple[Sequence[str], list[Row]]], style: Style) -> bytes:
    from contrast.report.sheets import Sheet, workbook  # noqa: PLC0415

    sheets = [Sheet(name.removesuffix(".csv"), columns, rows) for name, (columns, rows) in tables.items()]
    return workbook(sheets, style.provenance)


def _statement_tables(findings: Findings) -> dict[str, tuple[Sequence[str], list[Row]]]:
    return {
        "statements.csv": (STATEMENT_COLUMNS, statement_rows(findings)),
        **({"orphans.csv": (ORPHAN_COLUMNS, orphan_rows(findings))} if findings.revisions else {}),
    }


def _joined_findings(findings: Sequence[Findings], *, each: bool) -> Findings:
    """One of several; where each document was compared by itself, its topics are told apart by its title."""
    if len(findings) == 1:
        return findings[0]
    topics, contrasts = list[Topic](), list[Contrast]()
    for found in findings:
        head = f"{_title(found.documents)}: " if each else ""
        topics.extend(replace(topic, label=head + topic.label) for topic in found.topics)
        contrasts.extend(replace(contrast, topic=head + contrast.topic) for contrast in found.contrasts)
    return Findings(
        documents=tuple(chain.from_iterable(found.documents for found in findings)),
        statements=tuple(chain.from_iterable(found.statements for found in findings)),
        topics=tuple(topics),
        contrasts=tuple(contrasts),
        revisions=tuple(chain.from_iterable(found.revisions for found in findings)),
    )


def _sidecar(style: Style) -> Files:
    return {"provenance.json": provenance_json(style.provenance)} if style.provenance else {}


def _print(contents: str | bytes, *, as_text: bool) -> None:
    if as_text and isinstance(contents, str):
        data = contents.encode(sys.stdout.encoding or "utf-8", "backslashreplace")
    else:
        data = encoded(contents)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _joined(heads: Sequence[str], texts: Sequence[str], each: bool) -> str:
    return "\n".join(head + text for head, text in zip(heads, texts, strict=True)) if each else "".join(texts)


def _title(documents: Sequence[Document]) -> str:
    return ", ".join(one_line(document.title or document.id) for document in documents)


def _ids(documents: Sequence[Document]) -> str:
    return ", ".join(document.id for document in documents)

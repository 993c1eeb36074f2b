"""A comparison: findings with the tables made from them, for Python and notebooks."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from contrast.provenance import Provenance
from contrast.records import Findings
from contrast.report.files import write_whole
from contrast.report.frames import contrasts_frame, matrix_frame, matrix_rows, statements_frame
from contrast.report.matrix import build_matrix
from contrast.report.outputs import Files, Format, Style, comparison_files
from contrast.report.plain import CONTRAST_COLUMN, TOPIC_COLUMN
from contrast.report.terminal import comparison_text, counted, nothing_found

if TYPE_CHECKING:
    import pandas as pd


class Comparison:
    """Documents, speakers, statements, topics and contrasts together.

    ``order`` (speakers' ids or names) gives the order of the table's columns; ``provenance`` goes into every output.
    """

    def __init__(self, findings: Findings, *, order: Sequence[str] = (), provenance: Provenance | None = None) -> None:
        self.findings = findings
        self.order = tuple(order)
        self.provenance = provenance

    @property
    def statements(self) -> pd.DataFrame:
        """One row a statement; offsets are characters of the document's text."""
        return statements_frame(self.findings)

    @property
    def contrasts(self) -> pd.DataFrame:
        """One row a pair of opposed positions, columns ``a_...`` and ``b_...`` for its sides."""
        return contrasts_frame(self.findings)

    def table(self) -> pd.DataFrame:
        """The matrix: topics by speakers, phrases in the cells, kind and strength in the last column."""
        return matrix_frame(self.findings, order=self.order)

    def to_csv(self, folder: str | Path, *, excel: bool = False) -> list[Path]:
        """Write contrasts.csv, statements.csv and matrix.csv into the folder; returns their paths.

        ``excel`` adds a byte order mark and guards cells that a spreadsheet could take for formulas.
        """
        return _into(folder, self._files(Format.csv, excel=excel))

    def to_jsonl(self, folder: str | Path) -> list[Path]:
        """Write contrasts.jsonl, statements.jsonl and what ``contrast export`` needs besides; returns their paths."""
        return _into(folder, self._files(Format.jsonl))

    def to_html(self, path: str | Path) -> Path:
        """Write the report, one file that works offline; returns its path."""
        return _to(path, self._files(Format.html))

    def to_xlsx(self, path: str | Path) -> Path:
        """Write a workbook with a sheet for each table; needs XlsxWriter. Returns its path."""
        return _to(path, self._files(Format.xlsx))

    def to_markdown(self, path: str | Path) -> Path:
        """Write the matrix and the contrasts as Markdown; returns the path."""
        return _to(path, self._files(Format.markdown))

    def to_jsonld(self, path: str | Path) -> Path:
        """Write W3C Web Annotations; returns the path."""
        return _to(path, self._files(Format.jsonld))

    def _files(self, form: Format, *, excel: bool = False) -> Files:
        return comparison_files([self.findings], form, Style(self.order, excel=excel, provenance=self.provenance))

    def __str__(self) -> str:
        return comparison_text(self.findings, order=self.order).rstrip("\n")

    def __repr__(self) -> str:
        found = self.findings
        return (
            f"<Comparison of {counted(len(found.documents), 'document')}: {counted(len(found.statements), 'statement')}, "
            f"{counted(len(found.topics), 'topic')}, {counted(len(found.contrasts), 'contrast')}>"
        )

    def _repr_html_(self) -> str:
        if not self.findings.contrasts:
            return f"<p>{html.escape(nothing_found(self.findings))}</p>"
        matrix = build_matrix(self.findings, order=self.order)
        columns = (TOPIC_COLUMN, *matrix.names.values(), CONTRAST_COLUMN)
        head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in columns)
        rows = []
        for row in matrix_rows(matrix):
            topic, *cells = (html.escape(str(row[column])) for column in columns)
            rows.append(f'<tr><th scope="row">{topic}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _into(folder: str | Path, files: Files) -> list[Path]:
    paths = [Path(folder) / name for name in files]
    for path, contents in zip(paths, files.values(), strict=True):
        write_whole(path, contents)
    return paths


def _to(path: str | Path, files: Files) -> Path:
    write_whole(Path(path), next(iter(files.values())))
    return Path(path)

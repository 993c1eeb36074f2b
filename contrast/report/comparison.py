"""A comparison: findings with the tables made from them, for Python and notebooks."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from contrast.records import Findings
from contrast.report.files import write_whole
from contrast.report.frames import contrasts_frame, matrix_frame, matrix_rows, statements_frame
from contrast.report.matrix import build_matrix
from contrast.report.outputs import comparison_csv, comparison_jsonl
from contrast.report.plain import CONTRAST_COLUMN, TOPIC_COLUMN
from contrast.report.terminal import comparison_text, counted, nothing_found

if TYPE_CHECKING:
    import pandas as pd


class Comparison:
    """Documents, speakers, statements, topics and contrasts together.

    ``order`` (speakers' ids or names) gives the order of the table's columns.
    """

    def __init__(self, findings: Findings, *, order: Sequence[str] = ()) -> None:
        self.findings = findings
        self.order = tuple(order)

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
        return _write(folder, comparison_csv([self.findings], order=self.order, excel=excel))

    def to_jsonl(self, folder: str | Path) -> list[Path]:
        """Write contrasts.jsonl and statements.jsonl into the folder; returns their paths."""
        return _write(folder, comparison_jsonl([self.findings]))

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


def _write(folder: str | Path, files: dict[str, str]) -> list[Path]:
    paths = [Path(folder) / name for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        write_whole(path, text)
    return paths

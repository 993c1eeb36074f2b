"""The HTML report: one file that works offline, in which nothing from a document can run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from contrast.provenance import Provenance
from contrast.records import Findings
from contrast.report.frames import CONTRAST_COLUMNS, STATEMENT_COLUMNS, Row
from contrast.report.plain import CONTRAST_COLUMN, TOPIC_COLUMN, one_line
from contrast.report.view import View, build_view

TEMPLATES = Path(__file__).parent / "templates"
LONG_WORD = 24
_HARMLESS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
"""In JSON these escapes mean the same; none can end the script element or begin a tag."""


def report_html(findings: Findings, *, order: Sequence[str] = (), provenance: Provenance | None = None) -> str:
    """The report of the findings. The security policy admits this very script and style sheet and nothing else."""
    view = build_view(findings, order=order)
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template("report.html")
        .render(
            view=view,
            provenance=provenance,
            choices=_choices(view),
            data=embedded(_data(view)),
            policy=policy,
            style=Markup(style),
            script=Markup(script),
        )
    )


def embedded(value: object) -> Markup:
    """The value as JSON that can stand in a script element whatever its texts."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.tests["unwieldy"] = _unwieldy
    return made


def _unwieldy(text: object) -> bool:
    """Whether a word is too long to be kept whole in a column."""
    return any(len(word) > LONG_WORD for word in str(text).split())


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _data(view: View) -> dict[str, Any]:
    """The tables as the CSV files have them, and what the filters ask of each row."""
    names = (TOPIC_COLUMN, *view.matrix.names.values(), CONTRAST_COLUMN)
    return {
        "statements": {
            "columns": STATEMENT_COLUMNS,
            "rows": _cells((said.row for said in view.statements), STATEMENT_COLUMNS),
            "contrasts": [said.contrasts for said in view.statements],
        },
        "contrasts": {"columns": CONTRAST_COLUMNS, "rows": _cells(view.contrast_rows, CONTRAST_COLUMNS)},
        "matrix": {
            "columns": names,
            "rows": _cells(view.matrix_rows, names),
            "contrasts": [line.contrasts for line in view.lines],
        },
    }


def _cells(rows: Iterable[Row], columns: Sequence[str]) -> list[list[str]]:
    return [[str(row.get(column, "")) for column in columns] for row in rows]


def _choices(view: View) -> Mapping[str, list[tuple[str, str]]]:
    """Value and label of each filter's choices; a filter with fewer than two is not shown."""
    rows, findings = [said.row for said in view.statements], view.findings
    speakers = {str(row["speaker"]) for row in rows} | {p.speaker.name for c in findings.contrasts for p in (c.a, c.b)}
    sides = {str(row["side"]) for row in rows} | {p.speaker.side or "" for c in findings.contrasts for p in (c.a, c.b)}
    found: dict[str, list[str]] = {
        "speaker": sorted(speakers - {""}, key=str.casefold),
        "side": sorted(sides - {""}, key=str.casefold),
        "kind": sorted({str(contrast.kind) for contrast in findings.contrasts}),
        "strength": sorted({str(contrast.strength) for contrast in findings.contrasts}),
        "scope": sorted({str(contrast.scope) for contrast in findings.contrasts}),
    }
    made = {name: [(value, one_line(value)) for value in values] for name, values in found.items()}
    made["document"] = [(text.record.id, text.title) for text in view.documents]
    made["date"] = [(day, day) for day in sorted({text.record.date for text in view.documents if text.record.date})]
    return {name: values if len(values) > 1 else [] for name, values in made.items()}

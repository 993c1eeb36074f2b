"""Markdown for a memo: tables in which nothing from a document can be taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from contrast.provenance import Provenance
from contrast.records import Document, Findings, Position
from contrast.report.frames import matrix_rows, orphan_rows
from contrast.report.matrix import Wording, build_matrix, ranked
from contrast.report.plain import CONTRAST_COLUMN, DOUBT_MARK, NOBODY, TOPIC_COLUMN, one_line, pieces, place, places, verdict
from contrast.report.terminal import counted, nothing_found

_MARKUP = re.compile(r"([\\`*_\[\]<>|&~#!$])")


def provenance_markdown(provenance: Provenance) -> str:
    """A line on the run, and a table of its inputs."""
    options = "".join(f", {name}: {value}" for name, value in provenance.options.items())
    models = "".join(f"; model {name} {value}" for name, value in provenance.models.items())
    line = escaped(f"Made by contrast {provenance.version} on {provenance.time}{options}{models}")
    rows = [{"input": given.path or given.id, "SHA-256": given.sha256} for given in provenance.inputs]
    return f"\n{line}\n\n{markdown_table(('input', 'SHA-256'), rows)}"


def orphans_markdown(findings: Findings) -> str:
    """A table of the corrections that no longer fit; nothing where all do."""
    rows = orphan_rows(findings)
    if not rows:
        return ""
    count = counted(len(rows), "correction")
    verb = "fits" if len(rows) == 1 else "fit"
    return f"\n{count} no longer {verb}.\n\n{markdown_table(('id', 'reason', 'text', 'speaker', 'topic', 'drop', 'note'), rows)}"


def comparison_markdown(findings: Findings, *, order: Sequence[str] = ()) -> str:
    """The matrix, and a table of the contrasts with reasons and places."""
    if not findings.contrasts:
        return escaped(nothing_found(findings)) + "\n"
    matrix = build_matrix(findings, order=order)
    columns = (TOPIC_COLUMN, *matrix.names.values(), CONTRAST_COLUMN)
    wording = Wording(findings)
    contrasts = [
        {
            "topic": contrast.topic,
            "kind, strength": verdict(contrast),
            "one side": _position(contrast.a, wording),
            "the other": _position(contrast.b, wording),
            "why": contrast.why,
            "score": f"{contrast.score:.2f}",
        }
        for contrast in ranked(findings.contrasts)
    ]
    return "\n".join(
        [
            markdown_table(columns, matrix_rows(matrix)),
            f"{counted(len(contrasts), 'contrast')}, and why. {DOUBT_MARK} marks a phrase of which it is doubtful who speaks.\n",
            markdown_table(tuple(contrasts[0]), contrasts),
        ]
    )


def statements_markdown(findings: Findings) -> str:
    """One table of the statements: document and place, speaker, cue and content."""
    if not findings.statements:
        return escaped(nothing_found(findings)) + "\n"
    documents: dict[str, Document] = {document.id: document for document in findings.documents}
    rows = [
        {
            "place": place(statement.document, statement.content[0][0], statement.content[-1][1]) if statement.content else "",
            "speaker": (statement.speaker.name if statement.speaker else "") or NOBODY,
            "cue": " … ".join(pieces(documents[statement.document].text, statement.cue)),
            "statement": statement.text,
        }
        for statement in findings.statements
    ]
    return markdown_table(("place", "speaker", "cue", "statement"), rows)


def markdown_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """A table in GitHub's dialect; cells are one line each, every character of markup escaped."""
    lines = [columns, ["---"] * len(columns)]
    lines.extend([str(row.get(column, "")) for column in columns] for row in rows)
    head, rule, *body = lines
    written = ["| " + " | ".join(escaped(cell) for cell in line) + " |" for line in (head, *body)]
    return "\n".join([written[0], "| " + " | ".join(rule) + " |", *written[1:]]) + "\n"


def escaped(text: str) -> str:
    """The text on one line with a backslash before each character that Markdown or HTML gives a meaning."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def _position(position: Position, wording: Wording) -> str:
    phrases = "; ".join(phrase.marked for phrase in wording.phrases(position))
    return f"{one_line(position.speaker.name) or NOBODY}: {phrases} ({places(position.evidence)}{wording.when(position)})"

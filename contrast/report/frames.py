"""Rows of statements, contrasts and the matrix: the one source of the CSV files and the pandas DataFrames.

A row maps each column's name to a text, a number or a bool; what is missing is the empty text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contrast.records import Contrast, Correction, Findings, Position, Revision, Statement
from contrast.report.matrix import Matrix, Wording, build_matrix, ranked
from contrast.report.plain import CONTRAST_COLUMN, NOBODY, SEPARATOR, TOPIC_COLUMN, pieces, surroundings

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | bool
Row = dict[str, Cell]

STATEMENT_COLUMNS = (
    "id", "document", "title", "date", "issuer", "url", "topic", "speaker", "speaker_id", "side", "speaker_confidence",
    "speaker_reason", "source", "cue", "cue_function", "negated", "quote", "quoted", "text", "start", "end", "confidence",
    "parent", "before", "after", "machine_speaker", "machine_topic", "drop", "note", "correction",
)  # fmt: skip
_SIDE_COLUMNS = ("speaker", "speaker_id", "side", "speaker_confidence", "phrases", "passage", "places", "date", "statements")
CONTRAST_COLUMNS = (
    "topic", "kind", "strength", "scope", "score",
    *(f"{letter}_{column}" for letter in "ab" for column in _SIDE_COLUMNS),
    "why",
)  # fmt: skip


ORPHAN_COLUMNS = ("id", "reason", "text", "speaker", "topic", "drop", "note", "before", "after")
DROPPED = "yes"
"""What stands in the column ``drop`` of a statement that a person dropped."""


def statement_rows(findings: Findings) -> list[Row]:
    """One row a statement: ``start`` and ``end`` are character offsets, from its content's first to its last.

    A statement that a person dropped has its row still, so that the table can be the next run's corrections.
    """
    documents = {document.id: document for document in findings.documents}
    revisions = {revision.machine.id: revision for revision in findings.revisions if revision.machine}
    topics: dict[str, dict[str, None]] = {}
    for topic in findings.topics:
        for claim in topic.claims:
            topics.setdefault(claim.statement, {})[topic.label] = None
    rows = []
    for statement in with_dropped(findings):
        document = documents[statement.document]
        row = _statement_row(statement, document.text)
        row |= {"title": document.title or "", "date": document.date or "", "issuer": document.issuer or ""}
        row |= {"url": document.url or "", "topic": SEPARATOR.join(topics.get(statement.id, ()))}
        row |= _human(row, revisions.get(statement.id))
        rows.append({column: row[column] for column in STATEMENT_COLUMNS})
    return rows


def with_dropped(findings: Findings) -> list[Statement]:
    """The statements, with those that a person dropped at their places in the text."""
    dropped = [revision.machine for revision in findings.revisions if revision.machine and revision.correction.drop]
    if not dropped:
        return list(findings.statements)
    order = {document.id: number for number, document in enumerate(findings.documents)}
    return sorted([*findings.statements, *dropped], key=lambda s: (order[s.document], s.content[:1]))


def orphan_rows(findings: Findings) -> list[Row]:
    """One row a correction that no longer fits; the rows can be read as corrections again."""
    return [_orphan_row(revision) for revision in findings.revisions if revision.machine is None]


def contrast_rows(findings: Findings) -> list[Row]:
    """One row a pair of positions, ``a_`` and ``b_`` before the columns of each; the best-scored topic first."""
    wording = Wording(findings)
    dates = {document.id: document.date or "" for document in findings.documents}
    return [_contrast_row(contrast, wording, dates) for contrast in ranked(findings.contrasts)]


def matrix_rows(matrix: Matrix) -> list[Row]:
    """One row a topic: its name, the phrases of each speaker, kinds and strengths."""
    rows = list[Row]()
    for topic in matrix.rows:
        row: Row = {TOPIC_COLUMN: topic.topic}
        for id_, name in matrix.names.items():
            row[name] = "; ".join(phrase.marked for phrase in topic.cells.get(id_, ()))
        rows.append(row | {CONTRAST_COLUMN: "; ".join(topic.verdicts)})
    return rows


def statements_frame(findings: Findings) -> pd.DataFrame:
    """A DataFrame with the columns ``STATEMENT_COLUMNS``."""
    return _frame(statement_rows(findings), STATEMENT_COLUMNS)


def contrasts_frame(findings: Findings) -> pd.DataFrame:
    """A DataFrame with the columns ``CONTRAST_COLUMNS``."""
    return _frame(contrast_rows(findings), CONTRAST_COLUMNS)


def matrix_frame(findings: Findings, *, order: Sequence[str] = ()) -> pd.DataFrame:
    """A DataFrame of the matrix with the topics as its index."""
    matrix = build_matrix(findings, order=order)
    columns = (TOPIC_COLUMN, *matrix.names.values(), CONTRAST_COLUMN)
    return _frame(matrix_rows(matrix), columns).set_index(TOPIC_COLUMN)


def _frame(rows: list[Row], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 -- half a second that the command line does without

    return pd.DataFrame(rows, columns=list(columns))


def _statement_row(statement: Statement, text: str) -> Row:
    speaker = statement.speaker
    before, after = surroundings(text, statement.content)
    return {
        "id": statement.id,
        "document": statement.document,
        "speaker": speaker.name if speaker else "",
        "speaker_id": speaker.id if speaker else "",
        "side": (speaker.side if speaker else None) or "",
        "speaker_confidence": round(statement.speaker_confidence, 4),
        "speaker_reason": statement.speaker_reason,
        "source": SEPARATOR.join(pieces(text, statement.source)),
        "cue": SEPARATOR.join(pieces(text, statement.cue)),
        "cue_function": statement.cue_function,
        "negated": statement.negated,
        "quote": statement.quote,
        "quoted": SEPARATOR.join(pieces(text, statement.verbatim)),
        "text": statement.text,
        "start": statement.content[0][0] if statement.content else 0,
        "end": statement.content[-1][1] if statement.content else 0,
        "confidence": round(statement.confidence, 4),
        "parent": statement.parent or "",
        "before": before,
        "after": after,
    }


def _human(row: Row, revision: Revision | None) -> Row:
    """The human values in the place of the machine's, which go into columns of their own."""
    machine: Row = {"machine_speaker": row["speaker"], "machine_topic": row["topic"], "drop": "", "note": "", "correction": ""}
    if revision is None or revision.machine is None:
        return machine
    made, found = revision.correction, revision.machine
    machine["machine_speaker"] = found.speaker.name if found.speaker else ""
    if made.speaker and (made.drop or made.speaker == NOBODY):
        machine["speaker"] = made.speaker
    if made.topic:
        machine |= {"topic": made.topic, "machine_topic": SEPARATOR.join(revision.topics)}
    return machine | {"drop": DROPPED if made.drop else "", "note": made.note, "correction": decided(made)}


def decided(correction: Correction) -> str:
    """The names of the fields that the correction decides."""
    fields = {"speaker": correction.speaker, "topic": correction.topic, "drop": correction.drop, "note": correction.note}
    return ", ".join(name for name, value in fields.items() if value)


def _orphan_row(revision: Revision) -> Row:
    made = revision.correction
    return {
        "id": made.statement,
        "reason": revision.reason,
        "text": made.passage,
        "speaker": made.speaker or "",
        "topic": made.topic or "",
        "drop": DROPPED if made.drop else "",
        "note": made.note,
        "before": made.before,
        "after": made.after,
    }


def _contrast_row(contrast: Contrast, wording: Wording, dates: dict[str, str]) -> Row:
    row: Row = {
        "topic": contrast.topic,
        "kind": contrast.kind,
        "strength": contrast.strength,
        "scope": contrast.scope,
        "score": round(contrast.score, 4),
    }
    for letter, position in (("a", contrast.a), ("b", contrast.b)):
        row |= {f"{letter}_{column}": value for column, value in _side(position, wording, dates).items()}
    return row | {"why": contrast.why}


def _side(position: Position, wording: Wording, dates: dict[str, str]) -> Row:
    values: tuple[Cell, ...] = (
        position.speaker.name,
        position.speaker.id,
        position.speaker.side or "",
        round(min((s.speaker_confidence for s in wording.statements(position)), default=0.0), 4),
        "; ".join(map(str, wording.phrases(position))),
        SEPARATOR.join(wording.passages(position)),
        SEPARATOR.join(f"{document}:{start}-{end}" for document, start, end in position.evidence),
        SEPARATOR.join(dict.fromkeys(dates.get(document, "") for document, _, _ in position.evidence)),
        SEPARATOR.join(position.statements),
    )
    return dict(zip(_SIDE_COLUMNS, values, strict=True))

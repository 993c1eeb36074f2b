"""The draft of corrections: the statements as rows to edit, those most in doubt first."""

from __future__ import annotations

from contrast.records import Findings, Statement
from contrast.report.delimited import csv_text
from contrast.report.frames import ORPHAN_COLUMNS, orphan_rows, statement_rows, with_dropped
from contrast.report.plain import DOUBTFUL

REVIEW_COLUMNS = (
    "speaker", "topic", "drop", "note", "doubt", "source", "cue", "text", "date", "document", "id", "machine_speaker",
    "machine_topic", "correction", "before", "after",
)  # fmt: skip
ORPHAN = "orphan: "
"""How the doubt of a correction that no longer fits begins."""


def review_csv(findings: Findings, *, excel: bool = False) -> str:
    """Orphans first, then what nobody has decided, from the least sure on, then what is corrected already.

    The rows are corrections as they stand: read back unedited they change nothing.
    """
    decided = {revision.machine.id for revision in findings.revisions if revision.machine}
    pairs = list(zip(with_dropped(findings), statement_rows(findings), strict=True))
    pairs.sort(key=lambda pair: (pair[0].id in decided, _sureness(pair[0])))
    orphans = [
        {column: row[column] for column in ORPHAN_COLUMNS} | {"doubt": f"{ORPHAN}{row['reason']}"}
        for row in orphan_rows(findings)
    ]
    rows = [row | {"doubt": "" if statement.id in decided else _doubt(statement)} for statement, row in pairs]
    return csv_text(REVIEW_COLUMNS, [*orphans, *rows], excel=excel)


def _sureness(statement: Statement) -> float:
    return min(statement.confidence, statement.speaker_confidence)


def _doubt(statement: Statement) -> str:
    speaker = f"speaker {statement.speaker_confidence:.2f}"
    if statement.speaker is None:
        return "who speaks is not known"
    if statement.speaker_confidence < DOUBTFUL:
        return f"{speaker}: {statement.speaker_reason}"
    return f"{speaker}, statement {statement.confidence:.2f}"

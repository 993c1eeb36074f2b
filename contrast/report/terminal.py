"""What the terminal shows: the matrix with the contrasts and their reasons, the statements, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from contrast.records import Contrast, Document, Findings, Position, Statement
from contrast.report.grid import NARROWEST, blocks, grid, paragraph
from contrast.report.matrix import Matrix, Row, Wording, build_matrix, ranked
from contrast.report.plain import (
    CONTRAST_COLUMN,
    DOUBT_MARK,
    DOUBTFUL,
    NOBODY,
    TOPIC_COLUMN,
    Phrase,
    one_line,
    pieces,
    places,
    shorten,
    verdict,
)
from contrast.report.roster import Entry

PHRASES = 3
"""Phrases shown in one cell; the others are counted."""
PHRASE_LENGTH = 70
_TOPIC, _SPEAKER, _VERDICT = 12, 13, 12  # least widths of the matrix's columns


def comparison_text(findings: Findings, *, width: int = 80, order: Sequence[str] = ()) -> str:
    """The matrix, then the contrasts with reasons and places; a sentence where there are none."""
    width = max(width, NARROWEST)
    if not findings.contrasts:
        return paragraph(nothing_found(findings), width=width) + "\n"
    wording = Wording(findings)
    parts = matrix_blocks(build_matrix(findings, order=order), width=width)
    if any(s.speaker_confidence < DOUBTFUL for c in findings.contrasts for p in (c.a, c.b) for s in wording.statements(p)):
        parts.append(f"{DOUBT_MARK} it is doubtful who speaks")
    contrasts = ranked(findings.contrasts)
    parts.append(f"{counted(len(contrasts), 'contrast')}, and why")
    parts.extend(_contrast(number, contrast, wording, width) for number, contrast in enumerate(contrasts, 1))
    return "\n\n".join(parts) + "\n"


def statements_text(findings: Findings, *, width: int = 80) -> str:
    """A table of statements for each document: who, where (character offsets), cue and content."""
    width = max(width, NARROWEST)
    if not findings.statements:
        return paragraph(nothing_found(findings), width=width) + "\n"
    documents = {document.id: document for document in findings.documents}
    parts = []
    for id_, group in groupby(findings.statements, key=lambda statement: statement.document):
        document = documents[id_]
        rows = [_statement(statement, document.text) for statement in group]
        parts.append(paragraph(_headline(document), width=width))
        parts.append(grid(("speaker, place", "cue", "statement"), rows, width=width, least=(14, 8, 12)))
    return "\n\n".join(parts) + "\n"


def speakers_text(roster: Sequence[Entry], *, width: int = 80) -> str:
    """A table of who speaks, how often, under which mentions, and in how many statements that is doubtful."""
    width = max(width, NARROWEST)
    if not roster:
        return "No speakers were found.\n"
    rows = [
        (
            f"{one_line(entry.speaker.name) or NOBODY}\n{one_line(entry.speaker.id)}",
            "\n".join(filter(None, (entry.speaker.kind, one_line(entry.speaker.side or "")))),
            str(entry.statements),
            "\n".join(f"{shorten(one_line(mention), 60)} ({count})" for mention, count in entry.mentions[:6])
            + (f"\n+{len(entry.mentions) - 6} more" if len(entry.mentions) > 6 else ""),
            str(entry.doubtful) if entry.doubtful else "",
        )
        for entry in roster
    ]
    return grid(("speaker", "kind, side", "says", "mentions", "doubt"), rows, width=width, least=(7, 4, 3, 6, 3)) + "\n"


def matrix_blocks(matrix: Matrix, *, width: int) -> list[str]:
    """The matrix as tables of at most ``width`` characters; each block holds the topics that its speakers have."""
    ids, tables = list(matrix.names), []
    for block in blocks(len(ids), width=width, fixed=(_TOPIC, _VERDICT), least=_SPEAKER):
        shown = [ids[i] for i in block]
        rows = [_cells(row, shown) for row in matrix.rows if any(row.cells.get(id_) for id_ in shown)]
        if rows:
            head = (TOPIC_COLUMN, *(matrix.names[id_] for id_ in shown), CONTRAST_COLUMN)
            tables.append(grid(head, rows, width=width, least=(_TOPIC, *[_SPEAKER] * len(shown), _VERDICT)))
    return tables


def nothing_found(findings: Findings) -> str:
    """A sentence that says what was looked at and that no contrast, or no statement, was found."""
    where = counted(len(findings.documents), "document")
    if not findings.statements:
        return f"No statements were found in {where}."
    speakers = {statement.speaker.id for statement in findings.statements if statement.speaker is not None}
    return (
        f"No contrasts were found among {counted(len(findings.statements), 'statement')} by "
        f"{counted(len(speakers), 'speaker')} in {where}."
    )


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _cells(row: Row, speakers: Sequence[str]) -> tuple[str, ...]:
    return (one_line(row.topic), *(_cell(row.cells.get(id_, ())) for id_ in speakers), ";\n".join(row.verdicts))


def _cell(phrases: Sequence[Phrase]) -> str:
    lines = [shorten(phrase.marked, PHRASE_LENGTH) for phrase in phrases[:PHRASES]]
    more = f"\n+{len(phrases) - PHRASES} more" if len(phrases) > PHRASES else ""
    return ";\n".join(lines) + more


def _contrast(number: int, contrast: Contrast, wording: Wording, width: int) -> str:
    head = f"{number}. {one_line(contrast.topic)}: {verdict(contrast)}, score {contrast.score:.2f}"
    lines = [paragraph(head, width=width, rest="   ")]
    lines.extend(_position(position, wording, width) for position in (contrast.a, contrast.b))
    lines.append(paragraph(f"why: {one_line(contrast.why)}", width=width, first="   ", rest="     "))
    return "\n".join(lines)


def _position(position: Position, wording: Wording, width: int) -> str:
    doubtful = any(statement.speaker_confidence < DOUBTFUL for statement in wording.statements(position))
    name = (one_line(position.speaker.name) or NOBODY) + (f" {DOUBT_MARK}" if doubtful else "")
    phrases = "; ".join(map(str, wording.phrases(position)))
    return paragraph(
        f"{name}: {phrases} [{places(position.evidence)}{wording.when(position)}]", width=width, first="   ", rest="     "
    )


def _statement(statement: Statement, text: str) -> tuple[str, str, str]:
    where = f"{statement.content[0][0]}-{statement.content[-1][1]}" if statement.content else ""
    name = (one_line(statement.speaker.name) if statement.speaker else "") or NOBODY
    doubt = f" {DOUBT_MARK}" if statement.speaker_confidence < DOUBTFUL else ""
    cue = " … ".join(one_line(piece) for piece in pieces(text, statement.cue))
    return f"{name}{doubt}\n{where}", cue, one_line(statement.text)


def _headline(document: Document) -> str:
    about = [one_line(part) for part in (document.title, document.issuer, document.date) if part]
    return one_line(document.id) + (f": {', '.join(about)}" if about else "")

"""What the HTML report's template is given: the findings numbered, linked and cut into marked passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contrast.records import Contrast, Document, Findings, Position, Revision, Statement
from contrast.report.frames import Row, contrast_rows, decided, matrix_rows, statement_rows, with_dropped
from contrast.report.matrix import Matrix, Wording, build_matrix, ranked
from contrast.report.passages import Mark, Paragraph, document_paragraphs, marks_of, passage, wrapped
from contrast.report.plain import DOUBTFUL, NOBODY, Phrase, one_line, pieces, shorten, verdict
from contrast.report.strip import Strip, strips

LONGEST_CELL = 400
"""Characters of a statement shown in the table of statements; the document has it in full."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage of a position, in its paragraph."""

    document: int
    title: str
    date: str
    number: int
    """The statement's number; 0 where the findings lack it."""
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Side:
    """One position of a contrast."""

    speaker: str
    side: str
    doubtful: bool
    phrases: tuple[Phrase, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Opposed:
    """A contrast with its number and both its positions."""

    number: int
    record: Contrast
    topic: str
    verdict: str
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its number, and the numbers of the contrasts that rest on it."""

    number: int
    record: Statement
    row: Row
    document: int
    speaker: str
    doubtful: bool
    dropped: bool
    cue: str
    words: str
    contrasts: tuple[int, ...]
    revision: Revision | None
    decided: str


@dataclass(frozen=True, slots=True)
class Text:
    """A document in full."""

    number: int
    record: Document
    title: str
    link: str | None
    """Its address, where that is one of the web."""
    wrapped: bool
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: phrases with the contrast to open, by speaker id; verdicts with their contrasts."""

    topic: str
    cells: Mapping[str, tuple[tuple[Phrase, int], ...]]
    verdicts: Mapping[str, tuple[int, ...]]
    strongest: Contrast
    contrasts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The whole report."""

    findings: Findings
    matrix: Matrix
    lines: tuple[Line, ...]
    contrasts: tuple[Opposed, ...]
    statements: tuple[Said, ...]
    documents: tuple[Text, ...]
    strips: tuple[Strip, ...]
    contrast_rows: list[Row]
    matrix_rows: list[Row]

    @property
    def orphans(self) -> list[Revision]:
        """The corrections that no longer fit."""
        return [revision for revision in self.findings.revisions if revision.machine is None]


def build_view(findings: Findings, *, order: Sequence[str] = ()) -> View:
    """The report's view; statements are numbered in the order of the texts, contrasts by rank."""
    matrix = build_matrix(findings, order=order)
    contrasts = tuple(ranked(findings.contrasts))
    every = with_dropped(findings)
    numbers = {statement.id: number for number, statement in enumerate(every, 1)}
    places = {document.id: number for number, document in enumerate(findings.documents, 1)}
    marks = _Marks(findings, numbers, places)
    return View(
        findings=findings,
        matrix=matrix,
        lines=_lines(matrix, contrasts, marks.wording),
        contrasts=tuple(_opposed(number, contrast, marks) for number, contrast in enumerate(contrasts, 1)),
        statements=_said(findings, every, contrasts, places),
        documents=tuple(_text(document, number, findings, numbers) for number, document in enumerate(findings.documents, 1)),
        strips=tuple(strips(findings, contrasts, numbers)),
        contrast_rows=contrast_rows(findings),
        matrix_rows=matrix_rows(matrix),
    )


class _Marks:
    """Looks up what stands behind a position."""

    def __init__(self, findings: Findings, numbers: Mapping[str, int], places: Mapping[str, int]) -> None:
        self.wording = Wording(findings)
        self.numbers, self.places = numbers, places
        self.documents = {document.id: document for document in findings.documents}

    def evidence(self, position: Position) -> tuple[Evidence, ...]:
        """The passages of the position, those of one statement together."""
        statements = {statement.id: statement for statement in self.wording.statements(position)}
        shown = set[str]()
        made = list[Evidence]()
        for index, (id_, start, end) in enumerate(position.evidence):
            document = self.documents.get(id_)
            if document is None:
                continue
            statement = statements.get(position.statements[index]) if index < len(position.statements) else None
            if statement is None:
                made.append(self._evidence(document, [Mark(start, end, "content")], position, 0))
            elif statement.id not in shown:
                shown.add(statement.id)
                number = self.numbers[statement.id]
                made.append(self._evidence(document, list(marks_of(statement, number)), position, number))
        return tuple(made)

    def _evidence(self, document: Document, marks: list[Mark], position: Position, number: int) -> Evidence:
        for mark in [mark for mark in marks if mark.role == "content"]:
            for phrase in position.phrases:
                at = document.text.find(phrase, mark.start, mark.end) if phrase else -1
                if at >= 0:
                    marks.append(Mark(at, at + len(phrase), "phrase", number))
        title = one_line(document.title or document.id)
        paragraph = passage(document.text, marks) if marks else Paragraph(())
        return Evidence(self.places[document.id], title, document.date or "", number, paragraph)


def _opposed(number: int, contrast: Contrast, marks: _Marks) -> Opposed:
    a, b = (_side(position, marks) for position in (contrast.a, contrast.b))
    return Opposed(number, contrast, one_line(contrast.topic), verdict(contrast), (a, b))


def _side(position: Position, marks: _Marks) -> Side:
    speaker, said = position.speaker, marks.wording.statements(position)
    return Side(
        speaker=one_line(speaker.name) or NOBODY,
        side=one_line(speaker.side or ""),
        doubtful=any(statement.speaker_confidence < DOUBTFUL for statement in said),
        phrases=marks.wording.phrases(position),
        evidence=marks.evidence(position),
    )


def _lines(matrix: Matrix, contrasts: Sequence[Contrast], wording: Wording) -> tuple[Line, ...]:
    first: dict[tuple[str, str, str], int] = {}
    verdicts: dict[str, dict[str, list[int]]] = {}
    for number, contrast in enumerate(contrasts, 1):
        verdicts.setdefault(contrast.topic, {}).setdefault(verdict(contrast), []).append(number)
        for position in (contrast.a, contrast.b):
            for phrase in wording.phrases(position):
                first.setdefault((contrast.topic, position.speaker.id, phrase.text), number)
    made = list[Line]()
    for row in matrix.rows:
        cells = {
            id_: tuple((phrase, first[row.topic, id_, phrase.text]) for phrase in phrases) for id_, phrases in row.cells.items()
        }
        found = {name: tuple(numbers) for name, numbers in verdicts[row.topic].items()}
        numbers = sorted(number for each in found.values() for number in each)
        made.append(Line(one_line(row.topic), cells, found, contrasts[numbers[0] - 1], tuple(numbers)))
    return tuple(made)


def _said(
    findings: Findings, every: Sequence[Statement], contrasts: Sequence[Contrast], places: Mapping[str, int]
) -> tuple[Said, ...]:
    texts = {document.id: document.text for document in findings.documents}
    revisions = {revision.machine.id: revision for revision in findings.revisions if revision.machine}
    used: dict[str, dict[int, None]] = {}
    for number, contrast in enumerate(contrasts, 1):
        for id_ in (*contrast.a.statements, *contrast.b.statements):
            used.setdefault(id_, {})[number] = None
    made = list[Said]()
    for number, (statement, row) in enumerate(zip(every, statement_rows(findings), strict=True), 1):
        revision = revisions.get(statement.id)
        made.append(
            Said(
                number=number,
                record=statement,
                row=row,
                document=places[statement.document],
                speaker=one_line(str(row["speaker"])) or NOBODY,
                doubtful=statement.speaker_confidence < DOUBTFUL,
                dropped=bool(row["drop"]),
                cue=shorten(one_line(" … ".join(pieces(texts[statement.document], statement.cue))), LONGEST_CELL),
                words=shorten(one_line(statement.text), LONGEST_CELL),
                contrasts=tuple(used.get(statement.id, ())),
                revision=revision,
                decided=decided(revision.correction) if revision else "",
            )
        )
    return tuple(made)


def _text(document: Document, number: int, findings: Findings, numbers: Mapping[str, int]) -> Text:
    said = [statement for statement in findings.statements if statement.document == document.id]
    marks = [mark for statement in said for mark in marks_of(statement, numbers[statement.id])]
    web = document.url if document.url and document.url.lower().startswith(("http://", "https://")) else None
    shown = document_paragraphs(document, marks)
    return Text(number, document, one_line(document.title or document.id), web, wrapped(document.text), tuple(shown))

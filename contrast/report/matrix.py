"""The matrix: topics that carry contrasts by speakers, each cell the phrases of that speaker's positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contrast.pipeline import matches
from contrast.records import Contrast, Findings, Position, Speaker, Statement
from contrast.report.plain import DOUBTFUL, Phrase, column_names, verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One topic: phrases by speaker id, and the kinds and strengths of its contrasts, strongest first."""

    topic: str
    cells: dict[str, tuple[Phrase, ...]]
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics by speakers; ``names`` are the columns' heads by speaker id, in the order of the columns."""

    names: dict[str, str]
    rows: tuple[Row, ...]


class Wording:
    """Looks up the statements behind a position: which phrases are quotations, and whether it is doubtful who speaks."""

    def __init__(self, findings: Findings) -> None:
        self._statements = {statement.id: statement for statement in findings.statements}
        self._texts = {document.id: document.text for document in findings.documents}
        self._dates = {document.id: document.date for document in findings.documents if document.date}

    def statements(self, position: Position) -> list[Statement]:
        return [self._statements[id_] for id_ in position.statements if id_ in self._statements]

    def phrases(self, position: Position) -> tuple[Phrase, ...]:
        statements = self.statements(position)
        quotations = [quotation for statement in statements for quotation in self._quotations(statement)]
        doubtful = any(statement.speaker_confidence < DOUBTFUL for statement in statements)
        return tuple(
            Phrase(text, quoted=any(text in quotation for quotation in quotations), doubtful=doubtful)
            for text in position.phrases
        )

    def when(self, position: Position) -> str:
        """The dates of the position's documents after a comma; nothing where all documents share their date."""
        if len(set(self._dates.values())) < 2:
            return ""
        return "".join(f", {date}" for date in dict.fromkeys(self._dates.get(id_, "") for id_, *_ in position.evidence) if date)

    def passages(self, position: Position) -> list[str]:
        return [self._texts.get(document, "")[start:end] for document, start, end in position.evidence]

    def _quotations(self, statement: Statement) -> list[str]:
        text = self._texts.get(statement.document, "")
        if statement.quote == "direct" and not statement.verbatim:
            return [text[start:end] for start, end in statement.content]
        return [text[start:end] for start, end in statement.verbatim]


def build_matrix(findings: Findings, *, order: Sequence[str] = ()) -> Matrix:
    """The matrix of the findings, the most conflicting topics first.

    Columns follow ``order`` (ids or names, as in ``--only``); the other speakers come after, by how much they speak.
    """
    wording = Wording(findings)
    topics: dict[str, list[Contrast]] = {}
    for contrast in ranked(findings.contrasts):
        topics.setdefault(contrast.topic, []).append(contrast)
    rows = tuple(_row(topic, contrasts, wording) for topic, contrasts in topics.items())
    speakers = [position.speaker for contrast in findings.contrasts for position in (contrast.a, contrast.b)]
    return Matrix(names=column_names(_ordered(speakers, findings, order)), rows=rows)


def ranked(contrasts: Sequence[Contrast]) -> list[Contrast]:
    """Contrasts by score as written (four digits), the topics kept together: first the topic with the best contrast."""
    best: dict[str, tuple[float, int]] = {}
    for contrast in contrasts:
        score, count = best.get(contrast.topic, (0.0, 0))
        best[contrast.topic] = (max(score, round(contrast.score, 4)), count + 1)
    return sorted(contrasts, key=lambda c: (-best[c.topic][0], -best[c.topic][1], c.topic, -round(c.score, 4)))


def _row(topic: str, contrasts: Sequence[Contrast], wording: Wording) -> Row:
    cells: dict[str, dict[str, Phrase]] = {}
    for contrast in contrasts:
        for position in (contrast.a, contrast.b):
            cell = cells.setdefault(position.speaker.id, {})
            for phrase in wording.phrases(position):
                cell.setdefault(phrase.text, phrase)
    verdicts = tuple(dict.fromkeys(map(verdict, contrasts)))
    return Row(topic=topic, cells={id_: tuple(cell.values()) for id_, cell in cells.items()}, verdicts=verdicts)


def _ordered(speakers: Sequence[Speaker], findings: Findings, order: Sequence[str]) -> list[Speaker]:
    amount = Counter(statement.speaker.id for statement in findings.statements if statement.speaker is not None)

    def rank(speaker: Speaker) -> tuple[int, int, str]:
        wanted = next((i for i, name in enumerate(order) if matches(speaker, name)), len(order))
        return wanted, -amount[speaker.id], speaker.name

    return sorted({speaker.id: speaker for speaker in speakers}.values(), key=rank)

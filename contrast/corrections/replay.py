"""Corrections replayed: each finds its statement again by id or by its passage, or is an orphan; none is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from contrast.records import Claim, Correction, Document, Revision, Speaker, Statement, Topic
from contrast.report.delimited import guarded
from contrast.report.plain import NOBODY, SEPARATOR, pieces, surroundings

CORRECTED = "corrected by hand"
"""The reason of a speaker whom a person named."""


def replay(
    corrections: Iterable[Correction],
    statements: Sequence[Statement],
    documents: Sequence[Document],
    *,
    speakers: Iterable[Speaker] = (),
) -> tuple[tuple[Statement, ...], tuple[Revision, ...]]:
    """The statements with their speakers corrected, those to drop left out; and what became of each correction.

    A correction keeps to its statement's id while the passage there is the same. Where the text has moved, it follows
    the passage if that stands in the document once and only once, with the same words before or after it. Everything
    else is an orphan: a look-alike is never corrected.

    A corrected speaker's name or id is looked up among ``speakers`` and those of the statements; others are new.
    """
    by_id = {statement.id: statement for statement in statements}
    texts = {document.id: document.text for document in documents}
    revisions = list[Revision]()
    taken: set[str] = set()
    for correction in corrections:
        found = _find(correction, by_id, texts)
        if isinstance(found, Statement) and found.id in taken:
            found = "another correction holds for the statement"
        if isinstance(found, str):
            revisions.append(Revision(correction, reason=found))
        else:
            taken.add(found.id)
            revisions.append(Revision(correction, found))
    return _corrected(statements, revisions, speakers), tuple(revisions)


def apply_topics(claims: Sequence[Claim], revisions: Iterable[Revision], topics: Iterable[Topic]) -> tuple[Claim, ...]:
    """The claims with the topics that a person gave as their targets, one claim for each topic; the others as they are.

    ``topics`` are the machine's: a claim that is put on one of them, by its label, lines up with the claims there.
    """
    heads = {topic.label.casefold(): topic.id for topic in topics}
    wanted = {revision.machine.id: revision.correction.topic for revision in revisions if revision.machine}
    made = list[Claim]()
    for claim in claims:
        topic = wanted.get(claim.statement)
        labels = [label.strip() for label in topic.split(SEPARATOR) if label.strip()] if topic else []
        for label in labels:
            head = heads.get(label.casefold(), label.casefold())
            keys = tuple(dict.fromkeys((head, *claim.keys)))
            made.append(replace(claim, target=label, target_span=None, head=head, keys=keys))
        if not labels:
            made.append(claim)
    return tuple(made)


def _find(correction: Correction, by_id: Mapping[str, Statement], texts: Mapping[str, str]) -> Statement | str:
    """The statement that the correction means, or why there is none."""
    text = texts.get(correction.document)
    if text is None:
        return "its document was not read"
    at_id = by_id.get(correction.statement)
    if at_id and _same(correction.passage, at_id.text) and (_once(at_id, text) or all(_context(correction, at_id, text))):
        return at_id
    found = [s for s in by_id.values() if s.document == correction.document and _same(correction.passage, s.text)]
    if not found:
        return "no statement has this passage any more"
    if len(found) > 1 or not _once(found[0], text):
        return "the passage stands in the document more than once"
    if not any(_context(correction, found[0], text)):
        return "the words around the passage have changed"
    return found[0]


def _same(passage: str, text: str) -> bool:
    """Equal but for the ends of lines and the guard that a spreadsheet's CSV puts before a formula."""
    return _lines(passage) in (_lines(text), _lines(str(guarded(text))))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _once(statement: Statement, text: str) -> bool:
    """Whether every piece of the content stands in the text once only."""
    return all(piece and text.find(piece) == text.rfind(piece) for piece in pieces(text, statement.content))


def _context(correction: Correction, statement: Statement, text: str) -> tuple[bool, bool]:
    """Whether the words before and after are the same; a file that holds neither is taken at its word."""
    if not correction.before and not correction.after:
        return True, True
    before, after = surroundings(text, statement.content)
    return _words(correction.before) == _words(before), _words(correction.after) == _words(after)


def _words(text: str) -> list[str]:
    return text.lstrip("'").split()


def _corrected(
    statements: Sequence[Statement], revisions: Iterable[Revision], speakers: Iterable[Speaker]
) -> tuple[Statement, ...]:
    wanted = {revision.machine.id: revision.correction for revision in revisions if revision.machine}
    if not wanted:
        return tuple(statements)
    known: dict[str, Speaker] = {}
    for speaker in (*speakers, *(statement.speaker for statement in statements if statement.speaker is not None)):
        known.setdefault(speaker.id.casefold(), speaker)
        known.setdefault(speaker.name.casefold(), speaker)
    made = list[Statement]()
    for statement in statements:
        correction = wanted.get(statement.id)
        if correction is None:
            made.append(statement)
        elif not correction.drop:
            made.append(_with_speaker(statement, correction.speaker, known))
    return tuple(made)


def _with_speaker(statement: Statement, name: str | None, known: dict[str, Speaker]) -> Statement:
    if name is None:
        return statement
    id_ = _id_of(name)
    speaker = None if name == NOBODY else known.get(name.casefold()) or known.setdefault(id_, Speaker(id_, name))
    return replace(statement, speaker=speaker, speaker_confidence=1.0, speaker_reason=CORRECTED)


def _id_of(name: str) -> str:
    """The id that the speakers stage would give."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "speaker"

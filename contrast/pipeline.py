"""The straight line from documents to findings, a batch of documents at a time so that no spaCy Doc is kept."""

# ruff: noqa: PLC0415 -- the stages are imported when they run: who needs only `matches` loads no model
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from contrast.corrections import apply_topics, replay
from contrast.errors import ReadingError
from contrast.records import Claim, Correction, Document, Findings, Revision, Speaker, Statement, Topic

if TYPE_CHECKING:
    from spacy.language import Language

    from contrast.speakers import SpeakersFile

BATCH_DOCUMENTS = 16
BATCH_CHARACTERS = 400_000
"""A batch ends at either limit, whichever is reached first; one longer document is a batch of its own."""

Progress = Callable[[int], object]
"""Called with the number of documents that have just been done."""


def find(
    documents: Iterable[Document],
    *,
    nlp: Language,
    speakers_file: SpeakersFile | None = None,
    only: Sequence[str] = (),
    topics: Sequence[str] = (),
    corrections: Sequence[Correction] = (),
    progress: Progress | None = None,
) -> Findings:
    """Statements, their speakers, topics and contrasts of all documents together.

    ``only`` keeps the statements of speakers that :func:`matches` one of the names; an empty one keeps all.
    ``corrections`` are replayed before claims are compared, so that topics and contrasts follow them. Raises
    :class:`~contrast.errors.ReadingError` where two documents share an id.
    """
    from contrast.comparison import compare_claims

    read, statements, claims = _gather(documents, nlp, speakers_file, progress, with_claims=True)
    machine, (statements, revisions) = statements, replay(corrections, statements, read, speakers=_entries(speakers_file))
    if any(revision.correction.topic for revision in revisions):
        found, _ = compare_claims(read, machine, _named(claims, machine), topics=tuple(topics))
        claims = apply_topics(claims, revisions, found)
        revisions = tuple(_with_topics(revision, found) for revision in revisions)
    statements = _of(statements, only)
    named = _named(claims, statements)
    found, contrasts = compare_claims(read, statements, named, topics=tuple(topics))
    return Findings(read, statements, tuple(found), tuple(contrasts), revisions)


def find_statements(
    documents: Iterable[Document],
    *,
    nlp: Language,
    speakers_file: SpeakersFile | None = None,
    only: Sequence[str] = (),
    corrections: Sequence[Correction] = (),
    progress: Progress | None = None,
) -> Findings:
    """Statements and their speakers without claims or a comparison; arguments and errors as for :func:`find`."""
    read, statements, _ = _gather(documents, nlp, speakers_file, progress, with_claims=False)
    statements, revisions = replay(corrections, statements, read, speakers=_entries(speakers_file))
    return Findings(documents=read, statements=_of(statements, only), revisions=revisions)


def matches(speaker: Speaker, name: str) -> bool:
    """Whether ``name`` is the speaker's id, the name, or consecutive words of the name, in whatever case."""
    if name.strip().casefold() in (speaker.id.casefold(), speaker.name.casefold()):
        return True
    wanted, words = _words(name), _words(speaker.name)
    return bool(wanted) and any(words[i : i + len(wanted)] == wanted for i in range(len(words)))


def listed(names: str | Iterable[str]) -> tuple[str, ...]:
    """Names from a text with commas between them, or as they are given."""
    parts = names.split(",") if isinstance(names, str) else names
    return tuple(part.strip() for part in parts if part.strip())


def unmatched(only: Sequence[str], statements: Iterable[Statement]) -> list[str]:
    """The names of ``only`` that match the speaker of none of the statements, in their order."""
    speakers = {statement.speaker for statement in statements if statement.speaker is not None}
    return [name for name in only if not any(matches(speaker, name) for speaker in speakers)]


def _gather(
    documents: Iterable[Document],
    nlp: Language,
    speakers_file: SpeakersFile | None,
    progress: Progress | None,
    *,
    with_claims: bool,
) -> tuple[tuple[Document, ...], tuple[Statement, ...], tuple[Claim, ...]]:
    from contrast.attribution import find_statements as attribute
    from contrast.claims import find_claims
    from contrast.language import analyse
    from contrast.speakers import SpeakerResolver

    resolver = SpeakerResolver(speakers_file)
    read, statements, claims = list[Document](), list[Statement](), list[Claim]()
    with ThreadPoolExecutor(max_workers=1) as beside:
        for batch in _batches(documents):
            attributed = beside.submit(attribute, batch)  # its arithmetic leaves Python free to parse
            docs = list(analyse(batch, nlp))
            for document, doc, found in zip(batch, docs, attributed.result(), strict=True):
                resolved = resolver.resolve(document, doc, found)
                statements.extend(resolved)
                if with_claims:
                    claims.extend(find_claims(document, doc, resolved))
            read.extend(batch)
            if progress is not None:
                progress(len(batch))
    return tuple(read), tuple(resolver.unify(statements)), tuple(claims)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch, characters, seen = list[Document](), 0, set[str]()
    for document in documents:
        if document.id in seen:
            raise ReadingError(f"{document.id}: two documents share this id; give one of them another")
        seen.add(document.id)
        if batch and (len(batch) == BATCH_DOCUMENTS or characters + len(document.text) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(document)
        characters += len(document.text)
    if batch:
        yield batch


def _named(claims: Iterable[Claim], statements: Iterable[Statement]) -> tuple[Claim, ...]:
    """The claims of these statements whose speaker is known, each with its statement's speaker."""
    speakers = {statement.id: statement.speaker.id for statement in statements if statement.speaker is not None}
    return tuple(replace(claim, speaker=speakers[claim.statement]) for claim in claims if claim.statement in speakers)


def _entries(speakers_file: SpeakersFile | None) -> Iterator[Speaker]:
    """The speakers whom a speakers file names; looked at only where a correction is to be replayed."""
    for entry in () if speakers_file is None else speakers_file.entries:
        yield Speaker(entry.id, entry.name, entry.kind, entry.side)


def _with_topics(revision: Revision, topics: Iterable[Topic]) -> Revision:
    if revision.machine is None:
        return revision
    id_ = revision.machine.id
    labels = (topic.label for topic in topics for claim in topic.claims if claim.statement == id_)
    return replace(revision, topics=tuple(dict.fromkeys(labels)))


def _of(statements: tuple[Statement, ...], only: Sequence[str]) -> tuple[Statement, ...]:
    if not only:
        return statements
    return tuple(s for s in statements if s.speaker is not None and any(matches(s.speaker, name) for name in only))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())

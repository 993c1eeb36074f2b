"""The library's two functions: a comparison, or the statements alone, from paths or documents."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from contrast.corrections import load_corrections
from contrast.language import load_pipeline
from contrast.pipeline import find, find_statements, listed
from contrast.provenance import provenance_of
from contrast.reading import read
from contrast.records import Document, Statement
from contrast.report.comparison import Comparison
from contrast.speakers import load_speakers

Source = str | Path | Document
"""A path (file, folder, or "-" for standard input), or a document already read."""


def compare(
    paths: Source | Iterable[Source],
    *,
    speakers: str | Path | None = None,
    spacy_model: str | None = None,
    only: str | Sequence[str] = (),
    topics: str | Sequence[str] = (),
    corrections: str | Path | None = None,
    encoding: str | None = None,
    issuer: str | None = None,
    date: str | None = None,
) -> Comparison:
    """Read the documents, find who says what, and lay opposed positions side by side.

    ``speakers`` is a speakers file (TOML) that names the speakers and their aliases; ``only`` keeps the speakers of
    these ids, names or words of a name, and gives the order of the table's columns; ``topics`` names targets to look
    for; both are sequences or texts with commas. ``corrections`` is a file of them to replay; the orphans among them
    are told by warnings and in every output. ``encoding``, ``issuer`` and ``date`` (YYYY-MM-DD) hold for every
    path; a ``Document`` keeps its own. ``issuer`` may be a regular expression with a group ``(?P<issuer>...)`` that tells it
    from a file's name.

    Raises :class:`~contrast.ContrastError` with a one-line message where a document or the speakers file cannot be
    read or the spaCy pipeline is unfit.
    """
    documents = _documents(paths, encoding=encoding, issuer=issuer, date=date)
    speakers_file = None if speakers is None else load_speakers(Path(speakers))
    nlp = load_pipeline(spacy_model)
    findings = find(
        documents, nlp=nlp, speakers_file=speakers_file, only=listed(only), topics=listed(topics),
        corrections=() if corrections is None else load_corrections(corrections),
    )  # fmt: skip
    for revision in findings.revisions:
        if revision.machine is None:
            made = revision.correction
            warnings.warn(f"{made.statement}: {revision.reason}; its passage was: {made.passage}", UserWarning, stacklevel=2)
    options = {
        "speakers": None if speakers is None else Path(speakers),
        "corrections": None if corrections is None else Path(corrections),
        "only": list(listed(only)), "topics": list(listed(topics)), "spacy_model": spacy_model, "encoding": encoding,
        "issuer": issuer, "date": date,
    }  # fmt: skip
    return Comparison(findings, order=listed(only), provenance=provenance_of(documents, options=options, nlp=nlp))


def extract(
    paths: Source | Iterable[Source],
    *,
    speakers: str | Path | None = None,
    spacy_model: str | None = None,
    only: str | Sequence[str] = (),
    encoding: str | None = None,
    issuer: str | None = None,
    date: str | None = None,
) -> list[Statement]:
    """The statements of the documents with their speakers, in the order of the text; options as for :func:`compare`."""
    documents = _documents(paths, encoding=encoding, issuer=issuer, date=date)
    speakers_file = None if speakers is None else load_speakers(Path(speakers))
    nlp = load_pipeline(spacy_model)
    return list(find_statements(documents, nlp=nlp, speakers_file=speakers_file, only=listed(only)).statements)


def _documents(paths: Source | Iterable[Source], *, encoding: str | None, issuer: str | None, date: str | None) -> list[Document]:
    def warn(message: str) -> None:
        warnings.warn(message, UserWarning, stacklevel=4)

    sources = [paths] if isinstance(paths, str | Path | Document) else paths
    documents: list[Document] = []
    for given, group in groupby(sources, key=lambda source: isinstance(source, Document)):
        if given:
            documents.extend(source for source in group if isinstance(source, Document))
        else:
            together = [source for source in group if not isinstance(source, Document)]
            documents.extend(read(together, encoding=encoding, issuer=issuer, date=date, warn=warn))
    return documents

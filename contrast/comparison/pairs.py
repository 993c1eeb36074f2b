"""Pairs of statements as the comparer asks about them, and who answers: is this pair a contrast, and of which kind.

A scorer is anything with the method of :class:`PairScorer`. The shipped one is :mod:`contrast.comparison.learned`. An installed
package can bring a stronger one under the entry point group ``contrast.pair_scorers``: a function without arguments that
returns it.
"""

# ruff: noqa: PLC0415 -- the shipped model is loaded only where it is asked for
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from contrast.errors import ContrastError
from contrast.records import ContrastKind, Document, Span, Statement

GROUP = "contrast.pair_scorers"


@dataclass(frozen=True, slots=True)
class Side:
    """One statement of a pair with its document, in which every span of the statement counts."""

    statement: Statement
    document: Document
    speaker: str
    """The speaker's name, the source's words where the speaker is unknown, empty where there are none."""
    stands_for: tuple[tuple[Span, str], ...] = ()
    """What anaphors in the content stand for: the span of "it" or "that" in the document, and the words it points to."""

    @property
    def source(self) -> str:
        return " ".join(self.document.text[s:e] for s, e in self.statement.source)

    @property
    def cue(self) -> str:
        return " ".join(self.document.text[s:e] for s, e in self.statement.cue)

    @property
    def content(self) -> str:
        return self.statement.text


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two statements of different speakers; within a document ``a`` is the one that stands first.

    ``around_a`` and ``around_b`` are all statements of the two documents, for what the neighbours tell.
    """

    a: Side
    b: Side
    around_a: tuple[Side, ...] = ()
    around_b: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class PairScore:
    """The probability (0 to 1, calibrated) that a pair is a contrast, the likeliest kind if it is one, and why in words."""

    probability: float
    kind: ContrastKind
    reason: str


class PairScorer(Protocol):
    """Scores pairs; the answer has the order of the pairs, None where the scorer has no opinion. It is the same every time."""

    def score(self, pairs: Sequence[CandidatePair]) -> Sequence[PairScore | None]: ...


def candidate_pairs(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    only: Sequence[tuple[str, str]] | None = None,
    stands_for: Mapping[str, tuple[tuple[Span, str], ...]] | None = None,
) -> list[CandidatePair]:
    """Pairs of statements by different speakers: all those within a document, or those of ``only`` (pairs of statements' ids).

    ``stands_for`` gives by a statement's id what its anaphors stand for. Pairs of one speaker, or with a statement that has none,
    are left out; the pairs of ``only`` may lie in two documents. The order is that of the documents and of the text,
    or that of ``only``.
    """
    texts = {document.id: document for document in documents}
    known = stands_for or {}
    sides: dict[str, list[Side]] = {document.id: [] for document in documents}
    for statement in statements:
        if statement.document in texts:
            side = Side(statement, texts[statement.document], speaker_name(statement, texts), known.get(statement.id, ()))
            sides[statement.document].append(side)
    around = {id_: tuple(sorted(found, key=_place)) for id_, found in sides.items()}
    if only is None:
        chosen = [(a, b) for found in around.values() for i, a in enumerate(found) for b in found[i + 1 :]]
    else:
        by_id = {side.statement.id: side for found in around.values() for side in found}
        chosen = [(by_id[a], by_id[b]) for a, b in only if a in by_id and b in by_id]
    return [_pair(a, b, around) for a, b in chosen if a.speaker and b.speaker and a.speaker != b.speaker]


def load_scorer(name: str | None = None) -> PairScorer:
    """The scorer of pairs: the plug-in called ``name``; without a name the one that is installed, else the shipped model.

    Raises :class:`~contrast.ContrastError` where the name is unknown or several are installed.
    """
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name is not None and name not in found:
        raise ContrastError(f"no scorer of pairs is called {name}; installed: {', '.join(sorted(found)) or 'none'}")
    if name is None and len(found) > 1:
        raise ContrastError(f"several scorers of pairs are installed ({', '.join(sorted(found))}); keep one of them")
    chosen = found[name] if name is not None else next(iter(found.values()), None)
    if chosen is not None:
        return _made(chosen)
    from contrast.comparison.learned import shipped_scorer

    return shipped_scorer()


def speaker_name(statement: Statement, documents: Mapping[str, Document]) -> str:
    """The name of the statement's speaker, else the words of its source."""
    if statement.speaker is not None:
        return statement.speaker.name
    text = documents[statement.document].text
    return " ".join(text[s:e] for s, e in statement.source)


def _pair(a: Side, b: Side, around: Mapping[str, tuple[Side, ...]]) -> CandidatePair:
    if a.document.id == b.document.id and _place(b) < _place(a):
        a, b = b, a
    return CandidatePair(a, b, around[a.document.id], around[b.document.id])


def _place(side: Side) -> tuple[Span, Span]:
    content = side.statement.content
    return (content[0], content[-1]) if content else ((0, 0), (0, 0))


def _made(point: EntryPoint) -> PairScorer:
    make: Callable[[], PairScorer] = point.load()
    return make()

"""Attribution as a spaCy component: ``nlp.add_pipe("contrast_attribution")`` in anyone's pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from contrast.attribution.find import find_statements
from contrast.records import Document, Spans, Statement

EXTENSION = "statements"
STORED = "contrast_statements"
"""Where ``doc.user_data`` keeps the statements, as plain values that survive ``doc.to_bytes()`` and ``nlp.pipe(n_process=2)``."""
BATCH = 16


class AttributionComponent:
    """Fills ``doc._.statements`` with :class:`contrast.Statement` records and ``doc.spans`` with their pieces.

    The span groups are ``contrast_source``, ``contrast_cue`` and ``contrast_content``; each span's ``span_id`` is the place
    of its statement in ``doc._.statements``. Offsets are characters of ``doc.text``; spans are widened to whole tokens.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the statements of one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        """Add the statements of many documents, a batch at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, max(1, min(batch_size, BATCH)))):
            documents = [Document(id="doc", text=doc.text) for doc in batch]
            for doc, statements in zip(batch, find_statements(documents), strict=True):
                yield _filled(doc, statements)


def _filled(doc: Doc, statements: tuple[Statement, ...]) -> Doc:
    doc.user_data[STORED] = [asdict(statement) for statement in statements]
    for role in ("source", "cue", "content"):
        doc.spans[f"contrast_{role}"] = [
            span for number, statement in enumerate(statements) for span in _spans(doc, getattr(statement, role), role, number)
        ]
    return doc


def _spans(doc: Doc, places: Spans, role: str, number: int) -> Iterator[Span]:
    for start, end in places:
        span = doc.char_span(start, end, label=role, span_id=str(number), alignment_mode="expand")
        if span is not None:
            yield span


def stored_statements(doc: Doc) -> tuple[Statement, ...]:
    """The statements of a doc that the component has seen."""
    return tuple(Statement(**{key: _tuples(value) for key, value in row.items()}) for row in doc.user_data.get(STORED, ()))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, (list, tuple)) else value


@Language.factory("contrast_attribution", assigns=["doc.spans", "doc._.statements"])
def make_attribution(nlp: Language, name: str) -> AttributionComponent:  # noqa: ARG001 (spaCy's signature)
    """Create the component; the extension attribute is registered here, not on import."""
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, getter=stored_statements)
    return AttributionComponent()

"""How statements look in a notebook: the passage with source, cue and content marked, by displaCy where that fits."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from contrast.errors import ExportError
from contrast.records import Document, Statement
from contrast.report.comparison import Comparison
from contrast.report.passages import marks_of, passage
from contrast.report.plain import DOUBT_MARK, DOUBTFUL, NOBODY, one_line, visible

_COLOURS = {"SOURCE": "#cfe2ff", "CUE": "#f3d6f3", "CONTENT": "#fff3c4"}


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML that a notebook renders when it is the last value of a cell; ``str()`` gives the markup."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup

    def __str__(self) -> str:
        return self.markup


def display(what: Comparison | Statement | Iterable[Statement], within: Comparison | Document | Iterable[Document] = ()) -> Shown:
    """A comparison's documents, or statements in their paragraphs, with source, cue and content marked.

    ``within`` gives the texts of the statements: the comparison, or the documents. Raises
    :class:`~contrast.ContrastError` where it lacks a statement's document.
    """
    if isinstance(what, Comparison):
        statements, documents = what.findings.statements, what.findings.documents
    else:
        statements = (what,) if isinstance(what, Statement) else tuple(what)
        documents = _documents(within)
    texts = {document.id: document.text for document in documents}
    if missing := [statement.id for statement in statements if statement.document not in texts]:
        raise ExportError(f"{missing[0]}: its document is not given; pass the comparison or the documents as within=")
    return Shown("".join(_passage(statement, texts[statement.document]) for statement in statements))


def statement_html(statement: Statement) -> str:
    """The content with its quotations marked, and who speaks: all that a statement says without its document."""
    inside = sorted(statement.verbatim)
    parts, at = list[str](), 0
    if len(statement.content) == 1:
        first, last = statement.content[0]
        for start, end in inside:
            if first + at <= start < end <= last:
                parts.append(html.escape(statement.text[at : start - first]))
                parts.append(f"<mark>{html.escape(statement.text[start - first : end - first])}</mark>")
                at = end - first
    parts.append(html.escape(statement.text[at:]))
    return f"<figure><blockquote>{''.join(parts)}</blockquote><figcaption>{_caption(statement)}</figcaption></figure>"


def _passage(statement: Statement, text: str) -> str:
    from spacy import displacy  # noqa: PLC0415 -- spaCy takes a second to import

    marks = list(marks_of(statement, 1))
    if not marks:
        return statement_html(statement)
    words, entities, at = "", list[dict[str, object]](), 0
    for piece in passage(text, marks).pieces:
        role = next((role for role in ("source", "cue", "content") if role in piece.roles), None)
        words += piece.text
        if role and entities and entities[-1]["end"] == at and entities[-1]["label"] == role.upper():
            entities[-1]["end"] = len(words)
        elif role:
            entities.append({"start": at, "end": len(words), "label": role.upper()})
        at = len(words)
    made = {"text": visible(words), "ents": entities, "title": None}
    shown = displacy.render(made, style="ent", manual=True, jupyter=False, options={"colors": _COLOURS})
    return f"<figure>{shown}<figcaption>{_caption(statement)}</figcaption></figure>"


def _caption(statement: Statement) -> str:
    name = (one_line(statement.speaker.name) if statement.speaker else "") or NOBODY
    doubt = f" {DOUBT_MARK}" if statement.speaker_confidence < DOUBTFUL else ""
    return html.escape(f"{name}{doubt}, {statement.id}")


def _documents(within: Comparison | Document | Iterable[Document]) -> tuple[Document, ...]:
    if isinstance(within, Comparison):
        return within.findings.documents
    return (within,) if isinstance(within, Document) else tuple(within)

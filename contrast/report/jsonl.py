"""JSON Lines, the exchange format: statement and contrast objects, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from contrast.records import Contrast, Document, Findings, Position, Statement
from contrast.report.matrix import ranked

_LINE_BREAKS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
"""Marks that JSON allows inside a text but that some readers take for the end of a line."""


def statements_jsonl(findings: Findings) -> str:
    """One statement a line, in the order of the documents."""
    documents = {document.id: document for document in findings.documents}
    return json_lines(statement_object(statement, documents.get(statement.document)) for statement in findings.statements)


def contrasts_jsonl(findings: Findings) -> str:
    """One contrast a line, the best-scored topic first."""
    return json_lines(contrast_object(contrast) for contrast in ranked(findings.contrasts))


def statement_object(statement: Statement, document: Document | None = None) -> dict[str, Any]:
    """The statement as JSON values; spans are ``[start, end]``, a speaker that is not known has an empty id and name."""
    speaker = statement.speaker
    return {
        "id": statement.id,
        "document": statement.document,
        "speaker": {
            "id": speaker.id if speaker else "",
            "name": speaker.name if speaker else "",
            "kind": speaker.kind if speaker else "unknown",
            "side": speaker.side if speaker else None,
            "confidence": round(statement.speaker_confidence, 4),
            "reason": statement.speaker_reason,
        },
        "source": statement.source,
        "cue": statement.cue,
        "content": statement.content,
        "quote": statement.quote,
        "text": statement.text,
        "confidence": round(statement.confidence, 4),
        "cue_function": statement.cue_function,
        "negated": statement.negated,
        "verbatim": statement.verbatim,
        "parent": statement.parent,
        "title": document.title if document else None,
        "date": document.date if document else None,
        "issuer": document.issuer if document else None,
        "url": document.url if document else None,
    }


def contrast_object(contrast: Contrast) -> dict[str, Any]:
    """The contrast as JSON values; evidence is ``[document, start, end]``."""
    return {
        "topic": contrast.topic,
        "kind": contrast.kind,
        "strength": contrast.strength,
        "scope": contrast.scope,
        "score": round(contrast.score, 4),
        "a": _position_object(contrast.a),
        "b": _position_object(contrast.b),
        "why": contrast.why,
    }


def _position_object(position: Position) -> dict[str, Any]:
    return {
        "speaker": position.speaker.name,
        "speaker_id": position.speaker.id,
        "side": position.speaker.side,
        "statements": position.statements,
        "evidence": position.evidence,
        "phrases": position.phrases,
    }


def json_lines(objects: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line, in UTF-8 as it stands."""
    return "".join(json.dumps(entry, ensure_ascii=False).translate(_LINE_BREAKS) + "\n" for entry in objects)

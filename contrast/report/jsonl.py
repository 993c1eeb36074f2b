"""JSON Lines, the exchange format: statement and contrast objects, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

from contrast.provenance import Provenance
from contrast.records import Claim, Contrast, Document, Findings, Position, Revision, Statement, Topic
from contrast.report.frames import decided
from contrast.report.matrix import ranked

_LINE_BREAKS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
"""Marks that JSON allows inside a text but that some readers take for the end of a line."""


def statements_jsonl(findings: Findings) -> str:
    """One statement a line, in the order of the documents."""
    documents = {document.id: document for document in findings.documents}
    revisions = {revision.machine.id: revision for revision in findings.revisions if revision.machine}
    return json_lines(
        statement_object(statement, documents.get(statement.document), revisions.get(statement.id))
        for statement in findings.statements
    )


def contrasts_jsonl(findings: Findings) -> str:
    """One contrast a line, the best-scored topic first."""
    return json_lines(contrast_object(contrast) for contrast in ranked(findings.contrasts))


def documents_jsonl(findings: Findings) -> str:
    """One document a line with its text, so that the statements' offsets can be followed; ``contrast`` reads it too."""
    return json_lines(asdict(document) for document in findings.documents)


def topics_jsonl(findings: Findings) -> str:
    """One topic a line with its claims."""
    return json_lines(map(_topic_object, findings.topics))


def corrections_jsonl(findings: Findings) -> str:
    """One correction a line, orphans included, with the statement as the machine found it."""
    return json_lines(map(_revision_object, findings.revisions))


def statement_object(statement: Statement, document: Document | None = None, revision: Revision | None = None) -> dict[str, Any]:
    """The statement as JSON values; spans are ``[start, end]``, a speaker that is not known has an empty id and name.

    ``correction`` names the fields that a person decided; what the machine found of them stands in corrections.jsonl.
    """
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
        "correction": decided(revision.correction) if revision else "",
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
        "kind": position.speaker.kind,
        "side": position.speaker.side,
        "statements": position.statements,
        "evidence": position.evidence,
        "phrases": position.phrases,
    }


def _topic_object(topic: Topic) -> dict[str, Any]:
    return {"id": topic.id, "label": topic.label, "claims": [_claim_object(claim) for claim in topic.claims]}


def _claim_object(claim: Claim) -> dict[str, Any]:
    """JSON has no infinity: an open bound of a quantity is ``null``."""
    made = asdict(claim)
    if claim.quantity is not None:
        made["quantity"] |= {k: v if isfinite(v := getattr(claim.quantity, k)) else None for k in ("low", "high")}
    return made


def _revision_object(revision: Revision) -> dict[str, Any]:
    made = revision.correction
    fields: dict[str, Any] = {"statement": made.statement, "passage": made.passage, "speaker": made.speaker, "topic": made.topic}
    fields |= {"drop": made.drop, "note": made.note, "before": made.before, "after": made.after}
    machine = statement_object(revision.machine) if revision.machine else None
    return fields | {"reason": revision.reason, "topics": revision.topics, "machine": machine}


def json_lines(objects: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line, in UTF-8 as it stands."""
    return "".join(json.dumps(entry, ensure_ascii=False).translate(_LINE_BREAKS) + "\n" for entry in objects)


def provenance_json(provenance: Provenance) -> str:
    """The record of the run, to stand beside files that cannot carry it themselves."""
    return json.dumps(provenance.as_object(), ensure_ascii=False, indent=2) + "\n"

"""W3C Web Annotation (JSON-LD): statements and contrasts as annotations on their passages.

Each passage is given twice, as the model asks (Web Annotation Data Model, 4.2.4 and 4.2.5): by its text with the words
before and after it, and by its position in characters (Unicode code points).
"""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import quote

from contrast.provenance import Provenance
from contrast.records import Contrast, Document, Findings, Revision, Span, Statement
from contrast.report.matrix import ranked
from contrast.report.plain import surroundings

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"provenance": {"@id": "http://www.w3.org/ns/prov#wasGeneratedBy", "@type": "@json"}},
]
_NAMESPACE = uuid.UUID("5f0c1f5e-6c0e-5d43-9a0b-0f6c6a1d7e11")
"""Of the annotations' names: the same statement has the same one in every run."""


def annotations_jsonld(findings: Findings, provenance: Provenance | None = None) -> str:
    """An AnnotationCollection with one page: the statements in the order of the text, then the contrasts."""
    documents = {document.id: document for document in findings.documents}
    revisions = {revision.machine.id: revision for revision in findings.revisions if revision.machine}
    items = [_statement(s, documents[s.document], revisions.get(s.id)) for s in findings.statements]
    items += [_contrast(contrast, documents) for contrast in ranked(findings.contrasts)]
    made: dict[str, Any] = {"@context": _CONTEXT, "id": _name(*sorted(documents)), "type": "AnnotationCollection"}
    if provenance:
        made["generator"] = {"type": "Software", "name": f"contrast {provenance.version}"}
        made["generated"] = provenance.time
        made["provenance"] = provenance.as_object()
    made["total"] = len(items)
    made["first"] = {"id": _name("page", *sorted(documents)), "type": "AnnotationPage", "startIndex": 0, "items": items}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _statement(statement: Statement, document: Document, revision: Revision | None) -> dict[str, Any]:
    bodies = [_text("identifying", statement.speaker.name)] if statement.speaker and statement.speaker.name else []
    bodies += [_text("tagging", tag) for tag in (statement.quote, statement.cue_function)]
    bodies += [_passage(document, span) | {"purpose": "identifying"} for span in statement.source]
    bodies += [_passage(document, span) | {"purpose": "describing"} for span in statement.cue]
    if revision and revision.correction.note:
        bodies.append(_text("commenting", revision.correction.note))
    return {
        "id": _name("statement", statement.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": bodies,
        "target": [_passage(document, span) for span in statement.content],
    }


def _contrast(contrast: Contrast, documents: dict[str, Document]) -> dict[str, Any]:
    evidence = [*contrast.a.evidence, *contrast.b.evidence]
    return {
        "id": _name("contrast", contrast.topic, contrast.kind, *contrast.a.statements, "against", *contrast.b.statements),
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            _text("identifying", contrast.topic),
            *(_text("tagging", tag) for tag in (contrast.kind, contrast.strength, contrast.scope)),
            _text("describing", contrast.why),
        ],
        "target": [_passage(documents[id_], (start, end)) for id_, start, end in evidence if id_ in documents],
    }


def _passage(document: Document, span: Span) -> dict[str, Any]:
    start, end = span
    prefix, suffix = surroundings(document.text, (span,))
    return {
        "type": "SpecificResource",
        "source": document.url or quote(document.path or document.id),
        "selector": [
            {"type": "TextQuoteSelector", "exact": document.text[start:end], "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def _text(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _name(*parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, json.dumps(parts)).urn

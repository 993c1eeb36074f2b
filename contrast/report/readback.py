"""Findings read back from the folder of JSONL files that ``contrast compare --format jsonl`` writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from math import inf
from pathlib import Path
from typing import Any

from contrast.errors import ExportError
from contrast.provenance import Provenance
from contrast.records import (
    Claim,
    Contrast,
    Correction,
    Document,
    Findings,
    Position,
    Quantity,
    Revision,
    Spans,
    Speaker,
    Statement,
    Topic,
)

_NEEDED = ("statements.jsonl", "documents.jsonl")
_OTHERS = ("contrasts.jsonl", "topics.jsonl", "corrections.jsonl")
_REMEDY = "name the folder that `contrast compare --format jsonl --output FOLDER/` writes"


def read_findings(folder: str | Path) -> tuple[Findings, Provenance | None]:
    """The findings in the folder, and where they come from; a file in the folder may be named in its place.

    statements.jsonl and documents.jsonl must be there; contrasts, topics, corrections and provenance.json may be.
    Raises :class:`~contrast.errors.ExportError` where one is missing, or a line is not what contrast writes.
    """
    folder = Path(folder)
    folder = folder if folder.is_dir() else folder.parent
    for name in _NEEDED:
        if not (folder / name).is_file():
            raise ExportError(f"{folder / name}: not found; {_REMEDY}")
    statements, documents = (list(_objects(folder / name)) for name in _NEEDED)
    contrasts, topics, corrections = (list(_objects(folder / name)) for name in _OTHERS)
    findings = Findings(
        documents=tuple(_made(folder / _NEEDED[1], documents, _document)),
        statements=tuple(_made(folder / _NEEDED[0], statements, _statement)),
        topics=tuple(_made(folder / _OTHERS[1], topics, _topic)),
        contrasts=tuple(_made(folder / _OTHERS[0], contrasts, _contrast)),
        revisions=tuple(_made(folder / _OTHERS[2], corrections, _revision)),
    )
    known = {document.id for document in findings.documents}
    if strangers := [statement.id for statement in findings.statements if statement.document not in known]:
        raise ExportError(f"{folder / _NEEDED[1]}: lacks the document of {strangers[0]}; {_REMEDY}")
    return findings, _provenance(folder / "provenance.json")


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise ExportError(f"{path}: line {number} is not JSON: {error.msg}") from error


def _made(path: Path, objects: Iterable[Mapping[str, Any]], make: Any) -> Iterator[Any]:
    for number, value in enumerate(objects, 1):
        try:
            yield make(value)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ExportError(f"{path}: object {number} is not what contrast writes: {error!r}") from error


def _provenance(path: Path) -> Provenance | None:
    if not path.is_file():
        return None
    try:
        return Provenance.from_object(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise ExportError(f"{path}: cannot be read: {error}") from error


def _document(value: Mapping[str, Any]) -> Document:
    return Document(**{**value, "skipped": _spans(value["skipped"])})


def _statement(value: Mapping[str, Any]) -> Statement:
    speaker = value["speaker"]
    known = Speaker(speaker["id"], speaker["name"], speaker["kind"], speaker["side"]) if speaker["id"] else None
    return Statement(
        id=value["id"],
        document=value["document"],
        source=_spans(value["source"]),
        cue=_spans(value["cue"]),
        content=_spans(value["content"]),
        text=value["text"],
        quote=value["quote"],
        cue_function=value["cue_function"],
        negated=value["negated"],
        verbatim=_spans(value["verbatim"]),
        parent=value["parent"],
        confidence=value["confidence"],
        speaker=known,
        speaker_confidence=speaker["confidence"],
        speaker_reason=speaker["reason"],
    )


def _topic(value: Mapping[str, Any]) -> Topic:
    return Topic(value["id"], value["label"], tuple(map(_claim, value["claims"])))


def _claim(value: Mapping[str, Any]) -> Claim:
    target, (start, end), amount = value["target_span"], value["characterisation"], value["quantity"]
    quantity = None
    if amount is not None:
        low, high = amount["low"], amount["high"]
        quantity = Quantity(-inf if low is None else low, inf if high is None else high, amount["unit"])
    spans = {"target_span": (target[0], target[1]) if target else None, "characterisation": (start, end)}
    return Claim(**{**value, **spans, "quantity": quantity, "keys": tuple(value["keys"])})


def _contrast(value: Mapping[str, Any]) -> Contrast:
    return Contrast(
        topic=value["topic"],
        kind=value["kind"],
        strength=value["strength"],
        scope=value["scope"],
        score=value["score"],
        a=_position(value["a"]),
        b=_position(value["b"]),
        why=value["why"],
    )


def _position(value: Mapping[str, Any]) -> Position:
    return Position(
        speaker=Speaker(value["speaker_id"], value["speaker"], value["kind"], value["side"]),
        statements=tuple(value["statements"]),
        evidence=tuple((document, start, end) for document, start, end in value["evidence"]),
        phrases=tuple(value["phrases"]),
    )


def _revision(value: Mapping[str, Any]) -> Revision:
    rest = ("machine", "reason", "topics")
    correction = Correction(**{key: entry for key, entry in value.items() if key not in rest})
    machine = _statement(value["machine"]) if value["machine"] else None
    return Revision(correction, machine, tuple(value["topics"]), value["reason"])


def _spans(value: Iterable[tuple[int, int]]) -> Spans:
    return tuple((start, end) for start, end in value)

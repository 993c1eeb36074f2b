"""Resolve the speakers of many documents, one after another, and at the end give one id to one voice across them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from contrast.records import Document, Speaker, Statement
from contrast.speakers.cast import Voice
from contrast.speakers.file import SpeakersFile, slug
from contrast.speakers.issuers import issuer_statements
from contrast.speakers.resolution import Scene
from contrast.speakers.told import Found
from contrast.speakers.unify import Record, unified


class SpeakerResolver:
    """Keeps a small record of each voice that speaks, and no text."""

    def __init__(self, speakers_file: SpeakersFile | None = None) -> None:
        self._file = speakers_file
        self._records: dict[tuple[str, str], Record] = {}

    def resolve(self, document: Document, doc: Doc, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        """The statements of one document with their speakers, in the order of the text.

        ``doc`` is the document's text to the character. Where the document has an issuer, its sentences outside
        attributions are added as direct statements of the issuer. Ids hold within the document until :meth:`unify`.
        """
        scene = Scene(document, doc, tuple(statements), self._file)
        found = scene.resolve()
        ids: dict[int, str] = {}
        resolved = [self._with(statement, one, scene, ids) for statement, one in zip(statements, found, strict=True)]
        if scene.issuer is not None:
            issuer = self._speaker(scene.issuer, scene, ids)
            resolved.extend(issuer_statements(document, doc, resolved, issuer))
        return tuple(sorted(resolved, key=lambda s: (s.content[0][0], -s.content[-1][1]) if s.content else (0, 0)))

    def unify(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """The statements of all documents with one id and name for one voice."""
        speakers = unified(list(self._records.values()))
        return tuple(
            replace(s, speaker=speakers.get((s.document, s.speaker.id), s.speaker)) if s.speaker is not None else s
            for s in statements
        )

    def _with(self, statement: Statement, found: Found, scene: Scene, ids: dict[int, str]) -> Statement:
        if found.voice is None:
            return replace(statement, speaker=None, speaker_confidence=0.0, speaker_reason=found.reason)
        return replace(
            statement,
            speaker=self._speaker(found.voice, scene, ids),
            speaker_confidence=round(found.confidence, 3),
            speaker_reason=found.reason,
        )

    def _speaker(self, voice: Voice, scene: Scene, ids: dict[int, str]) -> Speaker:
        if voice.number not in ids:
            taken = set(ids.values())
            base = voice.given_id or slug(voice.name)
            id_, count = base, 1
            while id_ in taken:
                count += 1
                id_ = f"{base}-{count}"
            ids[voice.number] = id_
            self._records[scene.document.id, id_] = Record.of(scene.document.id, id_, voice, scene.cast)
        return Speaker(ids[voice.number], voice.name, voice.kind, voice.side)

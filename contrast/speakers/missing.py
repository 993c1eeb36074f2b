"""Statements without a source: the speaker of the quotation just before, where they evidently go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from contrast.speakers.syntax import tokens_of
from contrast.speakers.told import NOBODY, Found

if TYPE_CHECKING:
    from contrast.speakers.resolution import Scene


def unsourced(scene: Scene, number: int) -> Found:
    """The subject of the verb to which the cue belongs, or the speaker of the quotation just before, else nobody."""
    return _understood(scene, number) or _continued(scene, number)


def _understood(scene: Scene, number: int) -> Found | None:
    """ "Ms. Vane left early, calling it a farce", "Mr Dorn was pleased but called it late": the main verb's subject speaks."""
    tokens = tokens_of(scene.doc, scene.statements[number].cue)
    verb = next((t for t in tokens if t.tag_ == "VBG" or (t.tag_ in ("VBD", "VBZ", "VBP") and t.dep_ == "conj")), None)
    if verb is None or any(child.dep_.startswith("nsubj") for child in verb.children):
        return None
    governor = verb
    while governor.dep_ in ("advcl", "conj", "xcomp") and governor.head.i != governor.i:
        governor = governor.head
        found = _subject(governor)
        if found is not None:
            who = scene.phrase(found, {t.i for t in found.subtree}, number, 1)
            if who.voice is None:
                return None
            return Found(
                who.voice, min(0.65, who.confidence), f'"{verb.text}" has the subject of "{governor.text}", {who.voice.name}'
            )
    return None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ == "nsubj"), None)


def _continued(scene: Scene, number: int) -> Found:
    """The speaker of the direct quotation just before, where this one evidently goes on with it."""
    statement = scene.statements[number]
    start = statement.content[0][0]
    if statement.quote == "indirect" or not _begins_quoted(scene, start):
        return NOBODY
    before = [
        (max(e for spans in (s.content, s.cue, s.source) for _, e in spans), n)
        for n, s in enumerate(scene.statements)
        if n != number and s.quote != "indirect" and s.source and s.content[0][0] < start
    ]
    if not before:
        return NOBODY
    end, other = max(before)
    gap = scene.text[end:start]
    if any(c.isalnum() for c in gap) or gap.count("\n\n") > 1:
        return NOBODY
    found = scene.statement(other)
    if found.voice is None:
        return NOBODY
    return Found(found.voice, min(0.6, found.confidence), f"goes on with the quotation of {found.voice.name}")


def _begins_quoted(scene: Scene, start: int) -> bool:
    return any(q.outer[0] - 1 <= start <= q.inner[0] + 1 for q in scene.quotations)

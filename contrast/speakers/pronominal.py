"""Pronouns as sources: third person by rank, first person by the quotation they stand in, relative by their noun."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from spacy.tokens import Token

from contrast.speakers.floor import having_floor, interviewee
from contrast.speakers.ranking import Setting, candidates
from contrast.speakers.syntax import determiner
from contrast.speakers.told import NOBODY, Found

if TYPE_CHECKING:
    from contrast.speakers.resolution import Scene


def pronoun(scene: Scene, head: Token, kind: str, number: int | None, depth: int) -> Found:
    """Whom a pronoun means."""
    if kind == "relative" and head.tag_.startswith("W"):
        return _relative(scene, head, number, depth)
    if kind in ("i", "we"):
        return _first_person(scene, head, number)
    if kind == "you":
        return _second_person(scene, head)
    if kind not in ("m", "f", "it", "they"):
        return NOBODY
    container = scene.container(number)
    setting = Setting(head.i, kind, tuple(scene.spoken), container.number if container else None, scene.quoted[head.i])
    ranked = scene.choose(candidates(scene.doc, scene.cast, scene.ground, setting), kind, number)
    if not ranked or ranked[0].voice is None:
        return Found(None, 0.0, f'nobody before fits "{head.text}"')
    best = ranked[0].voice
    second = ranked[1] if len(ranked) > 1 else None
    other = (
        f"; less likely {second.voice.name}" if second is not None and second.voice is not None and second.share > 0.15 else ""
    )
    return Found(best, min(0.95, ranked[0].share), f'"{head.text}" fits {best.name}, named before{other}')


def _second_person(scene: Scene, head: Token) -> Found:
    """Whoever is asked in an interview, else anyone."""
    asked = interviewee(scene, head.idx)
    if asked is not None and asked.voice is not None:
        return Found(asked.voice, asked.confidence * 0.8, f'"{head.text}" is said to {asked.voice.name}, who is asked')
    anyone = scene.cast.keyed("phrase:you", "you", "group", plural=True, named=False)
    return Found(anyone, 0.3, f'"{head.text}" is whoever is spoken to')


def _relative(scene: Scene, head: Token, number: int | None, depth: int) -> Found:
    """The noun before "who" or "which"."""
    token = head
    while not token.dep_.startswith(("acl", "relcl")) and token.head.i != token.i:
        token = token.head
    target = token.head
    if token.dep_.startswith(("acl", "relcl")) and target.i < head.i:
        target = _predicated(scene, _beside(scene, target))
        inside = {t.i for t in scene.doc[target.left_edge.i : head.i]}
        found = scene.phrase(target, inside, number, depth + 1)
        if found.voice is not None:
            return Found(found.voice, found.confidence * 0.95, f'"{head.text}" is {found.voice.name}')
    before = [m for m in scene.cast.mentions if m.end <= head.i][-1:]
    if before and head.i - before[0].end <= 3:
        voice = scene.cast.voices[before[0].voice]
        return Found(voice, 0.6, f'"{head.text}" follows {voice.name}')
    return NOBODY


def _beside(scene: Scene, target: Token) -> Token:
    """The name to which a noun stands in apposition, or that stands beside it: "Carl Menning, a novice who"."""
    mention = scene.cast.at(target.i)
    if mention is not None and scene.cast.voices[mention.voice].kind == "person":
        return target
    joined = target
    while joined.dep_ == "conj" and joined.head.i < joined.i:
        joined = joined.head
    if joined.dep_ == "appos" and scene.cast.at(joined.head.i) is not None:
        return joined.head
    edge = joined.left_edge.i
    before = scene.cast.at(edge - 2) if edge > 1 and scene.doc[edge - 1].text == "," else None
    if before is not None and scene.cast.voices[before.voice].kind == "person" and determiner(joined) in ("a", "an", "the"):
        return scene.doc[before.head]
    return joined if any(child.dep_ == "cop" for child in joined.children) else target


def _predicated(scene: Scene, target: Token) -> Token:
    """The subject of which a noun is the predicate: "Vane is the prosecutor who"."""
    if any(child.dep_ == "cop" for child in target.children):
        for child in target.lefts:
            if child.dep_ == "nsubj" and scene.cast.at(child.i) is not None:
                return child
    if target.dep_ == "attr":
        for child in target.head.lefts:
            if child.dep_ == "nsubj" and scene.cast.at(child.i) is not None:
                return child
    return target


def _first_person(scene: Scene, head: Token, number: int | None) -> Found:
    """Whoever is quoted there; outside quotations the issuer of the document, or its writer."""
    outer = scene.containers.get(number) if number is not None else None
    if outer is not None:
        found = scene.statement(outer)
        if found.voice is not None:
            return Found(found.voice, found.confidence * 0.95, f'"{head.text}" within the words of {found.voice.name}')
    if scene.quoted[head.i]:
        near = _same_quotation(scene, head, number)
        if near is not None:
            return near
    if scene.issuer is not None and not scene.quoted[head.i]:
        return Found(scene.issuer, 0.93, f'"{head.text}" in the issuer\'s own document')
    if scene.quoted[head.i]:
        return _latest_quoted(scene, head)
    floor = having_floor(scene, head.idx, number)
    if floor is not None and floor.voice is not None:
        return Found(floor.voice, floor.confidence * 0.95, f'"{head.text}" in the turn of {floor.voice.name}')
    voice = scene.cast.keyed("author", "the author", "person", named=False)
    return Found(voice, 0.6, f'"{head.text}" outside quotations is the writer')


def _same_quotation(scene: Scene, head: Token, number: int | None) -> Found | None:
    place = bisect_right(scene.quotations, head.idx, key=lambda q: q.outer[0]) - 1
    quotation = scene.quotations[place] if place >= 0 else None
    if quotation is None:
        return None
    for other, statement in enumerate(scene.statements):
        if other == number:
            continue
        if any(s < quotation.outer[1] and e > quotation.outer[0] for s, e in statement.content):
            sources = [s for s, _ in statement.source]
            if sources and not any(quotation.inner[0] <= s < quotation.inner[1] for s in sources):
                found = scene.statement(other)
                if found.voice is not None:
                    return Found(found.voice, found.confidence * 0.9, f'"{head.text}" within the quotation of {found.voice.name}')
    return None


def _latest_quoted(scene: Scene, head: Token) -> Found:
    if scene.spoken:
        voice = scene.cast.voices[scene.spoken[-1]]
        return Found(voice, 0.5, f'"{head.text}" in a quotation after {voice.name} spoke')
    return Found(None, 0.0, f'whose "{head.text}" it is, is not told')

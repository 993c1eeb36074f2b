"""One id for one voice across documents: people by name unless role, place or gender tell them apart, bodies by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contrast.records import Speaker
from contrast.speakers.cast import Cast, Voice
from contrast.speakers.file import slug
from contrast.speakers.knowledge import Gender, plain
from contrast.speakers.names import PersonName, has_surname, same_person
from contrast.speakers.roles import Role


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a voice of one document: no text but its name and the words of its roles."""

    document: str
    id: str
    speaker: Speaker
    given: bool
    """Whether the user's speakers file names it."""
    named: bool
    person: PersonName | None
    gender: Gender | None
    roles: tuple[tuple[str, frozenset[str]], ...]
    members: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: str, id_: str, voice: Voice, cast: Cast) -> Record:
        """The record of a voice."""
        roles: tuple[Role, ...] = tuple(voice.roles[:8])
        return cls(
            document,
            id_,
            Speaker(id_, voice.name, voice.kind, voice.side),
            voice.given_id is not None,
            voice.named,
            voice.person,
            voice.gender,
            tuple((role.noun, role.words) for role in roles),
            tuple(cast.voices[n].name for n in voice.members),
        )


def unified(records: list[Record]) -> dict[tuple[str, str], Speaker]:
    """The final speaker for each (document, id of the document's own)."""
    clusters = list[list[Record]]()
    for record in sorted(records, key=_order):
        home = _home(record, clusters)
        if home is None:
            clusters.append([record])
        else:
            home.append(record)
    taken = {record.id for record in records if record.given}
    final: dict[tuple[str, str], Speaker] = {}
    for cluster in clusters:
        speaker = _speaker(cluster, taken)
        taken.add(speaker.id)
        final.update({(record.document, record.id): speaker for record in cluster})
    return final


def _order(record: Record) -> tuple[bool, bool, bool]:
    """Those of the user's file first, then full names, so that short names find them."""
    full = record.person is None or record.person.full
    return not record.given, not record.named, not full


def _home(record: Record, clusters: list[list[Record]]) -> list[Record] | None:
    if not record.named and not record.members:
        return None
    fits = [cluster for cluster in clusters if all(_same(record, other) for other in cluster)]
    if record.person is not None and not record.person.full:
        full = [c for c in fits if c[0].person is not None and c[0].person.full]
        if len({c[0].speaker.name for c in full}) > 1:
            return None
        return full[0] if full else (fits[0] if fits else None)
    return fits[0] if fits else None


def _same(one: Record, other: Record) -> bool:
    if one.given or other.given:
        return one.id == other.id and one.given and other.given
    if one.document == other.document or not other.named:
        return False
    if one.members or other.members:
        return set(one.members) == set(other.members)
    if one.person is not None and other.person is not None:
        return _same_name(one.person, other.person) and not _told_apart(one, other)
    return one.person is None and other.person is None and plain(one.speaker.name) == plain(other.speaker.name)


def _same_name(one: PersonName, other: PersonName) -> bool:
    if one.full and other.full:
        return same_person(one, other)
    return has_surname(one, other) or has_surname(other, one) or plain(one.text) == plain(other.text)


def _told_apart(one: Record, other: Record) -> bool:
    """Whether gender, state or the place of the same office show two people."""
    if one.gender and other.gender and one.gender != other.gender:
        return True
    if one.speaker.side and other.speaker.side and one.speaker.side != other.speaker.side:
        return True
    for noun, words in one.roles:
        for other_noun, other_words in other.roles:
            if noun == other_noun and len(words) > 1 and len(other_words) > 1 and not (words & other_words) - {noun}:
                return True
    return False


def _speaker(cluster: list[Record], taken: set[str]) -> Speaker:
    best = next((r for r in cluster if r.given), None) or max(cluster, key=lambda r: len(r.speaker.name) if r.person else 0)
    speaker = best.speaker
    if speaker.side is None:
        speaker = replace(speaker, side=next((r.speaker.side for r in cluster if r.speaker.side), None))
    if best.given:
        return speaker
    base = slug(speaker.name)
    id_, count = base, 1
    while id_ in taken:
        count += 1
        id_ = f"{base}-{count}"
    return replace(speaker, id=id_)

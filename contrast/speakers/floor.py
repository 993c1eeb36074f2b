"""Who has the floor in a transcript: the one whom a turn's label names, or whom an interview is with."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from contrast.attribution.transcripts import Turn, turn_at
from contrast.speakers.cast import Voice
from contrast.speakers.names import has_surname, parse_name, same_person
from contrast.speakers.syntax import tokens_of
from contrast.speakers.told import Found

if TYPE_CHECKING:
    from contrast.speakers.resolution import Scene


def having_floor(scene: Scene, place: int, number: int | None) -> Found | None:
    """The speaker of the turn in which a character stands, None outside turns."""
    turn = turn_at(scene.turns, place)
    if turn is None:
        return None
    return labelled(scene, turn) or scene.source(tokens_of(scene.doc, (turn.label,)), number)


def labelled(scene: Scene, turn: Turn) -> Found | None:
    """Whoever asks or answers, where the label tells no more; None where it names somebody."""
    if turn.role == "asker":
        return Found(scene.cast.keyed("asker", "the questioner", "person", named=False), 0.6, "asks the questions")
    return _interviewee(scene) if turn.role == "answerer" else _in_capitals(scene, turn)


def _in_capitals(scene: Scene, turn: Turn) -> Found | None:
    """The person with whose family name a label in capitals ends ("FOREIGN MINISTER LAVROV"); None for an office or a body."""
    label = scene.text[slice(*turn.label)]
    if not label.isupper() or scene.cast.listed(label) is not None or scene.lexicon.known(label) is not None:
        return None
    words = parse_name(label.title()).words
    offices = [
        n for n, word in enumerate(words) if word.casefold() in scene.lexicon.roles or word.casefold() in scene.lexicon.titles
    ]
    name = " ".join(words[offices[-1] + 1 :] if offices else words)
    if not name or label.casefold().startswith("the "):
        return None
    parsed = parse_name(name)
    fits = same_person if parsed.full else has_surname
    people = [v for v in scene.cast.voices if v.person is not None and v.person.full and fits(parsed, v.person)]
    if len(people) == 1:
        return Found(people[0], 0.93, f'"{label}" is {people[0].name}, named in this text')
    if people:
        return None
    gender = parse_name(label.title()).gender
    voice = _shouted(scene, turn) or scene.cast.keyed(f"label:{name.casefold()}", name, "person", person=parsed, gender=gender)
    voice.name = name
    return Found(voice, 0.85, f'"{label}" has the floor')


def _interviewee(scene: Scene) -> Found:
    """The person whom the text before the first turn names most often."""
    first = scene.turns[0].label[0]
    people = [v for v in scene.cast.voices if v.kind == "person" and v.named and not v.members]
    counted = [(bisect_left(v.mentions, first, key=lambda m: scene.doc[m.start].idx), v) for v in people]
    most = max((count for count, _ in counted), default=0)
    named = [voice for count, voice in counted if count == most] if most else []
    if len(named) == 1:
        return Found(named[0], 0.65, f"answers the questions; the text above them names {named[0].name} most")
    return Found(scene.cast.keyed("answerer", "the interviewee", "person", named=False), 0.5, "answers the questions")


def _shouted(scene: Scene, turn: Turn) -> Voice | None:
    """The person whom the label itself brought into the text."""
    mention = scene.cast.at(tokens_of(scene.doc, (turn.label,))[-1].i)
    voice = scene.cast.voices[mention.voice] if mention is not None else None
    return voice if voice is not None and voice.kind == "person" and voice.given_id is None else None

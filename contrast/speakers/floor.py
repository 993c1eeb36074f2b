"""Who has the floor in a transcript: the one whom a turn's label names, or whom an interview is with."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from contrast.attribution.transcripts import Turn, turn_at
from contrast.speakers.cast import Voice
from contrast.speakers.knowledge import Gender
from contrast.speakers.names import has_surname, parse_name, same_person
from contrast.speakers.syntax import tokens_of
from contrast.speakers.told import Found

if TYPE_CHECKING:
    from contrast.speakers.resolution import Scene


def having_floor(scene: Scene, place: int, number: int | None) -> Found | None:
    """The speaker of the turn in which the character ``place`` stands; None outside turns and within a label."""
    turn = turn_at(scene.turns, place)
    if turn is None or place < turn.colon[1]:
        return None
    return labelled(scene, turn) or scene.source(tokens_of(scene.doc, (turn.label,)), number)


def labelled(scene: Scene, turn: Turn) -> Found | None:
    """Whoever asks or answers, or the person whom the label names by surname; None where its words must be read as a source."""
    if turn.role == "asker":
        return Found(scene.cast.keyed("asker", "the questioner", "person", named=False), 0.6, "asks the questions")
    return _interviewee(scene) if turn.role == "answerer" else _by_surname(scene, turn)


def _by_surname(scene: Scene, turn: Turn) -> Found | None:
    """The person with whose family name a label ends ("FOREIGN MINISTER LAVROV"); None for an office or a body."""
    label = scene.text[slice(*turn.label)]
    if scene.cast.listed(label) is not None or scene.lexicon.known(label) is not None:
        return None
    words = parse_name(label.title()).words
    offices = [
        n for n, word in enumerate(words) if word.casefold() in scene.lexicon.roles or word.casefold() in scene.lexicon.titles
    ]
    name = " ".join(words[offices[-1] + 1 :] if offices else words)
    if not name or name.isdigit() or label.casefold().startswith("the "):
        return None
    parsed, gender = parse_name(name), _gender(scene, label)
    fits = same_person if parsed.full else has_surname
    named = [v for v in scene.cast.voices if v.person is not None and v.person.full and fits(parsed, v.person)]
    people = [v for v in named if gender is None or v.gender in (None, gender)]
    if len(people) == 1:
        people[0].name = people[0].name.title() if people[0].name.isupper() else people[0].name
        return Found(people[0], 0.93, f'"{label}" is {people[0].name}, named in this text')
    if people or not label.split()[-1].isupper():
        return None
    voice = None if named else _shouted(scene, turn)
    if voice is None:
        key = f"label:{gender if named else ''}{name.casefold()}"
        voice = scene.cast.keyed(key, label.title() if named else name, "person", person=parsed, gender=gender)
    if not named:
        voice.name = name
    return Found(voice, 0.85, f'"{label}" has the floor')


def _gender(scene: Scene, label: str) -> Gender | None:
    """What an honorific or a role in a label tells: "MRS", "FIRST LADY"."""
    told = [scene.lexicon.roles.get(word) for word in label.casefold().split()]
    return parse_name(label.title()).gender or next((gender for gender in told if gender), None)


def interviewee(scene: Scene, place: int) -> Found | None:
    """Whoever is asked in the question in which the character ``place`` stands; None elsewhere."""
    turn = turn_at(scene.turns, place)
    answers = any(other.role == "answerer" for other in scene.turns)
    return _interviewee(scene) if turn is not None and turn.role == "asker" and answers else None


def _interviewee(scene: Scene) -> Found:
    """The person whom the text before the first turn names most often."""
    first = scene.turns[0].label[0]
    people = [v for v in scene.cast.voices if v.kind == "person" and v.named and not v.members]
    counted = [(bisect_left(v.mentions, first, key=lambda m: scene.doc[m.start].idx), v) for v in people]
    most = max((count for count, _ in counted), default=0)
    if not most:
        return Found(None, 0.0, "who answers the questions is not told")
    named = [voice for count, voice in counted if count == most]
    if len(named) == 1:
        return Found(named[0], 0.65, f"answers the questions; the text above them names {named[0].name} most")
    return Found(scene.cast.keyed("answerer", "the interviewee", "person", named=False), 0.5, "answers the questions")


def _shouted(scene: Scene, turn: Turn) -> Voice | None:
    """The person whom the label itself brought into the text."""
    mention = scene.cast.at(tokens_of(scene.doc, (turn.label,))[-1].i)
    voice = scene.cast.voices[mention.voice] if mention is not None else None
    return voice if voice is not None and voice.kind == "person" and voice.given_id is None else None

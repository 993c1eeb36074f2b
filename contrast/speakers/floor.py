"""Who has the floor in a transcript: the one whom a turn's label names, or whom an interview is with."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from contrast.attribution.transcripts import Turn, turn_at
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
    return _interviewee(scene) if turn.role == "answerer" else None


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

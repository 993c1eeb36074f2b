"""What the learned scorer sees: documents cut down to their statements and the words before them, in chunks of word pieces.

Before each content stands the speaker's name, so that "he" and "the ministry" need not be resolved again. The encoder reads
each chunk once; of a statement it keeps the mean states of its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from contrast.attribution.encoding import EncodedText, encode
from contrast.comparison.pairs import Side

NOTHING, SOURCE, CUE, CONTENT, NAME, HEAD = range(6)
"""The role of a word piece."""
ROLES = 6
CHUNK = 250
"""Word pieces of a chunk, the two special ones not counted."""
HEAD_WORDS = 24
LEAD_WORDS = 16
"""Words of narrative kept before a statement."""
TAIL_WORDS = 4
NAME_PIECES = 8
CONTENT_PIECES = 48
CUE_PIECES = 10
PARTS = 3
"""Parts of a statement: its speaker's name, cue and content."""
PLACES = 64
VOICES = 48
"""Numbers that tell a report's statements and speakers apart; later statements share the last, later speakers a number."""
FIRST, LAST, COLON = 101, 102, 1024

Ints = NDArray[np.int64]


Parts = tuple[list[int], list[int], list[int]]
"""Where a statement's name, cue and content stand among the pieces."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pieces between the two special ones, with their roles, and for each statement, by its number, where its parts stand."""

    ids: list[int]
    roles: list[int]
    statements: dict[int, Parts]


def chunks(sides: Sequence[Side], tokenizer: Tokenizer) -> list[Chunk]:
    """The chunks of one document; ``sides`` are its statements in the order of the text. Each statement is in just one."""
    if not sides:
        return []
    document = sides[0].document
    encoded = encode(document.text, tokenizer)
    if not len(encoded):
        return [Chunk([FIRST, LAST], [NOTHING, NOTHING], {number: ([], [], []) for number in range(len(sides))})]
    roles, starts = _roles(sides, encoded)
    names = _names(sides, tokenizer)
    kept = _kept(roles)
    sequence = _sequence(sides, encoded, roles, kept, starts, names)
    return _cut(sequence, sides)


@dataclass(slots=True)
class _Sequence:
    ids: list[int]
    roles: list[int]
    begins: list[int]
    """Where each statement's part of the sequence begins."""
    places: list[Parts]


def _words(encoded: EncodedText, start: int, end: int) -> range:
    first = int(np.searchsorted(encoded.ends, start, side="right"))
    return range(first, max(first, int(np.searchsorted(encoded.starts, end, side="left"))))


def _roles(sides: Sequence[Side], encoded: EncodedText) -> tuple[Ints, list[int]]:
    """The role of each word, and the first word of each statement's content."""
    roles = np.full(len(encoded), NOTHING, dtype=np.int64)
    starts = []
    for side in sides:
        for s, e in side.statement.content:
            roles[list(_words(encoded, s, e))] = CONTENT
        first = side.statement.content[0][0] if side.statement.content else 0
        starts.append(min(int(np.searchsorted(encoded.ends, first, side="right")), len(encoded) - 1))
    for role, name in ((SOURCE, "source"), (CUE, "cue")):
        for side in sides:
            for s, e in getattr(side.statement, name):
                roles[list(_words(encoded, s, e))] = role
    return roles, starts


def _names(sides: Sequence[Side], tokenizer: Tokenizer) -> dict[str, list[int]]:
    speakers = sorted({side.speaker for side in sides})
    return {s: tokenizer.encode(s[:80], add_special_tokens=False).ids[:NAME_PIECES] for s in speakers}


def _kept(roles: Ints) -> NDArray[np.bool_]:
    """Words of statements, some before and after them, and the document's first ones."""
    said: NDArray[np.bool_] = roles != NOTHING
    kept = said.copy()
    for shift in range(1, LEAD_WORDS + 1):
        kept[:-shift] |= said[shift:]
    for shift in range(1, TAIL_WORDS + 1):
        kept[shift:] |= said[:-shift]
    kept[:HEAD_WORDS] = True
    return kept


def _sequence(
    sides: Sequence[Side],
    encoded: EncodedText,
    roles: Ints,
    kept: NDArray[np.bool_],
    starts: list[int],
    names: dict[str, list[int]],
) -> _Sequence:
    found = _Sequence([], [], [0] * len(sides), [([], [], []) for _ in sides])
    openings: dict[int, list[int]] = {}
    for number, word in enumerate(starts):
        openings.setdefault(word, []).append(number)
    piece_at = dict[int, tuple[int, int]]()
    for word in np.flatnonzero(kept | np.isin(np.arange(len(kept)), starts)).tolist():
        for number in openings.get(word, ()):
            name = names[sides[number].speaker]
            found.begins[number] = len(found.ids)
            found.places[number][0].extend(range(len(found.ids), len(found.ids) + len(name)))
            found.ids.extend([*name, COLON])
            found.roles.extend([NAME] * (len(name) + 1))
        pieces = encoded.pieces[word]
        piece_at[word] = (len(found.ids), len(found.ids) + len(pieces))
        found.ids.extend(pieces)
        head = word < HEAD_WORDS and roles[word] == NOTHING
        found.roles.extend([HEAD if head else int(roles[word])] * len(pieces))
    for number, side in enumerate(sides):
        for spans, place, limit in ((side.statement.cue, 1, CUE_PIECES), (side.statement.content, 2, CONTENT_PIECES)):
            pieces = [p for s, e in spans for w in _words(encoded, s, e) if w in piece_at for p in range(*piece_at[w])]
            found.places[number][place].extend(list(dict.fromkeys(pieces))[:limit])
        own = [p for part in found.places[number] for p in part]
        if own:
            found.begins[number] = min(found.begins[number], max(min(own), found.begins[number] - 40))
    return found


def _cut(sequence: _Sequence, sides: Sequence[Side]) -> list[Chunk]:
    """Chunks that begin where a statement does, a few words of narrative before it."""
    ends = [max([p + 1 for part in places for p in part], default=0) for places in sequence.places]
    order = sorted(range(len(sides)), key=lambda n: sequence.begins[n])
    groups: list[list[int]] = []
    bounds: list[int] = []
    for number in order:
        begin = max(0, sequence.begins[number] - LEAD_WORDS)
        if not groups:
            groups.append([number])
            bounds.append(0 if ends[number] <= CHUNK else begin)
        elif ends[number] - bounds[-1] > CHUNK:
            groups.append([number])
            bounds.append(begin)
        else:
            groups[-1].append(number)
    found = []
    for group, first in zip(groups, bounds, strict=True):
        last = min(first + CHUNK, max(max(ends[n] for n in group) + TAIL_WORDS, first + 1), len(sequence.ids))
        statements = {number: _moved(sequence.places[number], first, last) for number in group}
        ids, roles = [FIRST, *sequence.ids[first:last], LAST], [NOTHING, *sequence.roles[first:last], NOTHING]
        found.append(Chunk(ids, roles, statements))
    return found


def _moved(parts: Parts, first: int, last: int) -> Parts:
    """The places that lie from ``first`` up to ``last``, counted from there, after a special piece."""
    name, cue, content = ([p - first + 1 for p in part if first <= p < last] for part in parts)
    return name, cue, content


def numbers_of(sides: Sequence[Side]) -> tuple[Ints, Ints]:
    """For each statement of a document its place in the order of the text and its speaker's number, both bounded."""
    speakers: dict[str, int] = {}
    for side in sides:
        speakers.setdefault(side.speaker, len(speakers))
    places = np.minimum(np.arange(len(sides), dtype=np.int64), PLACES - 1)
    return places, np.array([speakers[side.speaker] % VOICES for side in sides], dtype=np.int64)

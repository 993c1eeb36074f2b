"""What the place of two statements in their documents, their cues and their shared words tell of a pair, as numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from contrast.comparison.pairs import CandidatePair, Side
from contrast.comparison.pairs_facts import Rarity, capitalised, facts_of, name_words, says

NAMES = (
    "order_distance", "adjacent", "same_sentence", "same_paragraph", "character_distance", "other_document", "nested",
    "a_names_b", "b_names_a", "a_frame_names_b", "b_frame_names_a", "a_speaker_names_b_ever", "b_speaker_names_a_ever",
    "connective_between", "connective_at_b", "b_replies",
    "a_denies", "b_denies", "a_doubts", "b_doubts", "a_demands", "b_demands", "a_promises", "b_promises",
    "a_cue_negated", "b_cue_negated",
    "a_not", "b_not", "one_not", "overlap", "rarest_shared", "shared_rare", "overlap_rank_a", "overlap_rank_b", "verb_shared",
    "a_polarity", "b_polarity", "polarity_product", "polarity_difference",
    "both_numbers", "numbers_differ", "numbers_agree",
    "a_share", "b_share", "speakers", "statements", "a_place", "b_place", "a_length", "b_length",
    "a_quoted", "b_quoted", "a_writer", "b_writer", "joint_speaker", "a_in_head", "b_in_head", "exchanges",
    "a_should", "b_should",
)  # fmt: skip
"""The columns of :func:`structure`."""

_NEAR = 500
"""Characters between two statements up to which a connective between them is read as joining them."""
_FAR, _FAR_CHARACTERS = 30, 5000
"""The distance, in statements and in characters, that statements of two documents are given."""


def structure(pairs: Sequence[CandidatePair], rarity: Rarity) -> NDArray[np.float32]:
    """One row a pair, one column a name of :data:`NAMES`; about -1 to 3.

    The columns ``overlap_rank_*`` compare a pair with the others that are given.
    """
    table = np.zeros((len(pairs), len(NAMES)), dtype=np.float32)
    known: dict[str, _Around] = {}
    for row, pair in enumerate(pairs):
        views = []
        for own, sides in ((pair.a, pair.around_a), (pair.b, pair.around_b)):
            if not sides:
                views.append(_Around((own,), own, rarity))
                continue
            if own.document.id not in known:
                known[own.document.id] = _Around(sides, own, rarity)
            views.append(known[own.document.id])
        table[row] = _row(pair, *views)
    for column, name in ((NAMES.index("overlap_rank_a"), "a"), (NAMES.index("overlap_rank_b"), "b")):
        table[:, column] = _relative(table[:, NAMES.index("overlap")], [id(getattr(pair, name).statement) for pair in pairs])
    return table


class _Around:
    """The statements of one document and what they tell together."""

    def __init__(self, sides: Sequence[Side], own: Side, rarity: Rarity) -> None:
        self.sides = sides
        self.length = max(1, len(own.document.text))
        self.order = {side.statement.id: i for i, side in enumerate(sides)}
        self.facts = {side.statement.id: facts_of(side, rarity) for side in sides}
        self.count: dict[str, int] = {}
        for side in sides:
            self.count[side.speaker] = self.count.get(side.speaker, 0) + 1
        self.exchanges = Counter(frozenset((a.speaker, b.speaker)) for a, b in pairwise(sides))
        self.names = {speaker: name_words(speaker) for speaker in self.count}
        self.head = capitalised(own.document.text[:400])
        self.mentions: dict[tuple[str, str], int] = {}
        for side in sides:
            words = self.facts[side.statement.id].names
            for other, names in self.names.items():
                if other != side.speaker and names & words:
                    self.mentions[side.speaker, other] = self.mentions.get((side.speaker, other), 0) + 1
        self.paragraphs = np.array([m.end() for m in re.finditer(r"\n", own.document.text)])
        self.sentences = np.array([m.end() for m in re.finditer(r"[.!?][\"”’')]*\s|\n", own.document.text)])


def _row(pair: CandidatePair, one: _Around, other: _Around) -> list[float]:
    a, b = pair.a, pair.b
    fa, fb = one.facts[a.statement.id], other.facts[b.statement.id]
    same = a.document.id == b.document.id
    ia, ib = one.order[a.statement.id], other.order[b.statement.id]
    apart = abs(ib - ia) if same else _FAR
    gap = max(0, fb.start - fa.end) if same else _FAR_CHARACTERS
    between = b.document.text[fa.end : fb.start] if same and 0 < gap < _NEAR else ""
    names_a, names_b = name_words(a.speaker), name_words(b.speaker)
    shared = {w: min(r, fb.words[w]) for w, r in fa.words.items() if w in fb.words}
    total = math.sqrt(sum(r * r for r in fa.words.values()) * sum(r * r for r in fb.words.values())) or 1.0
    frame_a, frame_b = capitalised(fa.frame), capitalised(fb.frame)
    sentence_a, sentence_b = _bin(one.sentences, fa.end - 1), _bin(one.sentences, fb.start)
    paragraph_a, paragraph_b = _bin(one.paragraphs, fa.start), _bin(one.paragraphs, fb.start)
    numbers = bool(fa.numbers and fb.numbers)
    return [
        math.log1p(apart) / 3, float(apart == 1),
        float(same and sentence_a == sentence_b), float(same and paragraph_a == paragraph_b),
        math.log1p(gap) / 8, float(not same), float(same and fb.start < fa.end),
        float(bool(names_b & fa.names)), float(bool(names_a & fb.names)),
        float(bool(names_b & frame_a)), float(bool(names_a & frame_b)),
        math.log1p(one.mentions.get((a.speaker, b.speaker), 0)), math.log1p(other.mentions.get((b.speaker, a.speaker), 0)),
        float(says("connectives", between)), float(says("connectives", fb.frame)), float(says("replies", fb.frame)),
        *(float(side.statement.cue_function == f) for f in ("denies", "doubts", "demands", "promises") for side in (a, b)),
        float(a.statement.negated), float(b.statement.negated),
        float(fa.negative), float(fb.negative), float(fa.negative != fb.negative),
        sum(r * r for r in shared.values()) / total, max(shared.values(), default=0.0),
        math.log1p(sum(r > 0.6 for r in shared.values())),
        0.0, 0.0, float(any(r > 0.5 and w.islower() for w, r in shared.items())),
        fa.polarity, fb.polarity, fa.polarity * fb.polarity, abs(fa.polarity - fb.polarity),
        float(numbers), float(numbers and not fa.numbers & fb.numbers), float(bool(fa.numbers & fb.numbers)),
        one.count[a.speaker] / len(one.sides), other.count[b.speaker] / len(other.sides),
        math.log1p(len(one.count)) / 3, math.log1p(len(one.sides)) / 4,
        fa.start / one.length, fb.start / other.length, math.log1p(len(a.content)) / 6, math.log1p(len(b.content)) / 6,
        float(a.statement.quote != "indirect"), float(b.statement.quote != "indirect"),
        float(a.speaker == "AUTHOR"), float(b.speaker == "AUTHOR"), float("&" in a.speaker or "&" in b.speaker),
        float(bool(names_a & one.head)), float(bool(names_b & other.head)),
        math.log1p(one.exchanges[frozenset((a.speaker, b.speaker))]) if same else 0.0,
        float(fa.wishes), float(fb.wishes),
    ]  # fmt: skip


def _relative(values: NDArray[np.float32], groups: list[int]) -> NDArray[np.float32]:
    """Each value as a share of the largest of its group."""
    most: dict[int, float] = {}
    for value, group in zip(values.tolist(), groups, strict=True):
        most[group] = max(most.get(group, 0.0), value)
    return np.array([v / most[g] if most[g] > 0 else 0.0 for v, g in zip(values.tolist(), groups, strict=True)], dtype=np.float32)


def _bin(ends: NDArray[np.int64], place: int) -> int:
    return int(np.searchsorted(ends, place, side="right"))

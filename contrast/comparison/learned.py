"""A learned scorer of pairs: a small encoder in two ONNX graphs on the CPU, and a calibrated ranker over what it says.

For a plug-in or a trial: its weights are not shipped, since in news its precision is too low. The first graph
reads documents, the second judges pairs of statements by what the first makes of them; see
:mod:`contrast.comparison.pairs_encoding` for what they see. Neither torch nor transformers is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from contrast.comparison.learned_ranking import read_ranking
from contrast.comparison.learned_reasons import reason
from contrast.comparison.pairs import CandidatePair, PairScore, Side
from contrast.comparison.pairs_encoding import Chunk, Parts, chunks, judged_pieces
from contrast.comparison.pairs_rarity import rarity_by
from contrast.comparison.pairs_structure import structure
from contrast.records import ContrastKind, Span

SHIPPED = Path(__file__).parents[1] / "models" / "comparison"
KINDS: tuple[ContrastKind, ...] = ("evaluation", "denial", "fact", "quantity", "time", "policy", "commitment")
CHUNKS_AT_ONCE = 16
PAIRS_AT_ONCE = 128
PAIRS_WAITING = 4096
DOCUMENTS_KEPT = 200

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as read: the states (pieces, width) of its chunks; for each statement, by its id, its chunk and places there."""

    states: list[Floats]
    places: dict[str, tuple[int, Parts]]


class LearnedScorer:
    """Scores pairs with the model in ``folder``. Deterministic; not to be pickled (load it anew in each process)."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._reader, self._judge = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("reader.onnx", "judge.onnx")
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._rarity = rarity_by(self._tokenizer)
        self.ranking, self._rows = read_ranking(folder / "ranking.npz")

    def score(self, pairs: Sequence[CandidatePair]) -> list[PairScore]:
        """The probability, kind and reason of each pair, in their order; that of a statement within another's content is 0."""
        if not pairs:
            return []
        table = structure(pairs, self._rarity)
        logits = self.logits(pairs, table)
        probabilities = self.ranking.probability(table, logits[:, 0])
        probabilities[[is_report(pair) for pair in pairs]] = 0.0
        kinds = logits[:, 1:].argmax(axis=1)
        return [
            PairScore(float(p), KINDS[k], reason(pair, KINDS[k], self._rarity))
            for pair, p, k in zip(pairs, probabilities.tolist(), kinds.tolist(), strict=True)
        ]

    def logits(self, pairs: Sequence[CandidatePair], table: Floats) -> Floats:
        """The judge's answers, shape (pairs, 1 + kinds); ``table`` is the pairs' structure.

        Pairs are judged document by document; only the documents of the pairs in hand are kept in memory.
        """
        found = np.zeros((len(pairs), 1 + len(KINDS)), dtype=np.float32)
        read: dict[str, _Read] = {}
        waiting: list[tuple[int, Floats, Ints]] = []
        for row, pair in enumerate(pairs):
            keep = {pair.a.document.id, pair.b.document.id}
            if len(read) >= DOCUMENTS_KEPT and not keep <= read.keys():
                read = {id_: read[id_] for id_ in keep & read.keys()}
            one = self._read(read, pair.a, pair.around_a)
            other = self._read(read, pair.b, pair.around_b)
            waiting.append((row, *_judged(one, pair.a, other, pair.b)))
            if len(waiting) == PAIRS_WAITING or row + 1 == len(pairs):
                self._answer(waiting, table, found)
                waiting = []
        return found

    def _answer(self, waiting: list[tuple[int, Floats, Ints]], table: Floats, found: Floats) -> None:
        """Judge pairs, those of like length together, and write the answers into their rows of ``found``."""
        waiting.sort(key=lambda one: (len(one[2]), one[0]))
        for begin in range(0, len(waiting), PAIRS_AT_ONCE):
            part = waiting[begin : begin + PAIRS_AT_ONCE]
            rows = [row for row, _, _ in part]
            states = np.zeros((len(part), max(len(which) for _, _, which in part), part[0][1].shape[1]), dtype=np.float32)
            told = np.zeros(states.shape[:2], dtype=np.int64)
            for place, (_, state, which) in enumerate(part):
                states[place, : len(which)], told[place, : len(which)] = state, which
            found[rows] = self._judge.run(None, {"states": states, "which": told, "structure": table[rows]})[0]

    def _read(self, read: dict[str, _Read], side: Side, around: tuple[Side, ...]) -> _Read:
        """The document of ``side`` as the encoder reads it."""
        if side.document.id not in read:
            sides = around or (side,)
            found = chunks(sides, self._tokenizer)
            states = self._states(found)
            places = {sides[n].statement.id: (c, parts) for c, chunk in enumerate(found) for n, parts in chunk.statements.items()}
            read[side.document.id] = _Read(states, places)
        return read[side.document.id]

    def _states(self, found: list[Chunk]) -> list[Floats]:
        """The states (pieces, width) of each chunk."""
        states: list[Floats] = []
        for begin in range(0, len(found), CHUNKS_AT_ONCE):
            part = found[begin : begin + CHUNKS_AT_ONCE]
            length = max(len(one.ids) for one in part)
            ids, roles, mask = (np.zeros((len(part), length), dtype=np.int64) for _ in range(3))
            for row, one in enumerate(part):
                ids[row, : len(one.ids)] = self._rows[one.ids]
                roles[row, : len(one.ids)] = one.roles
                mask[row, : len(one.ids)] = 1
            states.extend(self._reader.run(None, {"ids": ids, "roles": roles, "mask": mask})[0])
        return states


def _judged(one: _Read, a: Side, other: _Read, b: Side) -> tuple[Floats, Ints]:
    """The states (pieces, width) that the judge sees of a pair, and what they are."""
    (c, first), (d, second) = one.places[a.statement.id], other.places[b.statement.id]
    count = len(one.states[c])
    places, which = judged_pieces([(first, 0, second, count)])
    return np.concatenate([one.states[c], other.states[d]])[places[0]], which[0]


def is_report(pair: CandidatePair) -> bool:
    """Whether one content lies within the other: then a speaker reports what the other says, and takes no position against it."""
    if pair.a.document.id != pair.b.document.id:
        return False
    a, b = ([*side.statement.content] for side in (pair.a, pair.b))
    return _within(a, b) or _within(b, a)


def _within(inner: list[Span], outer: list[Span]) -> bool:
    return bool(inner) and all(any(s <= start and end <= e for s, e in outer) for start, end in inner)

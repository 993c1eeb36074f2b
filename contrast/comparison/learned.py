"""The shipped scorer of pairs: a small encoder in two ONNX graphs on the CPU, and a calibrated ranker over what it says.

The first graph reads a report, the second compares its statements, by what the first makes of them and by the structure of a
pair (:mod:`contrast.comparison.pairs_structure`); see :mod:`contrast.comparison.pairs_encoding` for what they see. It has
learned from news reports and has no opinion on anything else. Neither torch nor transformers is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from contrast.comparison.learned_ranking import read_ranking
from contrast.comparison.learned_reasons import reason
from contrast.comparison.pairs import CandidatePair, PairScore, Side
from contrast.comparison.pairs_encoding import PARTS, chunks, numbers_of
from contrast.comparison.pairs_facts import facts_of, knowledge, says
from contrast.comparison.pairs_rarity import rarity_by
from contrast.comparison.pairs_structure import structure
from contrast.records import ContrastKind, Span

MODELS = Path(__file__).parents[1] / "models"
SHIPPED = MODELS / "comparison"
TOKENIZER = MODELS / "attribution" / "tokenizer.json"
"""The two models read the same word pieces; their order, that of frequency, also tells how rare a word is."""
KINDS: tuple[ContrastKind, ...] = ("evaluation", "denial", "fact", "quantity", "time", "policy", "commitment")
UNLIKELY = 0.02
"""Probability below which the reason is not told in full."""
CHUNKS_AT_ONCE = 16
PAIRS_AT_ONCE = 4096
BLOCK = 128
"""Statements of a long report that are compared with each other and with those of one other block at a time."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class LearnedScorer:
    """Scores pairs with the model in ``folder``. Deterministic; not to be pickled (load it anew in each process)."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._reader, self._judge = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("reader.onnx", "judge.onnx")
        )
        self._tokenizer = Tokenizer.from_file(str(TOKENIZER))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._rarity = rarity_by(self._tokenizer)
        self.ranking, self._rows = read_ranking(folder / "ranking.npz")

    def score(self, pairs: Sequence[CandidatePair]) -> list[PairScore | None]:
        """The probability, kind and reason of each pair, in their order; None for pairs such as it never saw."""
        found: list[PairScore | None] = [None] * len(pairs)
        asked = [place for place, pair in enumerate(pairs) if answers(pair)]
        if not asked:
            return found
        chosen = [pairs[place] for place in asked]
        table = structure(chosen, self._rarity)
        logits = self.logits(chosen, table)
        probabilities = self.ranking.probability(table, logits[:, 0])
        kinds = logits[:, 1:].argmax(axis=1)
        for place, pair, p, k in zip(asked, chosen, probabilities.tolist(), kinds.tolist(), strict=True):
            if KINDS[k] not in ("quantity", "time") or not self._same_figures(pair):
                why = reason(pair, KINDS[k], self._rarity) if p >= UNLIKELY else f"hardly {knowledge()['kinds'][KINDS[k]]}"
                found[place] = PairScore(p, KINDS[k], why)
        return found

    def _same_figures(self, pair: CandidatePair) -> bool:
        """Whether both give figures, and one of them none that the other does not."""
        a, b = (facts_of(side, self._rarity).numbers for side in (pair.a, pair.b))
        return bool(a and b) and (a <= b or b <= a)

    def logits(self, pairs: Sequence[CandidatePair], table: Floats) -> Floats:
        """The judge's answers, shape (pairs, 1 + kinds), for pairs that lie within documents; ``table`` is their structure.

        Only one document at a time is kept in memory.
        """
        found = np.zeros((len(pairs), 1 + len(KINDS)), dtype=np.float32)
        of_document: dict[str, list[int]] = {}
        for place, pair in enumerate(pairs):
            of_document.setdefault(pair.a.document.id, []).append(place)
        for places in of_document.values():
            sides = _around([pairs[place] for place in places])
            number = {side.statement.id: n for n, side in enumerate(sides)}
            numbers = np.array([[number[s.statement.id] for s in (pairs[p].a, pairs[p].b)] for p in places], dtype=np.int64)
            parts = self._read(sides)
            for which, kept in _blocks(numbers, len(sides)):
                at = np.array(places)[which]
                within = np.searchsorted(kept, numbers[which])
                found[at] = self._compare([sides[n] for n in kept], parts[kept], within, table[at])
        return found

    def _compare(self, sides: Sequence[Side], parts: Floats, numbers: Ints, table: Floats) -> Floats:
        places, voices = numbers_of(sides)
        found = []
        for begin in range(0, len(numbers), PAIRS_AT_ONCE):
            one, other = np.ascontiguousarray(numbers[begin : begin + PAIRS_AT_ONCE].T)
            told = {"one": one, "other": other, "structure": table[begin : begin + PAIRS_AT_ONCE]}
            found.append(self._judge.run(None, {"parts": parts, "places": places, "voices": voices, **told})[0])
        logits: Floats = np.concatenate(found)
        return logits

    def _read(self, sides: Sequence[Side]) -> Floats:
        """Of each statement the mean states of its name, cue and content, (statements, PARTS * width)."""
        found = chunks(sides, self._tokenizer)
        means: Floats | None = None
        for begin in range(0, len(found), CHUNKS_AT_ONCE):
            some = found[begin : begin + CHUNKS_AT_ONCE]
            length = max(len(one.ids) for one in some)
            ids, roles, mask = (np.zeros((len(some), length), dtype=np.int64) for _ in range(3))
            for row, one in enumerate(some):
                ids[row, : len(one.ids)] = self._rows[one.ids]
                roles[row, : len(one.ids)] = one.roles
                mask[row, : len(one.ids)] = 1
            states = self._reader.run(None, {"ids": ids, "roles": roles, "mask": mask})[0]
            if means is None:
                means = np.zeros((len(sides), PARTS, states.shape[-1]), dtype=np.float32)
            for one, state in zip(some, states, strict=True):
                for statement, parts in one.statements.items():
                    for part, places in enumerate(parts):
                        if places:
                            means[statement, part] = state[places].mean(axis=0)
        assert means is not None
        return means.reshape(len(sides), -1)


def _around(pairs: Sequence[CandidatePair]) -> tuple[Side, ...]:
    """All statements of the document of these pairs, as far as they are told, in the order of the text."""
    if pairs[0].around_a:
        return pairs[0].around_a
    sides = {side.statement.id: side for pair in pairs for side in (pair.a, pair.b)}
    return tuple(sorted(sides.values(), key=lambda side: side.statement.content))


def _blocks(numbers: Ints, statements: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs, by their places in ``numbers`` (pairs, 2), with the statements to compare them among: all, or two blocks of them."""
    if statements <= 2 * BLOCK:
        yield np.arange(len(numbers)), np.arange(statements)
        return
    blocks = np.sort(numbers // BLOCK, axis=1)
    for first, second in sorted({(a, b) for a, b in blocks.tolist()}):
        kept = [n for block in {first, second} for n in range(block * BLOCK, min((block + 1) * BLOCK, statements))]
        yield np.flatnonzero((blocks == (first, second)).all(axis=1)), np.array(sorted(kept))


def answers(pair: CandidatePair) -> bool:
    """Whether the pair is one of those it learned from: of one news report, neither within the other, none that says so too.

    Two documents of which one has no name ("a poll", "the Harbour Post survey") may be one.
    """
    one_report = pair.a.document.id == pair.b.document.id and pair.a.document.issuer is None
    speakers = [side.statement.speaker for side in (pair.a, pair.b)]
    papers = [speaker.name for speaker in speakers if speaker is not None and speaker.kind == "document"]
    one_paper = len(papers) == len(speakers) and any(name.islower() for name in papers)
    return one_report and not one_paper and not is_report(pair) and not says("agreements", pair.b.content)


def is_report(pair: CandidatePair) -> bool:
    """Whether one content lies within the other: then a speaker reports what the other says, and takes no position against it."""
    if pair.a.document.id != pair.b.document.id:
        return False
    a, b = ([*side.statement.content] for side in (pair.a, pair.b))
    return _within(a, b) or _within(b, a)


def _within(inner: list[Span], outer: list[Span]) -> bool:
    return bool(inner) and all(any(s <= start and end <= e for s, e in outer) for start, end in inner)


@lru_cache(maxsize=1)
def shipped_scorer() -> LearnedScorer:
    """The scorer, loaded once."""
    return LearnedScorer()

"""The learned tagger at run time: sources, cues and contents of texts, linked, by an ONNX graph on the CPU."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from contrast.attribution.decoding import Floats, Frame, decode
from contrast.attribution.encoding import EncodedText, Window, encode, windows
from contrast.language.view import sections
from contrast.records import Span, Spans

SHIPPED = Path(__file__).parents[1] / "models" / "attribution"
LIMIT = 254
OVERLAP = 96
BATCH_PIECES = 2048
"""Word pieces, padding included, that the graph sees at once."""
CHARACTERS_AT_ONCE = 400_000
"""Characters of all sections whose scores are kept at the same time."""
FIRST_PIECE, LAST_PIECE = 101, 102


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in character offsets of the text it was found in.

    ``confidence``: the calibrated probability that it is one, with these pieces; ``certainty``: what that rests on, as in
    :class:`contrast.attribution.decoding.Frame`.
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    certainty: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


class Tagger:
    """Finds attributions in texts. Deterministic; safe to share; not to be pickled (load it anew in each process)."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        with np.load(folder / "decoding.npz") as arrays:
            self._transitions = arrays["transitions"]
            self._bias = (arrays["distance"], arrays["null"])
            self._calibration = arrays["calibration"]

    def attributions(self, texts: Sequence[str]) -> list[list[Attribution]]:
        """The attributions of each text, in the order of their cues; a very long text is read in sections."""
        found: list[list[Attribution]] = [[] for _ in texts]
        waiting, characters = list[tuple[int, int, str]](), 0
        for number, text in enumerate(texts):
            start = 0
            for section in sections(text):
                waiting.append((number, start, section))
                start, characters = start + len(section), characters + len(section)
                if characters > CHARACTERS_AT_ONCE:
                    self._read(waiting, found)
                    waiting, characters = [], 0
        self._read(waiting, found)
        return found

    def _read(self, sections: Sequence[tuple[int, int, str]], found: list[list[Attribution]]) -> None:
        """Add the attributions of sections (number of the text, its offset in the text, its characters)."""
        encoded = [encode(text, self._tokenizer) for _, _, text in sections]
        for (number, start, _), one, (scores, links) in zip(sections, encoded, self._scores(encoded), strict=True):
            frames = decode(scores, links, self._transitions, *self._bias)
            found[number].extend(self._in_characters(one, frame, start) for frame in frames)

    def _in_characters(self, encoded: EncodedText, frame: Frame, start: int) -> Attribution:
        def spans(words: tuple[Span, ...]) -> Spans:
            return tuple((start + int(encoded.starts[first]), start + int(encoded.ends[last])) for first, last in words)

        score = float(self._calibration[0] + self._calibration[1:] @ np.array(frame.certainty))
        confidence = 1.0 / (1.0 + math.exp(-score))
        return Attribution(spans(frame.source), spans(frame.cue), spans(frame.content), confidence, frame.certainty)

    def _scores(self, encoded: list[EncodedText]) -> list[tuple[Floats, Floats]]:
        """Tag scores (words, tags) and link vectors (words, 8 * width) of each text."""
        work = [(number, w) for number, one in enumerate(encoded) for w in windows(one, limit=LIMIT, overlap=OVERLAP)]
        work.sort(key=lambda item: -sum(map(len, encoded[item[0]].pieces[item[1].first : item[1].last])))
        found: list[list[Floats | None]] = [[None, None] for _ in encoded]
        begin = 0
        while begin < len(work):
            longest = sum(map(len, encoded[work[begin][0]].pieces[work[begin][1].first : work[begin][1].last])) + 2
            batch = work[begin : begin + max(1, BATCH_PIECES // longest)]
            begin += len(batch)
            inputs, word_at = _batch(encoded, batch, longest)
            outputs = self._session.run(None, inputs)
            for row, (number, window) in enumerate(batch):
                at = word_at[row][window.keep_first - window.first : window.keep_last - window.first]
                for place, output in enumerate(outputs):
                    if found[number][place] is None:
                        found[number][place] = np.zeros((len(encoded[number]), output.shape[2]), dtype=np.float32)
                    array = found[number][place]
                    assert array is not None
                    array[window.keep_first : window.keep_last] = output[row][at]
        nothing = np.zeros((0, 8), dtype=np.float32)
        return [(nothing if a is None else a, nothing if b is None else b) for a, b in found]


def _batch(
    encoded: list[EncodedText], batch: list[tuple[int, Window]], length: int
) -> tuple[dict[str, np.ndarray], list[list[int]]]:
    ids = np.zeros((len(batch), length), dtype=np.int64)
    mask = np.zeros_like(ids)
    features = np.zeros((len(batch), length, 3), dtype=np.int64)
    word_at = []
    for row, (number, window) in enumerate(batch):
        one, at = encoded[number], list[int]()
        ids[row, 0], position = FIRST_PIECE, 1
        for word in range(window.first, window.last):
            at.append(position)
            pieces = one.pieces[word]
            ids[row, position : position + len(pieces)] = pieces
            features[row, position : position + len(pieces)] = one.features[word]
            position += len(pieces)
        ids[row, position] = LAST_PIECE
        mask[row, : position + 1] = 1
        word_at.append(at)
    return {"ids": ids, "mask": mask, "features": features}, word_at


def load_tagger(folder: Path = SHIPPED) -> Tagger:
    """The shipped tagger, loaded once a process."""
    return _load(folder, os.getpid())


@lru_cache(maxsize=2)
def _load(folder: Path, _process: int) -> Tagger:  # a forked process must not use its parent's thread pool
    return Tagger(folder)

"""What the tagger sees of a text: words with character offsets, surface features, windows of word pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

FEATURE_SIZES = (4, 4, 2)
"""How many values each feature of a word has: letter case, quotation state, first in its paragraph."""

_WORD = re.compile(r"\w+|[^\w\s]")
_OPENING, _CLOSING, _EITHER = frozenset("“«„‟"), frozenset("”»"), frozenset('"＂')

SENTENCE_ENDS = frozenset((999, 1012, 1029))
"""The word pieces ! . ?"""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text as the tagger sees it; all arrays have one row a word.

    ``starts``, ``ends``: character offsets (half-open); ``features``: shape (words, 3), see :data:`FEATURE_SIZES`;
    ``pieces``: the word-piece ids of each word, at least one each.
    """

    starts: Ints
    ends: Ints
    features: Ints
    pieces: list[list[int]]

    def __len__(self) -> int:
        return len(self.pieces)


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``first`` to ``last`` (half-open) that the encoder sees together; it decides on those it keeps."""

    first: int
    last: int
    keep_first: int
    keep_last: int


def encode(text: str, tokenizer: Tokenizer) -> EncodedText:
    """Split ``text`` into words and look up their pieces; a word without pieces gets the unknown one."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end][:100] for start, end in spans]
    pieces: list[list[int]] = [[] for _ in words]
    if words:
        encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None:
                pieces[word].append(piece)
    unknown = tokenizer.token_to_id("[UNK]") or 0
    starts = np.array([s for s, _ in spans], dtype=np.int64)
    ends = np.array([e for _, e in spans], dtype=np.int64)
    return EncodedText(starts, ends, _features(text, spans), [p[:16] or [unknown] for p in pieces])


def _features(text: str, spans: list[tuple[int, int]]) -> Ints:
    found = np.zeros((len(spans), 3), dtype=np.int64)
    inside, previous_end = False, 0
    for row, (start, end) in enumerate(spans):
        word = text[start:end]
        if row == 0 or "\n" in text[previous_end:start]:
            found[row, 2], inside = 1, False
        previous_end = end
        if word[0].isupper():
            found[row, 0] = 2 if len(word) > 1 and word.isupper() else 1
        elif word[0].isdigit():
            found[row, 0] = 3
        if word in _OPENING or (word in _EITHER and not inside):
            found[row, 1], inside = 2, True
        elif word in _CLOSING or word in _EITHER:
            found[row, 1], inside = 3, False
        else:
            found[row, 1] = inside
    return found


def windows(encoded: EncodedText, *, limit: int, overlap: int, start: int = 0) -> list[Window]:
    """Cover the words from ``start`` on with windows of at most ``limit`` word pieces (special pieces not counted).

    Consecutive windows share about ``overlap`` pieces, half of which each decides on. A window begins at a paragraph's first word
    where one lies within the shared part.
    """
    lengths = np.array([len(p) for p in encoded.pieces], dtype=np.int64)
    sums = np.concatenate(([0], np.cumsum(lengths)))
    total = len(encoded)
    found: list[Window] = []
    first = start
    while first < total:
        last = max(int(np.searchsorted(sums, sums[first] + limit, side="right")) - 1, first + 1)
        found.append(Window(first, min(last, total), first, min(last, total)))
        if last >= total:
            break
        following = max(int(np.searchsorted(sums, sums[last] - overlap)), first + 1)
        breaks = np.flatnonzero(encoded.features[following : following + (last - following) // 2 + 1, 2])
        first = following + int(breaks[0]) if len(breaks) else following
    if not found:
        return []
    limits = [start, *(_boundary(encoded, after.first, before.last) for before, after in pairwise(found)), total]
    return [Window(w.first, w.last, *kept) for w, kept in zip(found, pairwise(limits), strict=True)]


def _boundary(encoded: EncodedText, first: int, last: int) -> int:
    """The word of those that two windows share (``first`` to ``last``) from which the later one decides.

    Near the middle; at a paragraph's or else a sentence's beginning where one is, so that no attribution is cut in two.
    """
    middle, margin = (first + last) // 2, (last - first) // 8
    inner = range(max(1, first + margin), last - margin)
    paragraphs = [word for word in inner if encoded.features[word, 2]]
    sentences = [word for word in inner if _ends_sentence(encoded, word - 1)]
    return min(paragraphs or sentences or [middle], key=lambda word: abs(word - middle))


def _ends_sentence(encoded: EncodedText, word: int) -> bool:
    if word and encoded.features[word, 1] == 3:
        word -= 1
    return len(encoded.pieces[word]) == 1 and encoded.pieces[word][0] in SENTENCE_ENDS

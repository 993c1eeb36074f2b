"""PolNeAR's articles as the attribution tagger learns from them: labelled words, windows, batches."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from contrast.attribution.decoding import TAGS
from contrast.attribution.encoding import EncodedText, Window, encode, windows
from contrast.attribution.tagger import FIRST_PIECE, LAST_PIECE, LIMIT
from contrast.training.shared import evaluation_folder, shared_module

IGNORE = -100
"""The label of a word whose head or relation is not known."""

WordSpan = tuple[int, int]
Link = tuple[WordSpan, WordSpan | None]


@dataclass(frozen=True, slots=True)
class Example:
    """An article with its gold labels; spans are first and last word (inclusive) in the article.

    ``tags``, ``heads``, ``relations`` have shape (words,); ``cue_sources`` and ``content_cues`` link a span to its head or
    to none.
    """

    id: str
    text: str
    encoded: EncodedText
    tags: np.ndarray
    cue_sources: list[Link]
    content_cues: list[Link]
    heads: np.ndarray
    relations: np.ndarray


def word_span(encoded: EncodedText, start: int, end: int) -> WordSpan | None:
    """The words (first, last inclusive) that a character span touches."""
    first = int(np.searchsorted(encoded.ends, start, side="right"))
    last = int(np.searchsorted(encoded.starts, end, side="left")) - 1
    return (first, last) if first <= last else None


def load_split(data: Path, split: str, tokenizer: Tokenizer, relations: dict[str, int], leave_out: set[str]) -> list[Example]:
    """The articles of one split of PolNeAR, labelled; ``relations`` numbers the relations seen and grows."""
    parses = {}
    with gzip.open(data / "polnear" / f"{split}_corenlp.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            parses[row["doc"]] = row["sents"]
    articles = shared_module(evaluation_folder(data), "polnear").read_split(data / "polnear" / split)
    kept = [article for article in articles if article.id not in leave_out]
    return [_example(article, parses.get(article.id, []), tokenizer, relations) for article in kept]


def _example(article: Any, sentences: list[list[Any]], tokenizer: Tokenizer, relations: dict[str, int]) -> Example:
    encoded = encode(article.text, tokenizer)
    tags = np.zeros(len(encoded), dtype=np.int64)
    cue_sources, content_cues = list[Link](), list[Link]()
    for attribution in article.attributions:
        spans: dict[str, list[WordSpan]] = {}
        for role in ("source", "cue", "content"):
            pieces = [word_span(encoded, s, e) for s, e in getattr(attribution, role)]
            spans[role] = [p for p in pieces if p]
            for span in spans[role]:
                _mark(tags, role, span)
        cue = spans["cue"][0] if spans["cue"] else None
        if cue:
            cue_sources.append((cue, spans["source"][0] if spans["source"] else None))
        content_cues.extend((piece, cue) for piece in spans["content"])
    heads = np.full(len(encoded), IGNORE, dtype=np.int64)
    labels = np.full(len(encoded), IGNORE, dtype=np.int64)
    for sentence in sentences:
        places = [word_span(encoded, t[0], t[1]) for t in sentence]
        for token, place in zip(sentence, places, strict=True):
            target = places[token[6] - 1] if token[6] else place
            if place and target:
                heads[place[0]] = target[0]
                labels[place[0]] = relations.setdefault(token[7], len(relations))
    return Example(article.id, article.text, encoded, tags, cue_sources, content_cues, heads, labels)


def _mark(tags: np.ndarray, role: str, span: WordSpan) -> None:
    first, last = span
    if first == last:
        tags[first] = TAGS.index(f"S-{role}")
    else:
        tags[first : last + 1] = TAGS.index(f"I-{role}")
        tags[first], tags[last] = TAGS.index(f"B-{role}"), TAGS.index(f"E-{role}")


def training_windows(example: Example, chooser: random.Random) -> list[tuple[Example, Window]]:
    """Windows over an article from a paragraph near its head on, another one each epoch."""
    breaks = [int(i) for i in np.flatnonzero(example.encoded.features[:, 2])][:6]
    start = chooser.choice(breaks) if breaks else 0
    found = windows(example.encoded, limit=LIMIT, overlap=24, start=start)
    head = windows(example.encoded, limit=LIMIT, overlap=0)[:1] if start else []
    return [(example, window) for window in head + found]


def collate(chosen: list[tuple[Example, Window]]) -> dict[str, Any]:
    """Tensors of a batch of windows; ``word_at`` (batch, words) is the first piece of each word."""
    rows = [_pieces(example, window) for example, window in chosen]
    length, words = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    batch: dict[str, Any] = {
        "ids": torch.zeros(len(rows), length, dtype=torch.long),
        "mask": torch.zeros(len(rows), length, dtype=torch.long),
        "features": torch.zeros(len(rows), length, 3, dtype=torch.long),
        "word_at": torch.zeros(len(rows), words, dtype=torch.long),
        "word_mask": torch.zeros(len(rows), words),
        "tags": torch.zeros(len(rows), words, dtype=torch.long),
        "heads": torch.full((len(rows), words), IGNORE),
        "relations": torch.full((len(rows), words), IGNORE),
    }
    for row, ((pieces, features, word_at), (example, window)) in enumerate(zip(rows, chosen, strict=True)):
        count, part = len(word_at), slice(window.first, window.last)
        batch["ids"][row, : len(pieces)] = torch.tensor(pieces)
        batch["mask"][row, : len(pieces)] = 1
        batch["features"][row, : len(pieces)] = torch.tensor(features)
        batch["word_at"][row, :count] = torch.tensor(word_at)
        batch["word_mask"][row, :count] = 1
        batch["tags"][row, :count] = torch.from_numpy(example.tags[part])
        heads = example.heads[part] - window.first
        heads[(heads < 0) | (heads >= count)] = IGNORE
        batch["heads"][row, :count] = torch.from_numpy(heads)
        batch["relations"][row, :count] = torch.from_numpy(example.relations[part])
    batch["chosen"] = chosen
    return batch


def _pieces(example: Example, window: Window) -> tuple[list[int], list[list[int]], list[int]]:
    pieces, features, word_at = [FIRST_PIECE], [[0, 0, 0]], list[int]()
    for index in range(window.first, window.last):
        word_at.append(len(pieces))
        pieces.extend(example.encoded.pieces[index])
        features.extend([example.encoded.features[index].tolist()] * len(example.encoded.pieces[index]))
    return [*pieces, LAST_PIECE], [*features, [0, 0, 0]], word_at

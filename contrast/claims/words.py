"""The lists of words of ``stances.toml``, and sequences of words looked up in a passage."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token


class Sequences:
    """Sequences of words looked up in text by word or lemma; ones with spaces or hyphens are of several."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for entry in entries:
            words = entry.replace("-", " - ").split()
            self._by_first.setdefault(words[0], []).append((words, entry))
        for group in self._by_first.values():
            group.sort(key=lambda found: -len(found[0]))

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
        at = 0
        while at < len(tokens):
            found = self._at(tokens, at)
            if found is None:
                at += 1
            else:
                yield at, at + found[0], found[1]
                at += found[0]

    def _at(self, tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
        for form in dict.fromkeys((tokens[at].lower_, tokens[at].lemma_.lower())):
            for words, entry in self._by_first.get(form, ()):
                part = tokens[at : at + len(words)]
                if len(part) == len(words) and all(w in (t.lower_, t.lemma_.lower()) for w, t in zip(words, part, strict=True)):
                    return len(words), entry
        return None


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The tables of ``stances.toml``."""
    return tomllib.loads(Path(__file__).with_name("stances.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def words(table: str, entry: str) -> Sequences:
    """The words of one list, to be looked up."""
    return Sequences(tables()[table][entry])


@lru_cache(maxsize=64)
def listed(table: str, entry: str) -> frozenset[str]:
    """The words of one list, to ask whether a word is among them."""
    return frozenset(tables()[table][entry])

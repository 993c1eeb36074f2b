"""What a statement tells by itself to whoever compares it: its words by rarity, names, numbers, appraisal, negation, frame."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from contrast.comparison.pairs import Side

Rarity = Callable[[str], float]
"""How rare a lower-cased word is in English, 0 (as "the") to 1."""
COMMON = 0.35
"""Words up to this rarity say nothing of what a text is about."""
WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TURNED = -0.6
"""What a negation makes of an appraising word's weight."""


@dataclass(frozen=True, slots=True)
class Facts:
    """``words``: the stems of the telling words with their rarity; ``frame``: the words around the content in its sentences.

    ``polarity`` runs from -1 to 1; ``start`` and ``end`` are characters of the document, of source, cue and content together.
    """

    words: dict[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    polarity: float
    negative: bool
    wishes: bool
    frame: str
    start: int
    end: int


def facts_of(side: Side, rarity: Rarity) -> Facts:
    """The facts of a statement; what its anaphors stand for counts among its words."""
    content = side.content
    told = content_words(" ".join([content, *(text for _, text in side.stands_for)]), rarity)
    spans = [*side.statement.source, *side.statement.cue, *side.statement.content]
    start, end = (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (0, 0)
    return Facts(
        words={stemmed: rare for _, stemmed, rare in told if rare > COMMON},
        names=frozenset(stemmed for word, stemmed, _ in told if word[0].isupper()),
        numbers=frozenset(n.replace(",", "") for n in _NUMBER.findall(content)),
        polarity=polarity(content),
        negative=says("negations", content),
        wishes=says("wishes", f"{side.cue} {content}"),
        frame=_frame(side, start, end),
        start=start,
        end=end,
    )


def content_words(text: str, rarity: Rarity) -> list[tuple[str, str, float]]:
    """The words of ``text`` with their stems and their rarity."""
    return [(word, stem(word), rarity(word.lower())) for word in WORD.findall(text)]


def capitalised(text: str) -> frozenset[str]:
    """The capitalised words of ``text``, without the genitive's ending."""
    return frozenset(stem(word) for word in WORD.findall(text) if word[0].isupper())


def name_words(speaker: str) -> frozenset[str]:
    """The words of a speaker's name by which others name it: capitalised ones but titles; of two the last."""
    titles = frozenset(knowledge()["titles"])
    words = [stem(w) for w in WORD.findall(speaker) if w[0].isupper() and w.lower() not in titles]
    return frozenset(words[-1:] if len(words) == 2 else words)


def stem(word: str) -> str:
    """A word cut so that its inflected forms meet: capitalised words as they are, others without their endings."""
    if word[0].isupper():
        return re.sub(r"['’]s$", "", word)
    return re.sub(r"(?:['’]s|ations?|ings?|ed|es|s|ly)$", "", word) if len(word) > 4 else word


def polarity(text: str) -> float:
    """Between -1 and 1: the mean weight of the appraising words in ``text``, turned round after a negation."""
    found = []
    words = [w.lower() for w in WORD.findall(text)]
    lexicon = _lexicon()
    for i, word in enumerate(words):
        weight = lexicon.get(word) or lexicon.get(re.sub(r"(?:ed|ing|s|d)$", "", word), 0.0)
        if weight:
            negated = any(says("negations", w) for w in words[max(0, i - 3) : i])
            found.append(_TURNED * weight if negated else weight)
    return float(sum(found) / (len(found) + 0.5)) if found else 0.0


def says(which: str, text: str) -> bool:
    """Whether ``text`` has an expression of the list ``which`` of ``pairs_words.toml``."""
    return bool(_pattern(which).search(text))


@lru_cache(maxsize=1)
def knowledge() -> dict[str, Any]:
    """The lists of ``pairs_words.toml``."""
    return tomllib.loads(Path(__file__).with_name("pairs_words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _pattern(which: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(knowledge()[which])})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, float]:
    path = Path(__file__).parents[1] / "claims" / "evaluation.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {row[0]: float(row[1]) for row in rows[1:] if len(row) > 1 and " " not in row[0]}


def _frame(side: Side, start: int, end: int) -> str:
    text = side.document.text
    begin = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start), start - 200, 0)
    stop = min([p for p in (text.find("\n", end), text.find(". ", end), end + 120) if p >= 0] or [end])
    pieces, place = [], begin
    for s, e in side.statement.content:
        pieces.append(text[place:s] if s > place else "")
        place = max(place, e)
    pieces.append(text[place:stop] if stop > place else "")
    return " ".join(pieces)

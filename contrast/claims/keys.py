"""Keys by which targets compare: one for all words that stand for the same thing, whatever their form.

``talks`` is a concept of ``concepts.toml``, ``@kore`` a name's stem ("Korea", "Korean"), ``facil`` any other word's stem.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

NAME = "@"
"""The mark of a name's key."""


@lru_cache(maxsize=1)
def knowledge() -> dict[str, Any]:
    """The tables of ``concepts.toml``."""
    return tomllib.loads(Path(__file__).with_name("concepts.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without its ending, so that a verb and its noun meet ("oppose", "opposition"); at least four letters stay."""
    word = word.lower().replace("’", "'")
    for _ in range(2):
        for ending in knowledge()["endings"]["cut"]:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
        else:
            break
    return word


@lru_cache(maxsize=100_000)
def name_stem(word: str) -> str:
    """The key of a word of a name: people and adjectives of a country meet the country."""
    word = word.lower().rstrip(".").replace("'s", "").replace("’s", "")
    if len(word) > 4:
        for ending in knowledge()["endings"]["names"]:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return NAME + word[: -len(ending)]
    return NAME + word


@lru_cache(maxsize=1)
def concepts() -> dict[str, str]:
    """Concept by the lemma, or the lemmas of modifier and noun, of each of its words."""
    return {word: concept for concept, words in knowledge()["concept"].items() for word in words}


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(knowledge()["nouns"]["titles"])


@lru_cache(maxsize=1)
def generic() -> frozenset[str]:
    """Keys of the nouns that say little by themselves."""
    return frozenset(key_of(word) for word in knowledge()["nouns"]["generic"])


@lru_cache(maxsize=100_000)
def key_of(lemma: str) -> str:
    """The key of a common word by its lemma."""
    lowered = lemma.lower()
    return concepts().get(lowered) or stem(lowered)


def token_key(token: Token) -> str | None:
    """The key of a word of content; None for function words, numbers, marks and titles."""
    lowered = token.lower_
    if (lowered in _titles() and _before_name(token)) or not any(c.isalpha() for c in lowered) or len(lowered) < 2:
        return None
    if token.tag_ in ("NNP", "NNPS") or (token.tag_ == "JJ" and token.text[0].isupper() and token.i and not token.is_sent_start):
        if lowered in concepts():
            return concepts()[lowered]
        return name_stem(token.text)
    if token.tag_[:2] in ("NN", "VB", "JJ") and token.tag_ != "MD" and lowered not in LIGHT and token.lemma_.lower() not in LIGHT:
        return concepts().get(lowered) or key_of(token.lemma_)
    return None


def _before_name(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].tag_ in ("NNP", "NNPS")


LIGHT = frozenset(
    ["be", "have", "do", "say", "get", "make", "take", "go", "come", "put", "let", "give", "seem", "become", "such", "other", "own", "same", "new", "last", "next", "first", "more", "most", "many", "much", "several", "few", "be", "been", "being", "'s", "'re", "'ve", "has", "had", "does", "did", "made", "taken", "going"]
)

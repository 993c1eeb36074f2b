"""Keys by which targets compare: one for all words that stand for the same thing, whatever their form.

``talks`` is a concept of ``concepts.toml``, ``@kore`` a name's stem ("Korea", "Korean"), ``facil`` any other word's stem.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from contrast.speakers.knowledge import lexicon as world

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


@lru_cache(maxsize=10_000)
def speaker_keys(name: str) -> frozenset[str]:
    """Keys by which a text names the speaker of this name: the words of the name, and the state's key."""
    known = world().known(name)
    state = {NAME + known.name.lower()} if known is not None and known.kind == "state" else set[str]()
    titles = _titles()
    return frozenset(state | {name_stem(word) for word in name.split() if word[:1].isupper() and word.lower() not in titles})


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


@lru_cache(maxsize=1)
def related() -> frozenset[frozenset[str]]:
    """Pairs of concepts that often mean one event."""
    return frozenset(frozenset(pair) for pair in knowledge()["related"]["pairs"])


@lru_cache(maxsize=100_000)
def key_of(lemma: str) -> str:
    """The key of a common word by its lemma."""
    lowered = lemma.lower()
    return concepts().get(lowered) or stem(lowered)


def token_key(token: Token) -> str | None:
    """The key of a word of content; None for function words, numbers, marks and titles."""
    state = states(token.doc).get(token.i)
    if state is not None:
        return state
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


LONGEST_STATE = 5
"""Words of the longest name of a state that is looked for."""


def states(doc: Doc) -> dict[int, str]:
    """The key of the state named, or meant by its capital or people, by the place of each token of the name."""
    found: dict[int, str] | None = doc.user_data.get("contrast_states")
    if found is None:
        found = doc.user_data["contrast_states"] = _find_states(doc)
    return found


def _find_states(doc: Doc) -> dict[int, str]:
    found: dict[int, str] = {}
    hinted, at = list[tuple[int, str]](), 0
    while at < len(doc):
        length, name = _state_at(doc, at)
        for i in range(at, at + length):
            found[i] = NAME + name.lower()
        if not length and doc[at].text in ("North", "South") and at and doc[at - 1].lower_ == "the":
            meant = world().hinted.get(f"the {doc[at].lower_}") or world().hinted.get(doc[at].lower_)
            if meant is not None:
                hinted.append((at, NAME + meant.name.lower()))
        at += max(1, length)
    return found | {i: key for i, key in hinted if key in found.values()}


def _state_at(doc: Doc, at: int) -> tuple[int, str]:
    if not doc[at].text[:1].isupper():
        return 0, ""
    for length in range(min(LONGEST_STATE, len(doc) - at), 0, -1):
        if not doc[at + length - 1].text[:1].isalpha():
            continue
        text = doc[at : at + length].text
        known = world().known(text)
        if known is not None and known.kind == "state" and (length > 1 or len(text) > 2 or text.isupper()):
            return length, known.name
        if (demonym := world().demonyms.get(text.casefold())) is not None:
            return length, demonym
    return 0, ""


def _before_name(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].tag_ in ("NNP", "NNPS")


LIGHT = frozenset(
    [
        "be",
        "have",
        "do",
        "say",
        "get",
        "make",
        "take",
        "go",
        "come",
        "put",
        "let",
        "give",
        "seem",
        "become",
        "such",
        "other",
        "own",
        "same",
        "new",
        "last",
        "next",
        "first",
        "more",
        "most",
        "many",
        "much",
        "several",
        "few",
        "be",
        "been",
        "being",
        "'s",
        "'re",
        "'ve",
        "has",
        "had",
        "does",
        "did",
        "made",
        "taken",
        "going",
    ]
)

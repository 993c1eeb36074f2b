"""Noun phrases of a passage, found by tags so that a misread tree does no harm, with their complements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from contrast.claims.keys import token_key

_INSIDE = frozenset(
    ["DT", "PDT", "PRP$", "CD", "POS", "HYPH", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "``", "''", "AFX", "FW"]
)
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS"])
_PRONOUNS = frozenset(
    [
        "it",
        "this",
        "that",
        "they",
        "them",
        "these",
        "those",
        "he",
        "she",
        "him",
        "her",
        "we",
        "us",
        "i",
        "me",
        "you",
        "which",
        "who",
    ]
)
LINKS = frozenset(
    [
        "of",
        "to",
        "for",
        "on",
        "with",
        "in",
        "about",
        "over",
        "against",
        "between",
        "from",
        "at",
        "toward",
        "towards",
        "into",
        "under",
        "as",
        "by",
    ]
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its tokens, its head, and the word that links it to what stands before ("of"), if any."""

    tokens: tuple[Token, ...]
    head: Token
    link: str = ""

    @property
    def start(self) -> int:
        return self.tokens[0].i

    @property
    def end(self) -> int:
        return self.tokens[-1].i + 1

    @property
    def pronoun(self) -> bool:
        return len(self.tokens) == 1 and self.head.lower_ in _PRONOUNS

    @property
    def span(self) -> tuple[int, int]:
        return self.tokens[0].idx, self.tokens[-1].idx + len(self.tokens[-1])

    def named(self) -> list[str]:
        """Keys of all its words, the head's first."""
        head = token_key(self.head)
        rest = [key for token in self.tokens if token is not self.head and (key := token_key(token))]
        return [head, *rest] if head else rest


def find_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """The noun phrases of consecutive tokens, in order, none overlapping."""
    found, i = list[Phrase](), 0
    while i < len(tokens):
        j = _extent(tokens, i)
        part = tokens[i:j]
        head = next((t for t in reversed(part) if t.tag_ in _NOUNS), None)
        link = tokens[i - 1].lower_ if i and tokens[i - 1].lower_ in LINKS else ""
        if head is not None:
            kept = _trimmed([t for t in part if t.i <= head.i])
            found.append(Phrase(tuple(kept), head, link))
            i = max(i + 1, next(k for k in range(i, j) if tokens[k] is head) + 1)
        elif tokens[i].lower_ in _PRONOUNS and (tokens[i].tag_ in ("PRP", "WDT", "WP") or _stands_alone(tokens, i)):
            found.append(Phrase((tokens[i],), tokens[i], link))
            i += 1
        else:
            i += 1
    return found


def _extent(tokens: Sequence[Token], start: int) -> int:
    end = start
    while end < len(tokens):
        token = tokens[end]
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        if token.tag_ in _INSIDE and not (
            token.lower_ in ("that", "this") and following is not None and following.tag_[:2] in ("VB", "MD", "IN")
        ):
            if end > start and token.tag_ in ("DT", "PDT", "PRP$") and tokens[end - 1].tag_ not in ("PDT", "DT"):
                break
        elif not (following is not None and _joins(tokens, start, end)):
            break
        end += 1
    return end


def _joins(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether a word that belongs to no noun phrase by itself stands inside one: "harsh and unfair terms", "working groups"."""
    token, following = tokens[at], tokens[at + 1]
    if token.tag_ in ("VBG", "VBN"):
        return (
            following.tag_ in _NOUNS
            and (at > start or token.tag_ == "VBN" or following.tag_ in ("NNS", "NN"))
            and (at == start or tokens[at - 1].tag_ not in _NOUNS)
        )
    if token.tag_ == "RB":
        return following.tag_[:2] == "JJ" and at > start
    if token.tag_ == "CC" or token.text == ",":
        compound = following.tag_[:2] == "NN" and at + 2 < len(tokens) and tokens[at + 2].text == "-"
        return at > start and tokens[at - 1].tag_ in ("JJ", "VBN") and (compound or following.tag_ in ("JJ", "``", "RB", "CC"))
    return False


def _trimmed(tokens: list[Token]) -> list[Token]:
    start = 0
    while start < len(tokens) - 1 and tokens[start].tag_ in ("``", "''", "POS", "HYPH", ","):
        start += 1
    return tokens[start:]


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].lower_ == "that" and following is not None and following.tag_ in ("VBG", "MD", "VBZ"):
        return at == 0 or tokens[at - 1].tag_[:2] != "NN"
    return tokens[at].tag_ == "DT" and (following is None or following.tag_[:2] in ("VB", "MD", "IN", "RB"))

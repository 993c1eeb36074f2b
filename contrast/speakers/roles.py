"""Roles that a text gives to those it names, and what it calls bodies: before the name, in apposition, as predicate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from contrast.speakers.knowledge import Lexicon
from contrast.speakers.names import parse_name
from contrast.speakers.namings import Naming
from contrast.speakers.syntax import front, noun, role_words

_FRONT = ("NN", "JJ", "VBN", "HYPH", "POS", "PRP$", "CD")


@dataclass(frozen=True, slots=True)
class Role:
    """An office or description of a voice: its noun, and all its content words in lower case."""

    noun: str
    words: frozenset[str]
    token: int
    side: str | None = None
    """The state that it names: "US secretary of state", "prime minister of Japan"."""


def side_of(words: frozenset[str], lexicon: Lexicon) -> str | None:
    """The side that the words of a role tell where they name no state: that of a body of a state, or a party."""
    for pair in (("state", "department"), ("white", "house"), ("justice", "department"), ("treasury", "department")):
        known = lexicon.known(" ".join(pair)) if words.issuperset(pair) else None
        if known is not None:
            return known.side
    if "pentagon" in words:
        return "United States"
    return next((lexicon.parties[word] for word in sorted(words) if word in lexicon.parties), None)


def state_in(tokens: list[Token], lexicon: Lexicon) -> tuple[str | None, list[Token]]:
    """A state named among the words, as an adjective or by name, and the words without it."""
    for size in (4, 3, 2, 1):
        for start in range(len(tokens) - size + 1):
            run = tokens[start : start + size]
            if not run[0].text[:1].isupper():
                continue
            text = " ".join(t.text for t in run)
            name = lexicon.demonyms.get(text.casefold())
            known = lexicon.known(text) if name is None else None
            if known is not None and known.kind == "state":
                name = known.name
            if name is not None:
                return name, [t for t in tokens if t not in run]
    return None, tokens


def roles_of(doc: Doc, name: Naming, head: Token, lexicon: Lexicon) -> Iterator[Role]:
    """Roles in front of the name, in apposition to it, and as its predicate."""
    before = name.start
    while (
        before > 0
        and (doc[before - 1].tag_.startswith(_FRONT) or doc[before - 1].lower_ == "of")
        and not doc[before - 1].is_space
    ):
        before -= 1
    inner = parse_name(name.text)
    titles = len(name.text.split()) - len(inner.words) if inner.titles else 0
    words = [token for token in doc[before : name.start + titles] if any(c.isalpha() for c in token.text)]
    of = next((n for n, token in enumerate(words) if token.lower_ == "of"), len(words))
    if of and (noun(words[of - 1]) in lexicon.roles or words[of - 1].lower_.strip(".") in lexicon.titles):
        yield _role(words[of - 1], words, lexicon, name.start)
    for child in head.children:
        if child.dep_ == "appos" and child.i >= name.end and child.tag_.startswith("NN") and noun(child) in lexicon.roles:
            yield _role(child, list(doc[child.left_edge.i : child.right_edge.i + 1]), lexicon)
    if head.dep_ in ("appos", "flat") and head.head.i < name.start and noun(head.head) in lexicon.roles:
        yield _role(head.head, list(doc[head.head.left_edge.i : name.start]), lexicon)
    if head.dep_.startswith("nsubj"):
        other = head.head
        if noun(other) in lexicon.roles and any(child.dep_ == "cop" for child in other.children):
            yield _role(other, [t for t in other.subtree if t.i > name.end], lexicon)
        for child in other.children if other.lemma_ == "be" else ():
            if child.dep_ == "attr" and noun(child) in lexicon.roles:
                yield _role(child, list(child.subtree), lexicon)


def sorts_of(doc: Doc, name: Naming, head: Token, lexicon: Lexicon) -> Iterator[Role]:
    """What a text calls a body: "the drug company Carmel", "Carmel, a group that", "Carmel is a company"."""
    before = doc[name.start - 1] if name.start else None
    if before is not None and before.tag_ == "NN" and noun(before) in lexicon.bodies:
        yield _role(before, [*front(before), before], lexicon, name.start)
    for child in head.children:
        if child.dep_ == "appos" and child.i >= name.end and child.tag_.startswith("NN") and noun(child) in lexicon.bodies:
            yield _role(child, [*front(child), child], lexicon)
    if head.dep_ in ("appos", "flat") and head.head.i < name.start and noun(head.head) in lexicon.bodies:
        yield _role(head.head, [*front(head.head), head.head], lexicon)
    is_one = any(child.dep_ == "cop" for child in head.head.children)
    if head.dep_.startswith("nsubj") and noun(head.head) in lexicon.bodies and is_one:
        yield _role(head.head, [*front(head.head), head.head], lexicon)


def _role(head: Token, tokens: list[Token], lexicon: Lexicon, place: int | None = None) -> Role:
    words = [token for token in tokens if not token.is_space]
    after = ("to", "in", "at", "who", "which", ",")
    to = next((n for n, token in enumerate(words) if token.i > head.i and token.lower_ in after), len(words))
    state, rest = state_in(words[:to], lexicon)
    title = lexicon.short_titles.get(head.lower_.strip("."), noun(head))
    return Role(title, role_words([*rest, *words[to:]]) | {title}, head.i if place is None else place, state)

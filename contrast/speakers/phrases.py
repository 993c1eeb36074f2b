"""The text's own short phrase for a speaker whom it does not name."""

from __future__ import annotations

from spacy.tokens import Token

from contrast.speakers.knowledge import lexicon
from contrast.speakers.syntax import is_possessive_mark

_STOPS = ("WP", "WDT", "VBD", "VBZ", "VBP", "VBG", "MD", "WRB")
_LONGEST = 12
_ARTICLES = ("the", "a", "an")


def bare_phrase(head: Token, inside: set[int]) -> str:
    """The noun phrase of ``head`` within the tokens ``inside``: no article, no clause, at most a few words."""
    doc = head.doc
    start = min((i for i in inside if head.left_edge.i <= i), default=head.i)
    stop = max(inside, default=head.i) + 1
    tokens = list[Token]()
    for token in doc[min(start, head.i) : stop]:
        if token.i > head.i and (token.tag_.startswith(_STOPS) or _breaks(token)):
            break
        if token.is_space:
            continue
        tokens.append(token)
    while (
        tokens
        and tokens[-1].i > head.i
        and (tokens[-1].tag_ in ("IN", "TO", "CC", "DT", "RB", "VBN") or is_possessive_mark(tokens[-1]))
    ):
        tokens.pop()
    while len(tokens) > 1 and tokens[0].i < head.i and _no_beginning(tokens[0]):
        tokens.pop(0)
    if len(tokens) > 1 and tokens[0].lower_ in _ARTICLES:
        tokens.pop(0)
    if len(tokens) > _LONGEST:
        tokens = _shortened(tokens, head)
    if not tokens:
        return head.text
    text = " ".join(doc[tokens[0].i : tokens[-1].i + 1].text.split())
    first = tokens[0]
    common = (not first.tag_.startswith("NNP") and not first.ent_type_) or first.lower_ in lexicon().quantifiers
    if common and first.text[:1].isupper() and first.text[1:].islower():
        text = text[0].lower() + text[1:]
    return text


def _shortened(tokens: list[Token], head: Token) -> list[Token]:
    """The phrase up to its last preposition that leaves it short enough, at least to its head."""
    stops = [n for n, token in enumerate(tokens) if token.i > head.i and token.tag_ in ("IN", "TO") and n <= _LONGEST]
    to_head = [t for t in tokens if t.i <= head.i][-_LONGEST:]
    return tokens[: stops[-1]] if stops and stops[-1] >= len(to_head) else to_head


def _breaks(token: Token) -> bool:
    """Whether the phrase ends before a mark; a hyphen within a word does not end it."""
    if token.text == "-":
        return bool(token.whitespace_) or token.i == 0 or bool(token.nbor(-1).whitespace_)
    return token.text in (",", ";", ":", "(", "–", "—", '"', "“")


def _no_beginning(token: Token) -> bool:
    """Whether a phrase does not begin with the token: a preposition, conjunction, mark, or the "least" of "at least"."""
    return token.tag_ in ("IN", "TO", "CC") or not any(c.isalnum() for c in token.text) or _limits(token)


def _limits(token: Token) -> bool:
    return token.lower_ in ("least", "most") and token.i > 0 and token.nbor(-1).lower_ == "at"

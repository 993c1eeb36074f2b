"""Small questions to the parse, answered alike for UD v2 relations (the shipped pipeline) and ClearNLP's (en_core_web)."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from contrast.records import Span, Spans
from contrast.speakers.knowledge import lexicon

_NOMINAL = ("NN", "PR", "WP", "DT", "CD", "JJ", "WD", "FW")
_CONTENT = ("NN", "JJ", "VBN", "VBG", "CD")


def is_name(token: Token) -> bool:
    """Whether the token is a proper noun."""
    return token.tag_.startswith("NNP") or token.pos_ == "PROPN"


def is_possessive_mark(token: Token) -> bool:
    """Whether the token is a possessive 's or bare apostrophe."""
    return token.tag_ == "POS" or token.lower_ in ("'s", "’s", "'", "’")


def noun(token: Token) -> str:
    """The token's singular in lower case; a role of two words with a hyphen is one noun ("front-runner")."""
    if not token.whitespace_ and token.i + 2 < len(token.doc) and token.nbor().text == "-":
        compound = _compound(token, token.nbor(2))
    elif token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_:
        compound = _compound(token.nbor(-2), token)
    else:
        compound = ""
    return compound or (token.lemma_.casefold() if token.lemma_ else token.lower_)


def _compound(first: Token, last: Token) -> str:
    """The role that two words with a hyphen make ("front-runner", "46-year-old"), "" for none."""
    word = f"{first.lower_}-{last.lemma_.casefold() or last.lower_}"
    return word if word in lexicon().roles else ""


def is_plural(token: Token) -> bool:
    """Whether the token is a plural noun."""
    return token.tag_ in ("NNS", "NNPS") or token.lower_ in ("police", "people", "authorities")


def subject(token: Token) -> bool:
    """Whether the token is the subject of a verb."""
    return token.dep_.startswith(("nsubj", "csubj"))


def role_words(tokens: Iterable[Token]) -> frozenset[str]:
    """The content words of a noun phrase in lower case, nouns in the singular; relative clauses are left out."""
    words = set[str]()
    for token in tokens:
        if token.tag_ in ("WP", "WDT", "VBD", "VBZ", "VBP"):
            break
        if token.tag_.startswith(_CONTENT):
            word = noun(token).strip(".")
            words.add(lexicon().same_words.get(word, word))
    return frozenset(words)


def tokens_of(doc: Doc, spans: Spans) -> list[Token]:
    """The tokens that lie in the spans of characters, white space left out."""
    found = list[Token]()
    for span in spans:
        first, last = token_range(doc, span)
        found.extend(token for token in doc[first:last] if not token.is_space)
    return found


def token_range(doc: Doc, span: Span) -> tuple[int, int]:
    """The half-open range of tokens that overlap the characters of ``span``."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        token = doc[middle]
        if token.idx + len(token) <= span[0]:
            low = middle + 1
        else:
            high = middle
    end = low
    while end < len(doc) and doc[end].idx < span[1]:
        end += 1
    return low, end


def head_of(tokens: list[Token]) -> Token | None:
    """The token that governs the others: the first nominal whose own head lies outside them."""
    inside = {token.i for token in tokens}
    roots = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    nominal = [token for token in roots if token.tag_.startswith(_NOMINAL) and token.tag_ != "PDT"]
    if nominal and nominal[0].lower_ in ("the", "a", "an"):
        nouns = [t for t in nominal if t.tag_.startswith("NN")] or [t for t in tokens[1:] if t.tag_.startswith("NN")]
        nominal = [t for t in nouns if t.text[0].isalpha() and t.nbor(-1).text != "-"] or nominal
    if nominal:
        return next((token for token in nominal if noun(token) not in lexicon().times), nominal[0])
    return next((token for token in tokens if token.tag_.startswith(_NOMINAL)), roots[0] if roots else None)


def governed(word: Token) -> Token | None:
    """Whose a verb or a preposition that was taken for a source is: the subject of "said", what follows "according to"."""
    subjects = [child for child in word.children if child.dep_.startswith("nsubj")]
    above = word.head
    while above.dep_ in ("case", "fixed", "mark") and above.head.i != above.i:
        above = above.head
    objects = [above] if word.dep_ in ("case", "fixed", "mark") and above.i > word.i else []
    return next((t for t in subjects + objects if t.tag_.startswith(("NN", "PRP"))), None)


def possessor(token: Token) -> Token | None:
    """The possessive in front of a noun: "Trump" in "Trump's campaign", "his" in "his campaign"."""
    for child in token.children:
        if child.i < token.i and (
            child.dep_ in ("nmod:poss", "poss") or child.tag_ == "PRP$" or any(is_possessive_mark(c) for c in child.children)
        ):
            return child
    if token.i > 1 and token.doc[token.i - 1].tag_ == "POS" and token.doc[token.i - 2].tag_.startswith("NN"):
        return token.doc[token.i - 2]
    return None


def complements(token: Token) -> list[Token]:
    """Nouns after "of" or "for" that belong to a noun, in order."""
    found = list[Token]()
    for child in token.children:
        if child.i <= token.i:
            continue
        if child.dep_ in ("nmod", "obl") and any(c.lower_ in ("of", "for", "with", "from", "at", "to") for c in child.lefts):
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "for", "with", "from", "at", "to"):
            found.extend(c for c in child.children if c.dep_ == "pobj")
    return found


def front(token: Token) -> list[Token]:
    """The words of a noun phrase before its head noun, determiners and possessives left out."""
    return [
        t
        for t in token.doc[token.left_edge.i : token.i]
        if not t.is_space and t.tag_ not in ("DT", "PRP$", "POS", "IN", "PDT", "WP$", "CC") and any(c.isalnum() for c in t.text)
    ]


def determiner(token: Token) -> str:
    """The determiner of a noun phrase in lower case, "" for none."""
    for t in token.doc[token.left_edge.i : token.i]:
        if t.tag_ in ("DT", "PDT", "PRP$", "WDT", "WP$"):
            return str(t.lower_)
    return ""


def conjuncts(token: Token, inside: set[int]) -> list[Token]:
    """The nouns joined to ``token`` by "and", itself first."""
    found = [token]
    for t in found:
        found.extend(c for c in t.children if c.dep_ == "conj" and c.i in inside and c.i > t.i and c.tag_.startswith(_NOMINAL))
    return found

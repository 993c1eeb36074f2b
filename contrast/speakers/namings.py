"""The names in a Doc: entities, runs of proper nouns, known names over both, with their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from contrast.speakers.knowledge import Lexicon, plain
from contrast.speakers.names import family_first
from contrast.speakers.places import places_in
from contrast.speakers.syntax import is_name, is_possessive_mark

_MAX_NAME = 12
"""Tokens of a name at most; a longer run of capitals is a headline."""


@dataclass(frozen=True, slots=True)
class Naming:
    start: int
    end: int
    label: str
    text: str
    plural: bool


def namings(doc: Doc, lexicon: Lexicon) -> Iterator[Naming]:
    """Entities, runs of proper nouns outside them, and metonyms with their determiner, in order."""
    taken = [False] * len(doc)
    spans: list[tuple[int, int, str]] = []
    for first, last in _hyphenated(doc, lexicon):
        spans.append((first, last, "PERSON"))
        taken[first:last] = [True] * (last - first)
    for entity in doc.ents:
        if not any(taken[entity.start : entity.end]):
            spans.append((entity.start, entity.end, entity.label_))
            taken[entity.start : entity.end] = [True] * len(entity)
    start = None
    for token in doc:
        if is_name(token) and not taken[token.i] and not token.is_space:
            start = token.i if start is None else start
        elif start is not None:
            spans.append((start, token.i, ""))
            start = None
    if start is not None:
        spans.append((start, len(doc), ""))
    for first, last, label in _joined(doc, sorted(spans), lexicon):
        tightened = _tightened(doc, _after_date(doc, first, last, label, lexicon), last)
        if tightened is not None and label in ("ORG", "MISC", ""):
            person = _after_office(doc, *tightened, lexicon)
            if person is not None:
                yield Naming(person, tightened[1], "PERSON", " ".join(doc[person : tightened[1]].text.split()), plural=False)
                continue
        if tightened is not None:
            text = " ".join(doc[slice(*tightened)].text.split())
            if not _generic(text, lexicon) or (label == "PERSON" and text.casefold() in lexicon.given):
                yield Naming(*tightened, label, text, doc[tightened[1] - 1].tag_ == "NNPS")


def _hyphenated(doc: Doc, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Names such as "Ban Ki-moon", and their family names alone, however the tagger reads them."""
    full = [
        (i, i + 4)
        for i in range(len(doc) - 3)
        if doc[i + 2].text == "-"
        and doc[i].text.istitle()
        and family_first(doc[i].text)
        and doc[i + 1].text.istitle()
        and doc[i + 1].is_alpha
        and doc[i + 3].is_alpha
        and not doc[i + 1].whitespace_
        and not doc[i + 2].whitespace_
        and doc[i + 3].lower_ not in lexicon.roles
        and doc[i + 3].lower_ not in lexicon.hyphen_tails
    ]
    families = {doc[first].text for first, _ in full}
    inside = {i for first, last in full for i in range(first, last)}
    alone = [(t.i, t.i + 1) for t in doc if t.text in families and t.i not in inside and _by_itself(t, lexicon)]
    return sorted(full + alone)


def _by_itself(token: Token, lexicon: Lexicon) -> bool:
    """Whether the word is no part of another name ("Moon River", "Jeff Park") and no thing ("the Park")."""
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is not None and after.text[:1].isupper() and after.is_alpha and not after.is_sent_start:
        return False
    if before is None or not before.is_alpha:
        return True
    word = before.lower_
    if word in ("the", "a", "an"):
        return False
    titled = word in lexicon.titles or word in lexicon.honorifics or word in lexicon.roles
    return not before.text[:1].isupper() or titled or (bool(before.is_sent_start) and word in lexicon.function_words)


def _after_date(doc: Doc, start: int, end: int, label: str, lexicon: Lexicon) -> int:
    """Where a name begins after the month or day that it seems to begin with: "Mr Dorn" in "In June Mr Dorn said"."""
    while start < end and (word := doc[start].lower_.strip(".")) in lexicon.calendar:
        after = doc[start + 1].lower_.strip(".") if start + 1 < end else ""
        dated = start > 0 and doc[start - 1].lower_ in lexicon.dating
        title = after in lexicon.titles or after in lexicon.honorifics
        if word in lexicon.calendar_names and not (dated or title or (not label and not after)):
            break
        start += 1
    return start


def _after_office(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where a person's name begins after an office that was taken for part of it: "Salem City Mayor Anna Keel"; else None."""
    words = [token.lower_.strip(".") for token in doc[start:end]]
    if words[-1] in lexicon.locations or lexicon.known(doc[start:end].text) is not None:
        return None
    for size in (2, 3):
        name, before = words[-size:], words[:-size]
        if before and name[0] in lexicon.given and (before[-1] in lexicon.titles or before[-1] in lexicon.roles):
            return None if any(_common(word, lexicon) or word in lexicon.function_words for word in name) else end - size
    return None


def _joined(doc: Doc, spans: list[tuple[int, int, str]], lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The spans, neighbours put together where that is the name of a known state or body ("USA" + "Today")."""
    place = 0
    while place < len(spans):
        start, end, label = spans[place]
        size = 1
        while place + size < len(spans) and size < 4 and spans[place + size][0] - spans[place + size - 1][1] <= 1:
            size += 1
        for count in range(size, 1, -1):
            last = spans[place + count - 1][1]
            if lexicon.known(doc[start:last].text) is not None:
                end, label = last, "ORG"
                place += count - 1
                break
        yield start, end, label
        place += 1


def _generic(text: str, lexicon: Lexicon) -> bool:
    """Whether the words are titles and common nouns only: "Senator", "Democrats", "PAC"."""
    if lexicon.known(text) is not None:
        return False
    words = [word.casefold().strip(".,") for word in text.split()]
    if _epithet(words, lexicon):
        return True
    of = words.index("of") if "of" in words else 0
    if of and words[of - 1] in lexicon.roles and lexicon.known(" ".join(text.split()[of + 1 :])) is not None:
        return True
    return all(_common(word, lexicon) or _common(word.removesuffix("s"), lexicon) for word in words)


def _epithet(words: list[str], lexicon: Lexicon) -> bool:
    """Whether it is somebody's place and party or office: "Utah Republican", "Texan"."""
    for size in range(1, min(2, len(words)) + 1):
        if " ".join(words[-size:]) in lexicon.place_people:
            return True
    last = words[-1]
    office = last in lexicon.parties or (last in lexicon.titles and last in lexicon.roles)
    places = {part for place in places_in(words, lexicon) for part in place.casefold().split()}
    return office and bool(places) and all(w in places or _common(w, lexicon) for w in words[:-1])


def _common(word: str, lexicon: Lexicon) -> bool:
    return any(word in words for words in (lexicon.titles, lexicon.roles, lexicon.bodies, lexicon.documents, lexicon.demonyms))


def _tightened(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    while end > start and (is_possessive_mark(doc[end - 1]) or not _has_letter(doc[end - 1])):
        end -= 1
    if 0 < end < len(doc) - 1 and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        name = doc[start:end].text.split()
        if len(name) == 2 and doc[end + 1].is_alpha and doc[end + 1].is_lower and family_first(name[0]):
            end += 2
    while start < end and (doc[start].lower_ in ("the", "a") or not _has_letter(doc[start])):
        start += 1
    return (start, end) if start < end and end - start <= _MAX_NAME else None


def _has_letter(token: Token) -> bool:
    return any(c.isalnum() for c in token.text)


def labels_of(found: list[Naming]) -> dict[str, str]:
    """For each name the label that the entity recogniser gives it most often."""
    votes: dict[str, Counter[str]] = {}
    for name in found:
        votes.setdefault(plain(name.text), Counter())[name.label] += 1 if name.label else 0
    return {form: max(counts, key=lambda label: (counts[label], label)) for form, counts in votes.items()}

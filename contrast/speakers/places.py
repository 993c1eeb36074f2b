"""Where a text says that somebody comes from: "Sen. Dorn (R-Utah)", "Vermont Senator Dorn", "Dorn of Ohio"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from contrast.language import doc_text
from contrast.speakers.knowledge import Lexicon

_PARTY_AND_PLACE = re.compile(r"\s*\(\s*(?P<party>[RD])\s?[-–—.]\s?(?P<place>[A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?)")
_REACH = 40
"""Characters after a name in which its party and place can stand."""
_LETTERS = {"R": "republican", "D": "democrat"}


def places_in(words: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """The places named among words in lower case, or whose people are: "texas senator", "texan"."""
    given = {word.strip(".") for word in words}
    found = {lexicon.place_people[word] for word in given if word in lexicon.place_people}
    found |= {place for parts, place in lexicon.places if parts <= given}
    longer = {part for place in found if " " in place for part in place.casefold().split()}
    return frozenset(place for place in found if " " in place or place.casefold() not in longer)


def party_and_place(doc: Doc, end: int, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """The side and the place in parentheses after a name that ends before token ``end``, or the place after "of"."""
    if end >= len(doc):
        return None, None
    token = doc[end]
    if token.text == "(":
        match = _PARTY_AND_PLACE.match(doc_text(doc)[token.idx : token.idx + _REACH])
        if match is not None:
            return lexicon.parties[_LETTERS[match["party"]]], _place(match["place"], lexicon)
    if token.lower_ == "of" and end + 1 < len(doc):
        words = [t.text for t in doc[end + 1 : end + 3] if t.text[:1].isupper()]
        return None, _place(" ".join(words), lexicon) or (_place(words[0], lexicon) if words else None)
    return None, None


def _place(text: str, lexicon: Lexicon) -> str | None:
    return lexicon.place_names.get(text.casefold().replace(".", "").strip())

"""Names of people: their parts, the gender they tell, and whether two of them can be one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from contrast.speakers.knowledge import Gender, lexicon


@dataclass(frozen=True, slots=True)
class PersonName:
    """``words`` without honorifics and titles; ``gender`` as the honorific or given name tells it."""

    words: tuple[str, ...]
    gender: Gender | None = None
    honorific: bool = False
    titles: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The name as it is shown."""
        return " ".join(self.words)

    @property
    def surname(self) -> str:
        """The family name in lower case: the last word, the first in names of East Asia ("Kim Jong-un")."""
        core = _core(self.words)
        if len(core) in (2, 3) and core[0] in lexicon().family_first and ("-" in core[-1] or len(core) == 3):
            return core[0]
        return core[-1] if core else ""

    @property
    def full(self) -> bool:
        """Whether it has more than a family name."""
        return len(_core(self.words)) > 1


def parse_name(text: str) -> PersonName:
    """The parts of a person's name, its leading titles told apart."""
    words = [word.strip(',;:"“”()[]') for word in text.split()]
    words = [re.sub(r"['’]s?$", "", word) for word in words if word]
    gender: Gender | None = None
    honorific, titles = False, list[str]()
    while len(words) > 1 and ((first := _key(words[0])) in lexicon().honorifics or first in lexicon().titles):
        gender = gender or lexicon().honorifics.get(first)
        honorific = honorific or first in ("mr", "mrs", "ms", "miss")
        titles.append(first)
        words = words[1:]
    while len(words) > 1 and words[-1].casefold() in ("himself", "herself"):
        words = words[:-1]
    if gender is None and len(words) > 1:
        gender = lexicon().given.get(_key(words[0])) or lexicon().given.get(_key(words[0]).split("-")[0])
    return PersonName(tuple(words), gender, honorific, tuple(titles))


def same_person(one: PersonName, other: PersonName) -> bool:
    """Whether two full names can be one person's: the same family name, given names equal, short forms or initials."""
    a, b = _core(one.words), _core(other.words)
    if not a or not b:
        return False
    if a == b or "".join(a) == "".join(b) or "".join(a).replace("-", "") == "".join(b).replace("-", ""):
        return True
    if len(a) < 2 or len(b) < 2 or one.surname != other.surname:
        return False
    if _suffix(one.words) and _suffix(other.words) and _suffix(one.words) != _suffix(other.words):
        return False
    if one.surname == a[0]:
        return set(a) <= set(b) or set(b) <= set(a)
    return _same_given(a[0], b[0]) or _same_given(a[-2], b[0]) or _same_given(a[0], b[-2])


def _same_given(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    short, long = lexicon().nicknames, frozenset[str]()
    return b in short.get(a, long) or a in short.get(b, long) or bool(short.get(a, long) & short.get(b, long))


def family_first(word: str) -> bool:
    """Whether a name that begins with this word has its family name first ("Kim Yong-chol")."""
    return _key(word) in lexicon().family_first


def is_given_only(name: PersonName, other: PersonName) -> bool:
    """Whether the one word of ``name`` is the first word of the full name ``other``."""
    core, full = _core(name.words), _core(other.words)
    return len(core) == 1 and len(full) > 1 and core[0] == full[0] and core[0] != other.surname


def has_surname(name: PersonName, other: PersonName) -> bool:
    """Whether ``name`` (one word, or particles with one) is the family name of the full name ``other``."""
    core, full = _core(name.words), _core(other.words)
    if not core or len(full) <= len(core):
        return False
    return core == full[-len(core) :] or (len(core) == 1 and core[0] == other.surname)


@lru_cache(maxsize=65536)
def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    keys = [_key(word) for word in words]
    kept = [key for key in keys if key not in lexicon().name_suffixes and not (len(keys) > 2 and key[:1] in "\"“'‘")]
    return tuple(kept)


def _suffix(words: tuple[str, ...]) -> str:
    return next((_key(word) for word in words if _key(word) in lexicon().name_suffixes), "")


def _key(word: str) -> str:
    return word.replace("’", "'").strip(".,").casefold()

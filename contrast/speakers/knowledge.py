"""What the speakers stage knows from its data files: states, bodies, names with gender, titles, roles and nouns."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Known:
    """A state or body that a name stands for."""

    name: str
    kind: Literal["state", "body"]
    side: str | None
    how: Literal["name", "capital", "metonym", "demonym"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The data files, indexed by words in lower case."""

    names: dict[str, Known]
    """Names of states and bodies, in :func:`plain` form."""
    hinted: dict[str, Known]
    """Metonyms that need "the" and a mention of the state elsewhere ("north")."""
    demonyms: dict[str, str]
    given: dict[str, Gender]
    honorifics: dict[str, Gender | None]
    titles: frozenset[str]
    calendar: frozenset[str]
    """Months and days of the week."""
    dating: frozenset[str]
    calendar_names: frozenset[str]
    """Those of them that can begin a person's name."""
    times: frozenset[str]
    """Nouns of time, which nobody speaks by."""
    roles: dict[str, Gender | None]
    bodies: frozenset[str]
    sorts: dict[str, frozenset[str]]
    """For the noun of a sort of bodies words of their names."""
    documents: frozenset[str]
    callings: frozenset[str]
    """Words before what somebody or something is called."""
    makers: tuple[str, ...]
    """Prepositions before the one whose document it is, the surest first."""
    speech: frozenset[str]
    utterances: frozenset[str]
    speaks_for: frozenset[str]
    ranks: frozenset[str]
    state_voice: frozenset[str]
    foreign_ministry: frozenset[str]
    offices: frozenset[str]
    pronouns: dict[str, str]
    quantifiers: frozenset[str]
    joint: frozenset[str]
    joint_numbers: frozenset[str]
    locative: frozenset[str]
    locations: frozenset[str]
    """Last words of the names of places and buildings."""
    adversaries: frozenset[str]
    """Nouns for people who are against the one that they are of."""
    no_government: frozenset[str]
    """Of the words for a state's voice those that need a state named beside them."""
    own: frozenset[str]
    colleagues: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    title_surnames: frozenset[str]
    """Titles and nouns of bodies that are also family names."""
    short_titles: dict[str, str]
    name_suffixes: frozenset[str]
    function_words: frozenset[str]
    family_first: frozenset[str]
    hyphen_tails: frozenset[str]
    """Second parts of words with a hyphen that are no names: "Park City-based"."""
    surveys: frozenset[str]
    """Words of sentences in which a people is asked and is not its state."""
    places: tuple[tuple[frozenset[str], str], ...]
    """The words of each place's name, and the place."""
    place_names: dict[str, str]
    """Names and abbreviations of places without stops."""
    place_people: dict[str, str]
    """What the people of a place are called."""
    endings: tuple[str, ...]
    """Endings of nouns for people."""
    indefinite: frozenset[str]
    """Words for nobody in particular."""
    same_words: dict[str, str]
    """Words of roles that stand for others."""
    parties: dict[str, str]
    party_members: dict[str, str]

    def known(self, name: str) -> Known | None:
        """The state or body of this name, determiner and possessive mark aside."""
        return self.names.get(plain(name))


_EDGES = re.compile(r"^(?:the|a|an)\s+|['’]s?$|^[\W_]+|[^\w.)]+$")


@cache
def plain(name: str) -> str:
    """A name as names are compared: lower case, single spaces, without determiner, possessive mark or stops."""
    text = " ".join(name.replace("’", "'").split()).casefold()
    while (shorter := _EDGES.sub("", text)) != text:
        text = shorter
    return text.replace(".", "") if len(text) > 1 else text


@cache
def lexicon() -> Lexicon:
    """The knowledge of the data files, read once."""
    words = tomllib.loads(_text("words.toml"))
    names, hinted, demonyms = _names()
    places = list(_rows("places.tsv"))
    roles = words["roles"]
    return Lexicon(
        names=names,
        hinted=hinted,
        demonyms=demonyms,
        given={name.casefold(): _gender(row["gender"]) for row in _rows("given_names.tsv") for name in row["names"].split()},
        honorifics=_gendered(words["honorifics"]),
        titles=frozenset(words["titles"]["before_names"]),
        calendar=frozenset(words["calendar"]["words"]),
        dating=frozenset(words["calendar"]["before"]),
        calendar_names=frozenset(words["calendar"]["also_names"]),
        times=frozenset(words["calendar"]["units"])
        | (frozenset(words["calendar"]["words"]) - frozenset(words["calendar"]["also_names"])),
        roles=_gendered({key: roles[key] for key in ("either", "m", "f")}),
        bodies=frozenset(words["bodies"]["nouns"]),
        hyphen_tails=frozenset(words["names"]["hyphen_tails"]),
        surveys=frozenset(words["documents"]["surveys"]),
        sorts={noun: frozenset(known) for noun, known in words["bodies"]["sorts"].items()},
        documents=frozenset(words["documents"]["nouns"]),
        callings=frozenset(words["names"]["callings"]),
        makers=tuple(words["documents"]["makers"]),
        speech=frozenset(words["speech"]["nouns"]),
        utterances=frozenset(words["speech"]["utterances"]),
        speaks_for=frozenset(roles["speaks_for"]),
        ranks=frozenset(roles["ranks"]),
        state_voice=frozenset(words["state_voice"]["exact"]),
        foreign_ministry=frozenset(words["state_voice"]["foreign"]),
        offices=frozenset(words["offices"]["state"]),
        pronouns={word: key for key, list_ in words["pronouns"].items() for word in list_},
        quantifiers=frozenset(words["groups"]["quantifiers"]),
        joint=frozenset(words["groups"]["joint"]),
        joint_numbers=frozenset(words["groups"]["joint_numbers"]),
        locative=frozenset(words["places"]["locative"]),
        locations=frozenset(words["places"]["locations"]),
        adversaries=frozenset(roles["adversaries"]),
        no_government=frozenset(words["state_voice"]["named_only"]),
        own=frozenset(words["issuer"]["own"]),
        colleagues=frozenset(words["issuer"]["others"]),
        nicknames={short: frozenset(full) for short, full in words["nicknames"].items()},
        title_surnames=frozenset(words["titles"]["surnames"]),
        short_titles=words["titles"]["short"],
        name_suffixes=frozenset(words["names"]["suffixes"]),
        function_words=frozenset(words["names"]["function"]),
        family_first=frozenset(words["names"]["family_first"]),
        places=tuple((frozenset(row["name"].casefold().split()), row["name"]) for row in places),
        place_names={
            form.casefold().replace(".", ""): row["name"]
            for row in places
            for form in [row["name"], *_cell(row["abbreviations"])]
        },
        place_people={people.casefold(): row["name"] for row in places for people in _cell(row["people"])},
        endings=tuple(roles["endings"]),
        indefinite=frozenset(roles["indefinite"]),
        same_words=words["same_words"],
        parties=words["parties"],
        party_members=words["party_members"],
    )


def _names() -> tuple[dict[str, Known], dict[str, Known], dict[str, str]]:
    names: dict[str, Known] = {}
    hinted: dict[str, Known] = {}
    demonyms: dict[str, str] = {}
    states = list(_rows("states.tsv"))
    for row in states:
        for alias in [row["name"], *_cell(row["aliases"])]:
            names.setdefault(plain(alias), Known(row["name"], "state", row["name"], "name"))
        for demonym in _cell(row["demonyms"]):
            demonyms.setdefault(demonym.casefold(), row["name"])
    for row in states:
        for capital in _cell(row["capital"]):
            names.setdefault(plain(capital), Known(row["name"], "state", row["name"], "capital"))
        for metonym in _cell(row["metonyms"]):
            known = Known(row["name"], "state", row["name"], "metonym")
            (hinted if metonym in ("the North", "the South") else names).setdefault(plain(metonym), known)
    for row in _rows("bodies.tsv"):
        for alias in [row["name"], *_cell(row["aliases"])]:
            names.setdefault(plain(alias), Known(row["name"], "body", row["side"] or None, "name"))
    return names, hinted, demonyms


def _gendered(table: dict[str, list[str]]) -> dict[str, Gender | None]:
    return {word: _gender(key) if key in ("m", "f") else None for key, words in table.items() for word in words}


def _gender(key: str) -> Gender:
    return "f" if key == "f" else "m"


def _cell(text: str | None) -> list[str]:
    return [part for part in (text or "").split("|") if part]


def _rows(name: str) -> Iterator[dict[str, Any]]:
    lines = [line for line in _text(name).splitlines() if line and not line.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")

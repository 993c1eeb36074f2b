"""The user's speakers file, and what the data files hold."""

from __future__ import annotations

import pytest
from made_findings import findings

from contrast.errors import SpeakersError
from contrast.report.roster import build_roster, speakers_toml
from contrast.speakers import load_speakers
from contrast.speakers.knowledge import lexicon


def written(tmp_path, text):
    path = tmp_path / "speakers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_entries_are_found_by_name_and_alias_in_any_case(tmp_path):
    file = load_speakers(
        written(
            tmp_path,
            '[[speaker]]\nid = "b"\nname = "Harbour Board"\nkind = "body"\nside = "Port"\naliases = ["the Board", "HB"]\n',
        )
    )
    entry = file.entry_of("the harbour board")
    assert entry is not None
    assert (entry.id, entry.kind, entry.side) == ("b", "body", "Port")
    assert file.entry_of("HB’s") == file.entry_of("board") == entry
    assert file.entry_of("harbour") is None


@pytest.mark.parametrize("key", ["belongs_to", "belongs-to"])
def test_who_belongs_to_another_stands_on_its_side(tmp_path, key):
    file = load_speakers(
        written(tmp_path, f'[[speaker]]\nid = "b"\nname = "Harbour Board"\n[[speaker]]\nname = "Anna Keel"\n{key} = "b"\n')
    )
    assert file.entries[1].side == "Harbour Board"
    assert file.entries[1].id == "anna-keel"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[speaker]]\nname = "A"\nalias = ["B"]', r'speaker 1 \("A"\): unknown key "alias"; the keys are id, name'),
        ('[[speaker]]\nid = "a"', "speaker 1: has no name; add a line"),
        ('[[speaker]]\nname = "A"\n[[speaker]]\nname = "B"\nid = "a"', 'speakers 1 and 2 share the id "a"'),
        (
            '[[speaker]]\nname = "A"\naliases = ["X"]\n[[speaker]]\nname = "B"\naliases = ["the x"]',
            '"the x" stands for speaker 1',
        ),
        ('[[speaker]]\nname = "A"\nkind = "robot"', 'unknown kind "robot"; the kinds are person'),
        ('[[speaker]]\nname = "A"\naliases = "B"', "aliases must be a list of texts"),
        ("[[speaker]]\nname = 3", "name must be a text"),
        ('[[speaker]]\nname = "A"\nbelongs_to = "z"', 'belongs to "z", which is no id of this file'),
        (
            '[[speaker]]\nname = "A"\nbelongs_to = "b"\n[[speaker]]\nname = "B"\nbelongs_to = "a"',
            r'speaker 1 \("A"\): belongs to itself by way of a and b; take one belongs_to out',
        ),
        ('[speaker]\nname = "A"', r"write \[\[speaker\]\] with two brackets"),
        ('[[speakers]]\nname = "A"', 'unknown table or key "speakers"'),
        ('[[speaker]\nname = "A"', r"line 1"),
    ],
)
def test_a_mistake_is_one_line_with_the_file_the_place_and_the_remedy(tmp_path, text, message):
    path = written(tmp_path, text)
    with pytest.raises(SpeakersError, match=message) as caught:
        load_speakers(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path):
    with pytest.raises(SpeakersError, match="cannot be read"):
        load_speakers(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes(b'[[speaker]]\nname = "Andr\xe9"\n')
    with pytest.raises(SpeakersError, match="is not UTF-8"):
        load_speakers(path)


def test_the_drafted_file_can_be_read_back(tmp_path):
    found = findings()
    roster = build_roster(found)
    file = load_speakers(written(tmp_path, speakers_toml(roster, found)))
    assert [entry.id for entry in file.entries] == [entry.speaker.id for entry in roster]
    assert [entry.side for entry in file.entries] == [entry.speaker.side for entry in roster]


@pytest.mark.parametrize(
    ("name", "state"),
    [("Holland", "Netherlands"), ("the U.S.", "United States"), ("Kiev", "Ukraine"), ("Pyongyang", "North Korea"),
     ("the Kremlin", "Russia"),
     ("DPRK", "North Korea"), ("Republic of Korea", "South Korea"), ("Côte d'Ivoire", "Ivory Coast"), ("N'Djamena", "Chad")],
)  # fmt: skip
def test_states_are_known_under_their_names_capitals_and_metonyms(name, state):
    known = lexicon().known(name)
    assert known is not None
    assert (known.name, known.kind) == (state, "state")


def test_the_knowledge_is_as_wide_as_it_says():
    known = lexicon()
    states = {entry.name for entry in known.names.values() if entry.kind == "state"}
    assert len(states) >= 200
    assert len(known.given) >= 1000
    assert {"kim", "jordan", "leslie"}.isdisjoint(known.given)
    sides = {entry.side for entry in known.names.values() if entry.kind == "body" and entry.side}
    assert {"United States", "United Kingdom", "Russia", "Israel"} <= sides

"""Transcripts of briefings and interviews: whoever has the floor speaks, whoever asks does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrast import Document, extract
from contrast.attribution.transcripts import find_turns, turn_at

BRIEFING = """\
Department Press Briefing

Heather Nauert, Spokesperson

2:44 p.m. EDT

MS NAUERT: Good afternoon. The Secretary is back from Pyongyang, and the talks there were productive.

We have set no timeline for the work that lies ahead.

QUESTION: Did they agree to anything in writing?

MS NAUERT: They agreed to working groups on the details.

QUESTION: The Kremlin said that the sanctions should be lifted now. You said that they would stay.

MS NAUERT (reading): We do not share that view.

(Laughter.)

QUESTION: Thank you.
"""
INTERVIEW = """\
Laura Bush on the years after the war

Laura Bush has spoken for the women of Kabul since 2001. She met us in Dallas.

QShould the soldiers have left?

A: No. I think it was far too early.

QWere you told why?

A: The women told me that they were afraid of the winter.

Q: What comes now?

A: We need patience above all.
"""


def spoken(text):
    return [(s.speaker.name if s.speaker else None, s.text) for s in extract(Document(id="d", text=text))]


def test_each_paragraph_of_a_turn_is_its_speaker_s_own_words():
    found = extract(Document(id="d", text=BRIEFING))
    own = [s for s in found if s.speaker and s.speaker.name == "Heather Nauert"]
    assert [s.text for s in own][1:3] == [
        "We have set no timeline for the work that lies ahead.",
        "They agreed to working groups on the details.",
    ]
    assert all(s.quote == "direct" and s.verbatim == s.content for s in own)
    assert all(BRIEFING[slice(*s.content[0])] == s.text for s in own)


def test_no_question_is_laid_in_anybody_s_mouth():
    assert not [text for _, text in spoken(BRIEFING) if "agree to anything" in text or "would stay" in text]


def test_what_a_question_reports_of_others_is_theirs():
    assert ("Russia", "that the sanctions should be lifted now") in spoken(BRIEFING)


def test_remarks_in_brackets_are_nobody_s():
    assert not [text for _, text in spoken(BRIEFING) if "Laughter" in text]


def test_whom_an_interview_is_with_answers():
    found = spoken(INTERVIEW)
    assert ("Laura Bush", "No. I think it was far too early.") in found
    assert ("Laura Bush", "We need patience above all.") in found
    assert not [name for name, _ in found if name in ("A", "Q", "the author")]


def test_a_label_in_capitals_is_the_person_named_above():
    text = (
        "Mike Pompeo and the Russian foreign minister, Sergei Lavrov, met the press in Sochi.\n\n"
        "FOREIGN MINISTER LAVROV: (Via interpreter) We believe that the sanctions are illegal.\n\n"
        "SECRETARY POMPEO: The sanctions were justified and will stay.\n\n"
        "PRESIDENT TRUMP: We will see what happens with them.\n\n"
        "RUSSIA: We have received no request for a meeting.\n\nMODERATOR: Thank you all very much.\n"
    )
    found = spoken(text)
    assert [name for name, _ in found] == ["Sergei Lavrov", "Mike Pompeo", "Trump", "Russia"]
    assert found[0][1] == "We believe that the sanctions are illegal."


def test_what_somebody_else_said_is_theirs_within_a_turn():
    text = BRIEFING.replace(
        "They agreed to working groups on the details.",
        '"We reject this," Foreign Minister Lavrov said on Monday. He told reporters that the sanctions were illegal.',
    )
    assert ("Lavrov", "that the sanctions were illegal") in spoken(text)


def test_answers_that_nobody_is_named_to_give_have_no_speaker():
    text = "The deal.\n\nQ: Who opposes it?\n\nA: Many do, and for good reasons.\n\nQ: Why?\n\nA: It is far too long.\n"
    assert {name for name, _ in spoken(text)} == {None}


def test_a_label_that_looks_like_a_pronoun_is_a_name():
    text = (
        "US: We have set no timeline for it.\n\nRUSSIA: We see no need for one.\n\nUS: We do not agree with that.\n\n"
        "RUSSIA: We regret that very much.\n\nUS: We will go on with the talks.\n"
    )
    assert {name for name, said in spoken(text) if "regret" in said} == {"Russia"}


def test_a_headline_has_no_floor():
    text = (
        "Lavrov: talks went well\n\nThe ministers met in Sochi on Tuesday for three hours.\n\n"
        "MR LAVROV: We have had good talks here.\n\nMR POMPEO: The talks were very good.\n\n"
        "MR LAVROV: We shall meet again in the spring, and we shall speak of the treaty then.\n"
    )
    assert [text[slice(*turn.label)] for turn in find_turns(text)] == ["MR LAVROV", "MR POMPEO", "MR LAVROV"]


def test_one_who_speaks_once_ends_the_turn_before():
    text = (
        "Helsinki.\n\nVladimir Putin: We have had good talks here.\n\nDonald Trump: The talks were very good.\n\n"
        "Vladimir Putin: We shall meet again.\n\nSergei Lavrov: I only want to add that the work goes on.\n\n"
        "Donald Trump: We get along.\n"
    )
    assert ("Sergei Lavrov", "I only want to add that the work goes on.") in spoken(text)


def test_a_wife_is_not_her_husband():
    text = (
        "Donald Trump came to Seoul.\n\nTHE PRESIDENT: Thank you very much.\n\nMRS. TRUMP: I visited a school in Seoul.\n\n"
        "THE PRESIDENT: It was a beautiful school.\n\nQ  Was it?\n\nMRS. TRUMP: The children were kind.\n"
    )
    assert {name for name, said in spoken(text) if "children" in said or "visited" in said} == {"Mrs. Trump"}


def test_an_interview_that_names_two_people_leaves_it_open():
    text = INTERVIEW.replace("She met us in Dallas.", "Barack Obama met us, too.").replace("Laura Bush on the", "The")
    assert {name for name, said in spoken(text) if "patience" in said} == {"the interviewee"}


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: The talks are over.\n\nThe minister said that they went well.\n\nPHOTO: The minister leaves the room.\n\n"
        "NOTE: A list of the delegates follows below.\n\n" + "The delegates met for two days and spoke of many things. " * 9,
        "The court ruled on Monday.\n\nFRANCE: President Macron said that the ruling was a mistake.\n\nGERMANY: The government "
        "said that it would study it.\n\nCHINA: The foreign ministry called it illegal.",
        "CONTACT: The press office\n\nPHONE: 555 0100 and more\n\nEMAIL: the usual address\n\nUPDATE: It is "
        "over.\n\nUPDATE: It goes on.",
        "The count.\n\nHillary Clinton: 1,769.\n\nBernie Sanders: 1,501.\n\nClinton: 547.\n\nSanders: 46.\n\nClinton: 2,316.",
        "Washington: The minister spoke.\n\nMoscow: Nobody did.\n\nParis: The president will speak on Monday.",
        "A. First the talks.\n\nA. Then the treaty.\n\nA. Then the vote.",
        "",
    ],
    ids=["headings", "countries", "contacts", "results", "datelines", "a list", "nothing"],
)
def test_what_only_looks_like_labels_makes_no_transcript(text):
    assert find_turns(text) == []


PIECES = ["MS VANE: ", "Q: ", "QWhy", "A ", "\n", "\n\n", "words here. ", "Lee Dorn: ", "*", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_turns_follow_one_another_and_hold_what_they_should(pieces):
    text = "".join(pieces)
    turns = find_turns(text)
    ends = [place for turn in turns for place in (turn.label[0], turn.end)]
    assert ends == sorted(ends)
    assert all(turn_at(turns, turn.label[0]) is turn for turn in turns)
    assert all(text[slice(*p)].strip() == text[slice(*p)] for turn in turns for p in turn.paragraphs if p[0] < p[1])

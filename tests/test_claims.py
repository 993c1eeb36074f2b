"""What a statement says of which target: appraisal, stance, promise, figure, and what its pronouns stand for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import claims_of, made, pipeline

from contrast.claims import find_claims
from contrast.language import analyse
from contrast.records import Document


def _appraisals(lines: str) -> dict[str, float]:
    return {claim.head: claim.polarity for claim in claims_of(lines) if claim.kind == "evaluation"}


@pytest.mark.parametrize(
    ("line", "head", "positive"),
    [
        ("Ana Ruiz | Ana Ruiz | said | the talks in Lima were productive", "talks", True),
        ("Ana Ruiz | Ana Ruiz | said | the talks in Lima were not productive", "talks", False),
        ("Ana Ruiz | Ana Ruiz | denied that | the talks in Lima were productive", "talks", False),
        ("Ana Ruiz | Ana Ruiz | praised | the ceasefire", "ceasefire", True),
        ("Ana Ruiz | Ana Ruiz | condemned | the ceasefire", "ceasefire", False),
        ("Ana Ruiz | Ana Ruiz | said | the outcome of the negotiations was very worrying", "talks", False),
    ],
)
def test_the_word_attached_to_a_target_appraises_it(line, head, positive):
    found = _appraisals(line)
    assert (found[head] > 0) is positive


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz | Ana Ruiz | said | the delegations met on Monday",
        "Ana Ruiz | Ana Ruiz | asked whether | the talks had been frank",
        "Ana Ruiz | Ana Ruiz | spoke of | the crisis in the valley",
        "Ana Ruiz | Ana Ruiz | said | the talks would go on if the terms were good",
    ],
)
def test_what_is_only_named_asked_or_supposed_is_not_appraised(line):
    assert all(abs(value) < 0.5 for value in _appraisals(line).values())


@pytest.mark.parametrize(
    ("line", "head", "sense"),
    [
        ("Ana Ruiz | Ana Ruiz | opposes | the dam", "dam", "opposes"),
        ("Ana Ruiz | Ana Ruiz | called for | the dam", "dam", "supports"),
        ("Ana Ruiz | Ana Ruiz | demanded | that the tax be scrapped", "tax", "opposes"),
        ("Ana Ruiz | Ana Ruiz | said | the tax should be abolished", "tax", "opposes"),
        ("Ana Ruiz | Ana Ruiz | wants | to ban the tax", "tax", "opposes"),
    ],
)
def test_a_stance_is_for_or_against_its_target(line, head, sense):
    assert (head, sense) in {(claim.head, claim.sense) for claim in claims_of(line) if claim.kind == "policy"}


def test_a_time_is_of_the_event_that_its_pronoun_stands_for():
    claims = claims_of(
        """
        Ana Ruiz | Ana Ruiz | said | the withdrawal would be complete within a year
        Bo Lind | Bo Lind | said | he saw that taking place in about three years
        Cy Mann | Cy Mann | said | the ministry was not putting a deadline on the process
        """
    )
    times = [(claim.speaker, claim.head) for claim in claims if claim.kind == "time"]
    assert times == [("ana-ruiz", "withdrawal"), ("bo-lind", "withdrawal"), ("cy-mann", "withdrawal")]


def test_what_one_reports_of_another_is_not_ones_own():
    document, (outer, inner) = made(
        """
        Ana Ruiz | Ana Ruiz | said | the minister had called the accord a disgrace
        Omar Haddad | the minister | had called | the accord a disgrace
        """
    )
    start, end = outer.content[0]
    at = document.text.index("the accord a disgrace")
    nested = replace(inner, content=((at, at + 21),), parent=outer.id)
    assert start <= at < end
    (doc,) = analyse([document], pipeline())
    claims = list(find_claims(document, doc, [outer, nested]))
    assert {claim.speaker for claim in claims if claim.kind == "evaluation"} <= {"omar-haddad"}


def test_words_for_one_thing_have_one_key():
    heads = {
        claim.head for word in ("talks", "negotiations", "conversations") for claim in claims_of(f"A | A | praised | the {word}")
    }
    assert heads == {"talks"}


def test_a_country_its_capital_and_its_people_are_one_key():
    keys = [
        {
            key
            for claim in claims_of(f"A | A | praised | the {word} plan for the river")
            for key in claim.keys
            if key.startswith("@")
        }
        for word in ("Norwegian", "Oslo")
    ]
    assert keys[0] == keys[1] == {"@norway"}


def test_every_characterisation_is_a_slice_of_its_statement():
    lines = "Ana Ruiz | Ana Ruiz | said | the “bold” plan was a disaster and would cost forty lives within a year"
    document, (statement,) = made(lines)
    start, end = statement.content[0]
    for claim in claims_of(lines):
        assert start <= claim.characterisation[0] < claim.characterisation[1] <= end
        assert document.text[slice(*claim.characterisation)].strip()


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="aeinorst THE'\"“”.,-0123not very good plan\n", max_size=120))
def test_no_text_crashes_the_readers(text):
    (doc,) = analyse([Document("d", text)], pipeline())
    _, told = made("A | A | said | the plan was good")
    short = [s for s in told if s.content[0][1] <= len(text)]
    list(find_claims(Document("d", text), doc, short))

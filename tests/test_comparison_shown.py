"""What a reader sees of a contrast: the words of each side, who speaks, and the label of the topic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import claims_of, contrasts_of, made, pipeline

from contrast.claims import find_claims
from contrast.claims.wording import shown
from contrast.comparison import compare_claims
from contrast.language import analyse

VOTES = """
    Norway | Norway | will vote against | the draft resolution
    Portugal | Portugal | voted in favour of | the draft resolution
    """


def _phrases(lines: str) -> dict[str, tuple[str, ...]]:
    return {p.speaker.name: p.phrases for contrast in contrasts_of(lines) for p in (contrast.a, contrast.b)}


def test_a_stance_is_shown_with_what_it_is_taken_on():
    assert _phrases(VOTES) == {
        "Norway": ("will vote against the draft resolution",),
        "Portugal": ("voted in favour of the draft resolution",),
    }


def test_a_denial_is_shown_with_what_is_denied():
    phrases = _phrases(
        """
        Ana Ruiz | Ana Ruiz | accused | the Harbour Union of hiding the cargo lists from the inspectors
        Harbour Union | the union | denied | hiding the cargo lists
        """
    )
    assert phrases["Harbour Union"] == ("denied hiding the cargo lists",)


def test_pressure_is_shown_with_what_is_pressed_for():
    lines = "Norway | Norway | said | the other side was pushing for unilateral denuclearisation"
    document, _ = made(lines)
    (claim,) = (claim for claim in claims_of(lines) if claim.sense == "resents")
    assert document.text[slice(*claim.characterisation)] == "was pushing for unilateral denuclearisation"


@pytest.mark.parametrize(
    ("text", "words", "seen"),
    [
        ("They made “robber-like” demands.", "robber-like” demands", "“robber-like” demands"),
        ("It was “a “fine” day", "a “fine” day", "a “fine” day"),
        ("He called it “a gift” and left.", "“a gift”", "a gift"),
        ("She said it was good”.", "it was good”", "it was good"),
        ('They spoke of "one-sided" terms.', '"one-sided" terms', '"one-sided" terms'),
    ],
)
def test_quotation_marks_are_shown_in_pairs(text, words, seen):
    start = text.index(words)
    assert shown(text, (start, start + len(words))) == seen


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab “”\"',`’\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_what_is_shown_is_a_slice_of_the_text(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert shown(text, (start, end)) in text


@pytest.mark.parametrize(
    ("kind", "name", "counts"),
    [
        ("person", "Ana Ruiz", True),
        ("state", "Peru", True),
        ("group", "many dockers", True),
        ("group", "the opposition", True),
        ("group", "practice", False),
        ("body", "one country", False),
        ("unknown", "occupation", False),
        ("unknown", "", False),
    ],
)
def test_only_who_can_take_a_position_is_a_side(kind, name, counts):
    document, statements = made(VOTES)
    other = replace(statements[1].speaker, id="other", name=name, kind=kind)
    told = [statements[0], replace(statements[1], speaker=other)]
    (doc,) = analyse([document], pipeline())
    claims = list(find_claims(document, doc, told))
    assert bool(compare_claims([document], told, claims, scorer=None)[1]) is counts


def test_it_costs_score_where_it_is_doubtful_who_speaks():
    document, statements = made(VOTES)
    (doc,) = analyse([document], pipeline())
    scores = []
    for confidence in (0.9, 0.3):
        told = [statements[0], replace(statements[1], speaker_confidence=confidence)]
        claims = list(find_claims(document, doc, told))
        scores.append(compare_claims([document], told, claims, scorer=None)[1][0].score)
    assert scores[1] < scores[0]


def test_a_lawful_act_against_an_unlawful_one():
    (contrast,) = contrasts_of(
        """
        Norway | Norway | argued for | the legality of the referendum in Gotland
        Portugal | Portugal | said | the referendum in Gotland would have no validity
        """
    )
    assert (contrast.topic, contrast.kind) == ("the referendum in Gotland", "evaluation")
    assert contrast.b.phrases == ("no validity",)


def test_who_affirms_a_norm_is_held_against_who_is_asked_to_keep_to_it():
    (contrast,) = contrasts_of(
        """
        Norway | Norway | does not dispute | the territorial integrity of Portugal
        Peru | Peru | said | Norway must respect the territorial integrity of Portugal
        """
    )
    assert contrast.kind == "commitment"
    assert {p.speaker.name: p.phrases for p in (contrast.a, contrast.b)} == {
        "Norway": ("does not dispute the territorial integrity",),
        "Peru": ("must respect the territorial integrity",),
    }


def test_two_who_both_call_for_a_norm_are_not_opposed():
    assert (
        contrasts_of(
            """
            Portugal | Portugal | said | Norway must respect the territorial integrity of Peru
            Peru | Peru | said | Norway must respect its territorial integrity
            """
        )
        == []
    )

"""Quotations are found by their marks, whatever the marks, and apostrophes are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.attribution.quotations import find_quotations, quoted_within

MARKS = "\"'`“”„‟‘’‚«»‹›＂ \n.,s-aB1("


def inner(text: str) -> list[str]:
    return [text[slice(*quotation.inner)] for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('The talks were "useful" so far.', ["useful"]),
        ("The talks were “useful” so far.", ["useful"]),
        ("The talks were „useful“ so far.", ["useful"]),
        ("The talks were „useful” so far.", ["useful"]),
        ("The talks were «useful» so far.", ["useful"]),
        ("The talks were « useful » so far.", [" useful "]),
        ("The talks were »useful« so far.", ["useful"]),
        ("The talks were »useful» so far.", ["useful"]),
        ("The talks were 'useful' so far.", ["useful"]),
        ("The talks were ‘useful’ so far.", ["useful"]),
        ("The talks were ‚useful‘ so far.", ["useful"]),
        ("The talks were ‹useful› so far.", ["useful"]),
        ("The talks were ``useful'' so far.", ["useful"]),
        ("The talks were ‘‘useful’’ so far.", ["useful"]),
        ("The talks were ＂useful＂ so far.", ["useful"]),
    ],
)
def test_every_kind_of_mark_is_known(text, quoted):
    assert inner(text) == quoted


@pytest.mark.parametrize("text", ["a “plan’’ b", "a \"plan'' b", 'a “plan" b', 'a "plan” b', "a ‘plan' b", "a “plan“ b"])
def test_mixed_marks_make_one_quotation(text):
    assert inner(text) == ["plan"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers' plan isn't the people's plan.",
        "The ministers’ plan isn’t the people’s plan.",
        "It was rock 'n' roll in the '90s.",
        "'Tis the voters' choice.",
        "’Twas the voters’ choice.",
        "Get 'em before the rivals' move.",
        'A 6" pipe is 5\'10" long.',
        "O'Neill's and the Joneses' house.",
        'An empty "" pair.',
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text):
    assert inner(text) == []


def test_apostrophes_within_single_marks_do_not_end_the_quotation():
    assert inner("'We won't sell the workers' homes,' the mayor said.") == ["We won't sell the workers' homes,"]
    assert inner("‘It’s our neighbours’ land,’ she said.") == ["It’s our neighbours’ land,"]


def test_a_quotation_within_a_quotation_is_part_of_the_outer_one():
    assert inner("\"They told us 'never', and left,\" he said.") == ["They told us 'never', and left,"]
    assert inner("“They told us ‘never’, and left,” he said.") == ["They told us ‘never’, and left,"]
    assert inner('“They told us "never" and left,” he said.') == ['They told us "never" and left,']
    assert inner('«They told us "never" and left», he said.') == ['They told us "never" and left']


def test_a_quotation_over_several_paragraphs_opens_anew_in_each_and_closes_in_the_last():
    text = '"First we met.\n\n"Then we talked.\n\n"Then we left," he said.'
    found = find_quotations(text)
    assert inner(text) == ["First we met.", "Then we talked.", "Then we left,"]
    assert [quotation.closed for quotation in found] == [False, False, True]


def test_a_missing_closing_mark_ends_with_the_paragraph_and_harms_no_other():
    assert inner('He said "we shall see.\n\nShe said "no" to that.') == ["we shall see.", "no"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_line_broken_to_fit_a_page_does_not_end_a_quotation(newline):
    text = f'He said "the plan is{newline}sound" and left.'
    assert inner(text) == [f"the plan is{newline}sound"]


def test_a_quotation_may_follow_its_colon_without_a_space():
    assert inner('He said:"We are ready," and left.') == ["We are ready,"]


def test_marks_within_words_and_after_brackets():
    assert inner('a ("good") deal, a so-called"deal"') == ["good"]


def test_the_quoted_parts_of_a_span_are_clipped_to_it():
    text = 'He called it "a good day" and "a start".'
    start, end = text.index("good"), text.index(' and "a') + len(' and "a')
    assert [text[slice(*part)] for part in quoted_within(find_quotations(text), (start, end))] == ["good day", "a"]


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=MARKS, max_size=120) | st.text(max_size=60))
def test_quotations_of_any_text_are_sorted_and_in_bounds(text):
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.outer[0] < quotation.inner[0] < quotation.inner[1] <= quotation.outer[1] <= len(text)
        end = quotation.outer[1]


def test_many_marks_in_one_paragraph_take_no_time():
    assert len(find_quotations("'a " * 30_000)) == 0
    assert len(find_quotations('"a" ' * 30_000)) == 30_000

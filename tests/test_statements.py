"""A statement built of spans: its id, its quote type, its quoted words, and what its cue does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.attribution.quotations import find_quotations
from contrast.attribution.statements import build_statement, cue_function, quote_type


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def typed(text: str, *contents: str) -> tuple[str, list[str]]:
    quote, verbatim = quote_type(text, find_quotations(text), tuple(place(text, words) for words in contents))
    return quote, [text[slice(*span)] for span in verbatim]


@pytest.mark.parametrize(
    ("text", "content", "quote", "verbatim"),
    [
        ('"The bridge is safe," she said.', '"The bridge is safe,"', "direct", ["The bridge is safe,"]),
        ("“The bridge is safe’’, she said.", "“The bridge is safe’’", "direct", ["The bridge is safe"]),
        ("„The bridge is safe“, she said.", "„The bridge is safe“", "direct", ["The bridge is safe"]),
        ("« The bridge is safe », she said.", "« The bridge is safe »", "direct", ["The bridge is safe"]),
        ("'The bridge's safe,' she said.", "'The bridge's safe,'", "direct", ["The bridge's safe,"]),
        ('"The bridge is safe," she said.', "The bridge is safe", "direct", ["The bridge is safe"]),
        ('She said the bridge was "quite safe".', 'the bridge was "quite safe"', "mixed", ["quite safe"]),
        ("She said the bridge was 'safe' and 'dry'.", "the bridge was 'safe' and 'dry'", "mixed", ["safe", "dry"]),
        ("She said the workers' bridge wasn't safe.", "the workers' bridge wasn't safe", "indirect", []),
        ('"The bridge is safe.\n\n"It is new," she said.', '"The bridge is safe.\n\n"It is new,"', "direct",
         ["The bridge is safe.", "It is new,"]),
    ],
)  # fmt: skip
def test_the_marks_in_and_around_a_content_tell_its_type(text, content, quote, verbatim):
    assert typed(text, content) == (quote, verbatim)


def test_a_content_on_both_sides_of_its_cue_is_typed_as_a_whole():
    text = '"The bridge," she said, "is safe." The rest, she said, was not.'
    assert typed(text, '"The bridge,"', '"is safe."')[0] == "direct"
    assert typed(text, "The rest,", "was not")[0] == "indirect"


@pytest.mark.parametrize(
    ("cue", "function", "negated"),
    [
        ("said", "affirms", False),
        ("told reporters", "affirms", False),
        ("according to", "affirms", False),
        ("accused", "affirms", False),
        ("did not say", "affirms", True),
        ("didn't say", "affirms", True),
        ("didn’t say", "affirms", True),
        ("would never claim", "affirms", True),
        ("had no comment", "affirms", True),
        ("had nothing to say", "affirms", True),
        ("declined to comment", "affirms", True),
        ("declined comment", "affirms", True),
        ("refused to say", "affirms", True),
        ("stopped short of saying", "affirms", True),
        ("not only said", "affirms", False),
        ("denied", "denies", False),
        ("has bristled at the idea", "denies", False),
        ("bristled", "affirms", False),
        ("scoffed", "affirms", False),
        ("scoffed at", "denies", False),
        ("pushed back against the claim", "denies", False),
        ("shrugged off", "denies", False),
        ("ruled out", "denies", False),
        ("refused to rule out", "denies", True),
        ("did not deny", "denies", True),
        ("didn't rule out", "denies", True),
        ("doubted whether", "doubts", False),
        ("has no doubt", "doubts", True),
        ("cast doubt on", "doubts", False),
        ("promised", "promises", False),
        ("refused to promise", "promises", True),
        ("called on", "demands", False),
        ("called for", "demands", False),
        ("called it", "affirms", False),
        ("asked for", "demands", False),
        ("asked whether", "asks", False),
        ("wanted to know", "asks", False),
        ("NOTED", "affirms", False),
        ("Denied", "denies", False),
        ("", "affirms", False),
    ],
)
def test_a_cue_tells_what_it_does_and_whether_it_is_negated(cue, function, negated):
    assert cue_function(cue) == (function, negated)


def test_a_statement_keeps_its_places_and_is_named_by_them():
    text = 'The tax, she said, is "a bad joke".'
    tax, joke = place(text, "The tax,"), place(text, 'is "a bad joke"')
    made = build_statement(
        "doc", text, find_quotations(text), source=(place(text, "she"),), cue=(place(text, "said"),), content=(tax, joke)
    )
    assert made.id == f"doc:{tax[0]}-{joke[1]}"
    assert made.text == 'The tax, … is "a bad joke"'
    assert made.quote == "mixed"
    assert [text[slice(*span)] for span in made.verbatim] == ["a bad joke"]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80), st.data())
def test_any_span_of_any_text_can_be_a_content(text, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = build_statement("d", text, find_quotations(text), source=(), cue=(), content=((start, end),))
    assert made.text == text[start:end]
    assert all(start <= a < b <= end for a, b in made.verbatim)

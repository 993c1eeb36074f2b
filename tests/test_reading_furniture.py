"""Page furniture is skipped by range; what people said never is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.reading import read_text

BEFORE = "The council met on Monday to speak about the bridge over the river."
AFTER = 'The mayor said the bridge was "quite safe" and would stay open.'


def skipped(line: str) -> list[str]:
    """What is skipped where ``line`` stands between two paragraphs."""
    document = read_text(f"{BEFORE}\n\n{line}\n\n{AFTER}")
    return [document.text[start:end] for start, end in document.skipped]


@pytest.mark.parametrize(
    "line",
    [
        "Read more:",
        "Read more: Ten bridges that fell",
        "READ MORE",
        "See also: The history of the bridge",
        "Related stories",
        "Most read",
        "Continue reading",
        "Click here to subscribe to our letters",
        "Powered by automated translation",
        "This article was machine-translated",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below",
        "Scroll to continue",
        "Share this article on Facebook",
        "Facebook Twitter WhatsApp Email",
        "12 comments",
        "Follow us on Twitter",
        "Sign up for our newsletter",
        "Subscribe to our morning briefing",
        "We use cookies to make this site better.",
        "Cookie policy",
        "© 2018 The River Post",
        "Copyright 2018 The River Post. All rights reserved.",
        "(c) 2018 River Post",
        "Photo: Maria Lund",
        "Image copyright River Post",
        "File photo",
        "pic.twitter.com/AbC123",
        "Additional reporting by Ole Dahl in Northport; editing by Maria Lund",
        "Last updated on 8 July 2018",
        "5 min read",
        "Back to top",
        "* * *",
        "-----",
        "Workers look at the bridge on Monday. / AFP / Ole Dahl",
        "Workers look at the bridge on Monday. Ole Dahl / Reuters",
        "Workers look at the bridge on Monday. (Ole Dahl/AP)",
        "Workers look at the bridge. Photo: Ole Dahl/Getty Images",
        "Workers on the bridge (Photo by Ole Dahl)",
        "Reuters",
    ],
)
def test_lines_of_the_page_are_skipped(line):
    assert skipped(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, the minister told the pupils.",
        "Critics say more has to be done.",
        '"Advertisement is not the answer," she said.',
        "Sharing the costs is fair, he said.",
        "The copyright law must change, Ms Lund said.",
        "He follows us, she said.",
        "Photographs of the bridge show cracks, according to the report.",
        "The agency AFP reported that the bridge was closed.",
        "The bridge was closed, Reuters said.",
        "“We use our eyes,” he said.",
        "Sign up, she said, or leave.",
        "Home is where the votes are, said the senator.",
        "Watch out, the minister warned.",
        "The firm said it would sue. (It did not.)",
    ],
)
def test_what_people_say_is_never_skipped(line):
    assert skipped(line) == []


def test_a_caption_broken_over_two_lines_is_skipped_whole():
    caption = (
        "Workers look at the old bridge over the river on a rainy Monday in\nNorthport, where it was closed. / AFP / Ole Dahl"
    )
    assert skipped(caption) == [caption]


def test_a_credit_below_a_caption_takes_the_caption_with_it():
    assert skipped("Workers look at the bridge on Monday.\nOle Dahl / AFP") == [
        "Workers look at the bridge on Monday.\nOle Dahl / AFP"
    ]


def test_links_of_embedded_posts_are_skipped_within_a_line():
    assert skipped("The mayor wrote: The bridge stays open! https://t.co/abc123") == ["https://t.co/abc123"]


def test_a_title_that_looks_like_furniture_is_kept():
    document = read_text(f"Most read books of the year\n\n{BEFORE} {AFTER}", title="Most read books of the year")
    assert document.skipped == ()


def test_marks_of_markdown_are_skipped_in_markdown_only(reading):
    text = "# The old bridge\n\nSee [the report](https://example.org/r) of the council on the old bridge and its cracks.\n"
    as_markdown, as_text = (reading(files={name: text}).only for name in ("a.md", "a.txt"))
    assert [text[start:end] for start, end in as_markdown.skipped] == ["# ", "(https://example.org/r)"]
    assert as_markdown.title == "The old bridge"
    assert as_text.skipped == ()


LINES = [
    "Read more:",
    "Photo: A B",
    "Advertisement",
    BEFORE,
    AFTER,
    "x. / AFP / Ole Dahl",
    "Date: 2018-01-02",
    "",
    " \u00a0",
    "---",
    "# a",
]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=12), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_any_text_is_read_without_a_change_and_its_skipped_ranges_are_sorted(parts, newline):
    text = newline.join(parts)
    document = read_text(text)
    assert document.text == text
    end = -1
    for start, stop in document.skipped:
        assert end <= start < stop <= len(text)
        end = stop


@pytest.mark.parametrize(
    "unit", ["a ", "/ AFP ", "Read more ", "(Photo by ", "A", "\n", " ", "Copyright ", "Click here to ", "- ", "AFP, "]
)
def test_long_lines_take_no_time(unit):
    assert read_text(unit * 20_000).text == unit * 20_000

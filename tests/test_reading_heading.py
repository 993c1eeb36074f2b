"""Title, date and issuer are told from a text's head where it says them, and left open where it does not."""

from __future__ import annotations

import pytest

from contrast.errors import ReadingError
from contrast.reading import read_text
from contrast.reading.dates import parse_date

BODY = (
    "The council met on Monday to speak about the bridge over the river, which has been closed for a year. "
    'The mayor said the bridge was "quite safe" and would be opened soon.'
)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2018-07-08", "2018-07-08"),
        ("2018-07-08T10:00:00+02:00", "2018-07-08"),
        ("20180708", "2018-07-08"),
        ("8 July 2018", "2018-07-08"),
        ("8th July, 2018", "2018-07-08"),
        ("July 8, 2018", "2018-07-08"),
        ("Jul. 8 2018", "2018-07-08"),
        ("Sunday, 8 July 2018", "2018-07-08"),
        ("Sun, 8 Jul 2018 10:15 GMT", "2018-07-08"),
        ("July 8, 2018 at 4:05 p.m. EDT", "2018-07-08"),
        ("29 February 2016", "2016-02-29"),
    ],
)
def test_dates_are_read_as_people_write_them(value, date):
    assert parse_date(value) == date


@pytest.mark.parametrize(
    "value",
    ["07/08/2018", "8.7.2018", "July 2018", "2018", "29 February 2018", "31 June 2018", "2018-13-01", "yesterday", "", "8 July"],
)
def test_a_date_in_doubt_is_none(value):
    assert parse_date(value) is None


def test_header_lines_are_read_and_skipped():
    text = f"Title: On the bridge\nIssuer: Ministry of Bridges\nDate: 8 July 2018\nURL: https://example.org/b\n\n{BODY}"
    document = read_text(text)
    assert (document.title, document.issuer, document.date) == ("On the bridge", "Ministry of Bridges", "2018-07-08")
    assert document.url == "https://example.org/b"
    assert [text[start:end] for start, end in document.skipped] == [text[: text.index("\n\n")]]


def test_a_fence_may_stand_round_the_header():
    document = read_text(f'---\ntitle: "On the bridge"\nissuer: Ministry of Bridges\nlayout: post\n---\n{BODY}')
    assert (document.title, document.issuer) == ("On the bridge", "Ministry of Bridges")


def test_a_first_paragraph_with_a_colon_is_no_header():
    text = f"Mayor: we will open the bridge\n\n{BODY}"
    document = read_text(text)
    assert document.issuer is None
    assert document.skipped == ()


def test_a_short_first_line_is_the_title():
    assert read_text(f"Old bridge to open soon\n\n{BODY}").title == "Old bridge to open soon"


@pytest.mark.parametrize("text", [BODY, f"{BODY}\n\nA short line\n", "One line only", f"A first sentence.\n\n{BODY}"])
def test_a_text_without_a_title_has_none(text):
    assert read_text(text).title is None


@pytest.mark.parametrize(
    "head",
    ["Old bridge to open soon\n\n8 July 2018\n\n", "Old bridge to open soon\n\nPublished: Sunday, July 8, 2018\n\n"],
)
def test_a_date_line_below_the_title_is_the_date(head):
    assert read_text(head + BODY).date == "2018-07-08"


def test_a_dateline_with_a_year_is_the_date():
    assert read_text(f"NORTHPORT, July 8, 2018 (River Post) — {BODY}").date == "2018-07-08"


def test_a_date_within_the_report_is_not_its_date():
    assert read_text(f"{BODY} It was closed on 8 July 2018.").date is None


def test_what_is_given_wins_over_what_is_told():
    text = f"Title: A\nDate: 2018-01-01\nIssuer: B\n\n{BODY}"
    document = read_text(text, title="C", date="2 January 2018", issuer="D")
    assert (document.title, document.date, document.issuer) == ("C", "2018-01-02", "D")


def test_a_header_date_that_is_not_understood_is_said(reading):
    result = reading(files={"a.txt": f"Date: 07/08/2018\nIssuer: B\n\n{BODY}"})
    assert result.only.date is None
    assert "'07/08/2018' not understood" in result.warned[0]


def test_half_a_surrogate_pair_is_an_error_of_one_line():
    with pytest.raises(ReadingError, match="character 1 is half of a surrogate pair"):
        read_text("a\ud800")

"""Documents kept as JSON lines or in CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.reading.rows import Row, csv_rows, json_rows


def test_json_lines_bring_their_metadata(reading):
    row = {"id": "x1", "title": "T", "date": "2018-07-08", "issuer": "I", "url": "https://example.org/x", "text": "They met."}
    document = reading(files={"a.jsonl": json.dumps(row) + "\n"}).only
    assert (document.id, document.title, document.date, document.issuer, document.url, document.text) == tuple(row.values())


def test_other_names_of_the_same_things_are_known(reading):
    row = {"_id": 7, "headline": "T", "published_at": "2018-07-08T10:00:00Z", "link": "https://example.org", "body": "They met."}
    document = reading(files={"a.jsonl": json.dumps(row)}).only
    assert (document.id, document.title, document.date, document.url) == ("7", "T", "2018-07-08", "https://example.org")


def test_rows_without_an_id_are_named_by_file_and_line(reading):
    result = reading(files={"news.jsonl": '{"text": "A."}\n\n{"text": "B."}'})
    assert [document.id for document in result.documents] == ["news-1", "news-3"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "a.jsonl:2: is not JSON"),
        ("[1, 2]", "a.jsonl:2: is no object"),
        ('{"id": "x"}', "a.jsonl:2: has no text"),
        ('{"text": ""}', "a.jsonl:2: has no text"),
        ('{"text": ["A."]}', "a.jsonl:2: has no text"),
        ('{"text": "half \\ud800 pair"}', "a.jsonl:2: character 5"),
        ("[" * 100_000, "a.jsonl:2: is not JSON"),
        ('{"text": ' + "9" * 5000 + "}", "a.jsonl:2: "),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(reading, line, words):
    result = reading(files={"a.jsonl": f'{{"text": "A."}}\n{line}\n{{"text": "C."}}\n'})
    assert [document.text for document in result.documents] == ["A.", "C."]
    assert len(result.failed) == 1
    assert result.failed[0].startswith(words)
    assert len(result.failed[0]) < 300


def test_a_date_that_is_not_understood_is_said_and_left_out(reading):
    result = reading(files={"a.jsonl": '{"text": "A.", "date": "07/08/2018"}'})
    assert result.only.date is None
    assert "a.jsonl:1: date '07/08/2018' not understood" in result.warned[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_any_usual_delimiter(reading, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["id", "title", "text"], ["one", "A, b; c", 'He said "no",\nthen left.'], ["two", "", "B."]])
    result = reading(files={"a.csv": out.getvalue()})
    assert [(d.id, d.title, d.text) for d in result.documents] == [
        ("one", "A, b; c", 'He said "no",\nthen left.'),
        ("two", None, "B."),
    ]


def test_csv_as_excel_saves_it_has_a_byte_order_mark(reading):
    assert reading(files={"a.csv": "\ufeffText,ID\r\nA.,x\r\n"}).only.id == "x"


def test_csv_without_a_column_for_the_text_says_so(reading):
    result = reading(files={"a.csv": "id,words\nx,A.\n"})
    assert result.failed == ["a.csv: has no column for the text; name one of its columns text in the first row"]


def test_blank_lines_before_the_header_of_a_csv_are_no_trouble(reading):
    assert reading(files={"a.csv": "\n\nid,text\nx,A.\n"}).only.id == "x"


def test_a_csv_row_without_a_text_is_named_by_its_line(reading):
    result = reading(files={"a.csv": 'id,text\nx,"A.\nB."\ny,\nz,C.\n'})
    assert [document.id for document in result.documents] == ["x", "z"]
    assert result.failed == ['a.csv:4: has no text; give it one under the name "text"']


def test_a_long_cell_is_no_trouble(reading):
    assert len(reading(files={"a.csv": "text\n" + "word " * 60_000 + "\n"}).only.text) == 300_000


def test_the_text_of_a_row_is_not_rewritten(reading):
    text = "  One\u00a0two.\r\n\r\n“x’’ "
    assert reading(files={"a.jsonl": json.dumps({"text": text})}).only.text == text


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=100))
def test_any_text_gives_rows_or_errors(text):
    for found in (*json_rows(text, "f"), *csv_rows(text, "f"), *csv_rows("text\n" + text, "f")):
        assert str(found).startswith("f:") or isinstance(found, Row)

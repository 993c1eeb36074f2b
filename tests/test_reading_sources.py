"""Files, folders and standard input become documents; each that fails is named, the rest are still read."""

from __future__ import annotations

import io
import os
import sys

import pytest

from contrast.errors import ReadingError
from contrast.reading import read


@pytest.fixture
def stdin(monkeypatch):
    def give(content: str | bytes) -> None:
        data = content if isinstance(content, bytes) else content.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def test_a_document_is_named_by_its_file(reading):
    document = reading(files={"talks in june.txt": "They met."}).only
    assert (document.id, document.path, document.text) == ("talks in june", "talks in june.txt", "They met.")


def test_a_file_named_outright_is_read_as_text_whatever_its_ending(reading):
    assert reading(files={"statement.asc": "They met."}).only.text == "They met."


def test_a_folder_is_read_with_what_lies_below_it_in_order(reading):
    files = {"in/b.txt": "B.", "in/a.txt": "A.", "in/deep/c.md": "C.", "in/d.jsonl": '{"text": "D."}', "in/e.csv": "text\nE.\n"}
    result = reading("in", files=files)
    assert [document.text.strip() for document in result.documents] == ["A.", "B.", "D.", "C.", "E."]
    assert result.failed == []


def test_a_folder_is_read_without_what_is_not_a_document(reading):
    files = {
        "in/a.txt": "A.",
        "in/README.md": "About the folder.",
        "in/LICENSE.txt": "Terms.",
        "in/speakers.toml": "[[speaker]]",
        "in/photo.png": b"\x89PNG\0",
        "in/.hidden.txt": "No.",
        "in/.git/b.txt": "No.",
    }
    result = reading("in", files=files)
    assert [document.id for document in result.documents] == ["a"]
    assert result.failed == []


def test_a_readme_named_outright_is_read(reading):
    assert reading(files={"README.md": "About the talks."}).only.text == "About the talks."


def test_what_the_tool_wrote_into_a_folder_is_not_read_back(reading):
    names = ("contrasts.csv", "statements.jsonl", "documents.jsonl", "provenance.json", "minutes.csv")
    assert reading("in", files={f"in/{name}": "text\nThey met.\n" for name in names}).only.id.startswith("minutes")
    assert len(reading("in", files={"in/contrasts.csv": "text\nThey met.\n"}).documents) == 1


def test_a_folder_without_documents_says_so(reading):
    result = reading("in", files={"in/x.toml": ""})
    assert len(result.failed) == 1
    assert "in: holds no document" in result.failed[0]


def test_a_missing_file_is_named(reading):
    result = reading("gone.txt", "a.txt", files={"a.txt": "A."})
    assert result.failed == ["gone.txt: not found; check the name and the folder"]
    assert [document.id for document in result.documents] == ["a"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read_is_named(reading, tmp_path):
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "a.txt").chmod(0)
    assert "cannot be read" in reading("a.txt").failed[0]


def test_a_name_that_no_system_allows_is_an_error_of_one_line(reading):
    assert "cannot be read" in reading("a\0b.txt").failed[0]


def test_the_same_file_twice_is_read_once(reading):
    result = reading("a.txt", "./a.txt", ".", files={"a.txt": "A."})
    assert [document.id for document in result.documents] == ["a"]


def test_files_of_one_name_in_two_folders_get_ids_of_their_own(reading):
    result = reading("x", "y", files={"x/a.txt": "A.", "y/a.txt": "B."})
    assert [document.id for document in result.documents] == ["a", "a-2"]


def test_a_dash_is_standard_input(reading, stdin):
    stdin("They met in July.")
    document = reading("-").only
    assert (document.id, document.text, document.path) == ("stdin", "They met in July.", None)


def test_json_lines_and_web_pages_are_known_on_standard_input(reading, stdin):
    stdin('{"id": "one", "text": "A."}\n{"id": "two", "text": "B."}\n')
    assert [document.id for document in reading("-").documents] == ["one", "two"]


def test_empty_standard_input_is_named(reading, stdin):
    stdin("")
    assert reading("-").failed == ["standard input: is empty; leave it out or save its text again"]


def test_without_a_handler_the_first_error_is_raised(tmp_path):
    with pytest.raises(ReadingError, match=r"gone\.txt: not found"):
        list(read([tmp_path / "gone.txt"]))


def test_issuer_and_date_hold_for_every_document(reading):
    text = "Issuer: Some Ministry\nDate: 2018-01-02\n\nWe met."
    told = reading(files={"a.txt": text}).only
    assert (told.issuer, told.date) == ("Some Ministry", "2018-01-02")
    given = reading("a.txt", issuer="Other Ministry", date="8 July 2018").only
    assert (given.issuer, given.date) == ("Other Ministry", "2018-07-08")


def test_a_date_that_is_none_is_an_error_at_once(reading):
    with pytest.raises(ReadingError, match="not a date"):
        reading(files={"a.txt": "A."}, date="next week")


def test_one_path_may_be_given_alone(tmp_path):
    (tmp_path / "a.txt").write_text("A.")
    assert [document.id for document in read(tmp_path / "a.txt")] == ["a"]


def test_a_text_too_long_to_be_one_document_is_named_with_the_remedy(tmp_path):
    long, short = tmp_path / "long.txt", tmp_path / "short.txt"
    long.write_text("It rained. " * 1_000_000, encoding="utf-8")
    short.write_text("It was dry.", encoding="utf-8")
    failed = []
    assert [document.id for document in read([long, short], fail=failed.append)] == ["short"]
    assert "more than 1000000; split it into documents" in str(failed[0])

"""CSV, JSONL, DataFrames and files: what goes out comes back, whole, and harmless where that is asked for."""

from __future__ import annotations

import csv
import io
import json
import os
import tomllib
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_findings import TEXT, findings, hostile

from contrast.errors import ContrastError, ExportError
from contrast.records import Findings, Speaker
from contrast.report.comparison import Comparison
from contrast.report.delimited import BYTE_ORDER_MARK, FORMULA_STARTS, csv_text
from contrast.report.files import write_whole
from contrast.report.frames import CONTRAST_COLUMNS, STATEMENT_COLUMNS, contrast_rows, statement_rows
from contrast.report.jsonl import contrasts_jsonl, statements_jsonl
from contrast.report.matrix import build_matrix
from contrast.report.outputs import Format, Style, comparison_csv, comparison_files, deliver, format_for
from contrast.report.roster import build_roster, speakers_toml

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_csv_gives_back_any_text(rows):
    assert read_back(csv_text(("a", "b"), [{"a": a, "b": b} for a, b in rows])) == [["a", "b"], *map(list, rows)]


@given(TEXTS)
def test_excel_csv_differs_by_the_mark_and_the_guard_alone(cell):
    text = csv_text(("a", "b"), [{"a": cell, "b": "x"}], excel=True)
    assert text.startswith(BYTE_ORDER_MARK)
    (given_back, _) = read_back(text[1:])[1]
    assert given_back == (f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell)


@pytest.mark.parametrize("cell", ["=cmd()", "+1", "-1+1", "@x", "\tx", "\rx"])
def test_formulas_are_guarded_for_excel_only(cell):
    assert read_back(csv_text(("a",), [{"a": cell}]))[1] == [cell]
    assert read_back(csv_text(("a",), [{"a": cell}], excel=True)[1:])[1] == [f"'{cell}"]


def test_numbers_are_not_guarded_and_a_head_is():
    text = csv_text(("=a",), [{"=a": -1}], excel=True)
    assert read_back(text[1:]) == [["'=a"], ["-1"]]


def test_csv_lines_end_as_rfc_4180_says():
    assert csv_text(("a", "b"), [{"a": 'x "y"', "b": "1,2"}]) == 'a,b\r\n"x ""y""","1,2"\r\n'


def test_statement_rows_hold_source_cue_place_and_topic():
    row = statement_rows(findings())[0]
    assert tuple(row) == STATEMENT_COLUMNS
    assert (row["speaker"], row["source"], row["cue"], row["side"]) == ("Anna Ferrin", "Anna Ferrin", "said", "North")
    assert TEXT[int(row["start"]) : int(row["end"])] == row["text"]
    assert (row["quoted"], row["topic"], row["date"]) == ("productive", "the harbour talks", "2020-02-03")


def test_contrast_rows_hold_both_passages_exactly_as_they_stand():
    row = contrast_rows(findings())[0]
    assert tuple(row) == CONTRAST_COLUMNS
    assert row["b_passage"] == 'they were "a cold\nbath"'
    assert row["a_phrases"] == "“productive”"
    assert str(row["a_places"]).startswith("harbour:")


def test_csv_read_by_pandas_equals_the_frame():
    comparison = Comparison(findings())
    text = comparison_csv([findings()])["statements.csv"]
    back = pd.read_csv(io.StringIO(text, newline=""), keep_default_na=False)
    pd.testing.assert_frame_equal(back, comparison.statements, check_dtype=False)


def test_speakers_of_one_name_have_columns_of_their_own():
    found = hostile("Kim")
    assert list(build_matrix(found).names.values()) == ["Kim [one]", "Kim [other]"]


@pytest.mark.parametrize("name", ["topic", "contrast", "document"])
def test_a_speaker_named_like_a_column_does_not_take_its_place(name):
    found = findings()
    first = found.contrasts[0]
    speaker = Speaker("odd", name)
    found = replace(found, contrasts=(replace(first, a=replace(first.a, speaker=speaker)),))
    assert f"{name} [odd]" in Comparison(found).table().columns


def test_statement_objects_have_the_exchange_formats_keys():
    first, *_ = map(json.loads, statements_jsonl(findings()).splitlines())
    assert first["speaker"]["id"] == "anna-ferrin"
    (start, end), *_ = first["content"]
    assert TEXT[start:end] == first["text"]
    assert first["confidence"] == 0.9123
    assert {"id", "document", "source", "cue", "quote", "cue_function", "negated", "verbatim", "parent"} <= set(first)


def test_a_statement_without_a_speaker_still_has_a_speaker_object():
    found = findings()
    bare = Findings(found.documents, (replace(found.statements[0], speaker=None),))
    speaker = json.loads(statements_jsonl(bare))["speaker"]
    assert (speaker["id"], speaker["name"]) == ("", "")


def test_contrast_objects_have_the_exchange_formats_keys():
    rows = [json.loads(line) for line in contrasts_jsonl(findings()).splitlines()]
    assert [row["score"] for row in rows] == [0.88, 0.7]
    assert rows[0]["a"]["evidence"] == [["harbour", *TEXT_SPAN]]
    assert {"topic", "kind", "strength", "scope", "why"} <= set(rows[0])


TEXT_SPAN = (TEXT.index("the harbour talks"), TEXT.index('", but') + 1)


@given(st.text(max_size=30))
def test_jsonl_is_one_line_an_object_for_every_reader_of_lines(cell):
    for text in (contrasts_jsonl(hostile(cell)), statements_jsonl(hostile(cell))):
        rows = [json.loads(line) for line in text.splitlines()]
        assert all(cell in (row.get("topic"), row.get("text")) for row in rows)


def test_the_comparison_offers_frames_text_and_html():
    comparison = Comparison(findings())
    assert list(comparison.statements["speaker_id"])[:2] == ["anna-ferrin", "ministry-of-tides"]
    assert comparison.contrasts["score"].tolist() == [0.88, 0.7]
    table = comparison.table()
    assert table.loc["the harbour talks", "Anna Ferrin"] == "“productive”"
    assert table.loc["a deal", "contrast"] == "time, contradicts"
    assert "a cold bath" in str(comparison)
    assert repr(comparison) == "<Comparison of 1 document: 4 statements, 1 topic, 2 contrasts>"


def test_an_empty_comparison_has_empty_frames_with_all_columns():
    comparison = Comparison(Findings((), ()))
    assert tuple(comparison.statements.columns) == STATEMENT_COLUMNS
    assert tuple(comparison.contrasts.columns) == CONTRAST_COLUMNS
    assert comparison.table().empty
    assert "No statements" in comparison._repr_html_()


def test_html_is_escaped():
    page = Comparison(hostile("<script>alert('x')</script>"))._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_to_csv_and_to_jsonl_write_their_files(tmp_path):
    comparison = Comparison(findings())
    assert [path.name for path in comparison.to_csv(tmp_path / "a")] == ["contrasts.csv", "statements.csv", "matrix.csv"]
    assert [path.name for path in comparison.to_jsonl(tmp_path / "a")][:2] == ["contrasts.jsonl", "statements.jsonl"]
    assert len(list((tmp_path / "a").iterdir())) == 8
    assert b"\r\n" in (tmp_path / "a" / "matrix.csv").read_bytes()
    assert comparison.to_csv(tmp_path, excel=True)[0].read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_matrix_of_each_document_names_the_document():
    text = comparison_csv([findings(), hostile("x")], Style(each=True))["matrix.csv"]
    head, first, *_, last = read_back(text)
    assert head[:2] == ["document", "topic"]
    assert (first[0], last[0]) == ("harbour", "d")


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "fdopen", broken)
    with pytest.raises(ContrastError, match=r"out\.csv: cannot be written: disk full"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]


def broken(handle: int, _: str) -> None:
    os.close(handle)
    raise OSError(28, "disk full")


def test_writing_keeps_the_files_rights_and_follows_links(tmp_path):
    path, link = tmp_path / "real.txt", tmp_path / "link.txt"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_whole(link, "new")
    assert path.read_text() == "new"
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640


def test_output_goes_to_a_folder_or_a_file_by_its_name(tmp_path):
    files = {"contrasts.csv": "c", "statements.csv": "s"}
    assert deliver(files, str(tmp_path / "one.csv"), as_text=False) == [tmp_path / "one.csv"]
    assert (tmp_path / "one.csv").read_text() == "c"
    for folder in (str(tmp_path / "new"), str(tmp_path / "dotted.d") + "/", str(tmp_path)):
        assert [path.name for path in deliver(files, folder, as_text=False)] == list(files)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (None, Format.table),
        ("a.csv", Format.csv),
        ("a.JSONL", Format.jsonl),
        ("a.md", Format.markdown),
        ("a", Format.table),
        ("a.doc/", Format.table),
    ],
)
def test_the_format_follows_the_suffix(path, form):
    assert format_for(path) is form


def test_a_suffix_that_stands_for_no_format_is_an_error_that_names_those_that_do():
    with pytest.raises(ExportError, match=r"a\.doc: \.doc stands for no format.*\.csv.*--format"):
        format_for("a.doc")


@pytest.mark.parametrize("form", list(Format))
def test_every_format_renders_one_or_each(form):
    for each in (False, True):
        files = comparison_files([findings(), hostile("x")], form, Style(each=each))
        assert next(iter(files.values()))


def test_the_roster_counts_statements_mentions_and_doubts():
    entries = {entry.speaker.id: entry for entry in build_roster(findings())}
    assert entries["anna-ferrin"].mentions == (("Anna Ferrin", 1), ("Ferrin", 1))
    assert entries["carl-otterby"].doubtful == 1


def test_the_drafted_speakers_file_holds_names_as_aliases_and_pronouns_as_comments():
    text = speakers_toml(build_roster(findings()), findings())
    tables = {table["id"]: table for table in tomllib.loads(text)["speaker"]}
    assert tables["anna-ferrin"] == {
        "id": "anna-ferrin", "name": "Anna Ferrin", "kind": "person", "side": "North", "aliases": ["Ferrin"],
    }  # fmt: skip
    assert tables["carl-otterby"]["aliases"] == []
    assert "# also: he (1)" in text


@given(TEXTS)
def test_the_drafted_speakers_file_is_toml_whatever_the_names(cell):
    found = hostile(cell)
    tables = tomllib.loads(speakers_toml(build_roster(found), found))["speaker"]
    assert [table["name"] for table in tables] == [cell, cell]

"""The terminal tables and Markdown: what is shown, within the width, and never reformatted."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_findings import crowd, findings, hostile, series

from contrast.records import Document, Findings
from contrast.report.grid import grid
from contrast.report.markdown import comparison_markdown, escaped, markdown_table, statements_markdown
from contrast.report.plain import one_line
from contrast.report.roster import build_roster
from contrast.report.terminal import comparison_text, speakers_text, statements_text

WIDTHS = pytest.mark.parametrize("width", [40, 60, 80, 120, 200])


def test_the_matrix_shows_verbatim_phrases_with_kind_and_strength():
    text = comparison_text(findings(), width=120)
    assert "“productive”" in text
    assert "“a cold bath”" in text
    assert "evaluation, contrasts" in text
    assert "time, contradicts" in text


def test_paraphrase_stands_without_quotation_marks():
    text = comparison_text(findings(), width=120)
    assert "within two years" in text
    assert "“within two years”" not in text


def test_the_topic_with_the_best_scored_contrast_comes_first():
    text = comparison_text(findings(), width=120)
    assert text.index("the harbour talks") < text.index("a deal")


def test_each_contrast_has_its_reason_and_its_places():
    text = comparison_text(findings(), width=120)
    assert "why: praise against blame" in text
    assert re.search(r"Anna Ferrin: “productive” \[harbour:\d+-\d+\]", text)


def test_dates_stand_beside_the_places_where_the_documents_differ_in_date():
    for text in (comparison_text(series(), width=120), comparison_markdown(series())):
        assert re.search(r"day\\?-1:\d+\\?-\d+, 2020\\?-02\\?-10[\])]", text)
    assert "2020-02-03" not in comparison_text(findings())


def test_a_speaker_in_doubt_is_marked_in_matrix_and_list_and_the_mark_explained():
    text = comparison_text(findings(), width=120)
    assert "“ten years” (?)" in text
    assert "Carl Otterby (?):" in text
    assert "(?) it is doubtful who speaks" in text


def test_columns_follow_the_users_order():
    head = comparison_text(findings(), width=160, order=["tides", "Otterby"]).splitlines()[1]
    assert [cell.strip() for cell in head.strip("│").split("│")] == [
        "topic", "Ministry of Tides", "Carl Otterby", "Anna Ferrin", "contrast",
    ]  # fmt: skip


@WIDTHS
def test_no_line_is_wider_than_asked(width):
    for found in (findings(), crowd(9), hostile("word " * 60), hostile("x" * 500)):
        for text in (comparison_text(found, width=width), statements_text(found, width=width)):
            assert max(map(len, text.splitlines())) <= width
        assert max(map(len, speakers_text(build_roster(found), width=width).splitlines())) <= width


@WIDTHS
def test_speakers_beyond_the_width_go_into_further_blocks(width):
    text = comparison_text(crowd(9), width=width)
    heads = " ".join(line for line in text.split("contrasts, and why")[0].splitlines() if line.startswith("│"))
    assert set(re.findall(r"\d", heads)) >= set("0123456789")


def test_a_wide_terminal_needs_one_block_and_a_narrow_one_several():
    assert comparison_text(crowd(8), width=200).count("┌") == 1
    assert comparison_text(crowd(8), width=80).count("┌") > 1


def test_without_contrasts_a_sentence_says_so():
    found = findings()
    bare = Findings(found.documents, found.statements)
    assert comparison_text(bare) == "No contrasts were found among 4 statements by 3 speakers in 1 document.\n"
    empty = Findings((Document("d", "Rain."),), ())
    assert comparison_text(empty) == "No statements were found in 1 document.\n"
    assert statements_text(empty) == "No statements were found in 1 document.\n"
    assert comparison_markdown(empty) == "No statements were found in 1 document.\n"
    assert speakers_text([]) == "No speakers were found.\n"


@pytest.mark.parametrize("cell", ["1e5", "007", "1,000,000", "True", "nan", "2018-07-06", "1234567890123456.10", "-0", "0x1F"])
def test_numbers_and_dates_stay_as_written(cell):
    assert f" {cell} " in grid(("a", "b"), [(cell, "x"), (cell, "y")], width=80, least=(3, 3))
    assert f"“{cell}”" in comparison_text(hostile(cell))


def test_statements_are_listed_by_document_with_place_speaker_and_cue():
    text = statements_text(findings(), width=100)
    assert text.startswith("harbour: At the harbour, 2020-02-03")
    assert "Carl Otterby (?)" in text
    assert re.search(r"│ Anna Ferrin +│ said .*\n│ \d+-\d+ ", text)


def test_control_and_direction_characters_do_not_reach_the_terminal():
    text = comparison_text(hostile("\x1b[31mred\x07\u202eback\x9b"))
    assert not set("\x1b\x07\u202e\x9b") & set(text)


@given(st.text(max_size=80))
def test_no_text_breaks_a_table_or_its_width(cell):
    for text in (comparison_text(hostile(cell), width=60), statements_text(hostile(cell), width=60)):
        assert max(map(len, text.split("\n"))) <= 60


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=3))
def test_markdown_gives_back_every_cell_on_one_line(rows):
    table = markdown_table(("a", "b"), [{"a": a, "b": b} for a, b in rows])
    lines = table.split("\n")[2:-1]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        bars = [match.start() for match in re.finditer(r"(?:\\.)|\|", line) if match.group() == "|"]
        assert len(bars) == 3
        cells = [line[i + 2 : j - 1] for i, j in pairwise(bars)]
        assert [re.sub(r"\\(.)", r"\1", cell) for cell in cells] == [one_line(cell) for cell in row]


@pytest.mark.parametrize("cell", ["a|b", "<script>alert(1)</script>", "[x](javascript:y)", "**b**", "`c`", "a\nb", "\\|"])
def test_nothing_in_markdown_is_taken_for_markup(cell):
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<>\[\]*`]", escaped(cell))
    assert "\n" not in escaped(cell)


def test_markdown_holds_matrix_and_contrasts():
    text = comparison_markdown(findings())
    assert "| topic | Anna Ferrin | Carl Otterby | Ministry of Tides | contrast |" in text
    assert "praise against blame" in text
    assert "| place | speaker | cue | statement |" in statements_markdown(findings())

"""Workbook, annotations, provenance, reading back and the notebook: every format says the same and carries its origin."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import uuid
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_findings import FERRIN, TEXT, findings, hostile, series

import contrast
from contrast.corrections import replay
from contrast.errors import ContrastError, ExportError
from contrast.provenance import Provenance, provenance_of, time_of_run
from contrast.records import Claim, Correction, Document, Findings, Quantity, Statement, Topic
from contrast.report.annotations import annotations_jsonld
from contrast.report.comparison import Comparison
from contrast.report.frames import contrasts_frame, statements_frame
from contrast.report.notebook import display
from contrast.report.outputs import Format, Style, comparison_files, deliver
from contrast.report.page import report_html
from contrast.report.passages import document_paragraphs, marks_of, paragraphs, passage, wrapped
from contrast.report.readback import read_findings
from contrast.report.strip import strips

CELLS = [
    "=cmd()",
    "-1+1",
    "@x",
    "+1",
    "\tx",
    "a\x01b",
    "a\r\nb",
    "http://example.org",
    "007",
    "True",
    "_x0041_",
    "{=1}",
    " x ",
    "x\ty",
]
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1580688000")


def origin(found: Findings) -> Provenance:
    return provenance_of(found.documents, options={"only": ["Ferrin"], "each": False})


def corrected() -> Findings:
    made = findings()
    corrections = [
        Correction(made.statements[0].id, made.statements[0].text, speaker="Bo Lind", note="heard it myself"),
        Correction(made.statements[2].id, made.statements[2].text, drop=True),
        Correction("harbour:900-905", "gone!", topic="rain"),
    ]
    statements, revisions = replay(corrections, made.statements, made.documents)
    return replace(made, statements=statements, revisions=revisions)


# workbook


def workbook_of(found: Findings, tmp_path: Path) -> Path:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    return Comparison(found, provenance=origin(found)).to_xlsx(tmp_path / "c.xlsx")


@pytest.mark.parametrize("cell", CELLS)
def test_a_workbook_read_by_pandas_equals_the_frames(tmp_path, cell):
    pytest.importorskip("python_calamine", reason="python-calamine is not installed")
    found = hostile(cell)
    path = workbook_of(found, tmp_path)
    for name, frame in (("statements", statements_frame(found)), ("contrasts", contrasts_frame(found))):
        back = pd.read_excel(path, sheet_name=name, engine="calamine", keep_default_na=False, dtype=object)
        pd.testing.assert_frame_equal(back, frame, check_dtype=False)


def test_a_workbook_has_a_sheet_for_each_table_and_its_origin(tmp_path):
    pytest.importorskip("python_calamine", reason="python-calamine is not installed")
    path = workbook_of(corrected(), tmp_path)
    sheets = pd.read_excel(path, sheet_name=None, engine="calamine", keep_default_na=False)
    assert list(sheets) == ["contrasts", "statements", "matrix", "orphans", "about"]
    about = dict(sheets["about"].itertuples(index=False))
    assert about["time of the run"] == "2020-02-03T00:00:00Z"
    assert about["input harbour, SHA-256"] == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path):
    pytest.importorskip("python_calamine", reason="python-calamine is not installed")
    path = workbook_of(hostile("w" * 40_000), tmp_path)
    cell = pd.read_excel(path, sheet_name="statements", engine="calamine")["text"][0]
    assert len(cell) <= 32_767
    assert cell.endswith("[cut: a cell holds no more]")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_hostile_cells_survive_libreoffice(tmp_path):
    """Opened and saved again by a spreadsheet, no cell becomes a formula, a number or a link."""
    for number, cell in enumerate(("=1+1", "-1+1", "@x", "007", "2018-07-06")):
        path = workbook_of(hostile(cell), tmp_path).rename(tmp_path / f"in{number}.xlsx")
        filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", filters]
        subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=240)
        back = pd.read_csv(next(tmp_path.glob(f"in{number}*.csv")), dtype=str, keep_default_na=False)
        assert list(back["text"]) == [cell, cell]


def test_without_xlsxwriter_the_remedy_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(ExportError, match=r"pip install XlsxWriter"):
        Comparison(findings()).to_xlsx(tmp_path / "c.xlsx")


# annotations


def test_annotations_select_the_passages_by_words_and_by_place():
    made = json.loads(annotations_jsonld(findings(), origin(findings())))
    items = made["first"]["items"]
    assert made["total"] == len(items) == 6
    assert (made["generator"]["name"], made["generated"]) == (f"contrast {contrast.__version__}", "2020-02-03T00:00:00Z")
    for item in items:
        assert uuid.UUID(item["id"].removeprefix("urn:uuid:"))
        for target in item["target"]:
            words, place = target["selector"]
            assert target["source"] == "https://example.org/h"
            assert TEXT[place["start"] : place["end"]] == words["exact"]
            assert TEXT[: place["start"]].endswith(words["prefix"])
            assert TEXT[place["end"] :].startswith(words["suffix"])
    assert len({item["id"] for item in items}) == 6
    assert items[0]["body"][0] == {"type": "TextualBody", "purpose": "identifying", "value": "Anna Ferrin"}


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_annotations_are_json_whatever_the_text(cell):
    items = json.loads(annotations_jsonld(hostile(cell)))["first"]["items"]
    assert items[0]["target"][0]["selector"][0]["exact"] == cell


# provenance


def test_the_record_names_version_options_and_inputs_by_their_hash(tmp_path):
    path, speakers = tmp_path / "a.txt", tmp_path / "speakers.toml"
    path.write_bytes(b"caf\xe9")
    speakers.write_text("x = 1")
    documents = [Document("a", "café", path=str(path)), Document("b", "text")]
    made = provenance_of(documents, options={"speakers": speakers, "only": [], "encoding": "cp1252"})
    assert (made.version, made.time) == (contrast.__version__, "2020-02-03T00:00:00Z")
    assert made.options == {"speakers": str(speakers), "encoding": "cp1252"}
    assert [given.sha256 for given in made.inputs] == [
        hashlib.sha256(data).hexdigest() for data in (b"caf\xe9", b"text", b"x = 1")
    ]
    assert Provenance.from_object(json.loads(json.dumps(made.as_object()))) == made


def test_the_time_is_now_unless_it_is_fixed_and_a_wrong_one_is_named(monkeypatch):
    assert time_of_run() == "2020-02-03T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ContrastError, match="SOURCE_DATE_EPOCH: 'yesterday' is no time"):
        time_of_run()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert time_of_run() > "2024"


@pytest.mark.parametrize("form", [form for form in Format if form is not Format.table])
def test_the_same_inputs_give_the_same_bytes_with_their_origin(form):
    if form is Format.xlsx:
        pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    one, other = (comparison_files([made], form, Style(provenance=origin(made))) for made in (corrected(), corrected()))
    assert one == other
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert form is Format.xlsx or any(digest in str(contents) for contents in one.values())


# reading back


@pytest.mark.parametrize("made", [findings(), corrected(), series(), hostile("x\u2028</script>=1"), Findings((), ())])
def test_findings_kept_as_jsonl_give_the_same_outputs_again(tmp_path, made):
    style = Style(provenance=origin(made))
    deliver(comparison_files([made], Format.jsonl, style), f"{tmp_path}/", as_text=False)
    back, provenance = read_findings(tmp_path / "statements.jsonl")
    assert provenance == style.provenance
    for form in (Format.csv, Format.jsonl, Format.markdown, Format.html, Format.jsonld, Format.table):
        assert comparison_files([back], form, style) == comparison_files([made], form, style)


def test_an_open_quantity_is_valid_json_and_comes_back(tmp_path):
    made = findings()
    quantity = Quantity(2, float("inf"), "years")
    claim = Claim(made.statements[2].id, FERRIN.id, "harbour", "a deal", (0, 1), (0, 1), "time", quantity=quantity)
    made = replace(made, topics=(Topic("t", "a deal", (claim,)),))
    deliver(comparison_files([made], Format.jsonl, Style()), f"{tmp_path}/", as_text=False)
    assert "Infinity" not in (tmp_path / "topics.jsonl").read_text()
    assert read_findings(tmp_path)[0].topics == made.topics


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("documents.jsonl", None, "not found; name the folder"),
        ("documents.jsonl", "", "lacks the document of harbour:"),
        ("statements.jsonl", "{", "line 1 is not JSON"),
        ("statements.jsonl", "{}", "object 1 is not what contrast writes"),
        ("contrasts.jsonl", '{"topic": "x"}', "object 1 is not what contrast writes"),
        ("provenance.json", "{}", "not what contrast writes"),
    ],
)
def test_a_folder_that_is_not_whole_is_named(tmp_path, name, text, message):
    deliver(comparison_files([findings()], Format.jsonl, Style()), f"{tmp_path}/", as_text=False)
    (tmp_path / name).unlink(missing_ok=True)
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(ExportError, match=message):
        read_findings(tmp_path)


# the report's parts


def test_the_report_names_its_inputs_corrections_and_orphans():
    page = report_html(corrected(), provenance=origin(corrected()))
    assert hashlib.sha256(TEXT.encode()).hexdigest() in page
    assert "by hand: speaker, note; the tool had Anna Ferrin; heard it myself" in page
    assert "<b>orphan</b>: no statement has this passage any more. Its passage was: <q>gone!</q>" in page


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=40))
def test_no_text_breaks_out_of_the_report(cell):
    page = report_html(hostile(f"</script><b>{cell}"))
    assert page.count("</script>") == 2
    assert "<b>" not in page.split('<section id="documents"')[1].split("</section>")[0]
    data = page.split('<script type="application/json" id="data">')[1].split("</script>")[0]
    assert not set("<>&") & set(data)
    assert json.loads(data)["statements"]["rows"][0]


def test_paragraphs_stand_between_blank_lines_and_cover_all_words():
    text = "One.\n\nTwo,\nstill two.\n \t\n\nThree."
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two,\nstill two.", "Three."]
    assert wrapped("\n".join(["a line of some fifty characters, broken by its width"] * 6))
    assert not wrapped("One paragraph a line, however long or short it may be.\n" + "word " * 60)


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("ab \n"), max_size=40), st.data())
def test_the_pieces_of_a_document_are_its_words_and_every_statement_opens_once(text, data):
    where = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: (min(pair), max(pair)))
    spans = [span for span in data.draw(st.lists(where, max_size=4)) if text[slice(*span)].strip()]
    made = [Statement(f"d:{n}", "d", (), (), (span,), text[slice(*span)]) for n, span in enumerate(spans, 1)]
    marks = [mark for number, each in enumerate(made, 1) for mark in marks_of(each, number)]
    shown = document_paragraphs(Document("d", text), marks)
    pieces = [piece for paragraph in shown for piece in paragraph.pieces]
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    assert sorted(number for piece in pieces for number in piece.opens) == list(range(1, len(made) + 1))
    for number, (start, end) in enumerate(spans, 1):
        marked = "".join(piece.text for piece in pieces if number in piece.numbers)
        assert "".join(marked.split()) == "".join(text[start:end].split())


def test_a_long_paragraph_is_cut_around_its_passage():
    text = "word " * 1000 + "PASSAGE " + "word " * 1000
    at = text.index("PASSAGE")
    made = Statement("d:1", "d", (), (), ((at, at + 7),), "PASSAGE")
    shown = passage(text, list(marks_of(made, 1)))
    assert (shown.cut_before, shown.cut_after) == (True, True)
    whole = "".join(piece.text for piece in shown.pieces)
    assert len(whole) < 1100
    assert [piece.text for piece in shown.pieces if piece.numbers] == ["PASSAGE"]


def test_the_strip_holds_each_days_words_with_the_days_between():
    made = series()
    numbers = {statement.id: number for number, statement in enumerate(made.statements, 1)}
    (strip,) = strips(made, made.contrasts, numbers)
    assert [(day.date, day.gap) for day in strip.days] == [("2020-02-03", 0), ("2020-02-10", 7), ("2020-03-01", 20)]
    assert {entry.polarity for entry in strip.days[0].entries} == {"positive", "negative", "neutral"}
    assert len(strip.changes) == 6
    assert strips(replace(made, topics=()), made.contrasts, numbers)[0].days[0].entries
    assert strips(findings(), findings().contrasts, {s.id: 1 for s in findings().statements}) == []


# the notebook


def test_a_statement_shows_as_its_passage_with_quotations_marked():
    shown = findings().statements[1]._repr_html_()
    assert "<mark>a cold\nbath</mark>" in shown
    assert "Ministry of Tides, harbour:" in shown


@settings(deadline=None, max_examples=25)
@given(st.text(st.sampled_from("<>&\"'b/ "), max_size=20))
def test_a_statement_in_a_notebook_is_escaped(cell):
    text = f"<script>{cell}</script>"
    made = hostile(text)
    for shown in (made.statements[0]._repr_html_(), str(display(made.statements[0], made.documents))):
        assert "<script" not in shown


def test_display_marks_source_cue_and_content_in_their_paragraph():
    made = Comparison(findings())
    shown = display(made.findings.statements[1], within=made)._repr_html_()
    assert [re.sub(r"\s+", " ", each) for each in re.findall(r">\s*(SOURCE|CUE|CONTENT)\s*<", shown)] == [
        "SOURCE",
        "CUE",
        "CONTENT",
    ]
    assert "Anna Ferrin called" in shown
    assert str(display(made)).count("<figure>") == 4
    with pytest.raises(ContrastError, match="pass the comparison or the documents"):
        display(made.findings.statements[0])

"""The commands: what goes to which stream, with which exit code; the stages behind them are stand-ins."""

# ruff: noqa: ARG001 -- stand-ins have the signatures of what they stand for, fixtures work unseen
from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from types import ModuleType

import pytest
from made_findings import findings
from typer.testing import CliRunner

import contrast
from contrast import pipeline
from contrast.cli import app
from contrast.corrections import replay
from contrast.errors import ReadingError, SpeakersError
from contrast.records import Document, Findings

COMMANDS = ("compare", "report", "statements", "speakers", "review", "export")
HEAVY = {"jinja2", "xlsxwriter", "spacy", "pandas", "numpy", "onnxruntime", "tokenizers", "rich", "tqdm"}


@pytest.fixture
def asked(monkeypatch):
    """Stand-ins for reading, language, speakers and the pipeline; what the pipeline was asked for is noted."""
    noted: dict[str, object] = {"found": []}

    def read(paths, *, encoding, issuer, date, warn, fail):
        noted.update(encoding=encoding, issuer=issuer, date=date)
        for path in paths:
            if "bad" in path:
                fail(ReadingError(f"{path}: not text; name a text file"))
                continue
            if "odd" in path:
                warn(f"{path}: read as cp1252")
            yield replace(findings().documents[0], id="harbour" if path == "a.txt" else path)

    def load_speakers(path):
        raise SpeakersError(f"{path}: no such file")

    def found(documents: list[Document], *, only, corrections, **options: object) -> Findings:
        noted["found"].append([document.id for document in documents])
        noted.update(options, only=only)
        made = findings()
        kept, revisions = replay(corrections, made.statements, documents)
        return replace(made, statements=pipeline._of(kept, only), revisions=revisions)

    for name, content in {
        "contrast.reading": {"read": read},
        "contrast.speakers": {"load_speakers": load_speakers},
        "contrast.language": {"load_pipeline": lambda name: f"pipeline {name}"},
    }.items():
        module = ModuleType(name)
        module.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(pipeline, "find", found)
    monkeypatch.setattr(pipeline, "find_statements", found)
    return noted


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_compare_prints_the_matrix_and_nothing_else(asked):
    result = run("compare", "a.txt", "--width", "100")
    assert result.exit_code == 0
    assert "“productive”" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("command", ["compare", "statements", "speakers"])
@pytest.mark.parametrize("form", ["table", "csv", "jsonl", "markdown", "html", "jsonld"])
def test_every_command_writes_every_format(asked, command, form):
    if command == "speakers" and form in ("html", "jsonld"):
        return
    result = run(command, "a.txt", "--format", form)
    assert result.exit_code == 0
    assert "Ferrin" in result.stdout
    if form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in result.stdout.splitlines())
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(result.stdout_bytes.decode(), newline=""))}) == 1


def test_jsonl_of_compare_is_contrasts_and_of_statements_statements(asked):
    assert "a" in json.loads(run("compare", "a.txt", "-f", "jsonl").stdout.splitlines()[0])
    assert "cue" in json.loads(run("statements", "a.txt", "-f", "jsonl").stdout.splitlines()[0])


def test_csv_is_crlf_and_excel_adds_the_mark(asked):
    assert b"\r\n" in run("compare", "a.txt", "-f", "csv").stdout_bytes
    assert run("statements", "a.txt", "-f", "csv", "--excel").stdout_bytes.startswith(b"\xef\xbb\xbf")


def test_output_into_a_folder_gives_three_csv_files(asked, tmp_path):
    result = run("compare", "a.txt", "-f", "csv", "-o", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "contrasts.csv", "matrix.csv", "provenance.json", "statements.csv",
    ]  # fmt: skip
    assert "statements.csv: written" in result.stderr


def test_output_into_a_file_takes_the_format_from_its_suffix(asked, tmp_path):
    assert run("compare", "a.txt", "-o", str(tmp_path / "c.jsonl")).exit_code == 0
    assert json.loads((tmp_path / "c.jsonl").read_text().splitlines()[0])["kind"] == "evaluation"


def test_options_reach_the_stages(asked):
    run(
        "compare", "a.txt", "--only", "Ferrin, tides", "--topics", "the talks, a deal", "--spacy-model", "en_x",
        "--encoding", "cp1252", "--issuer", "Harbour Board", "--date", "2020-02-03",
    )  # fmt: skip
    assert asked["only"] == ("Ferrin", "tides")
    assert asked["topics"] == ("the talks", "a deal")
    assert asked["nlp"] == "pipeline en_x"
    assert (asked["encoding"], asked["issuer"], asked["date"]) == ("cp1252", "Harbour Board", "2020-02-03")


def test_each_compares_every_document_by_itself(asked):
    run("compare", "a.txt", "b.txt")
    run("compare", "a.txt", "b.txt", "--each")
    assert asked["found"] == [["harbour", "b.txt"], ["harbour"], ["b.txt"]]


def test_a_topic_on_which_nobody_differs_is_said(asked):
    result = run("compare", "a.txt", "--topics", "the moon")
    assert result.exit_code == 0
    assert 'contrast: --topics: nobody differs on "the moon"' in result.stderr


def test_a_name_that_no_speaker_bears_is_said(asked):
    result = run("statements", "a.txt", "--only", "Ferrin,Nobody")
    assert result.exit_code == 0
    assert result.stderr.startswith('contrast: --only: no speaker matches "Nobody"')


def test_a_bad_input_is_named_the_others_done_and_the_code_1(asked):
    result = run("compare", "a.txt", "bad.bin")
    assert result.exit_code == 1
    assert "“productive”" in result.stdout
    assert result.stderr == "contrast: bad.bin: not text; name a text file\n"


def test_only_bad_inputs_give_code_1_and_no_data(asked):
    result = run("compare", "bad.bin")
    assert (result.exit_code, result.stdout) == (1, "")


def test_warnings_go_to_standard_error_with_code_0(asked):
    result = run("compare", "odd.txt")
    assert result.exit_code == 0
    assert result.stderr == "contrast: odd.txt: read as cp1252\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["compare"],
        ["compar", "a.txt"],
        ["compare", "a.txt", "--format", "pdf"],
        ["compare", "a.txt", "--width", "10"],
        ["compare", "a.txt", "--date", "yesterday"],
        ["statements", "a.txt", "--no-such-option"],
        ["speakers", "a.txt", "--format", "html"],
        ["export"],
    ],
)
def test_a_mistake_in_the_command_is_one_line_and_code_2(asked, arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("contrast: ")
    assert result.stderr.count("\n") == 1


def test_an_error_of_the_package_is_one_line_and_code_1(asked):
    result = run("compare", "a.txt", "--speakers", "none.toml")
    assert result.exit_code == 1
    assert result.stderr == "contrast: none.toml: no such file\n"


def test_an_output_that_cannot_be_written_is_one_line_and_code_1(asked, tmp_path):
    (tmp_path / "file").write_text("x")
    result = run("compare", "a.txt", "-o", str(tmp_path / "file" / "c.csv"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_an_output_that_is_an_input_is_refused(asked, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,text")
    for arguments in ([str(path)], ["b.txt", "--corrections", str(path)], ["b.txt", "--speakers", str(path)]):
        assert run("compare", *arguments, "-o", str(path)).exit_code == 2
        assert path.read_text() == "id,text"


def test_speakers_drafts_a_file_and_never_overwrites_one(asked, tmp_path):
    path = tmp_path / "speakers.toml"
    assert run("speakers", "a.txt", "--write", str(path)).exit_code == 0
    assert tomllib.loads(path.read_text())["speaker"][0]["id"] == "anna-ferrin"
    path.write_text("corrected")
    result = run("speakers", "a.txt", "--write", str(path))
    assert result.exit_code == 2
    assert path.read_text() == "corrected"


def test_report_writes_one_page_with_its_origin(asked, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1580688000")
    result = run("report", "a.txt", "--only", "Ferrin", "-o", str(tmp_path / "report.html"))
    assert (result.exit_code, result.stdout) == (0, "")
    page = (tmp_path / "report.html").read_text()
    assert "At the harbour" in page
    assert "2020-02-03T00:00:00Z" in page
    assert "only: [&#39;Ferrin&#39;]" in page
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_workbook_is_written_by_the_suffix(asked, tmp_path):
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    assert run("compare", "a.txt", "-o", str(tmp_path / "c.xlsx")).exit_code == 0
    assert (tmp_path / "c.xlsx").read_bytes().startswith(b"PK")


def test_a_review_edited_and_replayed_changes_the_speaker_and_survives_a_second_round(asked, tmp_path):
    draft, again = tmp_path / "review.csv", tmp_path / "again.csv"
    assert run("review", "a.txt", "-o", str(draft)).exit_code == 0
    lines = draft.read_bytes().decode().split("\r\n")
    assert lines[1].startswith("Carl Otterby,")
    lines[1] = lines[1].replace("Carl Otterby,", "Bo Lind,", 1)
    draft.write_bytes("\r\n".join(lines).encode())
    first = run("statements", "a.txt", "--corrections", str(draft), "-f", "csv").stdout_bytes
    assert b",Bo Lind,bo-lind," in first
    again.write_bytes(first)
    assert run("statements", "a.txt", "--corrections", str(again), "-f", "csv").stdout_bytes == first


def test_the_review_overwrites_no_file(asked, tmp_path):
    path = tmp_path / "review.csv"
    path.write_text("corrected")
    assert run("review", "a.txt", "-o", str(path)).exit_code == 2
    assert path.read_text() == "corrected"


def test_an_orphan_is_told_with_its_old_passage_and_kept_in_the_output(asked, tmp_path):
    path = tmp_path / "c.toml"
    path.write_text('[[correction]]\nid = "harbour:1-5"\ntext = "the old\\nwords"\nspeaker = "Bo Lind"\n')
    result = run("compare", "a.txt", "--corrections", str(path), "-f", "csv", "-o", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert "harbour:1-5: no statement has this passage any more; left out; its passage was: the old words\n" in result.stderr
    assert "Bo Lind" in (tmp_path / "out" / "orphans.csv").read_text()


def test_with_each_a_correction_is_an_orphan_once_at_most(asked, tmp_path):
    path = tmp_path / "c.toml"
    made = findings().statements[0]
    head = f'[[correction]]\nid = "{made.id}"\ntext = {json.dumps(made.text)}\nnote = "checked"\n'
    path.write_text(f'{head}[[correction]]\nid = "gone:1-5"\ntext = "x"\ndrop = true\n')
    result = run("compare", "b.txt", "a.txt", "--each", "--corrections", str(path))
    assert result.stderr.count("--corrections:") == 1
    assert "gone:1-5: its document was not read" in result.stderr


def test_kept_findings_are_exported_without_the_documents(asked, tmp_path):
    assert run("compare", "a.txt", "-f", "jsonl", "-o", str(tmp_path / "kept") + "/").exit_code == 0
    for form in ("csv", "markdown", "html", "jsonld", "table"):
        there = run("compare", "a.txt", "-f", form, "--width", "100").stdout_bytes
        exported = run("export", str(tmp_path / "kept"), "-f", form, "--width", "100").stdout_bytes
        assert without_time(exported) == without_time(there)
    result = run("export", str(tmp_path))
    assert result.exit_code == 1
    assert "statements.jsonl: not found; name the folder" in result.stderr


def without_time(data: bytes) -> bytes:
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"", data)


@pytest.mark.parametrize(
    ("words", "position", "answer"),
    [("contrast rev", 1, "review"), ("contrast compare --corr", 2, "--corrections"), ("contrast compare --format xl", 3, "xlsx")],
)
def test_the_shell_completes_commands_options_and_formats(words, position, answer):
    asked_for = {"_CONTRAST_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(position)}
    code = "from contrast.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment() | asked_for
    )
    assert done.stdout.split() == [answer]


def test_version_is_printed():
    assert run("--version").stdout == f"contrast {contrast.__version__}\n"


@pytest.mark.parametrize("arguments", [[], *([command] for command in COMMANDS)])
def test_every_command_and_option_has_help(arguments):
    result = run(*arguments, "--help")
    assert result.exit_code == 0
    options = result.stdout.split("Options:")[1].split("Commands:")[0].split("\n  -")[1:]
    assert options
    assert all(len(option.split()) >= 4 for option in options)


def test_the_command_line_imports_nothing_heavy():
    code = "import sys, contrast.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert not HEAVY & {name.split(".")[0] for name in done.stdout.split()}


def test_a_closed_pipe_is_quiet():
    code = (
        "import sys, os\n"
        "from contrast.cli import app\n"
        "from contrast.report.outputs import deliver\n"
        "import contrast.cli\n"
        "@app.command()\n"
        "def flood() -> None:\n"
        "    for _ in range(100): deliver({'x': 'line\\n' * 10000}, None, as_text=True)\n"
        "contrast.cli.main()\n"
    )
    reading, writing = os.pipe()
    process = subprocess.Popen([sys.executable, "-c", code, "flood"], stdout=writing, stderr=subprocess.PIPE, env=environment())
    os.close(writing)
    os.read(reading, 10)
    os.close(reading)
    _, errors = process.communicate(timeout=30)
    assert errors == b""


def test_python_m_contrast_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "contrast", "--version"], capture_output=True, text=True, check=False, env=environment()
    )
    assert (done.returncode, done.stdout) == (0, f"contrast {contrast.__version__}\n")


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

"""The command line: data on standard output, all else on standard error.

Exit codes: 0 all done, 1 some or all of the inputs failed, 2 a mistake in the command.
"""

# ruff: noqa: PLC0415 -- the stages are imported by the command that needs them, so that --help is quick
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contrast import __version__
from contrast.options import (
    CorrectionsOption,
    DateOption,
    EachOption,
    EncodingOption,
    ExcelOption,
    FilesArgument,
    FormatOption,
    IssuerOption,
    ModelOption,
    OnlyOption,
    OutputOption,
    SpeakersOption,
    TopicsOption,
    WidthOption,
)
from contrast.pipeline import listed
from contrast.records import Findings
from contrast.report.outputs import Format, comparison_files, speakers_files, statements_files
from contrast.run import Commands, Inputs, Run, check_output, form_of, progress_bar, say, style, write

app = typer.Typer(
    name="contrast",
    cls=Commands,
    help="Who says what in news reports and official statements, and where the positions conflict.",
    epilog="Example: contrast compare report.txt statement.txt",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"contrast {__version__}")
        raise typer.Exit


VersionOption = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")]


@app.callback()
def contrast(version: VersionOption = False) -> None:
    """Who says what in news reports and official statements, and where the positions conflict."""


@app.command(short_help="Lay opposed positions side by side.")
def compare(
    files: FilesArgument,
    *,
    form: FormatOption = None,
    output: OutputOption = None,
    speakers: SpeakersOption = None,
    corrections: CorrectionsOption = None,
    only: OnlyOption = "",
    topics: TopicsOption = "",
    each: EachOption = False,
    spacy_model: ModelOption = None,
    encoding: EncodingOption = None,
    issuer: IssuerOption = None,
    date: DateOption = None,
    excel: ExcelOption = False,
    width: WidthOption = None,
) -> None:
    """Lay opposed positions side by side: topics by speakers, then the contrasts with their reasons.

    CSV into a folder gives contrasts.csv, statements.csv and matrix.csv; into a file the contrasts. JSONL into a folder
    keeps all that was found, for `contrast export`.
    """
    form = form or form_of(output)
    given = Inputs(files, output, speakers, corrections, spacy_model, encoding, issuer, date)
    _compare(given, form, only, topics, each=each, excel=excel, width=width)


@app.command(short_help="Write the report, one HTML file.")
def report(
    files: FilesArgument,
    *,
    output: OutputOption = None,
    speakers: SpeakersOption = None,
    corrections: CorrectionsOption = None,
    only: OnlyOption = "",
    topics: TopicsOption = "",
    each: EachOption = False,
    spacy_model: ModelOption = None,
    encoding: EncodingOption = None,
    issuer: IssuerOption = None,
    date: DateOption = None,
) -> None:
    """Write the report: one HTML file to read, filter, check and print, without a network.

    Example: contrast report *.txt -o report.html
    """
    given = Inputs(files, output, speakers, corrections, spacy_model, encoding, issuer, date)
    _compare(given, Format.html, only, topics, each=each)


def _compare(
    given: Inputs, form: Format, only: str, topics: str, *, each: bool, excel: bool = False, width: int | None = None
) -> None:
    from contrast.pipeline import find

    run = Run.start(given, form)
    names = listed(only)
    with progress_bar(run.documents) as progress:
        findings = [
            find(
                group, nlp=run.nlp, speakers_file=run.speakers, only=names, topics=listed(topics), corrections=corrections,
                progress=progress,
            )
            for group, corrections in run.groups(each=each)
        ]  # fmt: skip
    run.check(names, findings, listed(topics))
    provenance = run.provenance(only=list(names), topics=list(listed(topics)), each=each)
    chosen = style({"order": names, "width": width, "excel": excel, "each": each}, provenance)
    run.finish(comparison_files(findings, form, chosen), form)


@app.command(short_help="List every attributed statement.")
def statements(
    files: FilesArgument,
    *,
    form: FormatOption = None,
    output: OutputOption = None,
    speakers: SpeakersOption = None,
    corrections: CorrectionsOption = None,
    only: OnlyOption = "",
    spacy_model: ModelOption = None,
    encoding: EncodingOption = None,
    issuer: IssuerOption = None,
    date: DateOption = None,
    excel: ExcelOption = False,
    width: WidthOption = None,
) -> None:
    """List every attributed statement: where it stands, who speaks, with which cue, and what."""
    form = form or form_of(output)
    run = Run.start(Inputs(files, output, speakers, corrections, spacy_model, encoding, issuer, date), form)
    found = _statements(run, only)
    provenance = run.provenance(only=list(listed(only)))
    run.finish(statements_files(found, form, style({"width": width, "excel": excel}, provenance)), form)


@app.command(name="speakers", short_help="Show who speaks, how often, how surely.")
def list_speakers(
    files: FilesArgument,
    *,
    form: FormatOption = None,
    output: OutputOption = None,
    speakers: SpeakersOption = None,
    corrections: CorrectionsOption = None,
    write_to: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Draft a speakers file (TOML) to correct; must not exist.")
    ] = None,
    only: OnlyOption = "",
    spacy_model: ModelOption = None,
    encoding: EncodingOption = None,
    issuer: IssuerOption = None,
    date: DateOption = None,
    excel: ExcelOption = False,
    width: WidthOption = None,
) -> None:
    """Show who speaks: how often, under which mentions, and in how many statements that is doubtful."""
    from contrast.report.files import write_whole
    from contrast.report.roster import build_roster, speakers_toml

    if write_to is not None:
        _check_new(write_to, "--write")
    form = form or form_of(output)
    if form in (Format.html, Format.jsonld):
        raise typer.BadParameter(f"{form} shows passages, not speakers; choose another", param_hint="--format")
    if write_to is not None and output is not None and write_to.resolve() == Path(output).resolve():
        raise typer.BadParameter(f"{write_to} is the --output too; name another file", param_hint="--write")
    run = Run.start(Inputs(files, output, speakers, corrections, spacy_model, encoding, issuer, date), form)
    found = _statements(run, only)
    roster = build_roster(found)
    if write_to is not None:
        write_whole(write_to, speakers_toml(roster, found))
        say(f"{write_to}: written")
    run.finish(speakers_files(roster, form, style({"width": width, "excel": excel}, run.provenance())), form)


@app.command(short_help="Draft corrections, the doubtful first.")
def review(
    files: FilesArgument,
    *,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="The draft (CSV); must not exist. Default: standard output."),
    ] = None,
    speakers: SpeakersOption = None,
    corrections: CorrectionsOption = None,
    only: OnlyOption = "",
    topics: TopicsOption = "",
    spacy_model: ModelOption = None,
    encoding: EncodingOption = None,
    issuer: IssuerOption = None,
    date: DateOption = None,
    excel: ExcelOption = False,
) -> None:
    """Draft corrections: a CSV of the statements to edit, those most in doubt first.

    Change speaker or topic, write yes under drop, or add a note, and pass the file on with --corrections. The columns
    machine_speaker and machine_topic keep what the tool found; a speaker of (unknown) takes the tool's away. Leave id,
    text, before and after as they are: by them a statement is found again.
    """
    from contrast.pipeline import find
    from contrast.report.review import review_csv

    if output is not None and output != "-":
        _check_new(Path(output), "--output")
    given = Inputs(files, output, speakers, corrections, spacy_model, encoding, issuer, date)
    run = Run.start(given, Format.csv)
    names = listed(only)
    with progress_bar(run.documents) as progress:
        found = find(
            run.documents, nlp=run.nlp, speakers_file=run.speakers, only=names, topics=listed(topics),
            corrections=run.corrections, progress=progress,
        )  # fmt: skip
    run.check(names, [found], listed(topics))
    run.finish({"review.csv": review_csv(found, excel=excel)}, Format.csv)


@app.command(short_help="Write kept findings in another format.")
def export(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="What `contrast compare --format jsonl --output FOLDER/` wrote.", show_default=False
        ),
    ],
    *,
    form: FormatOption = None,
    output: OutputOption = None,
    only: Annotated[
        str, typer.Option("--only", metavar="NAMES", help="Order of the table's columns: speakers, first to last.")
    ] = "",
    excel: ExcelOption = False,
    width: WidthOption = None,
) -> None:
    """Write findings kept as JSONL in another format, without reading the documents again.

    Example: contrast export findings/ -o report.html
    """
    from contrast.report.readback import read_findings

    form = form or form_of(output)
    check_output(output, form)
    findings, provenance = read_findings(folder)
    chosen = style({"order": listed(only), "width": width, "excel": excel}, provenance)
    write(comparison_files([findings], form, chosen), form, output)


def main() -> None:
    """The console script."""
    app(prog_name="contrast")


def _statements(run: Run, only: str) -> Findings:
    from contrast.pipeline import find_statements

    names = listed(only)
    with progress_bar(run.documents) as progress:
        found = find_statements(
            run.documents, nlp=run.nlp, speakers_file=run.speakers, only=names, corrections=run.corrections, progress=progress
        )
    run.check(names, [found])
    return found


def _check_new(path: Path, option: str) -> None:
    if path.exists():
        raise typer.BadParameter(f"{path} exists; name a new file, so that no corrections are lost", param_hint=option)

"""The command line: data on standard output, all else on standard error.

Exit codes: 0 all done, 1 some or all of the inputs failed, 2 a mistake in the command.
"""

# ruff: noqa: PLC0415 -- the stages are imported by the command that needs them, so that --help is quick
from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from contrast import __version__
from contrast.errors import ContrastError, ReadingError
from contrast.pipeline import listed, unmatched
from contrast.records import Document
from contrast.report.outputs import Files, Format, comparison_files, deliver, format_for, speakers_files, statements_files

if TYPE_CHECKING:
    from contrast.pipeline import Progress
    from contrast.speakers import SpeakersFile


class Commands(TyperGroup):
    """Reports every error in one line on standard error."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        if not extra.pop("standalone_mode", True):
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name or "contrast", standalone_mode=False, **extra)
        except ContrastError as error:
            _die(str(error), 1)
        except typer.Abort:
            sys.exit(130)
        except Exception as error:
            # Typer's usage errors: where it keeps their base class has changed, what they offer has not.
            message = getattr(error, "format_message", None)
            if message is None:
                raise
            _die(message() or "name a command; see --help", 2)
        sys.exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    name="contrast",
    cls=Commands,
    help="Who says what in news reports and official statements, and where the positions conflict.",
    epilog="Example: contrast compare report.txt statement.txt",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FilesArgument = Annotated[
    list[str],
    typer.Argument(metavar="FILES", help="Text, HTML, JSONL or CSV files, folders, or - for standard input.", show_default=False),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", "-f", help="Default: by the suffix of --output, else table.", show_default=False)
]
OutputOption = Annotated[
    str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to this file or folder; default: standard output.")
]
SpeakersOption = Annotated[
    Path | None, typer.Option("--speakers", metavar="FILE", help="Speakers file (TOML): names, aliases and sides.")
]
OnlyOption = Annotated[
    str, typer.Option("--only", metavar="NAMES", help='Only these speakers, by id, name or part of a name: "Pompeo,Nauert".')
]
ModelOption = Annotated[
    str | None, typer.Option("--spacy-model", metavar="NAME", help="An installed spaCy pipeline in place of the shipped one.")
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Encoding of the files; default: declared or detected.")
]
IssuerOption = Annotated[
    str | None, typer.Option("--issuer", metavar="NAME", help="The body whose own statements the documents are.")
]
DateOption = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the documents that tell none.")]
ExcelOption = Annotated[
    bool, typer.Option("--excel", help="CSV for Excel: with a byte order mark, cells that look like formulas guarded.")
]
WidthOption = Annotated[
    int | None, typer.Option("--width", min=40, help="Width of tables in characters; default: the terminal's, else 80.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"contrast {__version__}")
        raise typer.Exit


VersionOption = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")]


@app.callback()
def contrast(version: VersionOption = False) -> None:
    """Who says what in news reports and official statements, and where the positions conflict."""


@app.command()
def compare(
    files: FilesArgument,
    *,
    form: FormatOption = None,
    output: OutputOption = None,
    speakers: SpeakersOption = None,
    only: OnlyOption = "",
    topics: Annotated[str, typer.Option("--topics", metavar="LIST", help='Topics to look for: "the talks, timeline".')] = "",
    each: Annotated[bool, typer.Option("--each", help="Compare each document by itself.")] = False,
    spacy_model: ModelOption = None,
    encoding: EncodingOption = None,
    issuer: IssuerOption = None,
    date: DateOption = None,
    excel: ExcelOption = False,
    width: WidthOption = None,
) -> None:
    """Lay opposed positions side by side: topics by speakers, then the contrasts with their reasons.

    CSV into a folder gives contrasts.csv, statements.csv and matrix.csv; into a file the contrasts.
    """
    from contrast.pipeline import find

    run = Run.start(files, output, speakers, spacy_model, encoding=encoding, issuer=issuer, date=date)
    names = listed(only)
    with _progress(run.documents) as progress:
        findings = [
            find(group, nlp=run.nlp, speakers_file=run.speakers, only=names, topics=listed(topics), progress=progress)
            for group in ([[document] for document in run.documents] if each else [run.documents])
        ]
    run.check_names(names, [statement for found in findings for statement in found.statements])
    form = form or format_for(output)
    texts = comparison_files(findings, form, order=names, width=_width(width), excel=excel, each=each)
    run.finish(texts, form, output)


@app.command()
def statements(
    files: FilesArgument,
    *,
    form: FormatOption = None,
    output: OutputOption = None,
    speakers: SpeakersOption = None,
    only: OnlyOption = "",
    spacy_model: ModelOption = None,
    encoding: EncodingOption = None,
    issuer: IssuerOption = None,
    date: DateOption = None,
    excel: ExcelOption = False,
    width: WidthOption = None,
) -> None:
    """List every attributed statement: where it stands, who speaks, with which cue, and what."""
    from contrast.pipeline import find_statements

    run = Run.start(files, output, speakers, spacy_model, encoding=encoding, issuer=issuer, date=date)
    names = listed(only)
    with _progress(run.documents) as progress:
        found = find_statements(run.documents, nlp=run.nlp, speakers_file=run.speakers, only=names, progress=progress)
    run.check_names(names, found.statements)
    form = form or format_for(output)
    run.finish(statements_files(found, form, width=_width(width), excel=excel), form, output)


@app.command(name="speakers")
def list_speakers(
    files: FilesArgument,
    *,
    form: FormatOption = None,
    output: OutputOption = None,
    speakers: SpeakersOption = None,
    write: Annotated[
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
    from contrast.pipeline import find_statements
    from contrast.report.files import write_whole
    from contrast.report.roster import build_roster, speakers_toml

    if write is not None and write.exists():
        raise typer.BadParameter(f"{write} exists; name a new file, so that no corrections are lost", param_hint="--write")
    run = Run.start(files, output, speakers, spacy_model, encoding=encoding, issuer=issuer, date=date)
    names = listed(only)
    with _progress(run.documents) as progress:
        found = find_statements(run.documents, nlp=run.nlp, speakers_file=run.speakers, only=names, progress=progress)
    run.check_names(names, found.statements)
    roster = build_roster(found)
    if write is not None:
        write_whole(write, speakers_toml(roster, found))
        _say(f"{write}: written")
    form = form or format_for(output)
    run.finish(speakers_files(roster, form, width=_width(width), excel=excel), form, output)


def main() -> None:
    """The console script."""
    app(prog_name="contrast")


@dataclass(frozen=True, slots=True)
class Run:
    """What one command works on: the documents that could be read, and how many inputs could not."""

    documents: list[Document]
    failures: int
    speakers: SpeakersFile | None
    nlp: Any

    @classmethod
    def start(
        cls,
        files: Sequence[str],
        output: str | None,
        speakers: Path | None,
        spacy_model: str | None,
        *,
        encoding: str | None,
        issuer: str | None,
        date: str | None,
    ) -> Run:
        """Read the speakers file, then the documents, then load the spaCy pipeline; leave where nothing was read."""
        if date is not None:
            _check_date(date)
        if output is not None and Path(output).is_file() and any(Path(output).resolve() == Path(f).resolve() for f in files):
            raise typer.BadParameter(f"{output} is one of the inputs; name another file", param_hint="--output")
        from contrast.reading import read
        from contrast.speakers import load_speakers

        failures: list[str] = []

        def fail(error: ReadingError) -> None:
            failures.append(str(error))
            _say(str(error))

        speakers_file = None if speakers is None else load_speakers(speakers)
        documents = list(read(files, encoding=encoding, issuer=issuer, date=date, warn=_say, fail=fail))
        if not documents:
            if not failures:
                _say("no documents in what was named; give files of text, HTML, JSONL or CSV")
            raise typer.Exit(1)
        from contrast.language import load_pipeline

        return cls(documents, len(failures), speakers_file, load_pipeline(spacy_model))

    def check_names(self, only: Sequence[str], statements: Sequence[Any]) -> None:
        """Say which names of ``--only`` no speaker bears."""
        for name in unmatched(only, statements):
            _say(f'--only: no speaker matches "{name}"; `contrast speakers` lists them')

    def finish(self, files: Files, form: Format, output: str | None) -> None:
        """Print or write the texts, and leave with 1 where an input failed."""
        for path in deliver(files, output, as_text=form is Format.table):
            _say(f"{path}: written")
        if self.failures:
            raise typer.Exit(1)


@contextmanager
def _progress(documents: Sequence[Document]) -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=len(documents), unit="document", leave=False, file=sys.stderr) as bar:
        yield bar.update


def _check_date(text: str) -> None:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no date; write it as 2018-07-08", param_hint="--date") from None


def _width(wanted: int | None) -> int:
    return wanted or shutil.get_terminal_size().columns


def _say(message: str) -> None:
    typer.echo(f"contrast: {message}", err=True)


def _die(message: str, code: int) -> NoReturn:
    _say(" ".join(message.split()))
    sys.exit(code)

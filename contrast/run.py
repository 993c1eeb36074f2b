"""What every command that reads documents does: read, load, show progress, write, and say what went wrong."""

# ruff: noqa: PLC0415 -- the stages are imported by the command that needs them, so that --help is quick
from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperGroup

from contrast.errors import ContrastError, ExportError, ReadingError
from contrast.pipeline import unmatched
from contrast.provenance import Provenance, provenance_of
from contrast.records import Correction, Document, Findings
from contrast.report.outputs import Files, Format, Style, deliver, format_for

if TYPE_CHECKING:
    from contrast.pipeline import Progress
    from contrast.speakers import SpeakersFile

BINARY = frozenset({Format.xlsx, Format.html})
"""Formats that no terminal shows."""


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


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user gave: files, and the options that say how to read them."""

    files: Sequence[str]
    output: str | None
    speakers: Path | None = None
    corrections: Path | None = None
    spacy_model: str | None = None
    encoding: str | None = None
    issuer: str | None = None
    date: str | None = None

    def options(self) -> dict[str, Any]:
        """The options that change what is found, for the record of the run."""
        names = ("speakers", "corrections", "spacy_model", "encoding", "issuer", "date")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Run:
    """What one command works on: the documents that could be read, and how many inputs could not."""

    documents: list[Document]
    failures: int
    speakers: SpeakersFile | None
    corrections: tuple[Correction, ...]
    nlp: Any
    given: Inputs

    @classmethod
    def start(cls, given: Inputs, form: Format) -> Run:
        """Read what steers the run, then the documents, then load the spaCy pipeline; leave where nothing was read."""
        if given.date is not None:
            _check_date(given.date)
        steering = [str(path) for path in (given.speakers, given.corrections) if path is not None]
        check_output(given.output, form, inputs=[*given.files, *steering])
        from contrast.corrections import load_corrections
        from contrast.reading import read
        from contrast.speakers import load_speakers

        failures: list[ReadingError] = []

        def fail(error: ReadingError) -> None:
            failures.append(error)
            say(str(error))

        speakers = None if given.speakers is None else load_speakers(given.speakers)
        corrections = () if given.corrections is None else load_corrections(given.corrections)
        documents = list(read(given.files, encoding=given.encoding, issuer=given.issuer, date=given.date, warn=say, fail=fail))
        if not documents:
            if not failures:
                say("no documents in what was named; give files of text, HTML, JSONL or CSV")
            raise typer.Exit(1)
        from contrast.language import load_pipeline

        return cls(documents, len(failures), speakers, corrections, load_pipeline(given.spacy_model), given)

    def groups(self, *, each: bool) -> list[tuple[list[Document], list[Correction]]]:
        """The documents to compare together, each group with its corrections; the first has those of no document."""
        groups = [[document] for document in self.documents] if each else [self.documents]
        known = {document.id for document in self.documents}
        made = []
        for number, group in enumerate(groups):
            ids = {document.id for document in group}
            made.append((group, [c for c in self.corrections if c.document in ids or (not number and c.document not in known)]))
        return made

    def provenance(self, **options: Any) -> Provenance:
        """The record of this run, the command's further options included."""
        return provenance_of(self.documents, options={**self.given.options(), **options}, nlp=self.nlp)

    def check(self, only: Sequence[str], findings: Sequence[Findings], topics: Sequence[str] = ()) -> None:
        """Say which names of ``--only`` no speaker bears, on which ``--topics`` nobody differs, which corrections do not fit."""
        labels = [topic.label for found in findings for topic in found.topics]
        for wanted in topics:
            if not any(wanted in label for label in labels):
                say(f'--topics: nobody differs on "{wanted}"; without --topics all topics are shown')
        for name in unmatched(only, [statement for found in findings for statement in found.statements]):
            say(f'--only: no speaker matches "{name}"; `contrast speakers` lists them')
        for found in findings:
            for revision in found.revisions:
                if revision.machine is None:
                    made = revision.correction
                    say(f"--corrections: {made.statement}: {revision.reason}; left out; its passage was: {made.passage}")

    def finish(self, files: Files, form: Format) -> None:
        """Print or write the contents, and leave with 1 where an input failed."""
        write(files, form, self.given.output)
        if self.failures:
            raise typer.Exit(1)


def form_of(output: str | None) -> Format:
    """The format that the output's suffix asks for."""
    try:
        return format_for(output)
    except ExportError as error:
        raise typer.BadParameter(str(error), param_hint="--output") from None


def check_output(output: str | None, form: Format, *, inputs: Sequence[str] = ()) -> None:
    """Refuse an output that is an input, and to print on a terminal what no terminal shows."""
    if output is not None and Path(output).is_file() and any(Path(output).resolve() == Path(f).resolve() for f in inputs):
        raise typer.BadParameter(f"{output} is one of the inputs; name another file", param_hint="--output")
    if output is None and form in BINARY and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is not for the terminal; name a file with --output", param_hint="--format")


def write(files: Files, form: Format, output: str | None) -> None:
    """Print or write the contents, and say what was written."""
    for path in deliver(files, output, as_text=form is Format.table):
        say(f"{path}: written")


def style(given: Mapping[str, Any], provenance: Provenance | None) -> Style:
    """The style from a command's options ``order``, ``width`` (None: the terminal's), ``excel`` and ``each``."""
    made = dict(given)
    made["width"] = made.get("width") or shutil.get_terminal_size().columns
    return Style(**made, provenance=provenance)


@contextmanager
def progress_bar(documents: Sequence[Document]) -> Iterator[Progress | None]:
    """A bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=len(documents), unit="document", leave=False, file=sys.stderr) as bar:
        yield bar.update


def say(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"contrast: {' '.join(message.split())}", err=True)


def _check_date(text: str) -> None:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no date; write it as 2018-07-08", param_hint="--date") from None


def _die(message: str, code: int) -> NoReturn:
    say(message)
    sys.exit(code)

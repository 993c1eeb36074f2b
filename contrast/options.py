"""The options that several commands share, with their help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contrast.report.outputs import Format

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
    str | None,
    typer.Option(
        "--issuer",
        metavar="NAME",
        help="The body whose own statements the documents are; or a pattern of file names with a group (?P<issuer>...).",
    ),
]
DateOption = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the documents that tell none.")]
ExcelOption = Annotated[
    bool, typer.Option("--excel", help="CSV for Excel: with a byte order mark, cells that look like formulas guarded.")
]
WidthOption = Annotated[
    int | None, typer.Option("--width", min=40, help="Width of tables in characters; default: the terminal's, else 80.")
]
CorrectionsOption = Annotated[
    Path | None,
    typer.Option(
        "--corrections", metavar="FILE", help="Corrections to replay: an edited statements CSV, or TOML; see `contrast review`."
    ),
]
TopicsOption = Annotated[str, typer.Option("--topics", metavar="LIST", help='Topics to look for: "the talks, timeline".')]
EachOption = Annotated[bool, typer.Option("--each", help="Compare each document by itself.")]

"""Read files, folders and standard input, each by its kind; what cannot be read is named and the rest still done."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from contrast.errors import ReadingError
from contrast.reading.dates import parse_date
from contrast.reading.decoding import check_encoding, decode
from contrast.reading.documents import checked_date, document
from contrast.reading.issuers import issuer_of
from contrast.reading.knowledge import metadata
from contrast.reading.rows import Row, csv_rows, json_rows, looks_like_json
from contrast.reading.webpages import read_page
from contrast.records import Document

PLAIN = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
WEB = (".html", ".htm")
JSON_LINES = (".jsonl", ".ndjson")
CSV = (".csv",)
ENDINGS = (*PLAIN, *MARKDOWN, *WEB, *JSON_LINES, *CSV)
"""What is read of a folder; a file named outright is read as plain text whatever its ending."""
STDIN = "-"

Item = Document | ReadingError


def _log(message: str) -> None:
    logging.getLogger("contrast").warning(message)


@dataclass(slots=True)
class _Reader:
    """The options of one :func:`read`, and the ids and paths it has met."""

    encoding: str | None
    issuer: str | None
    date: str | None
    warn: Callable[[str], None]
    ids: set[str] = field(default_factory=set)
    seen: set[Path] = field(default_factory=set)


def read(
    paths: Iterable[str | Path],
    *,
    encoding: str | None = None,
    issuer: str | None = None,
    date: str | None = None,
    warn: Callable[[str], None] = _log,
    fail: Callable[[ReadingError], None] | None = None,
) -> Iterator[Document]:
    """The documents of files (.txt, .md, .html, .jsonl, .csv), folders and ``-`` (standard input), one after the other.

    ``encoding`` holds for every file, ``issuer`` and ``date`` for every document; each wins over what a file says. An ``issuer``
    may be a regular expression with a group ``(?P<issuer>...)`` that tells it from the file's name.
    ``warn`` is told in one line of an encoding that was guessed or a date that is not understood. ``fail`` is given the
    :class:`ReadingError` of each file or line that cannot be read; without it the first such error is raised. An
    ``encoding``, ``issuer`` or ``date`` that is none is raised at once. A file met twice is read once; ids are unique.
    """
    if encoding is not None:
        check_encoding(encoding)
    issuer_of(issuer, Path())
    chosen = [paths] if isinstance(paths, str | Path) else paths
    reader = _Reader(encoding=encoding, issuer=issuer, date=checked_date(date), warn=warn)
    return _documents(chosen, reader, fail)


def _documents(paths: Iterable[str | Path], reader: _Reader, fail: Callable[[ReadingError], None] | None) -> Iterator[Document]:
    for path in paths:
        for item in _items(path, reader):
            if isinstance(item, Document):
                yield replace(item, id=_unique(item.id, reader.ids))
            elif fail is None:
                raise item
            else:
                fail(item)


def _items(path: str | Path, reader: _Reader) -> Iterator[Item]:
    if str(path) == STDIN:
        yield from _contents(sys.stdin.buffer.read(), "standard input", None, reader)
        return
    path = Path(path)
    if not path.is_dir():
        yield from _file(path, reader)
        return
    found, troubles = _folder(path)
    yield from troubles
    if not found and not troubles:
        yield ReadingError(f"{path}: holds no document; what is read of a folder ends in {', '.join(ENDINGS)}")
    for file in found:
        yield from _file(file, reader)


def _folder(folder: Path) -> tuple[list[Path], list[ReadingError]]:
    """The files of known endings below a folder, sorted, without hidden ones, files about the folder and own outputs."""
    about = metadata()["folders"]
    troubles: list[ReadingError] = []
    found: list[Path] = []

    def note(error: OSError) -> None:
        troubles.append(_unreadable(Path(error.filename), error))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        own = about["written"] if about["record"] in files else ()
        for name in files:
            path = Path(parent, name)
            apart = name.startswith(".") or name in own or path.stem.lower() in about["left_out"]
            if path.suffix.lower() in ENDINGS and not apart:
                found.append(path)
    return sorted(found), troubles


def _file(path: Path, reader: _Reader) -> Iterator[Item]:
    try:
        resolved = path.resolve()
        if resolved in reader.seen:
            return
        reader.seen.add(resolved)
        data = path.read_bytes()
    except FileNotFoundError:
        yield ReadingError(f"{path}: not found; check the name and the folder")
    except (OSError, ValueError, RuntimeError) as error:
        yield _unreadable(path, error)
    else:
        yield from _contents(data, str(path), path, reader)


def _unreadable(path: Path, error: Exception) -> ReadingError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ReadingError(f"{path}: cannot be read ({reason}); check that it may be read, or leave it out")


def _contents(data: bytes, name: str, path: Path | None, reader: _Reader) -> Iterator[Item]:
    ending = path.suffix.lower() if path else ""
    stem = os.fsencode(path.stem).decode("utf-8", "replace") if path else "stdin"
    try:
        web = ending in WEB or (path is None and _is_web(data))
        text = decode(data, name, encoding=reader.encoding, web=web, warn=reader.warn)
        if ending in JSON_LINES or (path is None and looks_like_json(text)):
            yield from (_from_row(row, stem, path, reader) for row in json_rows(text, name))
        elif ending in CSV:
            yield from (_from_row(row, stem, path, reader) for row in csv_rows(text, name))
        elif web:
            yield _from_page(text, name, stem, path, reader)
        else:
            markdown = ending in MARKDOWN
            issuer = issuer_of(reader.issuer, path)
            yield document(text, id=stem, date=reader.date, issuer=issuer, path=_text(path), markdown=markdown, warn=reader.warn)
    except ReadingError as error:
        yield error


def _from_page(source: str, name: str, stem: str, path: Path | None, reader: _Reader) -> Document:
    page = read_page(source, name)
    return document(
        page.text,
        id=stem,
        title=page.title,
        date=reader.date or parse_date(page.date or ""),
        issuer=issuer_of(reader.issuer, path),
        url=page.url,
        path=_text(path),
        paragraphs=False,
        warn=reader.warn,
    )


def _from_row(row: Row | ReadingError, stem: str, path: Path | None, reader: _Reader) -> Item:
    if isinstance(row, ReadingError):
        return row
    values = row.values
    date = parse_date(values.get("date", ""))
    if "date" in values and date is None and reader.date is None:
        reader.warn(f"{row.place}: date {values['date']!r} not understood; write it as YYYY-MM-DD")
    try:
        return document(
            values["text"],
            id=values.get("id", f"{stem}-{row.line}"),
            title=values.get("title"),
            date=reader.date or date,
            issuer=issuer_of(reader.issuer, path) or values.get("issuer"),
            url=values.get("url"),
            path=_text(path),
        )
    except ReadingError as error:
        return ReadingError(f"{row.place}: {str(error).partition(': ')[2]}")


def _unique(id: str, taken: set[str]) -> str:
    """``id``, or with the first suffix (-2, -3) that makes it unlike those taken."""
    unique, number = id, 1
    while unique in taken:
        number += 1
        unique = f"{id}-{number}"
    taken.add(unique)
    return unique


def _is_web(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))


def _text(path: Path | None) -> str | None:
    return os.fsencode(path).decode("utf-8", "replace") if path else None

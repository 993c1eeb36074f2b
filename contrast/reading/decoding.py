"""Bytes to text: byte order marks, a declared encoding, UTF-8, a web page's own word, and only then a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from contrast.errors import ReadingError
from contrast.reading.knowledge import metadata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""


def check_encoding(encoding: str) -> None:
    """Raise :class:`ReadingError` where Python knows no text encoding of that name."""
    try:
        b"a".decode(encoding)
    except UnicodeError:
        pass
    except (LookupError, ValueError):
        raise ReadingError(f"{encoding}: no such encoding; name one such as utf-8, utf-16, cp1252 or shift_jis") from None


def decode(data: bytes, name: str, *, encoding: str | None = None, web: bool = False, warn: Callable[[str], None]) -> str:
    """The text of ``data`` without a byte order mark, line ends as they are.

    ``name`` stands for the file in messages, ``web`` lets a web page declare its encoding, ``warn`` is told of a guess.
    Raises :class:`ReadingError` for what is empty, binary or wrongly encoded.
    """
    if not data.strip():
        raise ReadingError(f"{name}: is empty; leave it out or save its text again")
    for magic, remedy in metadata()["binary"].items():
        if data.startswith(magic.encode("latin-1")):
            raise ReadingError(f"{name}: {remedy}")
    text = _decoded(data, name, encoding=encoding, web=web, warn=warn).removeprefix("\ufeff")
    if "\0" in text:
        raise ReadingError(f"{name}: is binary, not text; leave it out, or declare its encoding with --encoding (utf-16?)")
    if not text.strip():
        raise ReadingError(f"{name}: is empty; leave it out or save its text again")
    return text


def _decoded(data: bytes, name: str, *, encoding: str | None, web: bool, warn: Callable[[str], None]) -> str:
    if encoding is not None:
        return _strictly(data, encoding, name)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], marked, name)
    if b"\0" in data:
        raise ReadingError(f"{name}: is binary, not text; leave it out, or declare its encoding with --encoding (utf-16?)")
    candidates = ["utf-8"]
    if web and (declared := _CHARSET.search(data, 0, 4096)):
        label = declared[1].decode("ascii").lower()
        candidates.append(metadata()["encodings"].get(label, label))
    for candidate in candidates:
        try:
            return data.decode(candidate)
        except (UnicodeError, LookupError):
            continue
    return _guessed(data, name, warn)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start} cannot be read"
    except UnicodeError:
        where = "it has no byte order mark, or a broken one"
    raise ReadingError(f"{name}: is not {encoding} ({where}); declare its true encoding with --encoding, or leave that out")


def _guessed(data: bytes, name: str, warn: Callable[[str], None]) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- seldom needed, and slow to load

    for sample in (data[:SAMPLE], data) if len(data) > SAMPLE else (data,):
        matches = list(from_bytes(sample))
        # Several encodings often read a text alike; of those that read it as cleanly as the first, the commonest is named.
        equal = [match.encoding for match in matches if match.chaos <= matches[0].chaos]
        for encoding in sorted(equal, key=lambda found: found != "cp1252") + [match.encoding for match in matches]:
            try:
                text = data.decode(encoding)
            except UnicodeError:
                continue
            warn(f"{name}: encoding guessed as {encoding}; if it reads wrongly, declare it with --encoding")
            return text
    raise ReadingError(f"{name}: its encoding cannot be told, or it is binary; declare it with --encoding")

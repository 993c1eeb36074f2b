"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from contrast.errors import ContrastError


def write_whole(path: Path, text: str | bytes) -> None:
    """Write the text as UTF-8, or the bytes, beside ``path`` and then put it in its place; folders are made.

    A reader sees the old file or the new one, never a part. Raises :class:`ContrastError` where that is not possible.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(encoded(text))  # a device or a pipe has no place to be put in
            return
        path = path.resolve() if path.is_symlink() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(encoded(text))
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ContrastError(f"{path}: cannot be written: {error.strerror or error}") from error


def encoded(text: str | bytes) -> bytes:
    """The text in UTF-8; a lone surrogate, which UTF-8 cannot hold, is written as its escape. Bytes stay as they are."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

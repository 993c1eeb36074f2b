"""Whose statement a file is, where the user says so: by a name, or by a pattern of file names."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from contrast.errors import ReadingError

GROUP = "issuer"


def issuer_of(given: str | None, path: Path | None) -> str | None:
    """The issuer that ``given`` names: itself, or what its group ``(?P<issuer>...)`` matches in the file's name.

    Underscores in a file's name are spaces. None where the pattern does not match. Raises :class:`ReadingError` for a faulty
    pattern.
    """
    if given is None or f"(?P<{GROUP}>" not in given:
        return given
    match = _pattern(given).search(path.stem) if path is not None else None
    return " ".join(match[GROUP].replace("_", " ").split()) or None if match and match[GROUP] else None


@lru_cache(maxsize=8)
def _pattern(given: str) -> re.Pattern[str]:
    try:
        return re.compile(given)
    except re.error as error:
        raise ReadingError(f"{given}: is no regular expression ({error}); mend it, or give the issuer's name") from None

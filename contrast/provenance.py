"""Where an output comes from: the tool, its models, the options, the inputs and the time of the run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contrast import __version__
from contrast.errors import ContrastError, ExportError
from contrast.records import Document

MODELS = Path(__file__).parent / "models"
EPOCH = "SOURCE_DATE_EPOCH"
"""Environment variable with the time to write, in seconds since 1970 (reproducible-builds.org)."""


@dataclass(frozen=True, slots=True)
class Input:
    """A document as it was read, or a file that steered the run."""

    id: str
    path: str | None
    sha256: str
    """Of the file's bytes; of the text in UTF-8 where there is no file."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is needed to make the same output again."""

    version: str
    time: str
    """ISO 8601, UTC, to the second."""
    options: Mapping[str, Any]
    """The options that differ from their defaults."""
    models: Mapping[str, str]
    """SHA-256 by name; a pipeline that the user brought has its version in place of it."""
    inputs: tuple[Input, ...]

    def as_object(self) -> dict[str, Any]:
        """The record as JSON values."""
        return {"tool": "contrast", **asdict(self)}

    @classmethod
    def from_object(cls, value: Mapping[str, Any]) -> Provenance:
        """The record from JSON values. Raises :class:`~contrast.errors.ExportError` where they are not one."""
        try:
            inputs = tuple(Input(i["id"], i["path"], i["sha256"]) for i in value["inputs"])
            return cls(value["version"], value["time"], dict(value["options"]), dict(value["models"]), inputs)
        except (KeyError, TypeError, ValueError) as error:
            raise ExportError(f"provenance.json: not what contrast writes: {error!r}") from error


def provenance_of(documents: Iterable[Document], *, options: Mapping[str, Any], nlp: Any = None) -> Provenance:
    """The provenance of a run over these documents.

    ``options`` with ``None``, false or empty values are left out; a value that is a path to a file becomes an input
    too. ``nlp`` is the spaCy pipeline in use. Raises :class:`~contrast.ContrastError` where ``SOURCE_DATE_EPOCH`` is set
    and no number.
    """
    given = {name: value for name, value in options.items() if value}
    files = [(name, value) for name, value in given.items() if isinstance(value, Path)]
    inputs = [_input(document.id, document.path, document.text) for document in documents]
    inputs += [_input(name, str(path), "") for name, path in files]
    written = {name: str(value) if isinstance(value, Path) else value for name, value in given.items()}
    return Provenance(__version__, time_of_run(), written, _models(nlp), tuple(inputs))


def time_of_run() -> str:
    """Now, or the time in ``SOURCE_DATE_EPOCH``: ISO 8601, UTC, to the second."""
    fixed = os.environ.get(EPOCH)
    try:
        moment = datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise ContrastError(f"{EPOCH}: {fixed!r} is no time; write seconds since 1970, or unset it") from None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _input(id_: str, path: str | None, text: str) -> Input:
    try:
        data = Path(path).read_bytes() if path else None
    except OSError:  # moved since, or a name that was never a file's
        data = None
    data = text.encode("utf-8", "surrogatepass") if data is None else data
    return Input(id_, path, hashlib.sha256(data).hexdigest())


def _models(nlp: Any) -> dict[str, str]:
    models = {folder.name: _digest(folder) for folder in sorted(MODELS.glob("*")) if folder.is_dir()}
    meta = getattr(nlp, "meta", None) or {}
    own = getattr(nlp, "path", None)
    if meta.get("name") and own is not None and Path(own).resolve() != (MODELS / "language").resolve():
        models.pop("language", None)
        models[f"{meta.get('lang', '')}_{meta['name']}"] = f"version {meta.get('version', 'unknown')}"
    return models


def _digest(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".pyc", ".md")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()

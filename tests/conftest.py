"""What several test modules share."""

from __future__ import annotations

from pathlib import Path

import pytest

from contrast.reading import read
from contrast.records import Document


class Reading:
    """What one reading gave: the documents, and the warnings and errors said on the way."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.warned: list[str] = []
        self.failed: list[str] = []

    @property
    def only(self) -> Document:
        """The one document that was read without an error."""
        assert self.failed == []
        assert len(self.documents) == 1
        return self.documents[0]


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """Write files by name and content into a new folder that is the working folder, and read paths from it."""
    monkeypatch.chdir(tmp_path)

    def run(*paths: str | Path, files: dict[str, str | bytes] | None = None, **options) -> Reading:
        for name, content in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        result = Reading()
        chosen = paths or tuple(files or {})
        for document in read(chosen, warn=result.warned.append, fail=lambda e: result.failed.append(str(e)), **options):
            result.documents.append(document)
        return result

    return run

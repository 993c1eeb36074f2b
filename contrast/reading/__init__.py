"""The reading stage: files, folders and standard input as Documents, their text exactly as it was decoded."""

from contrast.reading.documents import read_text
from contrast.reading.sources import read

__all__ = ["read", "read_text"]

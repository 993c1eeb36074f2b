"""The exceptions that Contrast raises on purpose; each message is one line that names the file and the remedy.

ContrastError
├── ReadingError      a document that cannot be read
├── SpeakersError     a mistake in a speakers file
├── CorrectionsError  a mistake in a corrections file
├── ExportError       findings that cannot be read back, or a format that cannot be written
└── LanguageError     a spaCy pipeline that is missing or unfit
"""

from __future__ import annotations


class ContrastError(Exception):
    """Base of all errors that a user can mend."""


class ReadingError(ContrastError):
    """A document cannot be read."""


class SpeakersError(ContrastError):
    """A speakers file has a mistake."""


class CorrectionsError(ContrastError):
    """A corrections file has a mistake."""


class ExportError(ContrastError):
    """Findings cannot be read back, or a format cannot be written."""


class LanguageError(ContrastError):
    """A spaCy pipeline is missing or lacks a part that Contrast needs."""

"""Load a spaCy pipeline and run it over documents, page furniture left out, character offsets kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from contrast.errors import LanguageError
from contrast.language.view import readable
from contrast.records import Document

SHIPPED = Path(__file__).parents[1] / "models" / "language"
NEEDED = ("parser", "ner")
CHUNK = 100_000
"""Characters that the pipeline reads at once; longer texts are cut at a paragraph or white space."""


@Language.component("contrast_paragraphs")
def start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Let a sentence begin after each blank line, before the parser looks."""
    for token in doc[:-1]:
        if token.is_space and token.text.count("\n") > 1:
            doc[token.i + 1].is_sent_start = True
    return doc


@lru_cache(maxsize=4)
def load_pipeline(name: str | None = None) -> Language:
    """The shipped pipeline, or the installed spaCy pipeline (or folder) ``name``; each is loaded once.

    Raises :class:`LanguageError` where it is not installed or has no parser or entity recogniser.
    """
    if name is not None and not is_package(name) and not Path(name).is_dir():
        raise LanguageError(f"{name}: no such spaCy pipeline; install it or leave --spacy-model out")
    try:
        nlp = spacy.load(SHIPPED if name is None else name)
    except (OSError, ValueError) as error:
        raise LanguageError(f"{name or SHIPPED.name}: cannot be loaded: {str(error).splitlines()[0]}") from error
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise LanguageError(f"{name}: lacks {' and '.join(missing)}; name a pipeline with a parser and entities")
    nlp.max_length = 10**9
    if "contrast_paragraphs" not in nlp.pipe_names:
        nlp.add_pipe("contrast_paragraphs", before="parser")
    return nlp


def analyse(documents: Iterable[Document], nlp: Language) -> Iterator[Doc]:
    """One Doc a document, its text the document's text to the character; skipped ranges stand as white space.

    A view of the same length is parsed, so that ``token.idx`` is an offset into the text as read.
    """
    for document in documents:
        pieces = list(nlp.pipe(_chunks(readable(document)), batch_size=4))
        if len(pieces) == 1:
            yield pieces[0]
        else:
            yield Doc.from_docs(pieces, ensure_whitespace=False) if pieces else nlp.make_doc("")


def _chunks(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = min(start + CHUNK, len(text))
        if end < len(text):
            for mark in ("\n\n", "\n", " "):
                cut = text.rfind(mark, start, end)
                if cut > start:
                    end = cut + len(mark)
                    break
        yield text[start:end]
        start = end

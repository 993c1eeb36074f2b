"""Load a spaCy pipeline and run it over documents, page furniture left out, character offsets kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from contrast.errors import LanguageError
from contrast.language.view import readable, sections
from contrast.records import Document

SHIPPED = Path(__file__).parents[1] / "models" / "language"
NEEDED = ("parser", "ner")
BATCH = 8
"""Texts that the pipeline reads at once."""


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
    numbered = ((section, number) for number, document in enumerate(documents) for section in sections(readable(document)))
    for _, pieces in groupby(nlp.pipe(numbered, as_tuples=True, batch_size=BATCH), key=itemgetter(1)):
        docs = [_light(doc) for doc, _ in pieces]
        yield docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _light(doc: Doc) -> Doc:
    doc.tensor = np.zeros((0,), dtype="float32")  # the encoder's states, which no later stage reads, are most of a Doc
    return doc

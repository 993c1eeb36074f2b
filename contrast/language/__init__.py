"""The language stage: a document's text as a spaCy Doc with sentences, tags, dependencies and entities."""

from contrast.language.pipeline import analyse, load_pipeline
from contrast.language.view import doc_text, readable, sections

__all__ = ["analyse", "doc_text", "load_pipeline", "readable", "sections"]

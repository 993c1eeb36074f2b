"""Documents that are statements themselves: their sentences outside attributions are the issuer's own words."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from contrast.attribution.quotations import find_quotations
from contrast.records import Document, Span, Speaker, Statement

CONFIDENCE = 0.9
"""Confidence that a sentence of a document with an issuer is the issuer's."""
SHORTEST = 3
"""Words of a sentence at least; shorter ones are headings, greetings and signatures."""


def issuer_statements(document: Document, doc: Doc, statements: Iterable[Statement], issuer: Speaker) -> list[Statement]:
    """One direct statement of ``issuer`` for each sentence of ``document`` that no statement touches.

    Titles and page furniture are left out, as are sentences that stand in quotation marks as a whole.
    """
    taken = sorted(span for s in statements for spans in (s.content, s.source, s.cue) for span in spans)
    quotations = find_quotations(document.text)
    found = list[Statement]()
    for sentence in doc.sents:
        span = _trimmed(sentence)
        if span is None or _touched(span, taken) or _touched(span, document.skipped) or _is_title(document, span):
            continue
        if any(q.outer[0] <= span[0] and span[1] <= q.outer[1] for q in quotations):
            continue
        found.append(
            Statement(
                id=f"{document.id}:{span[0]}-{span[1]}",
                document=document.id,
                source=(),
                cue=(),
                content=(span,),
                text=document.text[slice(*span)],
                quote="direct",
                verbatim=(span,),
                confidence=CONFIDENCE,
                speaker=issuer,
                speaker_confidence=CONFIDENCE,
                speaker_reason=f"a sentence of a document issued by {issuer.name}",
            )
        )
    return found


def _trimmed(sentence: Tokens) -> Span | None:
    words = [token for token in sentence if not token.is_space]
    verb = any(token.tag_.startswith(("VB", "MD")) or token.pos_ in ("VERB", "AUX") for token in words)
    if not verb or sum(any(c.isalpha() for c in token.text) for token in words) < SHORTEST:
        return None
    return words[0].idx, words[-1].idx + len(words[-1])


def _touched(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _is_title(document: Document, span: Span) -> bool:
    return document.title is not None and " ".join(document.text[slice(*span)].split()) in document.title

"""Claims: what each statement says of which target, by explicit readers whose findings carry their own reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from spacy.tokens import Doc

from contrast.claims.appraisal import appraisals
from contrast.claims.figures import figures
from contrast.claims.norms import observances, validities
from contrast.claims.passage import Passage, passages
from contrast.claims.stance import stances
from contrast.claims.words import words
from contrast.records import Claim, Document, Statement

__all__ = ["find_claims"]

VOUCHED = ("will", "won't", "goes on", "ends")
"""Claims about what a party will do, which who reports that party's promise makes too."""


def find_claims(document: Document, doc: Doc, statements: Iterable[Statement]) -> Iterator[Claim]:
    """The claims of a document's statements, in the order of the text.

    ``doc`` is the document's analysis, its tokens' ``idx`` offsets into the document's text. What a statement reports of another
    speaker belongs to the nested statement and makes no claim of the outer one; only a promise that it reports is its claim too.
    """
    own = {statement.id: statement for statement in statements if statement.document == document.id and statement.content}
    for passage in passages(doc, own.values()):
        if passage.tokens:
            for claim in chain(
                figures(passage), appraisals(passage), validities(passage), observances(passage), stances(passage)
            ):
                yield claim
                outer = own.get(passage.statement.parent or "")
                if (
                    outer is not None
                    and claim.sense in VOUCHED
                    and _promise(passage)
                    and outer.cue_function not in ("denies", "doubts")
                ):
                    yield replace(claim, statement=outer.id, speaker="" if outer.speaker is None else outer.speaker.id)


def _promise(passage: Passage) -> bool:
    return not passage.reversed and any(True for _ in words("commitment", "will").find(passage.cue))

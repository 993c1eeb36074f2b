"""Comparison: claims on one target lined up, opposed ones laid side by side with the reason.

Two channels find contrasts: explicit rules (:mod:`~contrast.comparison.opposition`) and a scorer of pairs
(:mod:`~contrast.comparison.scored`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from contrast.comparison.alignment import Targets
from contrast.comparison.blocking import candidates
from contrast.comparison.opposition import oppose
from contrast.comparison.pairs import PairScorer
from contrast.comparison.positions import Grouping
from contrast.comparison.scored import shipped, with_scores
from contrast.comparison.topics import Topics, chosen
from contrast.comparison.voices import takes_positions, trust
from contrast.records import Claim, Contrast, Document, Statement, Topic

__all__ = ["compare_claims"]

LEAST_SCORE = 0.5
"""Findings of the rules below this are not worth a reader's time."""


def compare_claims(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    *,
    topics: Sequence[str] = (),
    scorer: PairScorer | Literal["installed"] | None = "installed",
) -> tuple[list[Topic], list[Contrast]]:
    """The topics on which speakers differ, most conflict first, and the contrasts, best founded first.

    Statements need their speakers; claims bear their speakers' ids. ``topics`` are labels given by a user: only what is about
    them is kept. ``scorer`` judges pairs of statements besides the rules; None for the rules alone.
    """
    targets = Targets(documents, statements, claims)
    by_id = {statement.id: statement for statement in statements}
    known = [claim for claim in claims if takes_positions(by_id[claim.statement].speaker)]
    findings = [
        finding for a, b in candidates(known) if (finding := oppose(a, b, targets)) is not None and finding.score >= LEAST_SCORE
    ]
    judge = shipped() if scorer == "installed" else scorer
    if judge is not None:
        findings = with_scores(documents, statements, targets, findings, judge)
    findings = [replace(f, score=round(f.score * trust(by_id[f.a.statement], by_id[f.b.statement]), 4)) for f in findings]
    labels = dict[str, str]()
    if topics:
        findings, labels = chosen(findings, topics)
    speakers = {statement.id: statement.speaker for statement in statements if statement.speaker is not None}
    found = Topics(findings, claims, documents, labels, speakers)
    return found.listed(), Grouping(documents, statements, found).contrasts(findings)

"""Comparison: claims on one target lined up, opposed ones laid side by side with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from contrast.comparison.alignment import Targets
from contrast.comparison.blocking import candidates
from contrast.comparison.opposition import Finding, oppose
from contrast.comparison.positions import Grouping
from contrast.comparison.topics import build_topics, chosen, label_topics
from contrast.records import Claim, Contrast, Document, Statement, Topic

__all__ = ["compare_claims"]

LEAST_SCORE = 0.5
"""Findings below this are not worth a reader's time."""


def compare_claims(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    *,
    topics: Sequence[str] = (),
) -> tuple[list[Topic], list[Contrast]]:
    """The topics on which speakers differ, most conflict first, and the contrasts, best founded first.

    Statements need their speakers; claims bear their speakers' ids. ``topics`` are labels given by a user: only what is about them is kept.
    """
    targets = Targets(statements, claims)
    findings = [
        finding for a, b in candidates(claims) if (finding := oppose(a, b, targets)) is not None and finding.score >= LEAST_SCORE
    ]
    return _report(documents, statements, claims, findings, topics)


def _report(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    findings: list[Finding],
    topics: Sequence[str],
) -> tuple[list[Topic], list[Contrast]]:
    named: dict[str, str] = {}
    if topics:
        findings, named = chosen(findings, topics)
    labels = {**label_topics(findings, claims), **named}
    contrasts = Grouping(documents, statements).contrasts(findings, labels)
    return build_topics(claims, findings, labels), contrasts

"""The second channel: pairs of statements that a scorer takes for contrasts, and its word on what the rules found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from contrast.claims.keys import NAME, generic
from contrast.comparison.alignment import Targets
from contrast.comparison.blocking import RARE
from contrast.comparison.learned import THRESHOLD
from contrast.comparison.opposition import Finding
from contrast.comparison.pairs import PairScore, PairScorer, candidate_pairs, load_scorer
from contrast.comparison.voices import takes_positions
from contrast.records import Claim, Document, Statement, Strength

NEAR = 2
"""Statements apart up to which a pair is asked about whatever it shares."""
SHARED_WEIGHT = 1.0
"""Rarity of what two statements further apart must share to be asked about."""
COMMON = 3
"""Rare keys that statements of two documents must share to be asked about."""
SHARE = 0.4
"""Part of what the poorer of them speaks of that must be shared."""
TRUST = 0.5
"""The scorer's part in the score of what a rule found too."""
VETO = 0.02
"""Probability below which a rule's finding is dropped."""


@lru_cache(maxsize=1)
def shipped() -> PairScorer | None:
    """The scorer that is installed, loaded once; None where there is none."""
    return load_scorer()


def with_scores(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    targets: Targets,
    findings: Sequence[Finding],
    scorer: PairScorer,
) -> list[Finding]:
    """The rules' findings weighed by the scorer, and the pairs that it alone finds, each with its reason."""
    ruled = {frozenset((finding.a.statement, finding.b.statement)) for finding in findings}
    wanted = [(a, b) for a, b in candidates(statements, targets) if frozenset((a, b)) not in ruled]
    wanted += [(finding.a.statement, finding.b.statement) for finding in findings]
    pairs = candidate_pairs(documents, statements, only=list(dict.fromkeys(wanted)))
    scores = {
        frozenset((pair.a.statement.id, pair.b.statement.id)): score
        for pair, score in zip(pairs, scorer.score(pairs), strict=True)
    }
    weighed = list[Finding]()
    for finding in findings:
        score = scores.get(frozenset((finding.a.statement, finding.b.statement)))
        if score is None:
            weighed.append(finding)
        elif score.probability >= VETO:
            weighed.append(replace(finding, score=round((1 - TRUST) * finding.score + TRUST * score.probability, 4)))
    by_id = {statement.id: statement for statement in statements}
    for pair in pairs:
        key = frozenset((pair.a.statement.id, pair.b.statement.id))
        if key not in ruled and scores[key].probability >= THRESHOLD:
            weighed.append(_finding(by_id[pair.a.statement.id], by_id[pair.b.statement.id], scores[key], targets))
    return weighed


def candidates(statements: Sequence[Statement], targets: Targets) -> Iterator[tuple[str, str]]:
    """Pairs by different speakers worth asking about.

    Of one document, those near each other or that share something rare; of two, those that share several rare things.
    """
    by_document: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (s.document, s.content[0])):
        if takes_positions(statement.speaker):
            by_document.setdefault(statement.document, []).append(statement)
    for told in by_document.values():
        for i, a in enumerate(told):
            for j, b in enumerate(told[i + 1 :], i + 1):
                if _apart(a, b, targets) and (j - i <= NEAR or targets.weight(targets.overlap(a.id, b.id)[1]) >= SHARED_WEIGHT):
                    yield a.id, b.id
    if len(by_document) > 1:
        yield from _across([s for told in by_document.values() for s in told], targets)


def _across(statements: Sequence[Statement], targets: Targets) -> Iterator[tuple[str, str]]:
    """Pairs of two documents, found by the keys that few statements have."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, statement in enumerate(statements):
        for key in targets.keys(statement.id) - generic():
            holders[key].append(i)
    common = Counter(pair for places in holders.values() if len(places) <= RARE for pair in combinations(places, 2))
    for (i, j), count in sorted(common.items()):
        a, b = statements[i], statements[j]
        if (
            count < COMMON
            or a.document == b.document
            or not targets.kinship.kindred(a.document, b.document)
            or not _apart(a, b, targets)
        ):
            continue
        share, shared = targets.overlap(a.id, b.id)
        if share >= SHARE and targets.weight(shared) >= COMMON * SHARED_WEIGHT:
            yield a.id, b.id


def _apart(a: Statement, b: Statement, targets: Targets) -> bool:
    """Whether two statements are by speakers of two sides and neither reports the other."""
    return a.speaker != b.speaker and a.parent != b.id and b.parent != a.id and not targets.allied(a.id, b.id)


def _finding(a: Statement, b: Statement, score: PairScore, targets: Targets) -> Finding:
    _, shared = targets.overlap(a.id, b.id)
    things = [key for key in shared if key not in generic()]
    common = [key for key in things if not key.startswith(NAME)] or things
    head = max(sorted(common), key=lambda key: targets.weight([key]), default="")
    one, other = (_claim(statement, head, targets) for statement in (a, b))
    strength: Strength = "contradicts" if score.kind in ("denial", "time", "quantity") else "contrasts"
    return Finding(one, other, score.kind, strength, round(score.probability, 4), head, score.reason, by_rule=False)


def _claim(statement: Statement, head: str, targets: Targets) -> Claim:
    """The statement as a whole as a claim on what the pair shares."""
    span = statement.verbatim[0] if statement.verbatim else statement.content[0]
    return Claim(
        statement=statement.id,
        speaker="" if statement.speaker is None else statement.speaker.id,
        document=statement.document,
        target="",
        target_span=None,
        characterisation=span,
        kind="evaluation",
        head=head,
        keys=tuple(sorted(targets.keys(statement.id))),
    )

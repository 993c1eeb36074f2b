"""The second channel: pairs of statements that a scorer takes for contrasts, and its word on what the rules found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from contrast.claims.keys import NAME, generic
from contrast.comparison.alignment import Targets
from contrast.comparison.blocking import RARE
from contrast.comparison.opposition import Finding
from contrast.comparison.pairs import CandidatePair, PairScore, PairScorer, Side, candidate_pairs, load_scorer
from contrast.comparison.voices import takes_positions
from contrast.records import Claim, ContrastKind, Document, Statement, Strength

COMMON = 3
"""Rare keys that statements of two documents must share to be asked about, and their rarity, summed."""
SHARE = 0.4
"""Part of what the poorer of them speaks of that must be shared."""
VETO = 0.0005
"""Probability below which a rule's finding is dropped."""
WELL_KNOWN: Mapping[ContrastKind, float] = MappingProxyType({"evaluation": 0.1, "denial": 0.1, "policy": 0.1})
"""The same for a rule's findings of the kinds of which the shipped scorer has seen many."""
THRESHOLD = 0.25
"""The probability from which a pair that no rule opposes is taken for a contrast; the model's card says how it was chosen."""
REACH = 200
"""Statements of one document that stand further apart than this are hardly of one report."""
NEAR = 40
"""Statements apart up to which two of one document are always asked about; further ones must share a thing."""
SHARED = 1.0
"""Rarity of the things that these must share."""
NEARLY = 0.25
"""Part of the probability of two speakers' likeliest pair from which another bears it out."""
MOST = 5
"""Statements a side."""
FIGURES: tuple[ContrastKind, ...] = ("time", "quantity")
"""Kinds that have rows of their own."""


@lru_cache(maxsize=1)
def shipped() -> PairScorer:
    """The scorer that is installed, else the shipped one, loaded once."""
    return load_scorer()


def with_scores(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    targets: Targets,
    findings: Sequence[Finding],
    scorer: PairScorer,
) -> list[Finding]:
    """The rules' findings but those that the scorer rules out, and the pairs that it alone finds, each with its reason."""
    ruled = {frozenset((finding.a.statement, finding.b.statement)) for finding in findings}
    wanted = [pair for pair in candidates(statements, targets) if frozenset(pair) not in ruled]
    wanted += [(finding.a.statement, finding.b.statement) for finding in findings]
    pairs = candidate_pairs(documents, statements, only=list(dict.fromkeys(wanted)))
    scores = {
        frozenset((pair.a.statement.id, pair.b.statement.id)): score
        for pair, score in zip(pairs, scorer.score(pairs), strict=True)
        if score is not None
    }
    weighed = [
        finding
        for finding in findings
        if (score := scores.get(frozenset((finding.a.statement, finding.b.statement)))) is None
        or score.probability >= WELL_KNOWN.get(finding.kind, VETO)
    ]
    by_id = {statement.id: statement for statement in statements}
    keys = [frozenset((pair.a.statement.id, pair.b.statement.id)) for pair in pairs]
    open_pairs = [pair for pair, key in zip(pairs, keys, strict=True) if key in scores and key not in ruled]
    for kept in supported(open_pairs, scores):
        told: dict[str, dict[str, Statement]] = {_who(kept[0].a): {}, _who(kept[0].b): {}}
        for side in (side for pair in kept for side in (pair.a, pair.b)):
            told[_who(side)][side.statement.id] = by_id[side.statement.id]
        ours, theirs = (list(said.values()) for said in told.values())
        head = _head(ours, theirs, targets)
        for pair in kept:
            score = scores[frozenset((pair.a.statement.id, pair.b.statement.id))]
            weighed.append(_finding(by_id[pair.a.statement.id], by_id[pair.b.statement.id], score, head, targets))
    return weighed


def supported(pairs: Sequence[CandidatePair], scores: Mapping[frozenset[str], PairScore]) -> list[list[CandidatePair]]:
    """Of every two speakers in two documents, or in one, the likeliest pair if it is likely enough, then those nearly as likely.

    These bear the positions out, up to :data:`MOST` statements a side.
    """
    ranked = sorted(pairs, key=lambda p: -scores[frozenset((p.a.statement.id, p.b.statement.id))].probability)
    best: dict[frozenset[tuple[str, str]], PairScore] = {}
    sides: dict[tuple[frozenset[tuple[str, str]], str], set[str]] = defaultdict(set)
    kept: dict[frozenset[tuple[str, str]], list[CandidatePair]] = defaultdict(list)
    for pair in ranked:
        score = scores[frozenset((pair.a.statement.id, pair.b.statement.id))]
        key = frozenset((_who(side), side.document.id) for side in (pair.a, pair.b))
        if score.probability < (NEARLY * best[key].probability if key in best and _alike(score, best[key]) else THRESHOLD):
            continue
        best.setdefault(key, score)
        grown = [sides[key, _who(side)] | {side.statement.id} for side in (pair.a, pair.b)]
        if max(map(len, grown)) <= MOST:
            sides[key, _who(pair.a)], sides[key, _who(pair.b)] = grown
            kept[key].append(pair)
    return list(kept.values())


def _who(side: Side) -> str:
    """The id of the speaker, its name where it has none."""
    return side.speaker if side.statement.speaker is None else side.statement.speaker.id


def _alike(one: PairScore, other: PairScore) -> bool:
    """Whether two pairs can be in one row: figures only with figures of their kind."""
    return one.kind == other.kind or not {one.kind, other.kind} & {*FIGURES}


def candidates(statements: Sequence[Statement], targets: Targets) -> Iterator[tuple[str, str]]:
    """Pairs by different speakers worth asking about.

    Of one document those that stand near each other or share a thing, of two those that share several rare things.
    """
    by_document: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (s.document, s.content[0])):
        if takes_positions(statement.speaker):
            by_document.setdefault(statement.document, []).append(statement)
    for told in by_document.values():
        for i, a in enumerate(told):
            for distance, b in enumerate(told[i + 1 : i + 1 + REACH], start=1):
                if _apart(a, b, targets) and (distance <= NEAR or _share(a, b, targets)):
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
        if share >= SHARE and targets.weight(shared) >= COMMON:
            yield a.id, b.id


def _share(a: Statement, b: Statement, targets: Targets) -> bool:
    return targets.weight(targets.overlap(a.id, b.id)[1] - generic()) >= SHARED


def _apart(a: Statement, b: Statement, targets: Targets) -> bool:
    """Whether two statements are by speakers of two sides and neither reports the other."""
    return a.speaker != b.speaker and a.parent != b.id and b.parent != a.id and not targets.allied(a.id, b.id)


def _finding(a: Statement, b: Statement, score: PairScore, head: str, targets: Targets) -> Finding:
    one, other = (_claim(statement, head, targets) for statement in (a, b))
    strength: Strength = "contradicts" if score.kind in ("denial", "time", "quantity") else "contrasts"
    return Finding(one, other, score.kind, strength, round(score.probability, 4), head, score.reason, by_rule=False)


def _head(ours: Sequence[Statement], theirs: Sequence[Statement], targets: Targets) -> str:
    """What two sides are about: a thing with claims on it that most statements of both speak of; else a name, else a word.

    Where they share none: the speaker of one side whom the other names, else what most of them speak of.
    """
    one, other = (Counter(key for s in side for key in targets.keys(s.id) - generic()) for side in (ours, theirs))
    names = [frozenset(name for s in side for name in targets.speaker_names(s.id)) for side in (ours, theirs)]
    documents = {s.document for s in (*ours, *theirs)}

    def rank(key: str) -> tuple[bool, bool, int, int, int, str]:
        claims = sum(targets.on(key, document) for document in documents)
        name = key.startswith(NAME)
        return bool(claims) and not name, name, min(one[key], other[key]), one[key] + other[key], claims, key

    for keys in (one.keys() & other.keys(), names[0] & other.keys() | names[1] & one.keys(), one.keys() | other.keys()):
        if keys:
            return max(keys, key=rank)
    return ""


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

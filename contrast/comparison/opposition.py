"""The rules by which two claims on one target are opposed, each with its kind, strength, score and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contrast.claims.keys import NAME, generic
from contrast.claims.numerals import conflict
from contrast.comparison.alignment import Alignment, Targets
from contrast.records import Claim, ContrastKind, Strength

CLEAR = 0.5
"""From this on, a polarity takes a side."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Two opposed claims of two statements; ``head`` is the key of what they are both about."""

    a: Claim
    b: Claim
    kind: ContrastKind
    strength: Strength
    score: float
    head: str
    why: str


Rule = Callable[[Claim, Claim, Targets], Finding | None]


def oppose(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """The best founded opposition between two claims of different statements, if there is one."""
    if targets.allied(a, b):
        return None
    found = [finding for rule in RULES if (finding := rule(a, b, targets)) is not None]
    return max(found, key=lambda finding: finding.score, default=None)


def _evaluation(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    if (
        a.kind != "evaluation"
        or b.kind != "evaluation"
        or a.polarity * b.polarity >= 0
        or min(abs(a.polarity), abs(b.polarity)) < CLEAR
    ):
        return None
    same = targets.align(a, b)
    if same is None or same.score < 0.5 or same.head in generic():
        return None
    score = same.score * (0.6 + 0.4 * min(abs(a.polarity), abs(b.polarity))) * targets.nearness(a.statement, b.statement)
    if same.head.startswith(NAME):
        score *= 0.7
    return _finding(a, b, "evaluation", "contrasts", score, same, f"{a.why} against {b.why}, both of {_named(a, b)}")


def _policy(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    stances = ("supports", "opposes", "demands")
    if (a.sense not in stances and b.sense not in stances) or a.polarity * b.polarity >= 0:
        return None
    if not all(claim.sense in stances or (claim.kind == "evaluation" and abs(claim.polarity) >= CLEAR) for claim in (a, b)):
        return None
    same = targets.align(a, b)
    if same is None or same.score < 0.55 or same.head in generic() or same.head.startswith(NAME):
        return None
    both = a.sense in stances and b.sense in stances
    score = same.score * (1.0 if both else 0.8) * targets.nearness(a.statement, b.statement)
    return _finding(a, b, "policy", "contradicts" if both else "contrasts", score, same, f"{a.why} against {b.why}")


def _time(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    if a.kind != "time" or b.kind != "time" or a.quantity is None or b.quantity is None or not conflict(a.quantity, b.quantity):
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.5:
        return None
    score = min(1.0, 0.2 + 0.8 * same.score) * targets.nearness(a.statement, b.statement)
    return _finding(
        a, b, "time", "contradicts", score, same, f"{a.why} against {b.why} for {_named(a, b)}: these times exclude each other"
    )


def _quantity(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    if (
        a.kind != "quantity"
        or b.kind != "quantity"
        or a.quantity is None
        or b.quantity is None
        or not conflict(a.quantity, b.quantity)
    ):
        return None
    same = targets.align(a, b)
    share, shared = targets.overlap(a.statement, b.statement)
    if same is None or a.head != b.head or share < 0.5 or len(shared) < 3:
        return None
    score = same.score * share * targets.nearness(a.statement, b.statement)
    return _finding(a, b, "quantity", "contradicts", score, same, f"{a.why} against {b.why} of {_named(a, b)}")


def _aspect(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    if {a.sense, b.sense} != {"goes on", "ends"}:
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.6 or len(same.shared) < 2:
        return None
    return _finding(
        a, b, "fact", "contrasts", same.score * targets.nearness(a.statement, b.statement), same, f"{a.why} against {b.why}"
    )


def _commitment(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    if {a.sense, b.sense} != {"will", "won't"} or min(abs(a.polarity), abs(b.polarity)) < CLEAR:
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.5 or same.head in generic():
        return None
    return _finding(
        a,
        b,
        "commitment",
        "contrasts",
        0.95 * same.score * targets.nearness(a.statement, b.statement),
        same,
        f"{a.why} against {b.why}",
    )


def _demand(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    if {a.sense, b.sense} != {"demands", "resents"}:
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.5:
        return None
    return _finding(
        a,
        b,
        "evaluation",
        "contrasts",
        0.9 * same.score * targets.nearness(a.statement, b.statement),
        same,
        f"{a.why} against {b.why}",
    )


def _denial(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    if a.kind != "denial" or b.kind != "denial" or (a.sense == "denies") == (b.sense == "denies"):
        return None
    denier, other = (a, b) if a.sense == "denies" else (b, a)
    share, shared = targets.overlap(a.statement, b.statement)
    distance = targets.distance(a.statement, b.statement)
    aimed = bool(targets.speaker_names(denier.statement) & targets.keys(other.statement))
    weight = targets.weight(shared)
    plain = denier.modality == "negation"
    if plain:
        if share < 0.5 or len(shared) < 3:
            return None
        score = 0.6 * share
    elif share >= 0.4 and len(shared) >= 2 and weight >= 2:
        score = 0.4 + 0.5 * min(1.0, share)
    elif other.sense == "accuses" and aimed and distance is not None and distance <= 3:
        score = 0.5 + 0.3 * share
    else:
        return None
    if other.sense == "accuses":
        score += 0.1
    score *= targets.nearness(a.statement, b.statement)
    head = (
        denier.head if denier.head in shared else other.head if other.head in shared else next(iter(sorted(shared)), other.head)
    )
    same = Alignment(share, head, tuple(sorted(shared)))
    return _finding(
        a,
        b,
        "denial",
        "contradicts",
        min(1.0, score),
        same,
        f"{denier.why} denies what the other {'charges' if other.sense == 'accuses' else 'says'}",
    )


RULES: tuple[Rule, ...] = (_evaluation, _policy, _time, _quantity, _aspect, _commitment, _demand, _denial)


def _finding(a: Claim, b: Claim, kind: ContrastKind, strength: Strength, score: float, same: Alignment, why: str) -> Finding:
    return Finding(a, b, kind, strength, round(min(1.0, score), 4), same.head, " ".join(why.split()))


def _named(a: Claim, b: Claim) -> str:
    return min((claim.target for claim in (a, b) if claim.target), key=len, default="the same thing")

"""The rules by which two claims on one target are opposed, each with its kind, strength, score and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from contrast.claims.keys import NAME, generic
from contrast.claims.norms import BY
from contrast.claims.numerals import conflict
from contrast.comparison.alignment import Alignment, Targets
from contrast.records import Claim, ContrastKind, Strength

CLEAR = 0.5
"""From this on, a polarity takes a side."""
MORE_THAN_A_NAME = 1.5
"""Weight of what two appraisals of one person must share besides the name: else each may be about something else."""
STANCES = ("supports", "opposes", "demands")


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
    by_rule: bool = True
    """Whether a rule found it, not the scorer of pairs."""


Rule = Callable[[Claim, Claim, Targets], Finding | None]


def oppose(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """The best founded opposition between two claims of different statements, if there is one."""
    same_speaker = a.speaker == b.speaker
    if not targets.kinship.kindred(a.document, b.document) and a.kind in ("denial", "quantity"):
        return None
    if not targets.at_two_times(a, b) if same_speaker else targets.allied(a.statement, b.statement):
        return None
    if same_speaker and "conduct" in (a.head, b.head):
        return None
    found = [finding for rule in (RULES_OVER_TIME if same_speaker else RULES) if (finding := rule(a, b, targets)) is not None]
    return max(found, key=lambda finding: finding.score, default=None)


def evaluation(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """A good word against a bad one, both of one target."""
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
    score = same.score * (0.6 + 0.4 * min(abs(a.polarity), abs(b.polarity)))
    if same.head.startswith(NAME):
        if targets.weight(set(same.shared) - {same.head}) < MORE_THAN_A_NAME:
            return None
        score *= 0.8
    same = replace(same, head=_behind_conduct(a, b, same.head))
    return _finding(a, b, targets, "evaluation", "contrasts", score, same, f"{a.why} against {b.why}, both of {_named(a, b)}")


def _behind_conduct(a: Claim, b: Claim, head: str) -> str:
    """What shows the conduct that two claims appraise, where it is the same thing in both ("robber-like demands")."""
    if head != "conduct" or len(a.keys) < 2 or a.keys[1:2] != b.keys[1:2] or a.keys[1] in generic():
        return head
    return a.keys[1]


def policy(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """For a plan against opposed to it; a plan's praise or blame counts less."""
    if (a.sense not in STANCES and b.sense not in STANCES) or a.polarity * b.polarity >= 0:
        return None
    if not all(claim.sense in STANCES or (claim.kind == "evaluation" and abs(claim.polarity) >= CLEAR) for claim in (a, b)):
        return None
    same = targets.align(a, b)
    if same is None or same.score < 0.5 or same.head in generic() or same.head.startswith(NAME):
        return None
    both = a.sense in STANCES and b.sense in STANCES
    score = same.score * (1.0 if both else 0.8)
    return _finding(a, b, targets, "policy", "contradicts" if both else "contrasts", score, same, f"{a.why} against {b.why}")


def time(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """Times for one event that exclude each other."""
    if a.kind != "time" or b.kind != "time" or a.quantity is None or b.quantity is None or not conflict(a.quantity, b.quantity):
        return None
    same = targets.align(a, b)
    share, _ = targets.overlap(a.statement, b.statement)
    if same is None or (a.head != b.head and share < 0.4):
        return None
    score = min(1.0, 0.25 + 0.75 * same.score)
    one_sets_none = "no timeline" in (a.quantity.unit, b.quantity.unit)
    clash = "one sets a time, one sets none" if one_sets_none else "these times exclude each other"
    why = f"{a.why} against {b.why} for {_named(a, b)}: {clash}"
    return _finding(a, b, targets, "time", "contradicts", score, same, why)


def quantity(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """Different numbers of what is counted, told with the same words around."""
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
    if same is None or a.head != b.head or (share < 0.3 and len(shared) < 3):
        return None
    score = (0.45 + 0.55 * share) * same.score
    return _finding(a, b, targets, "quantity", "contradicts", score, same, f"{a.why} against {b.why} of {_named(a, b)}")


def aspect(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """One says that it goes on, the other that it ends."""
    if {a.sense, b.sense} != {"goes on", "ends"}:
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.6 or len(same.shared) < 2:
        return None
    return _finding(a, b, targets, "fact", "contrasts", same.score, same, f"{a.why} against {b.why}")


def commitment(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """One says that a party has bound itself, the other that it has not, or may not keep to it."""
    if {a.sense, b.sense} != {"will", "won't"} or min(abs(a.polarity), abs(b.polarity)) < CLEAR:
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.5 or same.head in generic():
        return None
    return _finding(a, b, targets, "commitment", "contrasts", 0.95 * same.score, same, f"{a.why} against {b.why}")


def observance(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """One tells a party to break a norm, or holds it to the norm; the party affirms it, or another says that it keeps to it."""
    if {a.sense, b.sense} == {"honours", "breaches"} or "breaches" in (a.sense, b.sense):
        charge, other = (a, b) if a.sense == "breaches" else (b, a)
    else:
        return None
    charged = {key for key in charge.keys if key.startswith(BY)}
    own = {BY + key for key in targets.speaker_names(other.statement)}
    affirms = other.sense == "honours" or (other.kind == "evaluation" and other.polarity >= CLEAR)
    party = {key for key in other.keys if key.startswith(BY)}
    if not affirms or not charged or not (charged & own if not party or charged & own else charged & party):
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.5:
        return None
    why = f"{charge.why} against {other.why}"
    return _finding(a, b, targets, "commitment", "contrasts", 0.9 * same.score, same, why)


def demand(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """One insists on what the other resents being pressed for."""
    if {a.sense, b.sense} != {"demands", "resents"}:
        return None
    same = targets.align(a, b)
    if same is None or a.head != b.head or same.score < 0.5 or same.head.startswith(NAME):
        return None
    return _finding(a, b, targets, "evaluation", "contrasts", 0.9 * same.score, same, f"{a.why} against {b.why}")


def denial(a: Claim, b: Claim, targets: Targets) -> Finding | None:
    """One denies what the other asserts or charges it with."""
    if a.kind != "denial" or b.kind != "denial" or (a.sense == "denies") == (b.sense == "denies"):
        return None
    denier, other = (a, b) if a.sense == "denies" else (b, a)
    share, shared = targets.overlap(a.statement, b.statement)
    distance = targets.distance(a.statement, b.statement)
    aimed = bool(targets.speaker_names(denier.statement) & targets.keys(other.statement))
    if denier.modality == "negation":
        return None
    if share >= 0.4 and len(shared) >= 2 and targets.weight(shared) >= 2:
        score = 0.4 + 0.5 * min(1.0, share)
    elif _answered(denier, other, targets) and share >= 0.2 and distance is not None and distance <= 10:
        score = 0.5 + 0.4 * share
    elif other.sense == "accuses" and aimed and distance is not None and distance <= 3:
        score = 0.5 + 0.3 * share
    else:
        return None
    score += 0.1 * (other.sense == "accuses")
    kind: ContrastKind = "commitment" if other.modality == "bound" else "denial"
    heads = [claim.head for claim in (denier, other) if claim.head in shared] or sorted(shared) or [other.head]
    same = Alignment(share, heads[0], tuple(sorted(shared)))
    why = f"{denier.why} denies what the other {'charges' if other.sense == 'accuses' else 'says'}"
    return _finding(a, b, targets, kind, "contradicts", score, same, why)


def _answered(denier: Claim, other: Claim, targets: Targets) -> bool:
    """Whether what is denied is called the other speaker's ("rejected the senator's claim")."""
    return bool(targets.speaker_names(other.statement) & targets.keys(denier.statement))


RULES_OVER_TIME: tuple[Rule, ...] = (evaluation, policy, time, commitment)
"""What can be held against one speaker at two times; figures and events change without anyone's changing a position."""
RULES: tuple[Rule, ...] = (evaluation, policy, time, quantity, aspect, commitment, observance, demand, denial)


def _finding(
    a: Claim, b: Claim, targets: Targets, kind: ContrastKind, strength: Strength, score: float, same: Alignment, why: str
) -> Finding:
    score *= targets.nearness(a.statement, b.statement)
    return Finding(a, b, kind, strength, round(min(1.0, score), 4), same.head, " ".join(why.split()))


def _named(a: Claim, b: Claim) -> str:
    if a.head == b.head == "conduct":
        return next((claim.target for claim in (a, b) if claim.keys[1:2] == claim.keys[:1]), "conduct")
    shortest = min((claim.target for claim in (a, b) if claim.target), key=len, default="the same thing")
    return "the " + shortest[4:] if shortest.startswith("The ") else shortest

"""How far two claims are about one target: the heads must meet, what narrows them down must not differ, rare words count most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from contrast.claims.keys import NAME, generic, name_stem, related, speaker_keys
from contrast.comparison.kinship import Kinship
from contrast.records import Claim, Document, Statement
from contrast.speakers.knowledge import lexicon as world

SAME_INSTANCE = 0.3
"""Part of what narrows the targets down that must be shared for "a bill" and "the bill" to be one."""
NEAR = 4
"""Statements apart up to which two of one document are near."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How sure it is that two claims share their target (0 to 1), by which head, and the keys that they share."""

    score: float
    head: str
    shared: tuple[str, ...]


class Targets:
    """What is known of all claims together: how rare each key is, what each statement speaks of, where it stands."""

    def __init__(self, documents: Sequence[Document], statements: Sequence[Statement], claims: Iterable[Claim]) -> None:
        claims = list(claims)
        self.kinship = Kinship(claims, (document.id for document in documents if document.issuer is not None))
        self._dates = {document.id: document.date for document in documents}
        self.statements = {statement.id: statement for statement in statements}
        self._keys: dict[str, dict[str, None]] = {}
        for claim in claims:
            self._keys.setdefault(claim.statement, {}).update(dict.fromkeys(claim.keys))
        self._heads = Counter((claim.document, claim.head) for claim in claims)
        counts = Counter(key for keys in self._keys.values() for key in keys)
        total = len(self._keys)
        self._weights = {
            key: max(0.15, math.log((total + 2) / (count + 1))) * (0.3 if key in generic() else 1)
            for key, count in counts.items()
        }
        self._names = {id_: speaker_keys(s.speaker.name) if s.speaker else frozenset[str]() for id_, s in self.statements.items()}
        places = Counter[str]()
        self.place: dict[str, int] = {}
        for statement in sorted(statements, key=lambda s: (s.document, s.content[0])):
            self.place[statement.id] = places[statement.document]
            places[statement.document] += 1

    def weight(self, keys: Iterable[str]) -> float:
        """The rarity of the keys, summed."""
        return sum(self._weights.get(key, 0.5) for key in keys)

    def keys(self, statement: str) -> frozenset[str]:
        """All that the statement speaks of."""
        return frozenset(self._keys.get(statement, ()))

    def on(self, key: str, document: str) -> int:
        """How many claims of the document are on the thing that the key stands for."""
        return self._heads[document, key]

    def speaker_names(self, statement: str) -> frozenset[str]:
        """Keys of the words of the speaker's name."""
        return self._names.get(statement, frozenset())

    def allied(self, a: str, b: str) -> bool:
        """Whether the speakers share a name ("Clinton", "the Clinton campaign"), so that they speak for one side.

        What is only the noun of a body ("News", "Court") is no name.
        """
        shared = (self.speaker_names(a) & self.speaker_names(b)) - _bodies()
        return any(len(name) > 3 and not name.startswith("@north") for name in shared)

    def at_two_times(self, a: Claim, b: Claim) -> bool:
        """Whether the claims are of documents of two known dates."""
        one, other = self._dates.get(a.document), self._dates.get(b.document)
        return one is not None and other is not None and one != other

    def distance(self, a: str, b: str) -> int | None:
        """Statements between two of one document; None for two documents."""
        if self.statements[a].document != self.statements[b].document:
            return None
        return abs(self.place[a] - self.place[b])

    def nearness(self, a: str, b: str) -> float:
        """1 for neighbours, falling to 0.8 for statements far apart or in two documents."""
        distance = self.distance(a, b)
        if distance is None:
            return 0.85
        return max(0.8, 1.0 - 0.02 * max(0, distance - NEAR))

    def align(self, a: Claim, b: Claim) -> Alignment | None:
        """How far the targets of two claims are the same; None where their heads do not meet."""
        if a.head and a.head == b.head:
            head, base = a.head, 0.45 if a.head in generic() else 1.0
        elif frozenset((a.head, b.head)) in related():
            head, base = min(a.head, b.head), 0.8
        elif a.head in b.keys and a.head not in generic():
            head, base = a.head, 0.6
        elif b.head in a.keys and b.head not in generic():
            head, base = b.head, 0.6
        else:
            return None
        one, other = set(a.keys) - {head}, set(b.keys) - {head}
        shared = one & other
        least = min(self.weight(one), self.weight(other))
        context = self.weight(shared) / least if least else 0.4
        around = self._around(a, b)
        if (_indefinite(a) or _indefinite(b)) and not (shared and context >= SAME_INSTANCE):
            base *= 0.6
        if a.target_span is not None and (a.document, a.target_span) == (b.document, b.target_span):
            return Alignment(max(0.85, 0.85 + 0.15 * around), head, tuple(sorted(shared | {head})))
        score = base * (0.6 + 0.2 * min(1.0, context) + 0.2 * around)
        if not self.kinship.kindred(a.document, b.document):
            score *= 0.6
        if self._names_clash(a, b):
            score *= 0.65
        return Alignment(min(1.0, score), head, tuple(sorted(shared | {head})))

    def overlap(self, a: str, b: str) -> tuple[float, frozenset[str]]:
        """The shared part (0 to 1) of what the poorer of two statements speaks of, and the shared keys."""
        one, other = self.keys(a), self.keys(b)
        shared = one & other
        least = min(self.weight(one), self.weight(other))
        return (self.weight(shared) / least if least else 0.0), shared

    def _around(self, a: Claim, b: Claim) -> float:
        """How much the statements share, a speaker who is named by the other counted in."""
        share, _ = self.overlap(a.statement, b.statement)
        named = self.speaker_names(a.statement) & self.keys(b.statement) or self.speaker_names(b.statement) & self.keys(
            a.statement
        )
        return min(1.0, share + (0.5 if named else 0.0))

    def _names_clash(self, a: Claim, b: Claim) -> bool:
        one = {key for key in a.keys if key.startswith(NAME)}
        other = {key for key in b.keys if key.startswith(NAME)}
        if not one or not other or one & other:
            return False
        if self.speaker_names(a.statement) & self.keys(b.statement) or self.speaker_names(b.statement) & self.keys(a.statement):
            return False
        return not (
            other & (self.keys(a.statement) | self.speaker_names(a.statement))
            or one & (self.keys(b.statement) | self.speaker_names(b.statement))
        )


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    """The keys that the nouns of bodies have in a name."""
    return frozenset(name_stem(word) for word in world().bodies)


_OPEN = re.compile(r"(an?|any|every|other|another|some|several|many|such|similar|(its|their|his|her) own)\b", re.IGNORECASE)


def _indefinite(claim: Claim) -> bool:
    """Whether the target's words leave open which one is meant."""
    return bool(_OPEN.match(claim.target))

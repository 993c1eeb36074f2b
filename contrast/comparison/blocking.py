"""Which claims are worth comparing: of one document those that share a head, of two those that share something rare besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from contrast.claims.keys import generic, related
from contrast.records import Claim

RARE = 40
"""Claims that may share a head and a key for these to bring two documents together; commoner ones tell nothing."""
CROWD = 400
"""Claims of one document that may share a head and still all be compared."""


def candidates(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims by different speakers, each once; their number grows about linearly with that of the documents."""
    seen = set[tuple[int, int]]()
    for block in _blocks(claims):
        for i, j in combinations(sorted(block), 2):
            a, b = claims[i], claims[j]
            if a.speaker != b.speaker and a.statement != b.statement and (i, j) not in seen:
                seen.add((i, j))
                yield a, b


@lru_cache(maxsize=1)
def _kin() -> dict[str, list[str]]:
    """Names of the blocks in which claims on related concepts meet."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in related():
        for concept in pair:
            found[concept].append("+".join(sorted(pair)))
    return dict(found)


def _blocks(claims: Sequence[Claim]) -> Iterator[Iterable[int]]:
    within: dict[tuple[str, str], set[int]] = defaultdict(set)
    across: dict[tuple[str, str], set[int]] = defaultdict(set)
    propositions: dict[str, set[int]] = defaultdict(set)
    for i, claim in enumerate(claims):
        if claim.kind == "denial":
            propositions[claim.document].add(i)
        elif claim.head and claim.head not in generic():
            within[claim.document, claim.head].add(i)
            for pair in _kin().get(claim.head, ()):
                within[claim.document, pair].add(i)
            for key in claim.keys:
                if key not in generic():
                    within[claim.document, key].add(i)
                    across[claim.head, key].add(i)
    for block in propositions.values():
        if len(block) <= CROWD:
            yield block
    for block in within.values():
        if len(block) <= CROWD:
            yield block
    for block in across.values():
        if len(block) <= RARE and len({claims[i].document for i in block}) > 1:
            yield block

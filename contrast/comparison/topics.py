"""Topics: what several speakers' claims are about, labelled in the documents' own words, those with most conflict first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from contrast.comparison.labels import Labels, label_keys, tidy
from contrast.comparison.opposition import Finding
from contrast.comparison.voices import official
from contrast.records import Claim, Document, Speaker, Topic

UNOFFICIAL = 0.5
"""Share of its score with which a finding counts for its topic where a side is no person, state or body."""

UNRULED = 0.5
"""The same where no rule says what is opposed to what."""

TopicKey = tuple[str, str]
"""The head's key and the first document of those that findings on it join."""


class Topics:
    """Which findings are on one topic: those with one head in documents that findings join; and the topics' labels."""

    def __init__(
        self,
        findings: Sequence[Finding],
        claims: Sequence[Claim],
        documents: Sequence[Document],
        named: Mapping[str, str],
        speakers: Mapping[str, Speaker] = MappingProxyType({}),
    ) -> None:
        self._root: dict[TopicKey, TopicKey] = {}
        for finding in findings:
            one, other = sorted((self._find((finding.head, finding.a.document)), self._find((finding.head, finding.b.document))))
            self._root[other] = one
        self._claims: dict[TopicKey, list[Claim]] = defaultdict(list)
        self._labels = self._read(claims, documents, named)
        self._conflict = Counter[TopicKey]()
        for finding in findings:
            sides = [speakers[claim.statement] for claim in (finding.a, finding.b) if claim.statement in speakers]
            weight = (1.0 if all(official(side) for side in sides) else UNOFFICIAL) * (1.0 if finding.by_rule else UNRULED)
            self._conflict[self.key(finding)] += weight * finding.score  # type: ignore[assignment]

    def key(self, finding: Finding) -> TopicKey:
        """The topic of a finding."""
        return self._find((finding.head, finding.a.document))

    def label(self, finding: Finding) -> str:
        """The commonest short wording of the finding's topic in its documents, or the user's label."""
        return self._labels[self.key(finding)]

    def listed(self) -> list[Topic]:
        """The topics by the sum of their findings' scores, with the claims on them."""
        ordered = sorted(self._conflict, key=lambda key: (-self._conflict[key], self._labels[key]))
        return [
            Topic(id=f"{head}@{document}", label=self._labels[head, document], claims=tuple(self._claims[head, document]))
            for head, document in ordered
        ]

    def _find(self, key: TopicKey) -> TopicKey:
        while self._root.setdefault(key, key) != key:
            key = self._root[key]
        return key

    def _read(self, claims: Sequence[Claim], documents: Sequence[Document], named: Mapping[str, str]) -> dict[TopicKey, str]:
        partly: dict[TopicKey, Counter[str]] = defaultdict(Counter)
        known = set(self._root)
        for claim in claims:
            if (claim.head, claim.document) in known and claim.kind != "denial":
                self._claims[self._find((claim.head, claim.document))].append(claim)
            text = tidy(claim.target)
            for part in claim.keys if text else ():
                if (part, claim.document) in known:
                    partly[self._find((part, claim.document))][text] += 1
        labels = Labels(documents)
        roots = {self._find(key) for key in known}
        return {key: named.get(key[0]) or labels.label(key[0], self._claims[key], partly[key]) for key in roots}


def chosen(findings: Iterable[Finding], wanted: Sequence[str]) -> tuple[list[Finding], dict[str, str]]:
    """The findings on the topics that a user names, with the user's labels by head."""
    kept, labels = list[Finding](), dict[str, str]()
    for finding in findings:
        keys = {finding.head, *finding.a.keys, *finding.b.keys}
        for label in wanted:
            words = label_keys(label)
            if words and (finding.head in words or words <= keys):
                kept.append(finding)
                labels.setdefault(finding.head, label)
                break
    return kept, labels

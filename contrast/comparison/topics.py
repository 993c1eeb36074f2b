"""Topics: what several speakers' claims are about, labelled in the documents' own words, those with most conflict first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from contrast.claims.appraisal import lexicon
from contrast.claims.keys import NAME, concepts, generic, key_of, name_stem
from contrast.comparison.opposition import Finding
from contrast.records import Claim, Document, Topic

LONGEST_LABEL = 48
LEAST_SPEAKERS = 2


TopicKey = tuple[str, str]
"""The head's key and the first document of those that findings on it join."""


class Topics:
    """Which findings are on one topic: those with one head in documents that findings join; and the topics' labels."""

    def __init__(
        self, findings: Sequence[Finding], claims: Sequence[Claim], documents: Sequence[Document], named: Mapping[str, str]
    ) -> None:
        self._root: dict[TopicKey, TopicKey] = {}
        for finding in findings:
            one, other = sorted((self._find((finding.head, finding.a.document)), self._find((finding.head, finding.b.document))))
            self._root[other] = one
        self._claims: dict[TopicKey, list[Claim]] = defaultdict(list)
        self._labels = self._read(claims, documents, named)
        self._conflict = Counter[TopicKey]()
        for finding in findings:
            self._conflict[self.key(finding)] += finding.score  # type: ignore[assignment]

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
        wordings: dict[TopicKey, Counter[str]] = defaultdict(Counter)
        partly: dict[TopicKey, Counter[str]] = defaultdict(Counter)
        known = set(self._root)
        for claim in claims:
            text = _tidy(claim.target)
            if (claim.head, claim.document) in known:
                key = self._find((claim.head, claim.document))
                if claim.kind != "denial":
                    self._claims[key].append(claim)
                if text:
                    wordings[key][text] += 1
            for part in claim.keys if text else ():
                if (part, claim.document) in known:
                    partly[self._find((part, claim.document))][text] += 1
        roots = {self._find(key) for key in known}
        return {key: named.get(key[0]) or _label(key[0], wordings.get(key) or partly.get(key), documents) for key in roots}


def _label(head: str, wordings: Counter[str] | None, documents: Sequence[Document]) -> str:
    if wordings:
        best = min(wordings, key=lambda text: (_appraises(text), bool(_POINTING.match(text)), -wordings[text], len(text), text))
        return f"the {best}" if best.islower() and _definite(best, documents) else best
    if not head:
        return "(no common words)"
    found = (re.search(rf"(?<!\w){re.escape(head.lstrip(NAME))}\w*", document.text, re.IGNORECASE) for document in documents)
    return next((match.group() for match in found if match), head.lstrip(NAME))


def _definite(word: str, documents: Sequence[Document]) -> bool:
    """Whether the documents mostly put "the" before the word."""
    bare, definite = (sum(document.text.count(f"{before}{word}") for document in documents) for before in (" ", " the "))
    return 2 * definite > bare


_POINTING = re.compile(r"(his|her|its|their|our|my|your|this|that|these|those|such)\b", re.IGNORECASE)
"""Wordings that say little outside their sentence."""


def _appraises(text: str) -> bool:
    """Whether a wording takes sides ("the illegal vote")."""
    return any(word in lexicon() for word in text.lower().split())


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


def label_keys(label: str) -> set[str]:
    """Keys of the words of a label that carry meaning."""
    words = re.findall(r"[^\W\d_][\w’'-]*", label)
    keys = {name_stem(word) if word[0].isupper() else _key(word) for word in words if word.lower() not in _FUNCTION}
    return {key for key in keys if key not in generic()} or keys


def _key(word: str) -> str:
    """The key of a common word that may stand in the plural."""
    lowered = word.lower()
    forms = [lowered, lowered.removesuffix("s"), lowered.removesuffix("es"), lowered.removesuffix("ies") + "y"]
    return next((concepts()[form] for form in forms if form in concepts()), key_of(lowered))


_FUNCTION = frozenset(["the", "a", "an", "of", "for", "on", "in", "to", "and", "at", "with", "by", "from", "timeline", "timing"])


def _tidy(text: str) -> str:
    text = re.sub(r"^(The|An?) ", lambda match: match.group().lower(), text)
    text = " ".join(re.sub(r"[\"“”‘`]|’’|''", "", text).split()).strip(" ,'’")
    return text if 0 < len(text) <= LONGEST_LABEL else ""

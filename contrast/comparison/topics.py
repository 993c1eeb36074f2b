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


def label_topics(findings: Iterable[Finding], claims: Sequence[Claim], documents: Sequence[Document]) -> dict[str, str]:
    """A label by the key of each head that findings are about: the commonest short wording of it in the documents."""
    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    partly: dict[str, Counter[str]] = defaultdict(Counter)
    heads = {finding.head for finding in findings}
    for claim in claims:
        text = _tidy(claim.target)
        if text and claim.head in heads:
            wordings[claim.head][text] += 1
        for key in claim.keys if text else ():
            if key in heads:
                partly[key][text] += 1
    return {head: _label(head, wordings.get(head) or partly.get(head), documents) for head in sorted(heads)}


def _label(head: str, wordings: Counter[str] | None, documents: Sequence[Document]) -> str:
    if wordings:
        return min(wordings, key=lambda text: (_appraises(text), -wordings[text], len(text), text))
    if not head:
        return "(no common words)"
    found = (re.search(rf"(?<!\w){re.escape(head.lstrip(NAME))}\w*", document.text, re.IGNORECASE) for document in documents)
    return next((match.group() for match in found if match), head.lstrip(NAME))


def _appraises(text: str) -> bool:
    """Whether a wording takes sides ("the illegal vote")."""
    return any(word in lexicon() for word in text.lower().split())


def build_topics(claims: Sequence[Claim], findings: Sequence[Finding], labels: Mapping[str, str]) -> list[Topic]:
    """Topics that findings are about, by the sum of their scores."""
    conflict = Counter[str]()
    for finding in findings:
        conflict[finding.head] += finding.score  # type: ignore[assignment]
    by_head: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.head in conflict and claim.sense not in ("asserts", "denies", "accuses"):
            by_head[claim.head].append(claim)
    ordered = sorted(conflict, key=lambda head: (-conflict[head], labels[head]))
    return [Topic(id=head, label=labels[head], claims=tuple(by_head.get(head, ()))) for head in ordered]


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
    text = " ".join(re.sub(r"[\"“”‘`]|’’|''", "", text).split()).strip(" ,'’")
    return text if 0 < len(text) <= LONGEST_LABEL else ""

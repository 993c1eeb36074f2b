"""From opposed claims to contrasts: what one speaker says of one topic is one side, on the evidence of all its statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from contrast.claims.wording import shown
from contrast.comparison.opposition import Finding
from contrast.comparison.scored import FIGURES
from contrast.comparison.topics import TopicKey, Topics
from contrast.records import Claim, Contrast, Document, Position, Scope, Speaker, Statement

MOST_PHRASES = 3


class Grouping:
    """Findings by topic and pair of speakers, and the contrasts made of them."""

    def __init__(self, documents: Sequence[Document], statements: Sequence[Statement], topics: Topics) -> None:
        self._topics = topics
        self._dates = {document.id: document.date or "" for document in documents}
        self._texts = {document.id: document.text for document in documents}
        self._statements = {statement.id: statement for statement in statements}
        self._speakers = {s.speaker.id: s.speaker for s in statements if s.speaker is not None}

    def contrasts(self, findings: Iterable[Finding]) -> list[Contrast]:
        """One contrast a topic, pair of speakers and sort (figures apart from the rest), best first."""
        groups: dict[tuple[TopicKey, str, str, str], list[Finding]] = defaultdict(list)
        for finding in self._ordered(findings):
            sort = finding.kind if finding.kind in FIGURES else ""
            groups[self._topics.key(finding), finding.a.speaker, finding.b.speaker, sort].append(finding)
        merged = _merged(groups.values())
        made = [self._contrast(group) for group in merged]
        return sorted(made, key=lambda contrast: (-contrast.score, contrast.topic, contrast.a.evidence, contrast.b.evidence))

    def _ordered(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, rules' first, each with its speakers in one order, one speaker's claims in that of their dates."""

        def rank(claim: Claim) -> tuple[str, str]:
            return claim.speaker, self._dates.get(claim.document, "")

        turned = [f if rank(f.a) <= rank(f.b) else replace(f, a=f.b, b=f.a) for f in findings]
        return sorted(turned, key=lambda f: (not f.by_rule, -f.score, f.a.statement, f.b.statement))

    def _contrast(self, group: list[Finding]) -> Contrast:
        best = max(group, key=lambda finding: finding.score)
        fitting = [finding for finding in group if (finding.kind == best.kind or not finding.by_rule) and _agree(finding, best)]
        one = self._position([finding.a for finding in fitting])
        other = self._position([finding.b for finding in fitting])
        if one.speaker != other.speaker and _first(other) < _first(one):
            one, other = other, one
        label = self._topics.label(best)
        return Contrast(
            topic=f"timing of {label}" if best.kind == "time" else label,
            kind=best.kind,
            strength=best.strength,
            scope=_scope(one.speaker, other.speaker),
            score=best.score,
            a=one,
            b=other,
            why=best.why,
        )

    def _position(self, claims: Sequence[Claim]) -> Position:
        unique = {claim.statement: self._statements[claim.statement] for claim in claims}
        ordered = sorted(unique.values(), key=lambda s: (s.document, s.content[0]))
        return Position(
            speaker=self._speakers[claims[0].speaker],
            statements=tuple(statement.id for statement in ordered),
            evidence=tuple((s.document, s.content[0][0], s.content[-1][1]) for s in ordered),
            phrases=tuple(self._phrases(claims)),
        )

    def _phrases(self, claims: Sequence[Claim]) -> list[str]:
        ranked = sorted(claims, key=lambda claim: (-self._quoted(claim), -abs(claim.polarity), claim.characterisation))
        found, quoted = list[str](), set[str]()
        for claim in ranked:
            text = shown(self._texts[claim.document], claim.characterisation)
            if text and not any(text in other for other in found):
                if not self._quoted(claim):
                    found = [other for other in found if other in quoted or other not in text]
                elif any(other in text for other in found):
                    continue
                else:
                    quoted.add(text)
                found.append(text)
        return found[:MOST_PHRASES]

    def _quoted(self, claim: Claim) -> bool:
        start, end = claim.characterisation
        return any(s <= end and start <= e for s, e in self._statements[claim.statement].verbatim)


def _merged(groups: Iterable[list[Finding]]) -> list[list[Finding]]:
    """As one the groups of two speakers that rest on one pair of statements, or that the scorer found in one document."""
    kept: dict[tuple[str, str], list[list[Finding]]] = defaultdict(list)
    for group in groups:
        ours = kept[group[0].a.speaker, group[0].b.speaker]
        host = next((other for other in ours if _belongs(group, other)), None)
        if host is None:
            ours.append(list(group))
        else:
            host.extend(group)
    return [group for ours in kept.values() for group in ours]


def _belongs(group: Sequence[Finding], other: Sequence[Finding]) -> bool:
    first, host = group[0], other[0]
    if any(finding.kind in FIGURES for finding in (first, host)) and first.kind != host.kind:
        return False
    pairs = {(f.a.statement, f.b.statement) for f in other}
    if any((f.a.statement, f.b.statement) in pairs for f in group):
        return True
    return not first.by_rule and {f.a.document for f in group} & {f.a.document for f in other} != set()


def _agree(finding: Finding, best: Finding) -> bool:
    if not (finding.by_rule and best.by_rule):
        return True
    return finding.a.polarity * best.a.polarity >= 0 and finding.b.polarity * best.b.polarity >= 0


def _first(position: Position) -> tuple[str, int, int]:
    return min(position.evidence)


def _scope(one: Speaker, other: Speaker) -> Scope:
    if one.id == other.id:
        return "over time"
    return "within" if one.side is not None and one.side == other.side else "between"

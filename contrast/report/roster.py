"""Who speaks in a set of statements, under which mentions and with what doubt; the draft of a speakers file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contrast.records import Findings, Speaker, Statement
from contrast.report.plain import DOUBTFUL, one_line, pieces

_HEAD = """\
# Speakers, drafted by `contrast speakers --write`. Check it, correct it, and pass it on with --speakers.
# One [[speaker]] table each: an id of your choice, the name to show, the kind (person, state, body, group, document),
# the side on which the speaker stands, and the aliases under which texts name the speaker. To join two speakers, move
# the aliases of one into the other and delete the table.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One speaker: number of statements, mentions with their counts (the commonest first), doubtful statements."""

    speaker: Speaker
    statements: int
    mentions: tuple[tuple[str, int], ...]
    doubtful: int
    """Statements of which it is doubtful that this speaker makes them (confidence below 0.5)."""


def build_roster(findings: Findings) -> list[Entry]:
    """The speakers of the findings, the most talkative first; statements whose speaker is not known are left out."""
    texts = {document.id: document.text for document in findings.documents}
    speakers: dict[str, Speaker] = {}
    said: dict[str, list[Statement]] = {}
    for statement in findings.statements:
        if statement.speaker is not None:
            speakers.setdefault(statement.speaker.id, statement.speaker)
            said.setdefault(statement.speaker.id, []).append(statement)
    entries = [_entry(speakers[id_], statements, texts) for id_, statements in said.items()]
    return sorted(entries, key=lambda entry: (-entry.statements, entry.speaker.name))


def roster_rows(roster: Sequence[Entry]) -> list[dict[str, str | int]]:
    """One row a speaker, with the columns ``ROSTER_COLUMNS``."""
    return [dict(zip(ROSTER_COLUMNS, _cells(entry), strict=True)) for entry in roster]


ROSTER_COLUMNS = ("speaker", "id", "kind", "side", "statements", "doubtful", "mentions")


def speakers_toml(roster: Sequence[Entry], findings: Findings) -> str:
    """A speakers file with the names found as aliases; mentions such as "he" or "the spokesman" stand in a comment.

    A mention is taken for a name where one of its words is never written in lower case in any of the documents, and
    where it means one speaker only.
    """
    lower = {word for document in findings.documents for word in re.findall(r"\w+", document.text) if word.islower()}
    bearers = Counter(mention for entry in roster for mention, _ in entry.mentions)
    return "\n".join([_HEAD, *(_table(entry, lower, bearers) for entry in roster)])


def _entry(speaker: Speaker, statements: Sequence[Statement], texts: dict[str, str]) -> Entry:
    mentions: Counter[str] = Counter()
    for statement in statements:
        mention = one_line(" ".join(pieces(texts.get(statement.document, ""), statement.source)))
        if mention:
            mentions[mention] += 1
    doubtful = sum(statement.speaker_confidence < DOUBTFUL for statement in statements)
    return Entry(speaker, len(statements), tuple(mentions.most_common()), doubtful)


def _cells(entry: Entry) -> tuple[str | int, ...]:
    speaker, mentions = entry.speaker, "; ".join(f"{mention} ({count})" for mention, count in entry.mentions)
    return speaker.name, speaker.id, speaker.kind, speaker.side or "", entry.statements, entry.doubtful, mentions


def _table(entry: Entry, lower: set[str], bearers: Counter[str]) -> str:
    speaker = entry.speaker
    names, others = list[str](), list[str]()
    for mention, count in entry.mentions:
        words = re.findall(r"\w+", mention)
        is_name = bearers[mention] == 1 and any(w[0].isupper() and w.lower() not in lower for w in words)
        if is_name and mention != speaker.name:
            names.append(mention)
        elif not is_name:
            others.append(f"{mention} ({count})")
    lines = ["[[speaker]]", f"id = {_quoted(speaker.id)}", f"name = {_quoted(speaker.name)}"]
    lines.append(f"kind = {_quoted(speaker.kind)}" if speaker.kind != "unknown" else '# kind = "person"')
    lines.append(f"side = {_quoted(speaker.side)}" if speaker.side else '# side = ""')
    lines.append(f"aliases = [{', '.join(map(_quoted, names))}]")
    if others:
        lines.append(f"# also: {'; '.join(others)}")
    if entry.doubtful:
        lines.append(f"# doubtful in {entry.doubtful} of {entry.statements} statements")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string, whose escapes are JSON's but for DEL, which TOML wants escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

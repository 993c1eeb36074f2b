"""Documents with their statements, speakers and contrasts, from news and invented scenarios, to train the scorer of pairs."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from contrast.attribution.quotations import find_quotations
from contrast.attribution.statements import build_statement
from contrast.comparison.pairs import Side
from contrast.reading import read_text
from contrast.records import Document, Spans, Speaker, Statement
from contrast.training.gold import own_annotations, read_gold

KINDS = ("evaluation", "denial", "fact", "quantity", "time", "policy", "commitment")
UNKNOWN_KIND = -1
HELD_OUT = (4, 9)
"""Remainders by ten of the numbers of contrast_train's articles, sorted by name, that are held out."""


@dataclass(frozen=True, slots=True)
class Contrasted:
    """A gold contrast: the numbers of its sides' statements and its kind (index in KINDS or UNKNOWN_KIND)."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    kind: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A document with all its statements, in the order of the text, and the contrasts among them."""

    id: str
    sides: tuple[Side, ...]
    contrasts: tuple[Contrasted, ...]

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of statements of different known speakers."""
        n = len(self.sides)
        names = [side.speaker for side in self.sides]
        return [(i, j) for i in range(n) for j in range(i + 1, n) if names[i] and names[j] and names[i] != names[j]]

    def labels(self) -> dict[tuple[int, int], tuple[int, bool]]:
        """Kind and whether it is optional of each contrasted pair (i < j)."""
        found: dict[tuple[int, int], tuple[int, bool]] = {}
        for c in self.contrasts:
            for a in c.a:
                for b in c.b:
                    key = (min(a, b), max(a, b))
                    if key not in found or found[key][1]:
                        found[key] = (c.kind, c.optional)
        return found


def _example(document: Document, statements: dict[str, Statement], contrasts: list[dict[str, Any]]) -> Example:
    """``contrasts`` name statements by the keys of ``statements``."""
    ordered = sorted(statements.items(), key=lambda item: (item[1].content[0], item[1].content[-1]))
    number = {key: i for i, (key, _) in enumerate(ordered)}
    sides = tuple(Side(s, document, s.speaker.name if s.speaker else "") for _, s in ordered)
    found = []
    for c in contrasts:
        a, b = (tuple(number[k] for k in c[side] if k in number) for side in "ab")
        if a and b:
            kind = KINDS.index(c["kind"]) if c.get("kind") else UNKNOWN_KIND
            found.append(Contrasted(a, b, kind, bool(c.get("optional"))))
    return Example(document.id, sides, tuple(found))


def _spoken(statement: Statement, name: str | None, number: int) -> Statement:
    """With the speaker ``name`` and an id of its own."""
    speaker = None if name in (None, "NONE") else Speaker(re.sub(r"\W+", "-", name.lower()), name)
    return replace(statement, id=f"{statement.id}#{number}", speaker=speaker)


def news(folder: Path, annotations: Path, evaluation: Path) -> list[Example]:
    """Annotated articles: ``folder`` in PolNeAR's form, ``annotations`` one JSON an article; sorted by id."""
    gold = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(annotations.glob("*.json"))}
    return _examples(folder, evaluation, gold)


def more_news(folder: Path, evaluation: Path) -> list[Example]:
    """The articles annotated by this project (``annotations/contrasts.jsonl``), sorted by id."""
    return _examples(folder, evaluation, own_annotations())


def _examples(folder: Path, evaluation: Path, gold: dict[str, dict[str, Any]]) -> list[Example]:
    found = []
    for document, statements in read_gold(folder, evaluation):
        if document.id in gold:
            row = gold[document.id]
            spoken = {k: _spoken(s, row["speakers"].get(k), n) for n, (k, s) in enumerate(statements.items())}
            found.append(_example(document, spoken, row["contrasts"]))
    return sorted(found, key=lambda e: e.id)


def scenarios(folder: Path) -> list[tuple[bool, dict[str, Any]]]:
    """The rows of all files, each with whether it is held out: every tenth of a file."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            found.append((number % 10 == 9, json.loads(line)))
    return found


def render(rows: list[dict[str, Any]], *, seed: int) -> Example:
    """Scenarios as one running article: the event, then a sentence a statement, in paragraphs of one or two."""
    chooser = random.Random(seed)
    text = ". ".join(row["event"] for row in rows) + ".\n\n"
    places: list[tuple[str, dict[str, Any], dict[str, Spans]]] = []
    queue = _interleaved(rows, chooser)
    for number, (row, statement) in enumerate(queue):
        sentence, spans = _sentence(statement, chooser)
        moved = {role: tuple((s + len(text), e + len(text)) for s, e in pieces) for role, pieces in spans.items()}
        places.append((f"{row['id']}/{statement['id']}", statement, moved))
        last = number + 1 == len(queue)
        text += sentence + ("\n" if last else chooser.choice(["\n\n", "\n\n", " "]))
    document = read_text(text, id="+".join(row["id"] for row in rows), title=rows[0]["event"])
    quotations = find_quotations(text)
    statements = {
        key: _spoken(
            build_statement(document.id, text, quotations, source=s["source"], cue=s["cue"], content=s["content"]),
            row["speaker"],
            n,
        )
        for n, (key, row, s) in enumerate(places)
    }
    contrasts = [
        {**c, "a": [f"{row['id']}/{s}" for s in c["a"]], "b": [f"{row['id']}/{s}" for s in c["b"]]}
        for row in rows
        for c in row["contrasts"]
    ]
    return _example(document, statements, contrasts)


def _interleaved(rows: list[dict[str, Any]], chooser: random.Random) -> list[Any]:
    """Statements of all rows, each row's own in their order; half the time one row after the other."""
    queues = [[(row, s) for s in row["statements"]] for row in rows]
    if chooser.random() < 0.5:
        return [item for queue in queues for item in queue]
    merged = []
    while any(queues):
        queue = chooser.choice([q for q in queues if q])
        merged.append(queue.pop(0))
    return merged


def _sentence(statement: dict[str, Any], chooser: random.Random) -> tuple[str, dict[str, Spans]]:
    source, cue, content = (statement[k].strip() for k in ("source", "cue", "content"))
    content = content[:-1] if content.endswith(".") else content
    if not content:
        content = cue or source
    simple = cue in ("said", "says", "told reporters", "argued", "insisted", "added", "replied", "warned", "claimed")
    if source and simple and chooser.random() < 0.5:
        body = content[5:] if content.startswith("that ") else content
        parts = [("content", body), (None, ", "), ("source", source.rstrip(",")), (None, " "), ("cue", cue)]
    else:
        gap = "" if cue.startswith((":", ",")) else " "
        parts = [
            ("source", source),
            (None, gap if source else ""),
            ("cue", cue),
            (None, " " if cue else ""),
            ("content", content),
        ]
    text = ""
    spans: dict[str, Spans] = {"source": (), "cue": (), "content": ()}
    for role, piece in parts:
        if role and piece:
            spans[role] = ((len(text), len(text) + len(piece)),)
        text += piece
    return text[:1].upper() + text[1:] + ".", spans

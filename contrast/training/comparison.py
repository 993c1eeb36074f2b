"""Score the comparison on annotated articles, with the gold statements and speakers fed in.

    python -m contrast.training.comparison TEXTS GOLD EVALUATION [--tenth | --but-tenth] [--rules] [--show] [--limit N]

TEXTS is a folder with ``text/`` and ``attributions/``, or one of scenarios (JSON lines: statements with source, cue and content,
and contrasts; GOLD is then ignored); GOLD has a JSON file an article; EVALUATION is the folder of the shared scorers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from contrast.attribution.quotations import find_quotations
from contrast.attribution.statements import build_statement
from contrast.claims import find_claims
from contrast.comparison import compare_claims
from contrast.language import analyse, load_pipeline
from contrast.records import Contrast, Document, Spans, Speaker, Statement
from contrast.training.gold import read_gold
from contrast.training.pairs_data import HELD_OUT
from contrast.training.pairs_data import scenarios as invented
from contrast.training.shared import shared_module

TOP = 5
SILENT = ("NONE",)
Matches = Callable[[set[int], set[int], tuple[Any, Any, str]], bool]


@dataclass
class Scores:
    """Counts over articles: ranked holds (score, first find of a gold pair, right) of each prediction."""

    ranked: list[tuple[float, bool, bool]] = field(default_factory=list)
    gold: int = 0
    found: int = 0
    kinds: list[bool] = field(default_factory=list)
    top: list[bool] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures of ``score_contrasts.py``, per cent: precision, recall, F1, average precision, kind, the best five."""
        right = sum(r for _, _, r in self.ranked)
        precision = right / len(self.ranked) if self.ranked else 0.0
        recall = self.found / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        ordered, average, new, hits = sorted(self.ranked, key=lambda r: -r[0]), 0.0, 0, 0
        for rank, (_, first, hit) in enumerate(ordered, 1):
            hits += hit
            if first:
                new += 1
                average += hits / rank
        kind, top = (sum(values) / len(values) if values else 0.0 for values in (self.kinds, self.top))
        shares = {"P": precision, "R": recall, "F1": f1, "AP": average / max(1, self.gold), "kind": kind, "top five": top}
        return {name: 100 * share for name, share in shares.items()}

    def line(self) -> str:
        """The figures in one line."""
        told = "  ".join(f"{name} {value:5.1f}" for name, value in self.figures().items())
        return f"{told}  (gold {self.gold}, predicted {len(self.ranked)})"


def named(statements: Mapping[str, Statement], names: Mapping[str, str]) -> dict[str, Statement]:
    """The statements that have a speaker, with the gold's name, and the statement in which each lies as its parent."""
    kept = {
        id_: replace(statement, speaker=Speaker(names[id_], names[id_], kind="person"), speaker_confidence=1.0)
        for id_, statement in statements.items()
        if names.get(id_, "NONE") not in SILENT
    }
    return {id_: replace(statement, parent=_parent(statement, kept.values())) for id_, statement in kept.items()}


def _parent(statement: Statement, others: Any) -> str | None:
    start, end = statement.content[0][0], statement.content[-1][1]
    around = [
        other
        for other in others
        if other.id != statement.id and any(s <= start and end <= e and (e - s) > (end - start) for s, e in other.content)
    ]
    return min(around, key=lambda other: other.content[-1][1] - other.content[0][0]).id if around else None


def score(
    contrasts: Sequence[Contrast],
    gold: Mapping[str, Any],
    statements: Mapping[str, Statement],
    text: str,
    into: Scores,
    matches: Matches,
) -> list[bool]:
    """Add one article's figures; returns for each contrast, best first, whether it is right (those open to doubt left out).

    Whether a contrast is a gold one is for ``matches`` of the shared scorer to say.
    """

    def letters(statement: Statement) -> set[int]:
        return {i for s, e in statement.content for i in range(s, e) if not text[i].isspace()}

    contents = {id_: letters(statement) for id_, statement in statements.items()}
    sides = [
        ([contents[i] for i in c["a"] if i in contents], [contents[i] for i in c["b"] if i in contents], c)
        for c in gold["contrasts"]
    ]
    entries = [(a, b, c["kind"]) for a, b, c in sides if not c.get("optional")]
    doubtful = [(a, b, c["kind"]) for a, b, c in sides if c.get("optional")]
    into.gold += len(entries)
    found, right = set[int](), list[bool]()
    for contrast in sorted(contrasts, key=lambda c: -c.score):
        a, b = (
            {i for _, s, e in position.evidence for i in range(s, e) if not text[i].isspace()}
            for position in (contrast.a, contrast.b)
        )
        hits = {k for k, entry in enumerate(entries) if matches(a, b, entry)}
        if not hits and any(matches(a, b, entry) for entry in doubtful):
            continue
        right.append(bool(hits))
        into.ranked.append((contrast.score, bool(hits - found), bool(hits)))
        found |= hits
        if hits:
            into.kinds.append(any(entries[k][2] == contrast.kind for k in hits))
    into.found += len(found)
    into.top.extend(right[:TOP])
    return right


def articles(
    texts: Path, gold: Path, evaluation: Path, chosen: set[str]
) -> Iterator[tuple[Document, dict[str, Statement], dict[str, Any]]]:
    """The articles with statements, speakers and gold contrasts."""
    for document, statements in read_gold(texts, evaluation):
        if document.id in chosen:
            marked = json.loads((gold / f"{document.id}.json").read_text(encoding="utf-8"))
            yield document, named(statements, marked["speakers"]), marked


def scenarios(folder: Path, *, tenth: bool | None) -> Iterator[tuple[Document, dict[str, Statement], dict[str, Any]]]:
    """Invented scenarios as articles, one line a statement; ``tenth`` picks those held out, the others, or all (None)."""
    for held, told in invented(folder):
        if tenth is None or held == tenth:
            yield _scenario(told)


def _scenario(told: Mapping[str, Any]) -> tuple[Document, dict[str, Statement], dict[str, Any]]:
    text, spans = f"{told['event']}\n\n", []
    for statement in told["statements"]:
        places: dict[str, Spans] = {}
        for role in ("source", "cue", "content"):
            start = len(text)
            text += statement[role]
            places[role] = ((start, len(text)),) if statement[role] else ()
            text += " " if role != "content" else "\n\n"
        spans.append((statement, places))
    quotations = find_quotations(text)
    statements = {
        s["id"]: replace(
            build_statement(told["id"], text, quotations, source=p["source"], cue=p["cue"], content=p["content"]),
            speaker=Speaker(s["speaker"], s["speaker"], kind="person"),
            speaker_confidence=1.0,
        )
        for s, p in spans
        if s["content"]
    }
    return Document(told["id"], text, title=told["event"]), statements, {"contrasts": told["contrasts"]}


def main() -> None:
    """Print the figures, and with ``--show`` each contrast found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("--tenth", action="store_true", help="only the articles held out: by name the fifth and tenth of ten")
    parser.add_argument("--but-tenth", action="store_true", help="only the other articles")
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--rules", action="store_true", help="without a scorer of pairs")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    names = [path.stem for path in sorted(options.gold.glob("*.json"))]
    if options.tenth or options.but_tenth:
        names = [name for i, name in enumerate(names) if (i % 10 in HELD_OUT) == options.tenth]
    if any(options.texts.glob("*.jsonl")):
        told = scenarios(options.texts, tenth=True if options.tenth else False if options.but_tenth else None)
    else:
        told = articles(options.texts, options.gold, options.evaluation, set(names[: options.limit]))
    matches = shared_module(options.evaluation, "score_contrasts").matches
    scorer: Literal["installed"] | None = None if options.rules else "installed"
    print(measured(islice(told, options.limit), matches, scorer=scorer, show=options.show).line())


def measured(
    told: Iterable[tuple[Document, dict[str, Statement], dict[str, Any]]],
    matches: Matches,
    *,
    scorer: Literal["installed"] | None = "installed",
    show: bool = False,
) -> Scores:
    """The scores of the comparison over articles with statements, speakers and gold contrasts."""
    nlp, scores = load_pipeline(None), Scores()
    for document, statements, gold in told:
        doc = next(iter(analyse([document], nlp)))
        listed = list(statements.values())
        _, contrasts = compare_claims([document], listed, list(find_claims(document, doc, listed)), scorer=scorer)
        score(contrasts, gold, statements, document.text, scores, matches)
        if show:
            _show(document, contrasts, gold, statements, matches)
    return scores


def _show(
    document: Document,
    contrasts: Sequence[Contrast],
    gold: Mapping[str, Any],
    statements: Mapping[str, Statement],
    matches: Matches,
) -> None:
    print(f"== {document.id}: {len(gold['contrasts'])} gold")
    ids = {statement.id: id_ for id_, statement in statements.items()}
    for contrast in contrasts:
        scratch = Scores()
        right = score([contrast], gold, statements, document.text, scratch, matches)
        mark = "ok " if right == [True] else "?  " if not right else "-- "
        sides = [f"{p.speaker.name} {[ids[s] for s in p.statements]} {list(p.phrases)}" for p in (contrast.a, contrast.b)]
        print(f"  {mark}{contrast.score:.2f} {contrast.kind} [{contrast.topic}] {sides[0]} / {sides[1]} | {contrast.why}")


if __name__ == "__main__":
    main()

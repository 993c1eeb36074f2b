"""Judge the speakers stage on gold attributions: accuracy by kind of mention, and whether voices are split or merged.

    python -m contrast.training.speakers SHARED --set heldout|train|more|contrast_dev|seed [--speakers FILE] [--errors N]
    python -m contrast.training.speakers SHARED --fit

The second fits the weights by which candidates are ranked (contrast/speakers/ranker.toml) to nine tenths of contrast_train
and to every other article of the project's own annotations; "more" is the rest of these, which it does not see. SHARED is
the folder of the data and scorers. A speaker is right where its name shares a word with the gold name, the rule of
score_contrasts.py; B-cubed and pairwise figures compare ids with gold names within each document.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from contrast.language import analyse, load_pipeline
from contrast.records import Document, Statement
from contrast.speakers import SpeakerResolver, load_speakers, ranking
from contrast.speakers.knowledge import lexicon
from contrast.speakers.ranking import Candidate, Features, Ranked
from contrast.speakers.resolution import Scene
from contrast.training.gold import own_annotations, read_gold
from contrast.training.shared import shared_module

Array = npt.NDArray[np.float64]
Example = tuple[str, list[Features], list[int]]
"""Kind, the features of each candidate, the numbers of the right ones."""
ENOUGH = 40
"""With fewer examples a kind's weights are not fitted."""
PENALTY = 2.0
"""On the squared weights of a kind, however many examples it has."""
HELD_OUT = 10
"""Of the sorted files of contrast_train every tenth is held out."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold attribution with the speaker found for it."""

    document: Document
    statement: Statement
    gold: str
    right: bool
    mention: str


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", choices=["train", "heldout", "more", "contrast_dev", "seed"], default="heldout")
    parser.add_argument("--speakers", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N documents")
    parser.add_argument("--fit", action="store_true", help="fit the ranker's weights and write them")
    arguments = parser.parse_args()
    if arguments.fit:
        fit(arguments.shared, arguments.limit)
        return 0
    started = time.perf_counter()
    judged = list(judge(arguments.shared, arguments.set, arguments.speakers, arguments.limit))
    print_accuracy(judged)
    print_identity(judged)
    print(f"{time.perf_counter() - started:.0f} s in all", file=sys.stderr)
    for one in [j for j in judged if not j.right][: arguments.errors]:
        print_error(one)
    return 0


def gold_speakers(shared: Path, which: str) -> tuple[Path, dict[str, dict[str, str]]]:
    """The folder of the texts of a set, and for each of its documents the gold speakers by attribution id."""
    if which in ("contrast_dev", "seed"):
        folder = shared / "eval" / which
        files = sorted((folder / "gold").glob("*.json"))
    else:
        folder = shared / "data" / "polnear" / "train"
        every = sorted((shared / "data" / "contrast_train").glob("*.json"))
        files = [path for n, path in enumerate(every) if which != "more" and (n % HELD_OUT == 0) == (which == "heldout")]
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    if which in ("more", "fit"):
        rows += [row for n, (_, row) in enumerate(sorted(own_annotations().items())) if (n % 2 == 1) == (which == "more")]
    return folder, {row["doc"]: row["speakers"] for row in rows}


def judge(shared: Path, which: str, speakers: Path | None = None, limit: int | None = None) -> Iterator[Judged]:
    """Each gold attribution that has a speaker, with the one found."""
    name_words = shared_module(shared / "eval", "score_contrasts").name_words
    folder, gold = gold_speakers(shared, which)
    resolver = SpeakerResolver(load_speakers(speakers) if speakers else None)
    nlp = load_pipeline()
    spent, words, done = 0.0, 0, 0
    for document, statements in read_gold(folder, shared / "eval"):
        if document.id not in gold or (limit is not None and done >= limit):
            continue
        done += 1
        doc = next(iter(analyse([document], nlp)))
        started = time.process_time()
        resolved = {s.id: s for s in resolver.resolve(document, doc, tuple(statements.values()))}
        spent += time.process_time() - started
        words += sum(not token.is_space and not token.is_punct for token in doc)
        for key, name in gold[document.id].items():
            if key not in statements or name in ("NONE", "AUTHOR"):
                continue
            found = resolved[statements[key].id]
            shown = found.speaker.name if found.speaker else ""
            yield Judged(document, found, name, bool(name_words(shown) & name_words(name)), mention_type(document, found))
    print(f"{words} words, {words / max(spent, 1e-9):.0f} words a second in this stage", file=sys.stderr)


def mention_type(document: Document, statement: Statement) -> str:
    """name, surname, pronoun, role, metonym, group, document, or none, as the source's words show it."""
    words = [word.strip(".,'’\"“”") for s, e in statement.source for word in document.text[s:e].split()]
    words = [word[:-2] if word.endswith(("'s", "’s")) else word for word in words]
    known = lexicon()
    lowered = [word.casefold() for word in words]
    state = known.known(" ".join(words)) if words else None
    names = [w for w, low in zip(words, lowered, strict=True) if w[:1].isupper() and not _is_title(low)]
    plural = any(low.endswith("s") and (low[:-1] in known.roles or low[:-1] in known.bodies) for low in lowered)
    kinds = {
        "none": not words,
        "pronoun": len(words) == 1 and lowered[0] in known.pronouns,
        "metonym": state is not None and state.kind == "state",
        "surname": len(names) == 1 and len(words) <= 3,
        "document": bool(lowered) and lowered[-1] in known.documents,
        "name": len(names) > 1,
        "group": plural or (bool(lowered) and lowered[0] in known.quantifiers),
    }
    return next((kind for kind, holds in kinds.items() if holds), "role")


def _is_title(word: str) -> bool:
    known, bare = lexicon(), word.strip(".")
    return bare in known.honorifics or bare in known.titles or bare in ("the", "a", "an", "some", "many")


def print_accuracy(judged: list[Judged]) -> None:
    """Accuracy by kind of mention and by confidence."""
    total, right = Counter(j.mention for j in judged), Counter(j.mention for j in judged if j.right)
    for kind in sorted(total, key=lambda k: -total[k]):
        print(f"{kind:10} {100 * right[kind] / total[kind]:6.1f} %  {right[kind]:5} of {total[kind]}")
    print(f"{'all':10} {100 * sum(right.values()) / max(1, len(judged)):6.1f} %  {sum(right.values()):5} of {len(judged)}")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = [j for j in judged if low <= j.statement.speaker_confidence < high]
        if inside:
            share = 100 * sum(j.right for j in inside) / len(inside)
            print(f"confidence {low:.1f} to {min(high, 1.0):.1f}: {share:5.1f} % right of {len(inside)}")


def print_identity(judged: list[Judged]) -> None:
    """B-cubed and pairwise precision (nobody merged) and recall (nobody split), ids against gold names."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for n, one in enumerate(judged):
        speaker = one.statement.speaker
        groups[one.document.id].append((speaker.id if speaker else f"nobody {n}", one.gold))
    precision = recall = 0.0
    pairs = Counter[str]()
    for rows in groups.values():
        for id_, name in rows:
            both = sum(i == id_ and g == name for i, g in rows)
            precision += both / sum(i == id_ for i, _ in rows)
            recall += both / sum(g == name for _, g in rows)
        for a in range(len(rows)):
            for b in range(a):
                same_id, same_gold = rows[a][0] == rows[b][0], rows[a][1] == rows[b][1]
                pairs["both"] += same_id and same_gold
                pairs["id"] += same_id
                pairs["gold"] += same_gold
    count = max(1, len(judged))
    print(f"B-cubed precision {100 * precision / count:.1f}, recall {100 * recall / count:.1f}; ", end="")
    precise, complete = pairs["both"] / max(1, pairs["id"]), pairs["both"] / max(1, pairs["gold"])
    print(f"pairwise precision {100 * precise:.1f}, recall {100 * complete:.1f}")


def print_error(one: Judged) -> None:
    """One wrong speaker with its source and a little context."""
    statement, text = one.statement, one.document.text
    source = " … ".join(text[s:e] for s, e in statement.source)
    start = statement.source[0][0] if statement.source else statement.content[0][0]
    context = " ".join(text[max(0, start - 150) : start + 80].split())
    shown = statement.speaker.name if statement.speaker else "-"
    print(f"\n[{one.mention}] {source!r}\n  gold {one.gold!r}, found {shown!r}", end=" ")
    print(f"({statement.speaker_confidence:.2f}: {statement.speaker_reason})")
    print(f"  {one.document.id}: …{context}…")


class Lesson(Scene):
    """A scene that is told who the gold speaker is, and notes the candidates among whom it would have chosen."""

    gold: dict[int, str]
    examples: list[Example]
    name_words: Callable[[str], set[str]]

    def choose(self, found: list[Candidate], kind: str, number: int | None) -> list[Ranked]:
        """The gold candidate where there is one, else the ranker's choice."""
        name = self.gold.get(number) if number is not None else None
        if name is None or name in ("NONE", "AUTHOR"):
            return super().choose(found, kind, number)
        wanted = self.name_words(name)
        right = [n for n, c in enumerate(found) if c.voice is not None and self.name_words(c.voice.name) & wanted]
        if not right and kind in ("role", "body"):
            right = [n for n, c in enumerate(found) if c.voice is None]
        if not right:
            return super().choose(found, kind, number)
        if len(found) > 1:
            self.examples.append(("person" if kind in ("m", "f") else kind, [c.features for c in found], right))
        return [Ranked(found[right[0]].voice, 1.0)]


def lessons(shared: Path, limit: int | None = None) -> Iterator[Example]:
    """The choices that the scenes of the training set had to make."""
    name_words = shared_module(shared / "eval", "score_contrasts").name_words
    folder, gold = gold_speakers(shared, "fit")
    nlp = load_pipeline()
    done = 0
    for document, statements in read_gold(folder, shared / "eval"):
        if document.id not in gold or (limit is not None and done >= limit):
            continue
        done += 1
        keys = list(statements)
        scene = Lesson(document, next(iter(analyse([document], nlp))), tuple(statements.values()), None)
        scene.gold = {n: gold[document.id].get(key, "NONE") for n, key in enumerate(keys)}
        scene.examples, scene.name_words = [], name_words
        scene.resolve()
        yield from scene.examples


def fit(shared: Path, limit: int | None, *, penalty: float = PENALTY) -> None:
    """Fit a weight for each feature of each kind by softmax regression, and write ``ranker.toml``."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for example in lessons(shared, limit):
        examples[example[0]].append(example)
    path = Path(ranking.__file__).with_name("ranker.toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for kind, rows in sorted(examples.items()):
        if len(rows) < ENOUGH:
            print(f"{kind}: {len(rows)} examples are too few; its weights stay as they are", file=sys.stderr)
            continue
        tables[kind] = softmax_regression([(features, right) for _, features, right in rows], penalty / len(rows))
        print(f"{kind}: {len(rows)} examples, {100 * _share_right(rows, tables[kind]):.1f} % right", file=sys.stderr)
    parts = [_RANKER_HEAD]
    for kind, weights in sorted(tables.items()):
        lines = [f"{name} = {round(weight, 3)}" for name, weight in sorted(weights.items()) if abs(weight) >= 0.0005]
        parts.append("\n".join([f"[{kind}]", *lines]) + "\n")
    path.write_text("\n".join(parts), encoding="utf-8")


_RANKER_HEAD = f"""\
# Weights of the features by which the candidates for a pronoun or description are ranked; ranking.py says what each tells.
# Fitted by `python -m contrast.training.speakers SHARED --fit` to nine tenths of contrast_train (288 news articles of
# PolNeAR with the speakers of their attributions; every tenth file by name is held out) and to every other one of the 480
# articles in contrast/training/annotations, where there were {ENOUGH} examples and more; the others are set by hand.
"""


def softmax_regression(rows: list[tuple[list[Features], list[int]]], penalty: float) -> dict[str, float]:
    """Weights that make the right candidates likely; ``penalty`` is that on the squared weights."""
    names = sorted({name for features, _ in rows for f in features for name in f})
    index = {name: n for n, name in enumerate(names)}
    matrices = list[tuple[Array, Array]]()
    for features, right in rows:
        matrix = np.zeros((len(features), len(names)))
        for n, f in enumerate(features):
            for name, value in f.items():
                matrix[n, index[name]] = value
        mask = np.zeros(len(features))
        mask[right] = 1.0
        matrices.append((matrix, mask))
    weights, speed, spread = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, 401):
        gradient = -2 * penalty * weights * len(rows)
        for matrix, mask in matrices:
            scores = matrix @ weights
            belief = np.exp(scores - scores.max())
            belief /= belief.sum()
            within = belief * mask
            gradient += matrix.T @ (within / max(within.sum(), 1e-12) - belief)
        speed = 0.9 * speed + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        weights = weights + 0.03 * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, (float(w) for w in weights), strict=True))


def _share_right(rows: list[Example], weights: dict[str, float]) -> float:
    right = 0
    for _, features, wanted in rows:
        scores = [sum(weights.get(name, 0.0) * value for name, value in f.items()) for f in features]
        right += scores.index(max(scores)) in wanted
    return right / max(1, len(rows))


if __name__ == "__main__":
    sys.exit(main())

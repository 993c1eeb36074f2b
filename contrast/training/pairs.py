"""Train the scorer of pairs: is a pair of statements a contrast, and of which kind.

    python -m contrast.training.pairs SHARED_DATA --work build/pairs --output contrast/models/comparison

Annotated news articles and invented scenarios are read as :mod:`contrast.comparison.pairs_encoding` lays them out; every tenth of
each is held out. The first epochs are the scenarios alone, the others news and scenarios. The same command goes on where it was
stopped. Weights are an exponential moving average; at the end they are exported.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from contrast.comparison.pairs import CandidatePair
from contrast.comparison.pairs_encoding import SIDE_PIECES, Chunk, Parts, chunks, judged_pieces
from contrast.comparison.pairs_facts import Rarity
from contrast.comparison.pairs_rarity import rarity_by
from contrast.comparison.pairs_structure import structure
from contrast.training.attribution_model import encoder_folder
from contrast.training.pairs_data import KINDS, UNKNOWN_KIND, Example, more_news, news, render, scenarios, tenth
from contrast.training.pairs_figures import figures, judge
from contrast.training.pairs_model import PairModel

PAIRS = 56
"""Pairs of a step, about."""
NEWS, SCENARIOS = range(2)
NEGATIVES = {NEWS: 10, SCENARIOS: 3}
"""Pairs of a document that are no contrasts in an epoch, and one more for each that is one."""
SCENARIO_SHARE = 0.5
"""The share of the scenarios in an epoch with news."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example ready to be read: pairs, their structure (pairs, features), labels (-1 where it counts neither way), kinds."""

    example: Example
    chunks: list[Chunk]
    pairs: list[tuple[int, int]]
    structure: np.ndarray
    labels: np.ndarray
    kinds: np.ndarray
    chunk_of: dict[int, int]
    domain: int = NEWS

    def parts(self, pair: int) -> tuple[tuple[int, Parts], tuple[int, Parts]]:
        """For either statement of a pair its chunk and its places there."""
        (i, c), (j, d) = ((n, self.chunk_of[n]) for n in self.pairs[pair])
        return (c, self.chunks[c].statements[i]), (d, self.chunks[d].statements[j])


def prepare(example: Example, tokenizer: Tokenizer, rarity: Rarity, *, domain: int = NEWS) -> Prepared:
    pairs, labels = example.pairs(), example.labels()
    around = example.sides
    table = structure([CandidatePair(around[i], around[j], around, around) for i, j in pairs], rarity)
    found = chunks(around, tokenizer)
    return Prepared(
        example=example,
        chunks=found,
        pairs=pairs,
        structure=table,
        labels=np.array([(-1 if labels[p][1] else 1) if p in labels else 0 for p in pairs], dtype=np.int64),
        kinds=np.array([labels[p][0] if p in labels else UNKNOWN_KIND for p in pairs], dtype=np.int64),
        chunk_of={n: c for c, chunk in enumerate(found) for n in chunk.statements},
        domain=domain,
    )


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document to learn from, with the pairs chosen in it."""

    source: Prepared
    pairs: list[int]


class Material:
    """All there is to learn from, rendered anew each epoch where it is invented."""

    def __init__(self, data: Path, tokenizer: Tokenizer) -> None:
        self.tokenizer, self.rarity = tokenizer, rarity_by(tokenizer)
        evaluation = data.parent / "eval"
        judged = {p.stem for p in (evaluation / "contrast_dev" / "text").glob("*.txt")}
        articles = [e for e in news(data / "polnear" / "train", data / "contrast_train", evaluation) if e.id not in judged]
        train, held = tenth(articles)
        train += [e for e in more_news(data / "polnear" / "train", evaluation) if e.id not in judged]
        self.news, self.held = ([self._prepared(e, NEWS) for e in part] for part in (train, held))
        rows = scenarios(data / "scenarios")
        kept = [row for held_out, row in rows if not held_out]
        self.made = [self._prepared(render([row], seed=n), SCENARIOS) for n, row in enumerate(kept)]
        self.held_scenarios = [self._prepared(render([row], seed=n), SCENARIOS) for n, (out, row) in enumerate(rows) if out]
        self.prior = make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=500))
        self.prior.fit(np.concatenate([p.structure for p in self.news]), np.concatenate([p.labels == 1 for p in self.news]))

    def _prepared(self, example: Example, domain: int) -> Prepared:
        return prepare(example, self.tokenizer, self.rarity, domain=domain)

    def plan(self, epochs: range, *, with_news: bool, seed: int = 0) -> list[list[Lesson]]:
        """The steps of some epochs: documents with each contrast in them and some other pairs."""
        steps = []
        for number in epochs:
            chooser = random.Random(1000 * seed + number)
            chosen = [one for one in self.made if not with_news or chooser.random() < SCENARIO_SHARE]
            lessons = [self._lesson(one, chooser) for one in chosen + (self.news if with_news else [])]
            steps.extend(steps_of(lessons, chooser))
        return steps

    def _lesson(self, one: Prepared, chooser: random.Random) -> Lesson:
        right = [p for p in range(len(one.pairs)) if one.labels[p] == 1]
        wrong = [p for p in range(len(one.pairs)) if one.labels[p] == 0]
        likely = self.prior.decision_function(one.structure) if one.pairs else np.zeros(0)
        return Lesson(one, right + negatives(wrong, likely, NEGATIVES[one.domain] + len(right), chooser))


def steps_of(lessons: list[Lesson], chooser: random.Random) -> list[list[Lesson]]:
    """The lessons in random order, as many together as make up the pairs of a step."""
    chooser.shuffle(lessons)
    steps: list[list[Lesson]] = [[]]
    for lesson in lessons:
        if not lesson.pairs:
            continue
        if sum(len(other.pairs) for other in steps[-1]) >= PAIRS:
            steps.append([])
        steps[-1].append(lesson)
    return steps


def negatives(wrong: list[int], likely: np.ndarray, wanted: int, chooser: random.Random) -> list[int]:
    """A sample of the pairs that are no contrasts, half of them such as the structure makes likely."""
    wanted = min(len(wrong), wanted)
    chooser.shuffle(wrong)
    hard = sorted(wrong[wanted // 2 :], key=lambda p: -likely[p] - chooser.gauss(0, 1))[: wanted - wanted // 2]
    return wrong[: wanted // 2] + hard


def read(model: PairModel, documents: list[Prepared]) -> list[list[torch.Tensor]]:
    """For each example the states (pieces, width) of its chunks after the lower layers."""
    every = [chunk for one in documents for chunk in one.chunks]
    length = max(len(chunk.ids) for chunk in every)
    ids, roles, mask = (torch.zeros(len(every), length, dtype=torch.long) for _ in range(3))
    for row, chunk in enumerate(every):
        ids[row, : len(chunk.ids)] = torch.tensor(chunk.ids)
        roles[row, : len(chunk.ids)] = torch.tensor(chunk.roles)
        mask[row, : len(chunk.ids)] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = iter(model.read(ids, roles, mask).to(torch.bfloat16))
    return [[next(states)[: len(chunk.ids)] for chunk in one.chunks] for one in documents]


@dataclass(frozen=True, slots=True)
class Case:
    """A pair to judge."""

    source: Prepared
    states: list[torch.Tensor]
    pair: int


def padded(cases: list[Case]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """States, what they are, and structure of some cases, as the upper layers read them."""
    found = []
    for case in cases:
        (c, a), (d, b) = case.source.parts(case.pair)
        places, which = judged_pieces([(a, 0, b, len(case.states[c]))])
        found.append((torch.cat([case.states[c], case.states[d]])[torch.from_numpy(places[0])], torch.from_numpy(which[0])))
    states = nn.utils.rnn.pad_sequence([state for state, _ in found], batch_first=True)
    kinds = nn.utils.rnn.pad_sequence([kind for _, kind in found], batch_first=True)
    return states, kinds, torch.from_numpy(np.stack([case.source.structure[case.pair] for case in cases]))


@torch.no_grad()
def predict(model: PairModel, one: Prepared, *, at_once: int = 128) -> np.ndarray:
    """The logits (pairs, 1 + kinds) of all pairs of an example."""
    logits = np.zeros((len(one.pairs), 1 + len(KINDS)), dtype=np.float32)
    if not one.pairs:
        return logits
    (states,) = read(model, [one])
    order = sorted(range(len(one.pairs)), key=lambda p: length_of(one, p))
    for begin in range(0, len(order), at_once):
        part = order[begin : begin + at_once]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits[part] = model.judge(*padded([Case(one, states, p) for p in part])).float().numpy()
    return logits


def length_of(one: Prepared, pair: int) -> int:
    return sum(min(SIDE_PIECES, len(one.example.sides[n].content) // 4) for n in one.pairs[pair])


def measured(model: PairModel, prepared: list[Prepared]) -> dict[str, float]:
    """Figures at the best threshold."""
    found = [predict(model, one) for one in prepared]
    scores, kinds = [f[:, 0].astype(np.float64) for f in found], [f[:, 1:].argmax(1) for f in found]
    return figures([judge(p.example) for p in prepared], scores, kinds)


def loss_of(model: PairModel, lessons: list[Lesson]) -> torch.Tensor:
    """Cross-entropy of contrast or none, and of the kinds where they are known; a contrast is commoner outside the news."""
    states = read(model, [lesson.source for lesson in lessons])
    cases = [Case(lesson.source, kept, p) for lesson, kept in zip(lessons, states, strict=True) for p in lesson.pairs]
    cases.sort(key=lambda case: length_of(case.source, case.pair))
    half = len(cases) // 2
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = torch.cat([model.judge(*padded(part)) for part in (cases[:half], cases[half:]) if part]).float()
    labels, kinds, domains = labels_of(cases)
    loss = functional.binary_cross_entropy_with_logits(logits[:, 0] + model.offsets[domains] * (domains != NEWS), labels)
    known = kinds >= 0
    return loss + 0.25 * functional.cross_entropy(logits[known, 1:], kinds[known]) if bool(known.any()) else loss


def teach(
    material: Material, plan: list[list[Lesson]], path: Path, options: argparse.Namespace, *, start: Path | None
) -> PairModel:
    """Go through a plan from where ``path`` was left, from the weights of ``start`` on; returns the averaged weights."""
    model, averaged = (new_model(options.lower) for _ in range(2))
    if start is not None:
        model.load_state_dict(torch.load(start, weights_only=False)["averaged"])
    scale(model, material)
    averaged.load_state_dict(model.state_dict())
    optimizer, schedule = optimizer_of(model, options.rate, len(plan))
    step = 0
    if path.exists():
        stored = torch.load(path, weights_only=False)
        averaged.load_state_dict(stored["averaged"])
        step = stored["step"]
        if step >= len(plan):
            return averaged
        model.load_state_dict(stored["model"])
        optimizer.load_state_dict(stored["optimizer"])
        schedule.load_state_dict(stored["schedule"])
    print(f"{path.stem}: {len(plan)} steps, from {step}", flush=True)
    model.train()
    averaged.eval()
    started, first, running = time.perf_counter(), step, 0.0
    for lessons in plan[step:]:
        torch.manual_seed(step)
        loss = loss_of(model, lessons)
        advance(model, loss, optimizer, schedule)
        step += 1
        average(averaged, model, min(0.99, step / (step + 10)))
        running = 0.98 * running + 0.02 * float(loss.detach())
        if step % 25 == 0 or step == len(plan):
            seconds = (time.perf_counter() - started) / (step - first)
            print(f"step {step} loss {running / (1 - 0.98 ** (step - first)):.4f} {seconds:.2f} s/step", flush=True)
            save(path, model, averaged, optimizer, schedule, step)
    if step > first:
        print(f"{path.stem}: held-out articles", measured(averaged, material.held), flush=True)
    return averaged


def labels_of(cases: list[Case]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Labels, kinds and domains."""
    labels = torch.tensor([float(case.source.labels[case.pair]) for case in cases])
    return (
        labels,
        torch.tensor([int(case.source.kinds[case.pair]) for case in cases]),
        torch.tensor([case.source.domain for case in cases]),
    )


def scale(model: PairModel, material: Material) -> None:
    """Set by which mean and deviation the model scales the structure."""
    table = np.concatenate([p.structure for p in material.news])
    model.mean.copy_(torch.from_numpy(table.mean(0)))
    model.deviation.copy_(torch.from_numpy(table.std(0) + 0.05))


def optimizer_of(model: PairModel, rate: float, total: int) -> tuple[torch.optim.Optimizer, Any]:
    """AdamW with a linear warm-up and decay; the heads learn five times as fast as the encoder's layers."""
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder")]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": rate}, {"params": heads, "lr": 5 * rate}], weight_decay=0.01)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.06 * total), max(0.02, (total - s) / (0.94 * total)))
    )


def advance(model: PairModel, loss: torch.Tensor, optimizer: torch.optim.Optimizer, schedule: Any) -> None:
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def new_model(lower: int) -> PairModel:
    from transformers import AutoModel

    torch.manual_seed(0)
    return PairModel(AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False), lower=lower)


@torch.no_grad()
def average(averaged: PairModel, model: PairModel, decay: float) -> None:
    for mean, value in zip(averaged.parameters(), model.parameters(), strict=True):
        mean.lerp_(value, 1 - decay)


def save(path: Path, model: PairModel, averaged: PairModel, optimizer: torch.optim.Optimizer, schedule: Any, step: int) -> None:
    """Write a checkpoint whole or not at all."""
    parts = {"model": model.state_dict(), "averaged": averaged.state_dict()}
    fresh = path.with_suffix(".new")
    torch.save({**parts, "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "step": step}, fresh)
    fresh.replace(path)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--scenario-epochs", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--lower", type=int, default=3, help="layers that read the document; the others read pairs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def open_tokenizer() -> Tokenizer:
    """The encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer = open_tokenizer()
    material = Material(options.data, tokenizer)
    first, second = options.work / "scenarios.pt", options.work / "news.pt"
    teach(material, material.plan(range(options.scenario_epochs), with_news=False), first, options, start=None)
    later = range(options.scenario_epochs, options.scenario_epochs + options.epochs)
    model = teach(material, material.plan(later, with_news=True, seed=options.seed), second, options, start=first)
    from contrast.training.pairs_export import export

    export(model, material, options.output)


if __name__ == "__main__":
    main()

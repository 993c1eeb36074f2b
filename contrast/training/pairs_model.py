"""The network of the learned scorer: a small encoder reads documents, its upper layers read pairs of statements.

The lower layers of all-MiniLM-L6-v2 see chunks of a document, the upper ones the pieces of two statements with what the
lower ones made of them, so that a pair is read as a cross-encoder would, in the light of its context, at half the cost.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from contrast.comparison.pairs_encoding import ROLES
from contrast.comparison.pairs_structure import NAMES
from contrast.training.pairs_data import KINDS

WIDTH = 128


class PairModel(nn.Module):
    """``read`` makes states of documents; ``judge`` gives (pairs, 1 + kinds): the logit of a contrast, then the kinds."""

    def __init__(self, encoder: Any, *, lower: int = 3) -> None:
        super().__init__()
        self.encoder = encoder
        self.lower = lower
        width = encoder.config.hidden_size
        self.roles = nn.Embedding(ROLES, width)
        self.sides = nn.Embedding(7, width)
        for table in (self.roles, self.sides):
            nn.init.normal_(table.weight, std=0.02)
        self.structure = nn.Sequential(nn.Linear(len(NAMES), 64), nn.GELU())
        self.head = nn.Sequential(nn.Linear(4 * width + 64, WIDTH), nn.GELU(), nn.Dropout(0.2), nn.Linear(WIDTH, 1 + len(KINDS)))
        self.mean = nn.Parameter(torch.zeros(len(NAMES)), requires_grad=False)
        self.deviation = nn.Parameter(torch.ones(len(NAMES)), requires_grad=False)
        self.offsets = nn.Parameter(torch.zeros(2))
        """What is added to the logit of a pair that is not from the news, by where it is from: contrasts are commoner there."""
        self.dropout = 0.1

    def read(self, ids: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """States (chunks, pieces, width) after the lower layers."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.roles(roles)
        hidden: Tensor = self.encoder.embeddings(inputs_embeds=embedded)
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.encoder.encoder.layer[: self.lower]:
            hidden = self._layer(layer, hidden, bias)
        return hidden

    def judge(self, states: Tensor, which: Tensor, structure: Tensor) -> Tensor:
        """``states`` (pairs, pieces, width) of the lower layers; ``which`` (pairs, pieces) as by ``judged_pieces``."""
        hidden = states + self.sides(which)
        bias = (which == 0)[:, None, None, :].to(hidden.dtype) * -1e4
        for layer in self.encoder.encoder.layer[self.lower :]:
            hidden = self._layer(layer, hidden, bias)
        first = _mean(hidden, (which == 1) | (which == 3) | (which == 5))
        second = _mean(hidden, (which == 2) | (which == 4) | (which == 6))
        told = self.structure(((structure - self.mean) / self.deviation).clamp(-4, 4))
        logits: Tensor = self.head(torch.cat([first, second, first * second, (first - second).abs(), told], dim=-1))
        return logits

    def _layer(self, layer: Any, hidden: Tensor, bias: Tensor) -> Tensor:
        """One BERT layer (Devlin et al. 2019) in plain operations."""
        own = layer.attention.self
        batch, length, width = hidden.shape
        heads = own.num_attention_heads
        query, key, value = (
            part(hidden).view(batch, length, heads, width // heads).transpose(1, 2) for part in (own.query, own.key, own.value)
        )
        if torch.onnx.is_in_onnx_export():
            weights = torch.softmax(query @ key.transpose(2, 3) / (width // heads) ** 0.5 + bias, dim=-1)
            context = weights @ value
        else:
            context = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        context = context.transpose(1, 2).reshape(batch, length, width)
        rate = self.dropout if self.training else 0.0
        output = layer.attention.output
        hidden = output.LayerNorm(functional.dropout(output.dense(context), rate, self.training) + hidden)
        inner = functional.gelu(layer.intermediate.dense(hidden))
        outer: Tensor = layer.output.LayerNorm(functional.dropout(layer.output.dense(inner), rate, self.training) + hidden)
        return outer


def _mean(hidden: Tensor, chosen: Tensor) -> Tensor:
    weights = chosen.to(hidden.dtype)[..., None]
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)

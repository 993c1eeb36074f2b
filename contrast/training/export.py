"""Export the trained attribution tagger for run time: an ONNX graph with int8 weights, the tokenizer, the decoder's arrays.

python -m contrast.training.export build/attribution/best.pt contrast/models/attribution
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from transformers import AutoModel

from contrast.training.attribution_model import RELATIONS, Tagger, encoder_folder
from contrast.training.quantisation import quantise


class _RunTime(nn.Module):
    """The part of the tagger that runs on a user's machine; the input's first and last piece are the special ones."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        tagger = self.tagger
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        embedded = tagger.encoder.embeddings.word_embeddings(ids)
        for column, table in enumerate(tagger.features):
            embedded = embedded + table(features[..., column])
        hidden = tagger.encoder.embeddings(inputs_embeds=embedded)
        for layer in tagger.encoder.encoder.layer:
            hidden = _layer(layer, hidden, bias)
        return tagger.tags(hidden), tagger.links(hidden)


def _layer(layer: Any, hidden: Tensor, bias: Tensor) -> Tensor:
    """One BERT layer in plain operations, which every exporter knows (Devlin et al. 2019)."""
    own = layer.attention.self
    batch, length, width = hidden.shape
    shape = (batch, length, own.num_attention_heads, width // own.num_attention_heads)
    query = own.query(hidden).view(shape).transpose(1, 2)
    key = own.key(hidden).view(shape).permute(0, 2, 3, 1)
    value = own.value(hidden).view(shape).transpose(1, 2)
    weights = torch.softmax(query @ key / shape[-1] ** 0.5 + bias, dim=-1)
    context = (weights @ value).transpose(1, 2).reshape(batch, length, width)
    output = layer.attention.output
    hidden = output.LayerNorm(output.dense(context) + hidden)
    result: Tensor = layer.output.LayerNorm(layer.output.dense(layer.intermediate(hidden)) + hidden)
    return result


def export(checkpoint: Path, output: Path) -> None:
    """Write ``model.onnx``, ``decoding.npz`` and ``tokenizer.json`` into ``output``."""
    folder = encoder_folder()
    tagger = Tagger(AutoModel.from_pretrained(folder, add_pooling_layer=False), RELATIONS)
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)
    tagger.load_state_dict(state["averaged"])
    module = _RunTime(tagger).eval()
    output.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {0: "batch", 1: "pieces"}
    names = ["ids", "mask", "features"]
    with tempfile.TemporaryDirectory() as folder_name:
        plain = Path(folder_name) / "plain.onnx"
        torch.onnx.export(
            module,
            (ids, ids, torch.zeros(2, 16, 3, dtype=torch.long)),
            str(plain),
            input_names=names,
            output_names=["tags", "links"],
            dynamic_axes=dict.fromkeys([*names, "tags", "links"], axes),
            opset_version=17,
            dynamo=False,
        )
        quantise(plain, output / "model.onnx", integer=integer_nodes(plain), exact=("/tags/MatMul", "/links/MatMul"))
    np.savez(
        output / "decoding.npz",
        transitions=tagger.transitions.detach().numpy(),
        distance=tagger.distance.detach().numpy(),
        null=tagger.null.detach().numpy(),
        calibration=np.array([0.0, 1.0, 1.0, 1.0, 1.0], dtype=np.float32),
    )
    shutil.copyfile(folder / "tokenizer.json", output / "tokenizer.json")
    print(state["figures"], (output / "model.onnx").stat().st_size)


def integer_nodes(graph: Path) -> list[str]:
    """The matrix products that may be computed in integers: all of a layer but the last, whose inputs have outliers."""
    products = [node.name for node in onnx.load(graph).graph.node if node.op_type == "MatMul"]
    return [n for n in products if re.match(r"/(query|key|value|intermediate|dense(_\d*[02468])?/)", n)]


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    export(options.checkpoint, options.output)


if __name__ == "__main__":
    main()

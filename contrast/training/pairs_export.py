"""Export the trained scorer of pairs: two ONNX graphs with eight-bit weights, and what it takes to rank by them.

The ranking is a logistic regression over the log odds by structure and the encoder's logit (after Platt 1999), fitted on the
held-out articles with the exported graphs.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from torch import Tensor, nn

from contrast.comparison.learned import LearnedScorer
from contrast.comparison.learned_ranking import Ranking
from contrast.comparison.pairs import CandidatePair
from contrast.comparison.pairs_encoding import CHUNK, PARTS
from contrast.comparison.pairs_structure import NAMES
from contrast.training.pairs_data import Example
from contrast.training.pairs_figures import figures, judge
from contrast.training.pairs_model import ReportModel
from contrast.training.quantisation import quantise

if TYPE_CHECKING:
    from contrast.training.pairs import Material, Prepared

OPSET = 17
PRODUCT = re.compile(r"/(query|key|value|dense)(?:_(\d+))?/")
"""A product of the encoder's layers; of dense ones each layer has three."""


class _Reader(nn.Module):
    def __init__(self, model: ReportModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        return self.model.read(ids, roles, mask)


class _Judge(nn.Module):
    def __init__(self, model: ReportModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, parts: Tensor, places: Tensor, voices: Tensor, one: Tensor, other: Tensor, structure: Tensor) -> Tensor:
        return self.model.judge(parts, places, voices, one, other, structure)


def export(model: ReportModel, material: Material, output: Path) -> None:
    """Write ``reader.onnx``, ``judge.onnx`` and ``ranking.npz`` into ``output``, and print figures."""
    output.mkdir(parents=True, exist_ok=True)
    graphs(model.eval(), output)
    ranking = Ranking(structure_weights(material.prior)[0], np.array([0.0, 0.0, 1.0], dtype=np.float32))
    write_ranking(output, material.rows, ranking)
    scorer = LearnedScorer(output)
    logits = [logits_of(scorer, p) for p in material.held]
    ranking = Ranking(ranking.structure, fitted_weights(ranking, material.held, logits))
    write_ranking(output, material.rows, ranking)
    print("weights", ranking.weights.tolist(), flush=True)
    print("held-out articles, as exported", report(ranking, material.held, logits), flush=True)
    size = sum(path.stat().st_size for path in output.iterdir())
    print(f"{output}: {size / 1e6:.1f} MB", flush=True)


def graphs(model: ReportModel, output: Path) -> None:
    """The two graphs; the reader's layers compute in integers, the judge in floats. Cuts the table of positions to a chunk's."""
    embeddings = model.encoder.embeddings
    positions = embeddings.position_embeddings.weight.detach()[: CHUNK + 2].clone()
    embeddings.position_embeddings = nn.Embedding(positions.shape[0], positions.shape[1], _weight=positions)
    ids = torch.ones(2, 16, dtype=torch.long)
    numbers = torch.arange(3)
    width = model.encoder.config.hidden_size
    chunked = {0: "chunks", 1: "pieces"}
    axes = {name: {0: "pairs"} for name in ("one", "other", "structure", "logits")}
    axes |= {name: {0: "statements"} for name in ("parts", "places", "voices")}
    _write(_Reader(model), (ids, ids, ids), dict.fromkeys(("ids", "roles", "mask", "states"), chunked), output / "reader.onnx")
    inputs = (torch.zeros(3, PARTS * width), numbers, numbers, numbers, numbers, torch.zeros(3, len(NAMES)))
    order = ("parts", "places", "voices", "one", "other", "structure", "logits")
    _write(_Judge(model), inputs, {name: axes[name] for name in order}, output / "judge.onnx", integer=False)


def _write(
    module: nn.Module, inputs: tuple[Tensor, ...], axes: dict[str, dict[int, str]], path: Path, *, integer: bool = True
) -> None:
    """``axes``: the dynamic axes of the inputs in their order, and of the output, which comes last."""
    *names, out = axes
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            module.eval(),
            inputs,
            str(plain),
            input_names=names,
            output_names=[out],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        products = [node.name for node in onnx.load(plain).graph.node if node.op_type == "MatMul"] if integer else []
        quantise(plain, path, integer=[name for name in products if _integer(name)], exact=())


def _integer(product: str) -> bool:
    """Whether it may be computed in integers: all of a layer but the last, whose inputs have outliers."""
    found = PRODUCT.search(product)
    return found is not None and (found[1] != "dense" or int(found[2] or 0) % 3 != 2)


def candidates(example: Example, pairs: np.ndarray) -> list[CandidatePair]:
    sides = example.sides
    return [CandidatePair(sides[i], sides[j], sides, sides) for i, j in pairs.tolist()]


def logits_of(scorer: LearnedScorer, prepared: Prepared) -> np.ndarray:
    """The exported model's answers for the pairs of an example."""
    return scorer.logits(candidates(prepared.example, prepared.pairs), prepared.structure)


def structure_weights(fitted: Pipeline) -> np.ndarray:
    """Of a scaler and a regression the weights (classes or one, columns + 1) for columns not scaled, the intercept last."""
    scaler, regression = (step for _, step in fitted.steps)
    weights = regression.coef_ / scaler.scale_
    intercept = regression.intercept_ - weights @ scaler.mean_
    found: np.ndarray = np.concatenate([weights, intercept[:, None]], axis=1).astype(np.float32)
    return found


def fitted_weights(ranking: Ranking, prepared: list[Prepared], logits: list[np.ndarray]) -> np.ndarray:
    """What the structure's and the encoder's log odds are worth on articles that neither has seen."""
    labels = np.concatenate([p.labels for p in prepared])
    table = np.concatenate([p.structure for p in prepared])
    told = np.stack([ranking.prior(table), np.concatenate([found[:, 0] for found in logits])], axis=1)
    fitted = LogisticRegression(C=1e3).fit(told[labels >= 0], labels[labels >= 0])
    return np.concatenate([fitted.intercept_, fitted.coef_[0]]).astype(np.float32)


def report(ranking: Ranking, prepared: list[Prepared], logits: list[np.ndarray]) -> dict[str, float]:
    """Figures of the exported model, scores being probabilities."""
    scores = [ranking.probability(p.structure, found[:, 0]).astype(np.float64) for p, found in zip(prepared, logits, strict=True)]
    return figures([judge(p.example) for p in prepared], scores, [found[:, 1:].argmax(1) for found in logits])


def write_ranking(output: Path, rows: np.ndarray, ranking: Ranking) -> None:
    np.savez_compressed(output / "ranking.npz", rows=rows.astype(np.int16), structure=ranking.structure, weights=ranking.weights)

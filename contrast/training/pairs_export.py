"""Export the trained scorer of pairs: two ONNX graphs with int8 weights, the tokenizer, the ranking.

    python -m contrast.training.pairs_export SHARED_DATA --work build/pairs --output contrast/models/comparison

exports the checkpoint as it is. The ranking (after Platt 1999) is fitted on the held-out articles with the exported graphs.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from tokenizers import Tokenizer
from torch import Tensor, nn

from contrast.comparison.learned import LearnedScorer
from contrast.comparison.learned_ranking import Ranking
from contrast.comparison.pairs import CandidatePair
from contrast.comparison.pairs_structure import NAMES
from contrast.training.attribution_model import encoder_folder
from contrast.training.pairs_data import Example
from contrast.training.pairs_figures import figures, judge
from contrast.training.pairs_model import PairModel

if TYPE_CHECKING:
    from contrast.training.pairs import Material, Prepared

OPSET = 17


class _Reader(nn.Module):
    def __init__(self, model: PairModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        return self.model.read(ids, roles, mask)


class _Judge(nn.Module):
    def __init__(self, model: PairModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, states: Tensor, which: Tensor, structure: Tensor) -> Tensor:
        return self.model.judge(states, which, structure)


def export(model: PairModel, material: Material, output: Path) -> None:
    """Write ``reader.onnx``, ``judge.onnx``, ``tokenizer.json`` and ``ranking.npz`` into ``output``, and print figures."""
    output.mkdir(parents=True, exist_ok=True)
    rows = prune(model, material.tokenizer)
    graphs(model.eval(), output)
    shutil.copyfile(encoder_folder() / "tokenizer.json", output / "tokenizer.json")
    ranking = Ranking(structure_weights(material.prior)[0], np.array([0.0, 0.0, 1.0], dtype=np.float32))
    write_ranking(output, rows, ranking)
    scorer = LearnedScorer(output)
    logits = [logits_of(scorer, p) for p in material.held]
    ranking = Ranking(ranking.structure, fitted_weights(ranking, material.held, logits))
    write_ranking(output, rows, ranking)
    print("weights", ranking.weights.tolist(), flush=True)
    print("held-out articles, as exported", report(ranking, material.held, logits), flush=True)
    size = sum(path.stat().st_size for path in output.iterdir())
    print(f"{output}: {size / 1e6:.1f} MB", flush=True)


def prune(model: PairModel, tokenizer: Tokenizer) -> np.ndarray:
    """Drop the vocabulary's rows that English text does not use; returns the new row of each id, "unknown" where dropped."""
    names = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    unknown = tokenizer.token_to_id("[UNK]") or 0
    keep = [id_ for name, id_ in names if useful(name)]
    row = {id_: n for n, id_ in enumerate(keep)}
    rows = np.array([row.get(id_, row[unknown]) for _, id_ in names], dtype=np.int64)
    table = model.encoder.embeddings.word_embeddings
    weight = table.weight.detach()[keep].clone()
    model.encoder.embeddings.word_embeddings = nn.Embedding(weight.shape[0], weight.shape[1], _weight=weight)
    return rows


def useful(piece: str) -> bool:
    """Whether a piece can stand in English text: Latin letters, digits and marks."""
    if piece.startswith("[unused"):
        return False
    letters = [c for c in piece.removeprefix("##") if c.isalpha()]
    return all(ord(c) < 0x250 or unicodedata.name(c, "").startswith("LATIN") for c in letters)


def graphs(model: PairModel, output: Path) -> None:
    """The two graphs, quantised; seven bits of a weight, so that processors without VNNI do not saturate."""
    width = model.encoder.config.hidden_size
    ids = torch.ones(2, 16, dtype=torch.long)
    which = torch.tensor([[1] * 8 + [2] * 8] * 3)
    parts: list[tuple[str, nn.Module, tuple[Tensor, ...], list[str], str]] = [
        ("reader.onnx", _Reader(model), (ids, ids, ids), ["ids", "roles", "mask"], "states"),
        (
            "judge.onnx",
            _Judge(model),
            (torch.zeros(3, 16, width), which, torch.zeros(3, len(NAMES))),
            ["states", "which", "structure"],
            "logits",
        ),
    ]
    for name, module, inputs, names, out in parts:
        axes = {n: {0: "rows", 1: "pieces"} for n in [*names, out] if n not in ("structure", "logits")}
        axes.update({n: {0: "rows"} for n in [*names, out] if n in ("structure", "logits")})
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
            quantize_dynamic(plain, output / name, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def candidates(example: Example, pairs: list[tuple[int, int]]) -> list[CandidatePair]:
    return [CandidatePair(example.sides[i], example.sides[j], example.sides, example.sides) for i, j in pairs]


def logits_of(scorer: LearnedScorer, prepared: Prepared, *, table: np.ndarray | None = None) -> np.ndarray:
    """The exported model's answers for the pairs of an example; ``table`` in place of their structure."""
    return scorer.logits(candidates(prepared.example, prepared.pairs), prepared.structure if table is None else table)


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
    kept = rows.astype(np.int16 if rows.max() < 2**15 else np.int32)
    np.savez_compressed(output / "ranking.npz", rows=kept, structure=ranking.structure, weights=ranking.weights)


def main() -> None:
    from contrast.training.pairs import Material, new_model, open_tokenizer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--lower", type=int, default=3)
    options = parser.parse_args()
    model = new_model(options.lower)
    model.load_state_dict(torch.load(options.work / "news.pt", weights_only=False)["averaged"])
    export(model, Material(options.data, open_tokenizer()), options.output)


if __name__ == "__main__":
    main()

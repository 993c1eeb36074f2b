"""What each part of the learned scorer of pairs is worth, measured with gold statements and speakers.

    python -m contrast.training.pairs_ablation SHARED_DATA contrast/models/comparison

Sets: the articles and scenarios that are held out, contrast_dev. Parts: a logistic regression over the structure; the encoder,
whose head sees the structure too; both, weighted on the held-out articles. Thresholds are chosen on the held-out articles.
What the rules add is for :mod:`contrast.training.comparison`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from contrast.comparison.learned import LearnedScorer
from contrast.training.pairs import Material, Prepared, prepare
from contrast.training.pairs_data import news
from contrast.training.pairs_export import logits_of
from contrast.training.pairs_figures import figures, judge


def parts_of(one: Prepared, scorer: LearnedScorer) -> dict[str, np.ndarray]:
    """For each part the scores, and the kinds under "kinds"."""
    logits = logits_of(scorer, one)
    return {
        "structure": scorer.ranking.prior(one.structure).astype(np.float64),
        "encoder": logits[:, 0].astype(np.float64),
        "both": scorer.ranking.probability(one.structure, logits[:, 0]).astype(np.float64),
        "kinds": logits[:, 1:].argmax(axis=1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    material, scorer = Material(options.data), LearnedScorer(options.model)
    evaluation = options.data.parent / "eval"
    judged = news(evaluation / "contrast_dev", evaluation / "contrast_dev" / "gold", evaluation)
    sets = {
        "held-out articles": material.held,
        "held-out scenarios": material.held_scenarios,
        "contrast_dev": [prepare(e, material.tokenizer, material.rarity) for e in judged],
    }
    thresholds: dict[str, float] = {}
    for name, prepared in sets.items():
        answers = [parts_of(one, scorer) for one in prepared]
        gold = [judge(one.example) for one in prepared]
        for part in ("structure", "encoder", "both"):
            scores, kinds = [a[part] for a in answers], [a["kinds"] for a in answers]
            best = figures(gold, scores, kinds)
            threshold = thresholds.setdefault(part, best["threshold"])
            print(f"{name:20} {part:10} held-out threshold {figures(gold, scores, kinds, threshold=threshold)}", flush=True)
            print(f"{name:20} {part:10} its best           {best}", flush=True)


if __name__ == "__main__":
    main()

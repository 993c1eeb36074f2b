"""Fit the shipped scorer of pairs: logistic regressions over the structure of a pair, contrast or none, and the kinds.

    python -m contrast.training.structure SHARED_DATA contrast/models/comparison

Two of every ten articles of contrast_train (the fifth and the tenth) are held out; the others and the project's own annotations
are learned from. Prints the figures on the articles held out by number of pairs taken, to choose the threshold by.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from contrast.comparison.pairs_rarity import rarity_by
from contrast.comparison.pairs_structure import structure
from contrast.comparison.structural import StructureScorer
from contrast.training.pairs import open_tokenizer
from contrast.training.pairs_data import more_news, news
from contrast.training.pairs_export import candidates, structure_weights
from contrast.training.pairs_figures import figures, judge
from contrast.training.shared import judged_articles

HELD_OUT = (4, 9)
"""Remainders by ten of the articles' numbers."""


def fitted(table: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights (classes or one, columns + 1), the intercept last."""
    return structure_weights(make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=1000)).fit(table, labels))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    folder, evaluation, judged = options.data / "polnear" / "train", options.data.parent / "eval", judged_articles(options.data)
    given = [e for e in news(folder, options.data / "contrast_train", evaluation) if e.id not in judged]
    held = [e for n, e in enumerate(given) if n % 10 in HELD_OUT]
    taught = [e for n, e in enumerate(given) if n % 10 not in HELD_OUT]
    taught += [e for e in more_news(folder, evaluation) if e.id not in judged]
    rarity = rarity_by(open_tokenizer())
    told = [
        (structure(candidates(e, e.pairs()), rarity), [e.labels().get(pair) for pair in e.pairs()]) for e in taught if e.pairs()
    ]
    table = np.concatenate([rows for rows, _ in told]).astype(np.float64)
    labels = [label for _, found in told for label in found]
    right = np.array([label is not None for label in labels])
    kinds = np.array([-1 if label is None else label[0] for label in labels])
    options.output.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        options.output / "structure.npz", contrast=fitted(table, right)[0], kinds=fitted(table[right], kinds[right])
    )
    scorer = StructureScorer(options.output)
    answers = [scorer.score(candidates(e, e.pairs())) for e in held]
    scores = [
        np.array([0.0 if answer is None else answer.probability for answer in found], dtype=np.float64) for found in answers
    ]
    print(f"{len(taught)} articles, {len(table)} pairs, {right.sum()} contrasted; {len(held)} articles held out")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        taken = sum(int((s >= threshold).sum()) for s in scores)
        print(f"from {threshold}: {taken} pairs", figures([judge(e) for e in held], scores, threshold=threshold))


if __name__ == "__main__":
    main()

"""Make the tagger's confidence a probability: fit it on PolNeAR dev and write it into the exported model.

    python -m contrast.training.calibrate SHARED_DATA contrast/models/attribution

A logistic regression (Platt 1999) from the logarithms in :class:`contrast.attribution.decoding.Frame` to whether the
attribution is right, which is to say linked to a gold one: contents overlap with a Jaccard of at least a half and the sources
share a word or both are missing. The expected calibration error is measured by cross-validation over articles.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from contrast.attribution.tagger import Tagger
from contrast.training.shared import evaluation_folder, shared_module

BINS = 10


def examples(data: Path, tagger: Tagger) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Certainties (attributions, 4), whether each is right (attributions,), and its article's number (attributions,)."""
    evaluation = evaluation_folder(data)
    scorer = shared_module(evaluation, "score_attribution")
    characters, words = scorer.characters, scorer.words
    features, right, groups = [], [], []
    articles = shared_module(evaluation, "polnear").read_split(data / "polnear" / "dev")
    for number, (article, found) in enumerate(zip(articles, tagger.attributions([a.text for a in articles]), strict=True)):
        gold = [(characters(article.text, a.content), words(article.text, a.source)) for a in article.attributions]
        for one in found:
            content, source = characters(article.text, one.content), words(article.text, one.source)
            features.append(one.certainty)
            groups.append(number)
            right.append(
                any(
                    len(content & other) >= 0.5 * max(1, len(content | other)) and (bool(source & named) or not (source or named))
                    for other, named in gold
                )
            )
    return np.array(features), np.array(right), np.array(groups)


def expected_calibration_error(probabilities: np.ndarray, right: np.ndarray) -> float:
    """Mean distance of confidence from accuracy over ten bins of equal width (Naeini et al. 2015), 0 to 1."""
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = [abs(probabilities[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())]
    return float(sum(gaps))


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    features, right, groups = examples(options.data, Tagger(options.model))
    regression = LogisticRegression(C=10.0)
    probabilities = cross_val_predict(regression, features, right, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    regression.fit(features, right)
    print(f"{len(right)} attributions, {right.mean():.3f} right, error {expected_calibration_error(probabilities, right):.3f}")
    path = options.model / "decoding.npz"
    with np.load(path) as stored:
        arrays = dict(stored)
    arrays["calibration"] = np.concatenate([regression.intercept_, regression.coef_[0]]).astype(np.float32)
    np.savez(path, **arrays)


if __name__ == "__main__":
    main()

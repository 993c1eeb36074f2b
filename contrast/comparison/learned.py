"""The shipped scorer of pairs: learned, run by an ONNX graph on the CPU."""

from __future__ import annotations

from pathlib import Path

from contrast.comparison.pairs import PairScorer

SHIPPED = Path(__file__).parents[1] / "models" / "comparison"


def shipped_scorer(folder: Path = SHIPPED) -> PairScorer | None:
    """The scorer in ``folder``; None where no model is there."""
    if not (folder / "model.onnx").exists():
        return None
    raise NotImplementedError

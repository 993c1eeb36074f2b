"""The project's scorers and readers of gold, which stand in a folder beside the checkout and not in the package."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def shared_module(evaluation: Path, name: str) -> Any:
    """The module ``name`` ("polnear", "score_attribution", ...) of the folder of scorers ``evaluation``."""
    if str(evaluation) not in sys.path:
        sys.path.insert(0, str(evaluation))
    return import_module(name)


def evaluation_folder(data: Path) -> Path:
    """The folder of scorers that stands beside the folder of corpora."""
    return data.parent / "eval"


def judged_articles(data: Path) -> set[str]:
    """The ids of the articles that Contrast is judged on and that no training may see."""
    return {path.stem for path in (evaluation_folder(data) / "contrast_dev" / "text").glob("*.txt")}

"""Contrast: who says what in news reports and official statements, and where the positions conflict.

    import contrast

    result = contrast.compare(["report.txt", "statement.txt"])
    print(result)             # the matrix and the contrasts, as text
    result.statements         # pandas DataFrames
    result.contrasts
    result.table()
    result.to_html("report.html")

Importing the package is cheap: spaCy, pandas and the models are loaded by the first call that needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from contrast.errors import ContrastError
from contrast.records import Contrast, Document, Statement

if TYPE_CHECKING:
    from contrast.api import compare, extract
    from contrast.reading import read_text
    from contrast.report.comparison import Comparison
    from contrast.report.notebook import display

__version__ = "0.1.0"

__all__ = [
    "Comparison",
    "Contrast",
    "ContrastError",
    "Document",
    "Statement",
    "__version__",
    "compare",
    "display",
    "extract",
    "read_text",
]

_PLACES = {
    "Comparison": "contrast.report.comparison",
    "compare": "contrast.api",
    "display": "contrast.report.notebook",
    "extract": "contrast.api",
    "read_text": "contrast.reading",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_PLACES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

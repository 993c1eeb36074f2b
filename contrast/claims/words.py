"""The lists of words of ``stances.toml``, ready to be looked up in a passage."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from contrast.claims.passage import Sequences


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The tables of ``stances.toml``."""
    return tomllib.loads(Path(__file__).with_name("stances.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def words(table: str, entry: str) -> Sequences:
    """The words of one list."""
    return Sequences(tables()[table][entry])

"""What the reading stage knows from its data files: names of keys, months, encodings; patterns of page furniture."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class LineKind:
    """Whole lines of at most ``longest`` characters that one pattern tells to be furniture."""

    longest: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Furniture:
    """The compiled patterns of ``furniture.toml``."""

    lines: tuple[LineKind, ...]
    inline: re.Pattern[str]
    inline_markdown: re.Pattern[str]
    caption_longest: int
    caption_ending: re.Pattern[str]
    """Searched in the last characters of a line: the credit that ends a caption."""
    credit_line: re.Pattern[str]
    """Matched against a line that is nothing but a credit."""
    credit_pair: re.Pattern[str]
    """The same, where it names at least two parties, an agency among them."""


@cache
def metadata() -> dict[str, Any]:
    """The tables of ``metadata.toml``."""
    return _load("metadata.toml")


@cache
def furniture() -> Furniture:
    """The patterns of ``furniture.toml``, compiled once."""
    data = _load("furniture.toml")
    lines = tuple(
        LineKind(kind["longest"], re.compile(f"(?:{'|'.join(kind['patterns'])})[.]?", re.IGNORECASE)) for kind in data["line"]
    )
    everywhere = [entry["pattern"] for entry in data["inline"] if "only" not in entry]
    markdown = [entry["pattern"] for entry in data["inline"]]
    credits = data["credits"]
    parts = _credit_parts(credits)
    return Furniture(
        lines=lines,
        inline=re.compile("|".join(everywhere), re.MULTILINE),
        inline_markdown=re.compile("|".join(markdown), re.MULTILINE),
        caption_longest=credits["longest"],
        caption_ending=re.compile(f"(?:{'|'.join(_fill(pattern, parts) for pattern in credits['endings'])})$"),
        credit_line=re.compile(f"(?:{'|'.join(_fill(pattern, parts) for pattern in credits['whole'])})[.]?"),
        credit_pair=re.compile(_fill(r"[(\[]?{pair}[)\]]?[.]?", parts)),
    )


def _credit_parts(credits: dict[str, Any]) -> dict[str, str]:
    agency = rf"(?i:{_any_of(credits['agencies'])})(?!\w)"
    word = r"[A-ZÀ-ÖØ-ÞĀŁŚŞŠŽČĆĐİ][\w'’.-]*"
    particle = f"(?:(?:{'|'.join(credits['particles'])})\\s+)*"
    name = rf"{word}(?:\s+{particle}{word}){{1,4}}"
    part, join = f"(?:{agency}|{name})", r"(?:\s*[/|]\s*|\s+via\s+|,\s+)"
    return {
        "agency": agency,
        "name": name,
        "part": part,
        "join": join,
        "pair": f"(?:(?:{part}{join})+{agency}(?:{join}{part})*|{agency}(?:{join}{part})+)",
        "alone": rf"(?i:{_any_of(credits['alone'])})",
        "end": r"[.!?…][\"'”’)\]]*\s",
    }


def _fill(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda match: parts[match[1]], pattern)


def _any_of(words: Iterable[str]) -> str:
    """An alternation of ``words``, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))

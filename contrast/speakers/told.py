"""What a resolution tells: a voice with confidence and reason."""

from __future__ import annotations

from dataclasses import dataclass

from contrast.speakers.cast import Voice


@dataclass(frozen=True, slots=True)
class Found:
    """Who speaks, how sure that is (0 to 1), and by what rule or evidence; no voice where nobody is told."""

    voice: Voice | None
    confidence: float
    reason: str


NOBODY = Found(None, 0.0, "no source is named")

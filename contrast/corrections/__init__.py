"""Corrections that survive: what a person decided about statements, read from a file and replayed on later runs."""

from contrast.corrections.reading import load_corrections
from contrast.corrections.replay import apply_topics, replay

__all__ = ["apply_topics", "load_corrections", "replay"]

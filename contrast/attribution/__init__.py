"""The attribution stage: who (source) says (cue) what (content)."""

from contrast.attribution.find import find_statements

__all__ = ["find_statements"]

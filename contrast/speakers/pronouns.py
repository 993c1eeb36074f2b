"""Whom a pronoun means: candidates that fit it in gender and number, ranked by where and how they were last named."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from contrast.speakers.cast import Cast, Mention, Voice

REACH = 12
"""Sentences back to which a pronoun can reach."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its share of the belief among all (0 to 1)."""

    voice: Voice
    share: float
    mention: Mention


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the pronoun stands and what was resolved before it."""

    token: int
    spoken: tuple[int, ...]
    """Voices of the statements before, the latest last."""
    container: int | None
    """The voice in whose statement the pronoun stands."""
    quoted: bool


def fits(voice: Voice, pronoun: str) -> bool:
    """Whether the voice can be meant by a pronoun of this class ("m", "f", "it", "they")."""
    if pronoun in ("m", "f"):
        return voice.kind in ("person", "unknown") and not voice.plural and voice.gender in (None, pronoun) and not voice.members
    if pronoun == "it":
        return voice.kind in ("state", "body", "document", "unknown") and not voice.plural
    return voice.plural or voice.kind in ("group", "body") or bool(voice.members)


def rank(doc: Doc, cast: Cast, sentences: list[int], pronoun: str, setting: Setting) -> list[Ranked]:
    """The candidates, the likeliest first; ``sentences`` gives for each token the number of its sentence."""
    scored = list[tuple[float, Voice, Mention]]()
    weights = _weights()
    for voice in cast.voices:
        mention = voice.last_before(setting.token)
        if mention is None or not fits(voice, pronoun) or mention.end > setting.token:
            continue
        if sentences[setting.token] - sentences[mention.start] > REACH:
            continue
        found = features(doc, voice, mention, sentences, pronoun, setting)
        scored.append((sum(weights.get(name, 0.0) * value for name, value in found.items()), voice, mention))
    if not scored:
        return []
    top = max(score for score, _, _ in scored)
    total = sum(math.exp(score - top) for score, _, _ in scored)
    ranked = [Ranked(voice, math.exp(score - top) / total, mention) for score, voice, mention in scored]
    return sorted(ranked, key=lambda r: (-r.share, -r.mention.start))


def features(
    doc: Doc, voice: Voice, mention: Mention, sentences: list[int], pronoun: str, setting: Setting
) -> dict[str, float]:
    """What is told about a candidate, by the names of ``ranker.toml``."""
    distance = sentences[setting.token] - sentences[mention.start]
    here = [m for m in voice.mentions if m.start < setting.token]
    recent = [m for m in here if sentences[setting.token] - sentences[m.start] <= 2]
    between = setting.token - mention.start
    return {
        "same_sentence": float(distance == 0),
        "one_back": float(distance == 1),
        "two_back": float(distance == 2),
        "distance": float(min(distance, 6)),
        "tokens": math.log1p(between),
        "subject": float(mention.subject),
        "any_subject": float(any(m.subject for m in recent)),
        "quoted": float(mention.quoted),
        "source": float(mention.source),
        "any_source": float(any(m.source for m in recent)),
        "last_speaker": float(bool(setting.spoken) and setting.spoken[-1] == voice.number),
        "last_but_one": float(len(setting.spoken) > 1 and setting.spoken[-2] == voice.number),
        "speaker_share": setting.spoken.count(voice.number) / max(1, len(setting.spoken)),
        "count": math.log1p(len(here)),
        "recent": float(min(len(recent), 4)),
        "gender_known": float(voice.gender is not None),
        "named": float(voice.named),
        "body": float(voice.kind == "body"),
        "state": float(voice.kind == "state"),
        "document": float(voice.kind == "document"),
        "place": float(mention.place),
        "container": float(setting.container == voice.number),
        "container_quoted": float(setting.container == voice.number and setting.quoted),
        "plural": float(voice.plural),
        "possessive": float(mention.end < len(doc) and doc[mention.end].tag_ == "POS"),
    }


@cache
def _weights() -> dict[str, float]:
    text = files(__package__).joinpath("ranker.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)["weights"].items()}


def last_of(cast: Cast, token: int, kinds: Iterable[str]) -> list[Voice]:
    """The voices of these kinds named before the token, the latest first."""
    wanted = frozenset(kinds)
    found = [(mention, voice) for voice in cast.voices if voice.kind in wanted and (mention := voice.last_before(token)) is not None]
    return [voice for _, voice in sorted(found, key=lambda pair: -pair[0].start)]

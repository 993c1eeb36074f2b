"""Whom a pronoun or a description such as "the senator" means: fitting voices ranked by where and how they were last named.

A weighted sum of features for each candidate, their softmax as belief; the weights (``ranker.toml``) are fitted by
``python -m contrast.training.speakers SHARED --fit``.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from contrast.speakers.cast import Cast, Mention, Voice
from contrast.speakers.ground import Ground
from contrast.speakers.knowledge import lexicon

REACH = {"m": 15, "f": 15, "it": 6, "they": 6, "role": 40, "body": 15}
"""Sentences back to which an expression of each class can reach."""
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands, what kind it is, and what was resolved before it."""

    token: int
    kind: str
    """m, f, it, they (pronouns), role ("the senator") or body ("the company")."""
    spoken: tuple[int, ...]
    """Voices of the statements before, the latest last."""
    container: int | None = None
    """The voice in whose statement it stands."""
    quoted: bool = False
    noun: str = ""
    words: frozenset[str] = frozenset()
    """The content words of a description."""
    side: str | None = None
    """The state that a description names."""
    places: frozenset[str] = frozenset()
    """The places that a description names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A voice that fits, or None for "somebody not named", with its features."""

    voice: Voice | None
    features: Features


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its share of the belief among all (0 to 1)."""

    voice: Voice | None
    share: float


def fits(voice: Voice, setting: Setting) -> bool:
    """Whether the voice can be meant."""
    kind = setting.kind
    if kind in ("m", "f"):
        return voice.kind == "person" and not voice.plural and voice.gender in (None, kind)
    if kind == "it":
        return voice.kind in ("state", "body", "document", "unknown") and not voice.plural
    if kind == "role":
        sides = {voice.side, setting.side} - {None, *lexicon().parties.values()}
        elsewhere = setting.places and voice.places and not voice.places & setting.places
        genders = {voice.gender, lexicon().roles.get(setting.noun)} - {None}
        return voice.kind == "person" and voice.named and len(sides) < 2 and len(genders) < 2 and not elsewhere
    if kind == "body":
        return voice.kind in ("body", "unknown") and voice.named and not voice.plural
    several = voice.plural or voice.people or bool(voice.members)
    return (several or voice.kind in ("group", "body")) and voice.kind != "document"


def candidates(doc: Doc, cast: Cast, ground: Ground, setting: Setting) -> list[Candidate]:
    """The voices that fit and were named not too far before; for descriptions also "somebody not named"."""
    found = list[Candidate]()
    sentences = ground.sentences
    for voice in cast.voices:
        if not voice.mentions or voice.mentions[0].start >= setting.token or not fits(voice, setting):
            continue
        last = voice.last_before(setting.token)
        if last is None or last.end > setting.token or sentences[setting.token] - sentences[last.start] > REACH[setting.kind]:
            continue
        found.append(Candidate(voice, _features(doc, voice, last, ground, setting)))
    if setting.kind in ("m", "f"):
        found.extend(list(_announced(doc, cast, setting, found)))
    if setting.kind in ("role", "body"):
        found.append(Candidate(None, {"unnamed": 1.0, "unnamed_words": float(len(setting.words))}))
    return found


def _announced(doc: Doc, cast: Cast, setting: Setting, found: list[Candidate]) -> Iterator[Candidate]:
    """The subject that follows the pronoun in its own sentence: "In his speech, Mr Dorn said", "As he spoke, Dorn"."""
    token = doc[setting.token]
    while token.head.i != token.i and token.head.dep_ not in ("ROOT", "root"):
        token = token.head
    root = token.head
    if token.i >= root.i or token.dep_.startswith(("nsubj", "ccomp", "parataxis", "conj")):
        return
    for child in root.lefts:
        mention = cast.at(child.i) if child.dep_.startswith("nsubj") and child.i > token.i else None
        voice = cast.voices[mention.voice] if mention is not None else None
        if voice is not None and fits(voice, setting) and child.left_edge.i > setting.token:
            for place, candidate in enumerate(found):
                if candidate.voice is voice:
                    found[place] = Candidate(voice, {**candidate.features, "announced": 1.0})
                    return
            yield Candidate(voice, {"announced": 1.0, "gender_unknown": float(voice.gender is None)})


def rank(found: list[Candidate], kind: str) -> list[Ranked]:
    """The candidates by belief, the likeliest first."""
    weights = _weights()["person" if kind in ("m", "f") else kind]
    scored = [(sum(weights.get(name, 0.0) * value for name, value in c.features.items()), c.voice) for c in found]
    if not scored:
        return []
    top = max(score for score, _ in scored)
    total = sum(math.exp(score - top) for score, _ in scored)
    return sorted((Ranked(voice, math.exp(score - top) / total) for score, voice in scored), key=lambda r: -r.share)


def _features(doc: Doc, voice: Voice, last: Mention, ground: Ground, setting: Setting) -> Features:
    """What is told about a candidate; those that are zero are left out."""
    place = bisect_left(voice.mentions, setting.token, key=lambda mention: mention.start)
    sentences = ground.sentences
    here = sentences[setting.token]
    first = max(0, place - 6)
    recent = [m for m in voice.mentions[first:place] if here - sentences[m.start] <= 2]
    distance = here - sentences[last.start]
    spoken = setting.spoken
    told = [m for m in recent if not ground.reported[m.head]]
    paragraph = ground.paragraphs[setting.token]
    last_speaker = bool(spoken) and spoken[-1] == voice.number
    closes = ground.closes_quotation(setting.token)
    found: Features = {
        f"back_{min(distance, 4)}": 1.0,
        "distance": math.log1p(distance),
        "tokens": math.log1p(setting.token - last.start),
        "count": math.log1p(place),
        "recent": float(min(len(recent), 4)),
        "share": spoken.count(voice.number) / max(1, len(spoken)),
    }
    tests = {
        "subject": last.subject,
        "subject_here": distance == 0 and last.subject,
        "any_subject": any(m.subject for m in recent),
        "quoted": last.quoted,
        "source": last.source,
        "source_here": distance == 0 and last.source,
        "any_source": any(m.source for m in recent),
        "last_speaker": last_speaker,
        "last_but_one": len(spoken) > 1 and spoken[-2] == voice.number,
        "gender_unknown": voice.gender is None,
        "unnamed_voice": not voice.named,
        "state": voice.state is not None,
        "document": voice.kind == "document",
        "unknown": voice.kind == "unknown",
        "body": voice.kind == "body" and voice.state is None,
        "joint": bool(voice.members),
        "place": last.place,
        "container": setting.container == voice.number,
        "container_quoted": setting.container == voice.number and setting.quoted,
        "in_quote": setting.quoted and setting.container != voice.number,
        "possessive": last.end < len(doc) and doc[last.end].tag_ == "POS",
        "sentence_start": doc[last.start].is_sent_start is True,
        "first": voice.mentions[0].start < 60,
        "reported": ground.reported[last.head],
        "only_reported": bool(recent) and not told,
        "told_subject": any(m.subject for m in told),
        "paragraph": ground.paragraphs[last.head] == paragraph,
        "paragraph_told": any(ground.paragraphs[m.head] == paragraph for m in told),
        "closes_last_speaker": closes and last_speaker,
        "closes_subject": closes and last.subject,
        "closes_reported": closes and ground.reported[last.head],
        "closes_here": closes and distance == 0,
        "closes_told_subject": closes and any(m.subject for m in told),
        "last_named": bool(told) and told[-1].subject and here - sentences[told[-1].start] == 1,
    }
    found.update((name, 1.0) for name, holds in tests.items() if holds)
    if setting.kind == "role":
        _compare_roles(found, voice, setting)
    elif setting.kind == "body":
        _compare_sorts(found, voice, setting)
    return found


def _compare_sorts(found: Features, voice: Voice, setting: Setting) -> None:
    words = {word for form in voice.forms for word in form.split()}
    if setting.noun in words:
        found["same_noun"] = 1.0
    if any(role.noun == setting.noun for role in voice.roles):
        found["called_so"] = 1.0
    elif voice.roles:
        found["called_otherwise"] = 1.0
    sorts = lexicon().sorts
    if words & sorts.get(setting.noun, frozenset()):
        found["of_the_sort"] = 1.0
    elif setting.noun in sorts and any(words & known for known in sorts.values()):
        found["of_another_sort"] = 1.0


def _compare_roles(found: Features, voice: Voice, setting: Setting) -> None:
    extra = setting.words - {setting.noun}
    if any(role.noun == setting.noun for role in voice.roles):
        found["same_noun"] = 1.0
    elif voice.roles:
        found["other_noun"] = 1.0
    words = frozenset[str]().union(*(role.words for role in voice.roles))
    if extra:
        found["shared"] = len(extra & words) / len(extra)
    if setting.side is not None:
        found["same_side" if voice.side == setting.side else "other_side"] = 1.0
    if setting.places and voice.places:
        found["same_place"] = 1.0
    parties = {lexicon().parties[word] for word in setting.words if word in lexicon().parties}
    if parties and voice.side is not None and voice.side.endswith("Party"):
        found["same_party" if voice.side in parties else "other_party"] = 1.0


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = files(__package__).joinpath("ranker.toml").read_text(encoding="utf-8")
    return {kind: {name: float(value) for name, value in table.items()} for kind, table in tomllib.loads(text).items()}


def last_of(cast: Cast, token: int, kinds: Iterable[str]) -> list[Voice]:
    """The voices of these kinds named before the token, the latest first."""
    wanted = frozenset(kinds)
    fit = (voice for voice in cast.voices if voice.kind in wanted)
    found = [(last.start, voice) for voice in fit if (last := voice.last_before(token)) is not None]
    return [voice for _, voice in sorted(found, key=lambda pair: -pair[0])]

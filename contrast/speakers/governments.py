"""Words for a government ("the Russian foreign ministry", "the country"): the state whose voice they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from contrast.speakers.ranking import last_of
from contrast.speakers.syntax import complements, determiner, front, is_plural, possessor
from contrast.speakers.told import NOBODY, Found

if TYPE_CHECKING:
    from contrast.speakers.resolution import Scene


def government(scene: Scene, head: Token, number: int | None, depth: int, words: list[Token] | None = None) -> Found | None:
    """The state whose government, foreign ministry or country is meant, else None."""
    tokens = words if words is not None else [*front(head), head]
    texts = [t.lower_ for t in tokens]
    named, rest = scene.state_voice(tokens)
    phrase = " ".join(t.lower_ for t in rest)
    if words is None:
        phrase = _with_of(scene, head, phrase)
    voice_words = phrase in scene.lexicon.state_voice or phrase in scene.lexicon.foreign_ministry
    if not voice_words:
        return None
    if named is not None:
        return Found(named, 0.93, f'"{" ".join(texts)}" is the government of {named.name}')
    for token in [*([owner] if (owner := possessor(head)) else []), *complements(head)]:
        found = scene.phrase(token, {t.i for t in token.subtree}, number, depth + 1)
        if found.voice is not None and found.voice.state is not None:
            return Found(found.voice, found.confidence * 0.98, f'"{phrase}" of {found.voice.name}')
    if words is None and (seat := _seat(scene, head)) is not None:
        return seat if seat.voice is not None else None
    if determiner(head) != "the" and (is_plural(head) or phrase not in scene.lexicon.foreign_ministry):
        return None
    own = words is not None or determiner(head) in ("the", "this", "that", "", "its")
    return None if phrase in scene.lexicon.no_government or not own else _last_state(scene, tokens[0].i, phrase)


def _seat(scene: Scene, head: Token) -> Found | None:
    """The state told by where the government is or whose it is: "the government in Beijing"; nobody where that tells no state."""
    told = [child for child in head.children if child.i > head.i and child.dep_ in ("nmod", "prep")]
    for child in told:
        for token in [child, *child.children]:
            mention = scene.cast.at(token.i)
            voice = scene.cast.voices[mention.voice] if mention is not None else None
            if voice is not None and voice.state is not None:
                return Found(voice, 0.85, f'the government told by "{token.text}"')
    return NOBODY if told else None


def its_people(scene: Scene, head: Token) -> Found | None:
    """The state that "the Russians" or "the Chinese" stands for, where nothing tells which of them."""
    name = scene.lexicon.demonyms.get(head.lower_)
    told = front(head) or head.dep_ == "conj" or any(child.i > head.i and not child.is_punct for child in head.children)
    plural = head.lower_.endswith(("s", "ese", "ch", "sh"))
    if name is None or determiner(head) != "the" or told or not plural or head.tag_[:1] not in "NJ":
        return None
    after = scene.doc[head.i + 1] if head.i + 1 < len(scene.doc) else None
    if after is not None and (after.tag_.startswith(("NN", "JJ", "POS")) or after.text == "-"):
        return None
    if any(t.lower_ in scene.lexicon.surveys for t in head.sent) or _some_of_them(scene, head):
        return None
    state = scene.cast.state(name)
    state.people = True
    return Found(state, 0.6, f'"the {head.text}" stands for {state.name}')


def _some_of_them(scene: Scene, head: Token) -> bool:
    """Whether the text has spoken of single people of that state before: "Two Russians were charged"."""
    before = (t.nbor(-1) for t in scene.doc[1 : head.i] if t.lower_ == head.lower_ and t.tag_ in ("NNS", "NNPS"))
    return any(t.tag_ in ("CD", "JJ") or t.lower_ in scene.lexicon.quantifiers for t in before)


def _last_state(scene: Scene, token: int, phrase: str) -> Found | None:
    recent = [scene.cast.voices[n] for n in scene.spoken[::-1] if scene.cast.voices[n].state is not None]
    if recent:
        return Found(recent[0], 0.75, f'"{phrase}" without a state: {recent[0].name} spoke last')
    states = [voice for voice in last_of(scene.cast, token, ["state", "body", "unknown"]) if voice.state is not None]
    if states:
        return Found(states[0], 0.55, f'"{phrase}" without a state: {states[0].name} was named last')
    return None


def _with_of(scene: Scene, head: Token, phrase: str) -> str:
    after = head.i + 1
    if after + 2 < len(scene.doc) and scene.doc[after].lower_ in ("of", "for"):
        longer = " ".join([phrase, *(t.lower_ for t in scene.doc[after : after + 3])])
        if longer in scene.lexicon.foreign_ministry:
            return longer
    return phrase

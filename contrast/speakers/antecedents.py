"""What a definite description goes back to: a role told before, a body's name, an earlier source, the likeliest voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from contrast.speakers.cast import Voice
from contrast.speakers.knowledge import plain
from contrast.speakers.places import places_in
from contrast.speakers.ranking import Setting, candidates, last_of
from contrast.speakers.roles import Role, state_in
from contrast.speakers.syntax import complements, determiner, front, is_plural, noun, possessor, role_words, token_range
from contrast.speakers.told import Found

if TYPE_CHECKING:
    from contrast.speakers.resolution import Scene


OPENING = 4
"""Sentences at the head of a text in which it may speak of someone whom it names only later."""
OFTEN = 3
"""Mentions of somebody whom a headline only describes, at least."""
NARROWER = 0.15
"""What a role counts less that tells more than a bare description: "the president" is rather the country's than a bank's."""
LIKELY = 0.35
"""Belief from which on a body is taken to be meant by a noun that its name does not have."""
_TELLING = ("same_noun", "called_so", "of_the_sort")
"""Features of a body that tell that a noun can mean it."""
_DEFINITE = ("the", "that", "this", "these", "those", "his", "her", "its", "their")
_BREAKS = (",", "(", "–", "—")


def by_role(scene: Scene, head: Token) -> Found | None:
    """The person whom the text has called by this noun: "the spokeswoman" after "spokeswoman Heather Nauert"."""
    word = noun(head)
    if is_plural(head) or word not in scene.lexicon.roles:
        return None
    if determiner(head) in ("a", "an", "some", "another") or scene.doc[head.left_edge.i].lower_ == "one":
        return _introduced(scene, head, word)
    stop = _end_of(scene, head)
    state, rest = state_in(list(scene.doc[head.left_edge.i : stop]), scene.lexicon)
    wanted = role_words(rest) | {word}
    places = places_in(wanted, scene.lexicon)
    scored = list[tuple[float, Voice]]()
    for voice in scene.cast.voices:
        if voice.kind != "person" or not voice.named:
            continue
        last = voice.last_before(head.i)
        best = max((_fit(role, wanted, word, state, head.i) for role in voice.roles), default=0.0)
        if places and voice.places and not places & voice.places:
            continue
        if best > 0 and (last is not None or best > 1.0):
            distance = (head.i - last.start) if last else 1000
            scored.append((best - min(distance, 1000) / 2500, voice))
    if not scored:
        return _only_one(scene, head, word) or (_introduced(scene, head, word) if not determiner(head) else None)
    scored.sort(key=lambda pair: -pair[0])
    top, best_voice = scored[0]
    rivals = [voice for score, voice in scored[1:] if top - score < 0.1]
    confidence = 0.45 if rivals else 0.85
    return Found(best_voice, confidence, f"{best_voice.name} is called {word} in this text" + (", others too" if rivals else ""))


def _only_one(scene: Scene, head: Token, word: str) -> Found | None:
    """The one named spokesperson of the text: "the congressman's spokesman" after "his spokesman, Carl Menning"."""
    owner = possessor(head)
    if word not in scene.lexicon.speaks_for or owner is None or scene.cast.at(owner.i) is not None:
        return None
    holders = [v for v in scene.cast.voices if v.kind == "person" and v.named and any(role.noun == word for role in v.roles)]
    if len(holders) != 1 or holders[0].last_before(head.i) is None:
        return None
    return Found(holders[0], 0.6, f"{holders[0].name} is the one {word} whom the text names")


def _introduced(scene: Scene, head: Token, word: str) -> Found | None:
    """The one person with this role whom the text names after its opening: "A judge ruled ...", then "Judge Hall"."""
    if scene.sentences[head.i] >= OPENING or complements(head) or scene.quoted[head.i]:
        return None
    holders = [v for v in scene.cast.voices if v.kind == "person" and v.named and any(role.noun == word for role in v.roles)]
    if len(holders) != 1 or holders[0].mentions[0].start < head.i:
        return None
    return Found(holders[0], 0.6, f"{holders[0].name} is the one {word} whom the text names afterwards")


def _fit(role: Role, wanted: frozenset[str], word: str, state: str | None, token: int) -> float:
    """How well a role of a person fits a description, 0 where it does not; above 1 where more than the noun agrees."""
    if role.noun != word or (state is not None and role.side is not None and state != role.side):
        return 0.0
    extra = wanted - {word}
    shared = extra & role.words
    if extra and not shared and state is None:
        return 0.0
    if "former" in role.words and "former" not in wanted and role.token < token and not shared:
        return 0.0
    same_state = state is not None and state == role.side
    narrower = not extra and bool(role.words - {word})
    return 0.5 + 0.5 * len(wanted & role.words) / len(wanted) + 0.3 * same_state + 0.2 * bool(shared) - NARROWER * narrower


def _end_of(scene: Scene, head: Token) -> int:
    """Where the description ends: before a clause, a comma or a verb."""
    stop = head.i + 1
    while stop <= head.right_edge.i and scene.doc[stop].tag_[:1] not in "WVM" and scene.doc[stop].text not in _BREAKS:
        stop += 1
    return stop


def by_body(scene: Scene, head: Token) -> Found | None:
    """The body whose name has the noun: "the department" after "State Department"."""
    word = noun(head)
    if is_plural(head) or word not in scene.lexicon.bodies or not _definite(head) or front(head) or possessor(head):
        return None
    for voice in last_of(scene.cast, head.i, ["body"]):
        if word in plain(voice.name).split() or any(word in form.split() for form in voice.forms):
            return Found(voice, 0.8, f'"the {word}" is {voice.name}, named before')
    return None


def again(scene: Scene, head: Token) -> Found | None:
    """The speaker of an earlier statement whose source had the same noun: "a senior official", then "the official".

    "The statement" or "the letter" without one before is that of whoever spoke last.
    """
    word = noun(head)
    seated = word in scene.lexicon.state_voice and any(c.i > head.i and c.dep_ in ("nmod", "prep") for c in head.children)
    if not _definite(head) or front(head) or seated:
        return None
    for token, voice in reversed(scene.descriptions.get(word, [])):
        if token < head.i and is_plural(scene.doc[token]) == is_plural(head):
            return Found(scene.cast.voices[voice], 0.75, f'"the {word}" as in an earlier statement')
    if word in scene.lexicon.utterances and determiner(head) == "the" and scene.spoken and not complements(head):
        voice_ = scene.cast.voices[scene.spoken[-1]]
        last = voice_.last_before(head.i)
        if last is not None and scene.sentences[head.i] - scene.sentences[last.start] <= 3:
            return Found(voice_, 0.55, f'"the {word}" after {voice_.name} spoke')
    return None


def described(scene: Scene, head: Token, number: int | None) -> Found | None:
    """The person or body that "the Vermont senator" or "the company" is likeliest to mean."""
    word = noun(head)
    if is_plural(head) or determiner(head) not in ("the", "this", "that") or possessor(head) is not None:
        return None
    kind = _kind(scene, word)
    if kind is None or word in scene.lexicon.indefinite:
        return None
    state, rest = state_in(list(scene.doc[head.left_edge.i : _end_of(scene, head)]), scene.lexicon)
    words = role_words(rest) | {word}
    setting = Setting(
        head.i, kind, tuple(scene.spoken), quoted=scene.quoted[head.i], noun=word, words=words, side=state,
        places=places_in({*words, *(t.lower_ for t in scene.doc[head.left_edge.i : head.i + 1])}, scene.lexicon),
    )  # fmt: skip
    found = candidates(scene.doc, scene.cast, scene.ground, setting)
    if _is_name(scene, head, word):
        found = [c for c in found if c.voice is None or "same_noun" in c.features]
    told = [c for c in found if c.voice is not None and not c.features.keys().isdisjoint(_TELLING)]
    if kind == "body" and told:
        found = [c for c in found if c in told or c.voice is None]
    there = [c.voice for c in found if c.voice is not None and "same_place" in c.features and "other_party" not in c.features]
    if len(there) == 1:
        return Found(there[0], 0.8, f'"the {word}" fits {there[0].name}, who is from {min(setting.places)}')
    ranked = scene.choose(found, kind, number)
    if not ranked or ranked[0].voice is None or (kind == "body" and ranked[0].share < LIKELY):
        return None
    best = ranked[0].voice
    return Found(best, min(0.85, ranked[0].share), f'"the {word}" fits {best.name}, spoken of before')


def headlined(scene: Scene, head: Token, number: int | None) -> Found | None:
    """Whom a headline only describes ("Union chief warns ..."): the person who is the first to speak in the text below it."""
    ground, word = scene.ground, noun(head)
    if number is None or ground.paragraphs[head.i] or is_plural(head) or word not in scene.lexicon.roles or scene.quoted[head.i]:
        return None
    if determiner(head) or word in scene.lexicon.indefinite or ground.paragraphs[-1] == 0:
        return None
    above = {m.voice for m in scene.cast.mentions if not ground.paragraphs[m.start]}
    for statement in sorted(scene.statements, key=lambda s: s.source or s.content):
        first, last = token_range(scene.doc, statement.source[0]) if statement.source else (0, 0)
        if first == last or not ground.paragraphs[first]:
            continue
        if scene.sentences[first] > OPENING:
            return None
        for mention in scene.cast.within(first, last):
            voice = scene.cast.voices[mention.voice]
            if voice.kind == "person" and voice.number not in above and len(voice.mentions) >= OFTEN:
                return Found(voice, 0.5, f"{voice.name} is the first to speak below the headline")
    return None


def _kind(scene: Scene, word: str) -> str | None:
    """Whether the noun tells a person ("role") or a body."""
    lexicon = scene.lexicon
    people = word in lexicon.place_people or word in lexicon.parties
    if word in lexicon.roles or people or (len(word) > 5 and word.endswith(lexicon.endings)):
        return "role"
    return "body" if word in lexicon.bodies else None


def _is_name(scene: Scene, head: Token, word: str) -> bool:
    """Whether the phrase looks like a name of several words ("the Harbour Post") and not like an office ("the Ohio Senator")."""
    people = word in scene.lexicon.place_people or word in scene.lexicon.parties or word in scene.lexicon.titles
    return not people and head.tag_.startswith("NNP") and any(t.text[:1].isupper() for t in front(head))


def _definite(head: Token) -> bool:
    return determiner(head) in _DEFINITE or head.tag_.startswith("NNP")

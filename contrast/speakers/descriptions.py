"""Whom a common noun with its modifiers means: a person beside it, a body, a government, a role, or somebody unnamed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from contrast.records import SpeakerKind
from contrast.speakers.antecedents import again, by_body, by_role, described, headlined
from contrast.speakers.cast import Voice
from contrast.speakers.governments import government, its_people
from contrast.speakers.knowledge import lexicon, plain
from contrast.speakers.names import parse_name
from contrast.speakers.phrases import bare_phrase
from contrast.speakers.ranking import last_of
from contrast.speakers.syntax import complements, determiner, front, is_plural, noun, possessor
from contrast.speakers.told import Found

if TYPE_CHECKING:
    from contrast.speakers.resolution import Scene


def description(scene: Scene, head: Token, inside: set[int], number: int | None, depth: int) -> Found:
    """Who is meant by a common noun with its modifiers: a person in apposition, a body, a government, an unnamed one."""
    word = noun(head)
    beside = apposed(scene, head, inside) or _called(scene, head, inside)
    if beside is not None:
        return beside
    owner = possessor(head)
    if owner is not None and (word in scene.lexicon.speech or head.lower_ == "own"):
        found = scene.phrase(owner, inside, number, depth + 1)
        if found.voice is not None:
            return Found(found.voice, found.confidence * 0.97, f"the {word} is that of {found.voice.name}")
    return (
        _speaks_for(scene, head, number, depth)
        or its_people(scene, head)
        or government(scene, head, number, depth)
        or _pair(scene, head)
        or _people_of(scene, head, number, depth)
        or by_role(scene, head)
        or by_body(scene, head)
        or again(scene, head)
        or _owned(scene, head, number, depth)
        or described(scene, head, number)
        or headlined(scene, head, number)
        or unnamed(scene, head, inside)
    )


def named_at_the_end(scene: Scene, tokens: list[Token], head: Token) -> Found | None:
    """The person whom a source names after a comma: "The chairman of the board, Gen. Alan Brill"."""
    words = [token for token in tokens if token.text[:1].isalnum()]
    if len(words) > 1 and plain(words[-1].text) in scene.lexicon.name_suffixes:
        words.pop()
    mention = scene.cast.at(words[-1].i) if words else None
    if mention is None or not parse_name(scene.doc[mention.start : mention.end].text).full:
        return None
    voice, before = scene.cast.voices[mention.voice], [t for t in tokens if t.i < mention.start]
    marks = [n for n, t in enumerate(before) if t.i > head.i and t.text in (",", "–", "—", "--")]
    if voice.person is None or len(marks) != 1 or not _one_person(scene, head, mention.start):
        return None
    nouns = [t for t in before[: marks[0]] if t.tag_.startswith("NN") and t.i > head.i]
    if nouns and noun(nouns[-1]) in scene.lexicon.roles:
        return None
    if any(t.tag_[:1] in "WMR" or t.tag_ in ("VBD", "VBZ", "VBP", "VBG", "IN", "TO", "CC") for t in before[marks[0] + 1 :]):
        return None
    found = scene.named(mention)
    return replace(found, confidence=min(0.9, found.confidence), reason=f"{voice.name} is named at the end of the source")


def _one_person(scene: Scene, head: Token, name: int) -> bool:
    """Whether a noun can be the one person named from the token ``name`` on: "one", or a role joined to nothing before that."""
    known = scene.cast.at(head.i)
    role = noun(head) in scene.lexicon.roles or noun(head) in scene.lexicon.titles or head.lower_ == "one"
    return (
        role
        and known is None
        and not is_plural(head)
        and not any(child.dep_ == "conj" and child.i < name for child in head.children)
    )


def apposed(scene: Scene, head: Token, inside: set[int]) -> Found | None:
    """A person named beside the noun: "the spokeswoman, Heather Nauert", "Secretary of State Hillary Clinton"."""
    stop = max(inside, default=head.i) + 1
    for mention in scene.cast.within(head.i + 1, stop):
        between = scene.doc[head.i + 1 : mention.start]
        if any(t.tag_[:1] in ("V", "W", "M") or t.text in ("(", "—", "–") for t in between):
            return None
        last = scene.doc[mention.start - 1]
        voice = scene.cast.voices[mention.voice]
        follows = mention.end < stop and (scene.doc[mention.end].tag_ == "POS" or scene.doc[mention.end].tag_.startswith("NN"))
        beside = last.i == head.i or (last.tag_ not in ("IN", "TO", "CC", "POS") and not _within_complement(head, mention.start))
        if voice.kind == "person" and not follows and beside:
            return replace(scene.named(mention), reason=f"{voice.name} is named beside the {noun(head)}")
    return None


def _called(scene: Scene, head: Token, inside: set[int]) -> Found | None:
    """One who is named after a description: "a group called X", "one group, X,", "a man who resigned, Carl Menning"."""
    doc, lexicon = scene.doc, scene.lexicon
    word = noun(head)
    single = determiner(head) in ("a", "an", "one", "another") or head.lower_ == "one"
    stop = max(inside, default=head.i) + 1
    for mention in scene.cast.within(head.i + 1, stop):
        voice = scene.cast.voices[mention.voice]
        fits = {"person": word in lexicon.roles, "body": word in lexicon.bodies, "unknown": word in lexicon.bodies}
        if not voice.named or (is_plural(head) and head.lower_ != "one") or not (fits.get(voice.kind) or head.lower_ == "one"):
            continue
        before = mention.start - 1
        while before > head.i and (doc[before].tag_ in ("DT", "``", "NN", "JJ", "NNP") or doc[before].is_quote):
            before -= 1
        after = next((doc[i] for i in range(mention.end, stop) if not (doc[i].is_quote or doc[i].is_space)), None)
        called = doc[before].lower_ in lexicon.callings
        closed = after is None or after.text in (",", "–", "—", "(", ".", ";") or after.lower_ == "of"
        if called or (single and closed and doc[before].text in (",", "–", "—")):
            return Found(voice, 0.85, f"{voice.name} is named after the {word}")
    return None


def _people_of(scene: Scene, head: Token, number: int | None, depth: int) -> Found | None:
    """The people of someone: "Rubio's advisers" and "advisers to Mr Rubio" are one voice."""
    word = noun(head)
    if not is_plural(head) or word not in scene.lexicon.roles or noun(head) in scene.lexicon.parties:
        return None
    owner = possessor(head)
    after = None if owner is not None or front(head) else next(iter(complements(head)), None)
    token = owner or after
    if token is None:
        return None
    found = scene.phrase(token, {t.i for t in token.subtree}, number, depth + 1)
    owner_voice = found.voice
    if owner_voice is None or not owner_voice.named or owner_voice.kind not in ("person", "body"):
        return None
    more = "".join(
        f"{t.text} " for t in front(head) if owner is not None and t.i > owner.right_edge.i and scene.cast.at(t.i) is None
    )
    theirs = _of(scene, owner_voice, head.lower_, more, against=word in scene.lexicon.adversaries)
    return Found(theirs, found.confidence * 0.95, f"the {head.lower_} of {owner_voice.name}")


def _within_complement(head: Token, place: int) -> bool:
    """Whether a preposition of the noun governs the name: "an adviser for Keel", not "Secretary of State Crane"."""
    doc = head.doc
    before = place - 1
    while before > head.i and (doc[before].tag_.startswith(("NN", "JJ", "DT", "CD", "PRP$", "POS")) and doc[before].text != ","):
        before -= 1
    if before <= head.i or doc[before].tag_ not in ("IN", "TO"):
        return False
    known = lexicon()
    before_names = known.titles | known.bodies | known.roles.keys() | known.honorifics.keys()
    of_state = before == head.i + 1 and place - before == 2 and noun(doc[place - 1]) == "state"
    titles = (t.tag_ in ("DT", "PRP$", "POS") or noun(t).strip(".") in before_names for t in doc[before + 1 : place])
    return all(titles) and not of_state


def _speaks_for(scene: Scene, head: Token, number: int | None, depth: int) -> Found | None:
    """A body, government or person for whom an unnamed spokesperson speaks, or the spokesperson named before."""
    before = front(head)
    if scene.issuer is not None and scene.issuer.state is not None and noun(head) in scene.lexicon.colleagues:
        return _in_front(scene, head, before, number, depth) if before else None
    if noun(head) not in scene.lexicon.speaks_for and head.lower_ not in scene.lexicon.speaks_for:
        return None
    named = by_role(scene, head) if determiner(head) in ("the", "that", "this") else None
    principal = None if named is not None else _principal(scene, head, number, depth)
    if named is None and principal is None and before:
        principal = _in_front(scene, head, before, number, depth)
    return named or principal or again(scene, head)


def _principal(scene: Scene, head: Token, number: int | None, depth: int) -> Found | None:
    """Whose spokesperson it is by "of", "for" or a possessive."""
    owner = possessor(head)
    for token in [*complements(head), *([owner] if owner is not None else [])]:
        found = scene.phrase(token, {t.i for t in token.subtree}, number, depth + 1)
        if found.voice is not None and found.voice.kind in ("state", "body", "group"):
            return Found(found.voice, found.confidence * 0.95, f"an unnamed {noun(head)} speaks for {found.voice.name}")
        if found.voice is not None and found.voice.kind == "person":
            voice = _of(scene, found.voice, noun(head))
            return Found(voice, found.confidence * 0.9, f"an unnamed {noun(head)} of {found.voice.name}")
    return None


def _in_front(scene: Scene, head: Token, before: list[Token], number: int | None, depth: int) -> Found | None:
    named, rest = scene.state_voice(before)
    if named is not None and all(noun(t) in scene.lexicon.ranks for t in rest):
        return Found(named, 0.88, f"an unnamed {noun(head)} speaks for {named.name}")
    names = scene.cast.within(before[0].i, head.i)
    state = government(scene, head, number, depth, words=before)
    if state is not None:
        return Found(state.voice, state.confidence, f"an unnamed {noun(head)}: {state.reason}")
    for mention in reversed(names):
        voice = scene.cast.voices[mention.voice]
        rest = [t for t in before if t.i >= mention.end]
        if rest and noun(rest[-1]) in scene.lexicon.bodies and voice.kind in ("person", "body"):
            voice = _of(scene, voice, noun(rest[-1]))
        elif voice.kind == "person":
            voice = _of(scene, voice, noun(head))
        return Found(voice, 0.88, f"an unnamed {noun(head)} speaks for {voice.name}")
    if noun(before[-1]) in scene.lexicon.bodies:
        body = by_body(scene, before[-1])
        if body is not None:
            return replace(body, confidence=body.confidence * 0.95, reason=f"an unnamed {noun(head)}: {body.reason}")
    return None


def _of(scene: Scene, owner: Voice, word: str, more: str = "", *, against: bool = False) -> Voice:
    """The body, people or unnamed person of an owner: "Trump's campaign" and "the Trump campaign" are one.

    ``against``: they are not on the owner's side ("Trump's critics").
    """
    body = word in scene.lexicon.bodies
    kind: SpeakerKind = "body" if body else "person" if word in scene.lexicon.roles else "group"
    shown = owner.name if owner.name.endswith("'s") else f"{owner.name}'" + ("" if owner.name.endswith("s") else "s")
    name = f"{shown} {more}{word}"
    plural = kind == "group"
    side = None if against else owner.side
    key = f"of:{owner.number}:{more if plural else ''}{word}"
    return scene.cast.keyed(key, name, kind, side=side, named=body, plural=plural)


def _owned(scene: Scene, head: Token, number: int | None, depth: int) -> Found | None:
    """A body or relative of someone: "Trump's campaign", "the Clinton campaign", "his lawyer"."""
    word = noun(head)
    if is_plural(head):
        return None
    owner = possessor(head)
    voice: Voice | None = None
    confidence = 0.9
    if owner is not None:
        found = scene.phrase(owner, {t.i for t in owner.subtree}, number, depth + 1)
        voice, confidence = found.voice, found.confidence
    elif word in scene.lexicon.bodies:
        names = scene.cast.within(head.left_edge.i, head.i)
        if names and names[-1].end == head.i:
            voice = scene.cast.voices[names[-1].voice]
    if voice is None or not any(c.isalnum() for c in voice.name):
        return None
    if word not in scene.lexicon.bodies and word not in scene.lexicon.roles:
        return None
    if voice.state is not None and word in scene.lexicon.roles:
        return None
    after = owner.right_edge.i if owner is not None else head.left_edge.i
    more = "".join(f"{t.text} " for t in front(head) if t.i > after and scene.cast.at(t.i) is None)
    return Found(_of(scene, voice, word, more), confidence * 0.95, f"the {word} of {voice.name}")


def unnamed(scene: Scene, head: Token, inside: set[int]) -> Found:
    """A voice under the text's own short phrase."""
    word = noun(head)
    name = _of_maker(scene, head, inside) or bare_phrase(head, inside)
    plural = is_plural(head) or any(t.dep_ == "conj" for t in head.children)
    kind = _kind(scene, word, plural)
    state, _ = scene.state_voice([*front(head), head])
    side = state.side or state.name if state is not None else None
    listed = scene.cast.listed(name)
    if listed is not None:
        return Found(listed, 1.0, f'"{name}" stands in the speakers file')
    voice = scene.cast.keyed(
        f"phrase:{plain(name)}", name, kind, plural=plural, named=False, gender=scene.lexicon.roles.get(word), side=side
    )
    return Found(voice, 0.7, "unnamed; the text's own words")


def _of_maker(scene: Scene, head: Token, inside: set[int]) -> str:
    """A document with whose it is: "report by Pew Research Center", "interview with Carl Menning"; "" where that is not told."""
    if noun(head) not in scene.lexicon.documents:
        return ""
    doc = scene.doc
    makers: dict[str, str] = {}
    for mention in scene.cast.within(head.i + 1, max(inside, default=head.i) + 1):
        before = mention.start - 1
        while before > head.i and doc[before].tag_[:2] in ("DT", "JJ", "NN"):
            before -= 1
        voice = scene.cast.voices[mention.voice]
        if before > head.i and voice.named:
            makers.setdefault(doc[before].lower_, ("the " if doc[before + 1].lower_ == "the" else "") + voice.name)
    by = next((word for word in scene.lexicon.makers if word in makers), None)
    return f"{bare_phrase(head, {i for i in inside if i <= head.i})} {by} {makers[by]}" if by is not None else ""


def _kind(scene: Scene, word: str, plural: bool) -> SpeakerKind:
    if word in scene.lexicon.documents:
        return "document"
    if word in scene.lexicon.roles:
        return "group" if plural else "person"
    if word in scene.lexicon.bodies and not plural:
        return "body"
    return "group" if plural else "unknown"


def _pair(scene: Scene, head: Token) -> Found | None:
    """ "the two leaders", "both candidates", "the pair": the two of whom the text spoke last."""
    lexicon, word = scene.lexicon, noun(head)
    words = {t.lower_ for t in scene.doc[head.left_edge.i : head.i + 1]}
    several = is_plural(head) and (word in lexicon.joint or word in lexicon.roles)
    if not words & lexicon.joint_numbers or not (several or head.lower_ in lexicon.joint_numbers):
        return None
    if "both" not in words and determiner(head) not in ("the", "these"):
        return None
    if any(t.lower_ not in lexicon.joint_numbers for t in front(head)) or any(t.dep_ == "conj" for t in head.children):
        return None
    states = word in ("country", "nation", "side", "government", "capital")
    latest = last_of(scene.cast, head.i, ["state"] if states else ["person"])[:2]
    if len(latest) < 2:
        return None
    return scene.together(latest[::-1], 0.45, f'"{head.text}" with "{min(words & lexicon.joint_numbers)}": the two named last')

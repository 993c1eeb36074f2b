"""The cast of a document: every person, state and body that it names, with mentions, roles and gender."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from contrast.records import SpeakerKind
from contrast.speakers.file import SpeakersFile
from contrast.speakers.knowledge import Gender, Known, Lexicon, plain
from contrast.speakers.names import PersonName, has_surname, is_given_only, parse_name, same_person
from contrast.speakers.syntax import is_name, is_possessive_mark, noun, role_words, subject

_FUNCTION = frozenset(["of", "for", "and", "the", "&", "on", "in", "de", "to", "-", "/"])
_FRONT = ("NN", "JJ", "VB", "HY", "PO", "PR", "CD")
_SURNAMES = frozenset(["major", "judge", "justice", "marshal", "bishop", "chance", "general", "coach", "host", "speaker", "agent", "author", "white", "house", "church", "post", "bank", "court", "camp", "sun", "press", "force", "guard"])
_SHORT_TITLES = {"sen": "senator", "rep": "representative", "gov": "governor", "sec": "secretary", "gen": "general", "col": "colonel", "lt": "lieutenant", "capt": "captain", "adm": "admiral", "sgt": "sergeant", "prof": "professor", "dr": "doctor"}
_MAX_NAME = 12
"""Tokens of a name at most; a longer run of capitals is a headline."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One naming of a voice: tokens ``start`` to ``end`` (half-open) of the Doc, ``head`` among them."""

    start: int
    end: int
    head: int
    voice: int
    subject: bool = False
    quoted: bool = False
    source: bool = False
    place: bool = False
    """Whether a city or country is only where something happens."""


@dataclass(frozen=True, slots=True)
class Role:
    """An office or description of a voice: its noun, and all its content words in lower case."""

    noun: str
    words: frozenset[str]
    token: int
    side: str | None = None
    """The state that it names: "US secretary of state", "prime minister of Japan"."""


@dataclass(slots=True)
class Voice:
    """Who speaks or can be spoken of in one document; grows while the document is read."""

    number: int
    name: str
    kind: SpeakerKind
    gender: Gender | None = None
    plural: bool = False
    side: str | None = None
    person: PersonName | None = None
    named: bool = True
    """Whether it has a proper name (and not only a description such as "a senior official")."""
    given_id: str | None = None
    """The id from the user's speakers file."""
    forms: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    members: tuple[int, ...] = ()
    """The voices that speak jointly."""

    def last_before(self, token: int) -> Mention | None:
        """The latest mention that begins before the token."""
        place = bisect_left(self.mentions, token, key=lambda mention: mention.start)
        return self.mentions[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    label: str
    text: str


class Cast:
    """Voices by number and by name, and the mentions of names in order of the text."""

    def __init__(self, lexicon: Lexicon, speakers_file: SpeakersFile | None) -> None:
        self.lexicon = lexicon
        self.file = speakers_file
        self.voices: list[Voice] = []
        self.mentions: list[Mention] = []
        self._by_form: dict[str, int] = {}

    def new(self, name: str, kind: SpeakerKind, **more: object) -> Voice:
        """A voice of its own."""
        voice = Voice(len(self.voices), name, kind, **more)  # type: ignore[arg-type]
        self.voices.append(voice)
        return voice

    def known(self, known: Known) -> Voice:
        """The one voice of a state or well-known body."""
        key = f"{known.kind}:{known.name}"
        if key not in self._by_form:
            voice = self._listed(known.name) or self.new(known.name, known.kind, side=known.side)
            voice.forms.add(plain(known.name))
            self._by_form[key] = voice.number
        return self.voices[self._by_form[key]]

    def state(self, name: str) -> Voice:
        """The voice of a state of ``states.tsv``."""
        return self.known(Known(name, "state", name, "name"))

    def keyed(self, key: str, name: str, kind: SpeakerKind, **more: object) -> Voice:
        """The voice of this key, made where it is not there yet."""
        if key not in self._by_form:
            self._by_form[key] = (self._listed(name) or self.new(name, kind, **more)).number
        return self.voices[self._by_form[key]]

    def has(self, key: str) -> bool:
        """Whether there is a voice of this key."""
        return key in self._by_form

    def _listed(self, form: str) -> Voice | None:
        """The voice of the speakers file that bears this name or alias, made on its first use."""
        entry = self.file.entry_of(form) if self.file else None
        if entry is None:
            return None
        key = f"file:{entry.id}"
        if key not in self._by_form:
            person = parse_name(entry.name, self.lexicon) if entry.kind == "person" else None
            gender = person.gender if person else None
            voice = self.new(entry.name, entry.kind, person=person, gender=gender, given_id=entry.id, side=entry.side)
            voice.forms.update(plain(alias) for alias in (entry.name, *entry.aliases))
            self._by_form[key] = voice.number
        return self.voices[self._by_form[key]]

    def listed(self, form: str) -> Voice | None:
        """The voice of the user's file with this name or alias."""
        return self._listed(form)

    def add(self, mention: Mention) -> None:
        """Note a mention; the voice's own list stays in order."""
        insort(self.voices[mention.voice].mentions, mention)

    def within(self, start: int, end: int) -> list[Mention]:
        """The names that lie wholly between two tokens."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]

    def at(self, token: int) -> Mention | None:
        """The name of which the token is part."""
        place = bisect_right(self.mentions, token, key=lambda mention: mention.start)
        mention = self.mentions[place - 1] if place else None
        return mention if mention is not None and token < mention.end else None


def build_cast(doc: Doc, quoted: list[bool], lexicon: Lexicon, speakers_file: SpeakersFile | None = None) -> Cast:
    """All names of ``doc`` grouped into voices; ``quoted`` tells for each token whether it is inside quotation marks."""
    cast = Cast(lexicon, speakers_file)
    found = list(_names(doc, lexicon))
    labels = _labels(found)
    people = _people(found, labels, cast)
    bodies: dict[str, int] = {}
    hints = {known.name for name in found if (known := lexicon.known(name.text)) is not None}
    hints |= {state for token in doc if (state := lexicon.demonyms.get(token.lower_)) is not None}
    for name in found:
        voice = _voice(name, labels[plain(name.text)], cast, people, bodies, hints)
        if voice is None:
            continue
        head = _head(doc, name)
        place = voice.kind == "state" and _is_place(head, lexicon)
        mention = Mention(name.start, name.end, head.i, voice.number, subject(head), quoted[name.start], place=place)
        cast.mentions.append(mention)
        voice.mentions.append(mention)
        voice.forms.add(plain(name.text))
        for role in _roles(doc, name, head, lexicon):
            voice.roles.append(role)
            _learn(voice, role, lexicon)
    return cast


def _learn(voice: Voice, role: Role, lexicon: Lexicon) -> None:
    """Gender and side that a role tells."""
    if voice.kind != "person":
        return
    if voice.gender is None:
        voice.gender = lexicon.roles.get(role.noun)
    if voice.side is None:
        voice.side = role.side or side_of(role.words, lexicon)


def side_of(words: frozenset[str], lexicon: Lexicon) -> str | None:
    """The side that the words of a role tell where they name no state: that of a body, or a party."""
    if {"state", "department"} <= words or {"white", "house"} <= words or "pentagon" in words:
        return "United States"
    return "Republican Party" if "republican" in words else "Democratic Party" if words & {"democrat", "democratic"} else None


def state_in(tokens: list[Token], lexicon: Lexicon) -> tuple[str | None, list[Token]]:
    """A state named among the words, as an adjective or by name, and the words without it."""
    for size in (4, 3, 2, 1):
        for start in range(len(tokens) - size + 1):
            run = tokens[start : start + size]
            if not run[0].text[:1].isupper():
                continue
            text = " ".join(t.text for t in run)
            name = lexicon.demonyms.get(text.casefold())
            known = lexicon.known(text) if name is None else None
            if known is not None and known.kind == "state":
                name = known.name
            if name is not None:
                return name, [t for t in tokens if t not in run]
    return None, tokens


def _names(doc: Doc, lexicon: Lexicon) -> Iterator[_Name]:
    """Entities, runs of proper nouns outside them, and metonyms with their determiner, in order."""
    taken = [False] * len(doc)
    spans: list[tuple[int, int, str]] = []
    for entity in doc.ents:
        spans.append((entity.start, entity.end, entity.label_))
        taken[entity.start : entity.end] = [True] * len(entity)
    start = None
    for token in doc:
        if is_name(token) and not taken[token.i] and not token.is_space:
            start = token.i if start is None else start
        elif start is not None:
            spans.append((start, token.i, ""))
            start = None
    if start is not None:
        spans.append((start, len(doc), ""))
    for first, last, label in _joined(doc, sorted(spans), lexicon):
        tightened = _tightened(doc, first, last)
        if tightened is not None:
            text = " ".join(doc[slice(*tightened)].text.split())
            if not _generic(text, lexicon):
                yield _Name(*tightened, label, text)


def _joined(doc: Doc, spans: list[tuple[int, int, str]], lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The spans, neighbours put together where that is the name of a known state or body ("USA" + "Today")."""
    place = 0
    while place < len(spans):
        start, end, label = spans[place]
        size = 1
        while place + size < len(spans) and size < 4 and spans[place + size][0] - spans[place + size - 1][1] <= 1:
            size += 1
        for count in range(size, 1, -1):
            last = spans[place + count - 1][1]
            if lexicon.known(doc[start:last].text) is not None:
                end, label = last, "ORG"
                place += count - 1
                break
        yield start, end, label
        place += 1


def _generic(text: str, lexicon: Lexicon) -> bool:
    """Whether the words are titles and common nouns only: "Senator", "Democrats", "PAC"."""
    if lexicon.known(text) is not None:
        return False
    words = [word.casefold().strip(".,") for word in text.split()]
    return all(_common(word, lexicon) or _common(word.removesuffix("s"), lexicon) for word in words)


def _common(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.titles or word in lexicon.roles or word in lexicon.bodies or word in lexicon.documents or word in lexicon.demonyms


def _tightened(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    while end > start and (is_possessive_mark(doc[end - 1]) or not _has_letter(doc[end - 1])):
        end -= 1
    while start < end and (doc[start].lower_ in ("the", "a") or not _has_letter(doc[start])):
        start += 1
    return (start, end) if start < end and end - start <= _MAX_NAME else None


def _has_letter(token: Token) -> bool:
    return any(c.isalnum() for c in token.text)


def _labels(found: list[_Name]) -> dict[str, str]:
    """For each name the label that the entity recogniser gives it most often."""
    votes: dict[str, Counter[str]] = {}
    for name in found:
        votes.setdefault(plain(name.text), Counter())[name.label] += 1 if name.label else 0
    return {form: max(counts, key=lambda label: (counts[label], label)) for form, counts in votes.items()}


def _people(found: list[_Name], labels: dict[str, str], cast: Cast) -> list[Voice]:
    """The people named in full, one voice each."""
    people: list[Voice] = []
    lexicon = cast.lexicon
    for name in found:
        form = plain(name.text)
        if lexicon.known(name.text) is not None or (cast.file and cast.file.entry_of(name.text)):
            continue
        parsed = parse_name(name.text, lexicon)
        if not parsed.full or not _is_person(parsed, labels[form], lexicon):
            continue
        fits = [voice for voice in people if voice.person is not None and same_person(voice.person, parsed, lexicon)]
        listed = cast.listed(parsed.text)
        if listed is not None:
            voice = listed
            if listed not in people:
                people.append(listed)
        elif fits:
            voice = fits[0]
        else:
            voice = cast.new(parsed.text, "person", person=parsed, gender=parsed.gender)
            people.append(voice)
        voice.gender = voice.gender or parsed.gender
        if voice.given_id is None and len(parsed.text) > len(voice.name) and voice.person is not None:
            voice.name, voice.person = parsed.text, parsed
    return people


def _is_person(parsed: PersonName, label: str, lexicon: Lexicon) -> bool:
    if label in ("ORG", "LOC", "GPE", "NORP", "FAC"):
        return False
    words = [word.casefold().strip(".") for word in parsed.words]
    if any(word in _FUNCTION - {"de", "-"} for word in words) or any(any(c.isdigit() for c in word) for word in words):
        return False
    if (words[-1] in lexicon.titles or words[-1] in lexicon.bodies) and words[-1] not in _SURNAMES:
        return False
    if label in ("PERSON", "PER"):
        return True
    return len(words) <= 3 and (words[0] in lexicon.given or parsed.honorific) and not set(words) & lexicon.bodies


def _voice(
    name: _Name, label: str, cast: Cast, people: list[Voice], bodies: dict[str, int], hints: set[str]
) -> Voice | None:
    lexicon = cast.lexicon
    listed = cast.listed(name.text)
    if listed is not None:
        return listed
    parsed = parse_name(name.text, lexicon)
    person = _person(parsed, people, lexicon)
    known = lexicon.known(name.text)
    if known is None and plain(name.text) in lexicon.hinted:
        hinted = lexicon.hinted[plain(name.text)]
        known = hinted if hinted.name in hints else None
    if known is not None and not (person is not None and label in ("PERSON", "PER") and known.kind == "state"):
        return cast.known(known)
    if person is not None and label not in ("ORG",):
        return person
    if label in ("PERSON", "PER") or (not label and parsed.honorific):
        return _surname_only(parsed, people, cast)
    if label in ("ORG", "MISC", "LOC", "GPE", "FAC"):
        return _body(name, label, cast, bodies)
    return None


def _person(parsed: PersonName, people: list[Voice], lexicon: Lexicon) -> Voice | None:
    """The one person of the text whom a full name or family name means; of several the last named, if of that gender."""
    if parsed.full:
        return next((v for v in people if v.person is not None and same_person(v.person, parsed, lexicon)), None)
    fits = [v for v in people if v.person is not None and has_surname(parsed, v.person)]
    if not fits:
        fits = [v for v in people if v.person is not None and is_given_only(parsed, v.person)]
    if parsed.gender is not None:
        fits = [v for v in fits if v.gender in (None, parsed.gender)]
    if len(fits) > 1:
        fits.sort(key=lambda v: (-len(v.mentions), v.number))
    return fits[0] if fits else None


def _surname_only(parsed: PersonName, people: list[Voice], cast: Cast) -> Voice | None:
    if not parsed.words or not parsed.text[:1].isalpha():
        return None
    voice = cast.new(parsed.text, "person", person=parsed, gender=parsed.gender)
    people.append(voice)
    return voice


def _body(name: _Name, label: str, cast: Cast, bodies: dict[str, int]) -> Voice:
    form = plain(name.text)
    if form not in bodies:
        bodies[form] = next((n for other, n in bodies.items() if _short_for(form, other)), -1)
        if bodies[form] < 0:
            bodies[form] = cast.new(name.text, "body" if label in ("ORG", "MISC") else "unknown").number
    return cast.voices[bodies[form]]


def _short_for(form: str, other: str) -> bool:
    """Whether one name is the initials of the other or its first words."""
    short, long = sorted((form, other), key=len)
    words = [word for word in long.split() if word not in _FUNCTION]
    initials = "".join(word[0] for word in words)
    return (len(words) > 2 and short == initials) or (len(short) > 4 and long.startswith(short + " ") and len(words) == len(short.split()) + 1)


def _head(doc: Doc, name: _Name) -> Token:
    for token in doc[name.start : name.end]:
        if not name.start <= token.head.i < name.end or token.head.i == token.i:
            return token
    return doc[name.start]


def _is_place(head: Token, lexicon: Lexicon) -> bool:
    return any(child.lower_ in lexicon.locative for child in head.lefts) or head.dep_ == "pobj"


def _roles(doc: Doc, name: _Name, head: Token, lexicon: Lexicon) -> Iterator[Role]:
    """Roles in front of the name, in apposition to it, and as its predicate."""
    before = name.start
    while before > 0 and (doc[before - 1].tag_[:2] in _FRONT or doc[before - 1].lower_ == "of") and not doc[before - 1].is_space:
        before -= 1
    inner = parse_name(name.text, lexicon)
    titles = len(name.text.split()) - len(inner.words) if inner.titles else 0
    words = [token for token in doc[before : name.start + titles] if any(c.isalpha() for c in token.text)]
    if words and (noun(words[-1]) in lexicon.roles or words[-1].lower_.strip(".") in lexicon.titles):
        yield _role(words[-1], words, lexicon, name.start)
    for child in head.children:
        if child.dep_ == "appos" and child.i >= name.end and child.tag_.startswith("NN") and noun(child) in lexicon.roles:
            yield _role(child, list(doc[child.left_edge.i : child.right_edge.i + 1]), lexicon)
    if head.dep_ in ("appos", "flat") and head.head.i < name.start and noun(head.head) in lexicon.roles:
        yield _role(head.head, list(doc[head.head.left_edge.i : name.start]), lexicon)
    if head.dep_.startswith("nsubj"):
        other = head.head
        if noun(other) in lexicon.roles and any(child.dep_ == "cop" for child in other.children):
            yield _role(other, [t for t in other.subtree if t.i > name.end], lexicon)
        for child in other.children if other.lemma_ == "be" else ():
            if child.dep_ == "attr" and noun(child) in lexicon.roles:
                yield _role(child, list(child.subtree), lexicon)


def _role(head: Token, tokens: list[Token], lexicon: Lexicon, place: int | None = None) -> Role:
    words = [token for token in tokens if not token.is_space]
    to = next((n for n, token in enumerate(words) if token.i > head.i and token.lower_ in ("to", "in", "at", "who", "which", ",")), len(words))
    state, rest = state_in(words[:to], lexicon)
    title = _SHORT_TITLES.get(head.lower_.strip("."), noun(head))
    return Role(title, role_words([*rest, *words[to:]]) | {title}, head.i if place is None else place, state)

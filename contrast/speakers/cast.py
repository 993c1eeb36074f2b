"""The cast of a document: every person, state and body that it names, with mentions, roles and gender."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Doc, Token

from contrast.records import SpeakerKind
from contrast.speakers.file import SpeakerEntry, SpeakersFile
from contrast.speakers.knowledge import Gender, Known, Lexicon, lexicon, plain
from contrast.speakers.names import PersonName, family_first, has_surname, is_given_only, parse_name, same_person
from contrast.speakers.namings import Naming, labels_of, namings
from contrast.speakers.places import party_and_place, places_in
from contrast.speakers.roles import Role, roles_of, side_of, sorts_of
from contrast.speakers.syntax import subject


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
    places: set[str] = field(default_factory=set)
    """Where a person is said to come from."""
    state: str | None = None
    """The state whose government it is."""
    members: tuple[int, ...] = ()
    """The voices that speak jointly."""
    people: bool = False
    """Whether it is a state that the text calls by its people ("the Russians"), so that "they" can mean it."""

    def last_before(self, token: int) -> Mention | None:
        """The latest mention that begins before the token."""
        place = bisect_left(self.mentions, token, key=lambda mention: mention.start)
        return self.mentions[place - 1] if place else None


class Cast:
    """Voices by number and by name, and the mentions of names in order of the text."""

    def __init__(self, lexicon: Lexicon, speakers_file: SpeakersFile | None) -> None:
        self.lexicon = lexicon
        self.file = speakers_file
        self.voices: list[Voice] = []
        self.mentions: list[Mention] = []
        self._by_form: dict[str, int] = {}
        self._entries: dict[str, str] = self._states_of_file()

    def new(self, name: str, kind: SpeakerKind, **more: object) -> Voice:
        """A voice of its own."""
        voice = Voice(len(self.voices), name, kind, **more)  # type: ignore[arg-type]
        self.voices.append(voice)
        return voice

    def known(self, known: Known) -> Voice:
        """The one voice of a state or well-known body."""
        key = f"{known.kind}:{known.name}"
        if key not in self._by_form:
            alias = self._entries.get(known.name, known.name) if known.kind == "state" else known.name
            voice = self.listed(alias) or self.new(known.name, known.kind, side=known.side)
            voice.state = known.name if known.kind == "state" else None
            voice.forms.add(plain(known.name))
            self._by_form[key] = voice.number
        return self.voices[self._by_form[key]]

    def state(self, name: str) -> Voice:
        """The voice of a state of ``states.tsv``."""
        return self.known(Known(name, "state", name, "name"))

    def keyed(self, key: str, name: str, kind: SpeakerKind, **more: object) -> Voice:
        """The voice of this key, made where it is not there yet."""
        if key not in self._by_form:
            self._by_form[key] = (self.listed(name) or self.new(name, kind, **more)).number
        return self.voices[self._by_form[key]]

    def has(self, key: str) -> bool:
        """Whether there is a voice of this key."""
        return key in self._by_form

    def _states_of_file(self) -> dict[str, str]:
        """For each state that an entry of the speakers file stands for the name of that entry."""
        found: dict[str, str] = {}
        for entry in self.file.entries if self.file else ():
            for form in (entry.name, *entry.aliases):
                known = self.lexicon.known(form)
                if known is not None and known.kind == "state" and entry.kind != "person":
                    found.setdefault(known.name, entry.name)
        return found

    def listed(self, form: str) -> Voice | None:
        """The voice of the user's file that bears this name or alias, made on its first use."""
        entry = self.file.entry_of(form) if self.file else None
        if entry is None:
            return None
        key = f"file:{entry.id}"
        if key not in self._by_form:
            person = _person_of(entry)
            gender = person.gender if person else None
            kind: SpeakerKind = "person" if person else entry.kind
            voice = self.new(entry.name, kind, person=person, gender=gender, given_id=entry.id, side=entry.side)
            voice.forms.update(plain(alias) for alias in (entry.name, *entry.aliases))
            voice.state = next((state for state, name in self._entries.items() if name == entry.name), None)
            self._by_form[key] = voice.number
        return self.voices[self._by_form[key]]

    def listed_person(self, name: PersonName) -> Voice | None:
        """The one person of the user's file whose full name this can be, or whose family name it is."""
        fitting = same_person if name.full else has_surname
        people = [(entry, _person_of(entry)) for entry in (self.file.entries if self.file else ())]
        fits = [entry for entry, person in people if person is not None and fitting(name, person)]
        return self.listed(fits[0].name) if len(fits) == 1 else None

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
    found = list(namings(doc, lexicon))
    labels = labels_of(found)
    people = _people(found, labels, cast)
    bodies: dict[str, int] = {}
    hints = {known.name for name in found if (known := lexicon.known(name.text)) is not None}
    hints |= {state for token in doc if (state := lexicon.demonyms.get(token.lower_)) is not None}
    for name in found:
        voice = _voice(name, labels[plain(name.text)], cast, people, bodies, hints, _honorific(doc, name, lexicon))
        if voice is None:
            continue
        head = _head(doc, name)
        place = voice.state is not None and _is_place(head, lexicon)
        mention = Mention(name.start, name.end, head.i, voice.number, subject(head), quoted[name.start], place=place)
        cast.mentions.append(mention)
        voice.mentions.append(mention)
        voice.forms.add(plain(name.text))
        told = roles_of if voice.kind == "person" else sorts_of
        for role in told(doc, name, head, lexicon):
            voice.roles.append(role)
            _learn(voice, role, lexicon)
        if voice.kind == "person":
            party, place_ = party_and_place(doc, name.end, lexicon)
            voice.side = voice.side or party
            voice.places.update([place_] if place_ is not None else [])
    return cast


def _learn(voice: Voice, role: Role, lexicon: Lexicon) -> None:
    """Gender and side that a role tells."""
    if voice.kind != "person":
        return
    voice.places.update(places_in(role.words, lexicon))
    if voice.gender is None:
        voice.gender = lexicon.roles.get(role.noun)
    if voice.side is None:
        voice.side = role.side or side_of(role.words, lexicon)


def _people(found: list[Naming], labels: dict[str, str], cast: Cast) -> list[Voice]:
    """The people named in full, one voice each."""
    people: list[Voice] = []
    lexicon = cast.lexicon
    for name in found:
        form = plain(name.text)
        parsed = parse_name(name.text)
        entry = cast.listed(name.text)
        if entry is not None and entry.person is not None and entry not in people:
            people.append(entry)
        if entry is not None or lexicon.known(name.text) is not None:
            continue
        if not parsed.full or not _is_person(parsed, labels[form], lexicon):
            continue
        fits = [voice for voice in people if voice.person is not None and same_person(voice.person, parsed)]
        listed = cast.listed(parsed.text) or cast.listed_person(parsed)
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
    if set(words) & lexicon.function_words or any(c.isdigit() for word in words for c in word):
        return False
    last = parsed.words[-1]
    initials = 1 < len(last) < 6 and last.isupper() and not all(word.isupper() for word in parsed.words)
    if initials and last.casefold() not in lexicon.name_suffixes and words[0] not in lexicon.given and not family_first(words[0]):
        return False
    if (words[-1] in lexicon.titles or words[-1] in lexicon.bodies) and words[-1] not in lexicon.title_surnames:
        return False
    if label in ("PERSON", "PER"):
        return True
    return len(words) <= 3 and (words[0] in lexicon.given or parsed.honorific) and not set(words) & lexicon.bodies


def _honorific(doc: Doc, name: Naming, lexicon: Lexicon) -> Gender | None:
    """The gender that an honorific before the name tells."""
    return lexicon.honorifics.get(doc[name.start - 1].lower_.strip(".")) if name.start else None


def _voice(
    name: Naming,
    label: str,
    cast: Cast,
    people: list[Voice],
    bodies: dict[str, int],
    hints: set[str],
    gender: Gender | None,
) -> Voice | None:
    lexicon = cast.lexicon
    listed = cast.listed(name.text)
    if listed is not None:
        return listed
    parsed = parse_name(name.text)
    parsed = replace(parsed, gender=parsed.gender or gender)
    person = _person(parsed, people)
    known = lexicon.known(name.text)
    if known is None and plain(name.text) in lexicon.hinted:
        hinted = lexicon.hinted[plain(name.text)]
        known = hinted if hinted.name in hints else None
    if known is not None and not (person is not None and label in ("PERSON", "PER") and known.kind == "state"):
        return cast.known(known)
    if person is not None and (label != "ORG" or parsed.honorific or len(parsed.words) == 1 or person.name == parsed.text):
        person.gender = person.gender or parsed.gender
        return person
    if (label in ("PERSON", "PER") and not name.plural) or (not label and parsed.honorific):
        return _surname_only(parsed, people, cast)
    if label in ("ORG", "MISC", "LOC", "GPE", "FAC"):
        return _body(name, label, cast, bodies)
    return _spelled(name, cast)


def _spelled(name: Naming, cast: Cast) -> Voice | None:
    """The body named in full before of which these are the initials: "the F.A.A."."""
    letters = name.text.replace(".", "")
    if len(letters) < 3 or not letters.isupper():
        return None
    full = [voice for voice in cast.voices if voice.kind == "body" and _short_for(plain(letters), plain(voice.name))]
    return full[-1] if full else None


def _person(parsed: PersonName, people: list[Voice]) -> Voice | None:
    """The one person of the text whom a full name or family name means; of several the last named, if of that gender."""
    if parsed.full:
        return next((v for v in people if v.person is not None and same_person(v.person, parsed)), None)
    fits = [v for v in people if v.person is not None and has_surname(parsed, v.person)]
    if not fits:
        fits = [v for v in people if v.person is not None and not v.person.full and same_person(parsed, v.person)]
    if not fits:
        fits = [v for v in people if v.person is not None and is_given_only(parsed, v.person)]
    if parsed.gender is not None:
        fits = [v for v in fits if v.gender in (None, parsed.gender)]
    if len(fits) > 1:
        fits.sort(key=lambda v: (-len(v.mentions), v.number))
    return fits[0] if fits else None


@cache
def _person_of(entry: SpeakerEntry) -> PersonName | None:
    """The name of an entry that is a person, or that leaves the kind open and begins with a given name."""
    name = parse_name(entry.name)
    person = entry.kind == "person" or (entry.kind == "unknown" and name.full and name.gender is not None)
    return name if person else None


def _surname_only(parsed: PersonName, people: list[Voice], cast: Cast) -> Voice | None:
    if not parsed.words or not parsed.text[:1].isalpha():
        return None
    voice = cast.listed_person(parsed) or cast.new(parsed.text, "person", person=parsed, gender=parsed.gender)
    people.append(voice)
    return voice


def _body(name: Naming, label: str, cast: Cast, bodies: dict[str, int]) -> Voice:
    form = plain(name.text)
    if form not in bodies:
        bodies[form] = next((n for other, n in bodies.items() if _short_for(form, other)), -1)
        if bodies[form] < 0:
            bodies[form] = cast.new(name.text, "body" if label in ("ORG", "MISC") else "unknown").number
    return cast.voices[bodies[form]]


def _short_for(form: str, other: str) -> bool:
    """Whether one name is the initials of the other or its first words."""
    short, long = sorted((form, other), key=len)
    words = [word for word in long.split() if word not in lexicon().function_words]
    initials = ("".join(word[0] for word in words), "".join(word[0] for word in long.split()))
    longer_by_one = len(short) > 4 and long.startswith(short + " ") and len(words) == len(short.split()) + 1
    return longer_by_one or (len(short) > 2 and short in initials)


def _head(doc: Doc, name: Naming) -> Token:
    for token in doc[name.start : name.end]:
        if not name.start <= token.head.i < name.end or token.head.i == token.i:
            return token
    return doc[name.start]


def _is_place(head: Token, lexicon: Lexicon) -> bool:
    return any(child.lower_ in lexicon.locative for child in head.lefts) or head.dep_ == "pobj"

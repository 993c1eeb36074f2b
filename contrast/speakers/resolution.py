"""Who speaks in each statement of one document: names, roles, pronouns, governments and bodies, joint and missing sources."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from contrast.attribution.quotations import find_quotations
from contrast.attribution.transcripts import find_turns, turn_at
from contrast.records import Document, Span, Statement
from contrast.speakers.cast import Cast, Mention, Voice, build_cast
from contrast.speakers.descriptions import apposed, description, named_at_the_end, unnamed
from contrast.speakers.file import SpeakersFile
from contrast.speakers.floor import labelled
from contrast.speakers.ground import Ground
from contrast.speakers.knowledge import Lexicon, lexicon, plain
from contrast.speakers.missing import unsourced
from contrast.speakers.names import has_surname, parse_name, same_person
from contrast.speakers.pronominal import pronoun
from contrast.speakers.ranking import Candidate, Ranked, Setting, candidates, rank
from contrast.speakers.roles import state_in
from contrast.speakers.syntax import conjuncts, governed, head_of, is_plural, noun, possessor, subject, tokens_of
from contrast.speakers.told import NOBODY, Found

SURE = 0.9
"""Belief from which on a pronoun tells the gender of the one it means."""


class Scene:
    """One document while its statements are resolved in the order of the text."""

    def __init__(
        self, document: Document, doc: Doc, statements: tuple[Statement, ...], speakers_file: SpeakersFile | None = None
    ) -> None:
        self.document = document
        self.doc = doc
        self.text = document.text
        self.lexicon: Lexicon = lexicon()
        self.statements = statements
        self.quotations = find_quotations(document.text)
        self.turns = find_turns(document.text)
        self.ground = Ground.of(doc, self.quotations, statements)
        self.quoted, self.sentences = self.ground.quoted, self.ground.sentences
        self.cast: Cast = build_cast(doc, self.quoted, self.lexicon, speakers_file)
        self.found: dict[int, Found] = {}
        self.spoken: list[int] = []
        self.containers = _containers(statements)
        self.descriptions: dict[str, list[tuple[int, int]]] = {}
        """For the noun of an earlier source its token and voice, so that "the official" finds "a senior official"."""
        self._pending = self._pronouns()
        self._note_subjects()
        self.issuer: Voice | None = None
        if document.issuer:
            self.issuer = self.issuer_voice(document.issuer)

    def resolve(self) -> list[Found]:
        """One finding for each statement, in their order."""
        order = sorted(range(len(self.statements)), key=lambda n: self._place(self.statements[n]))
        for number in order:
            self._read_to(self._place(self.statements[number])[0])
            self.statement(number)
        return [self.found[number] for number in range(len(self.statements))]

    def _note_subjects(self) -> None:
        """Let unnamed groups, bodies and documents that are subjects be meant by "they" and "it" later."""
        for token in self.doc:
            if not token.tag_.startswith("NN") or self.quoted[token.i] or token.dep_ == "conj" or self._note_pair(token):
                continue
            word, plural = noun(token), is_plural(token)
            known = word in self.lexicon.documents
            if plural:
                known = word in self.lexicon.roles or word in self.lexicon.bodies or word.endswith(self.lexicon.endings)
            if known and self.cast.at(token.i) is None and possessor(token) is None:
                inside = {t.i for t in token.subtree}
                voice = unnamed(self, token, inside).voice
                if voice is not None:
                    self.cast.add(Mention(token.left_edge.i, token.i + 1, token.i, voice.number, subject(token)))

    def _note_pair(self, token: Token) -> bool:
        """Let people who are the subject together be meant by "they": "Keel and Dorn met"."""
        joined = conjuncts(token, set(range(token.left_edge.i, token.right_edge.i + 1)))
        named = [self.cast.at(t.i) for t in joined] if len(joined) > 1 else []
        voices = [self.cast.voices[m.voice] for m in named if m is not None]
        if len({v.number for v in voices}) < 2 or len(voices) != len(joined) or any(v.kind != "person" for v in voices):
            return False
        both = self.together(voices, 1.0, "").voice
        if both is not None:
            self.cast.add(Mention(token.left_edge.i, joined[-1].i + 1, token.i, both.number, subject(token)))
        return True

    def _pronouns(self) -> list[int]:
        """Tokens of "he" and "she" outside quotations and sources, the last first."""
        sources = {t.i for s in self.statements for t in tokens_of(self.doc, s.source)}
        words = self.lexicon.pronouns
        found = [t.i for t in self.doc if t.tag_.startswith("PRP") and words.get(t.lower_) in ("m", "f")]
        return [i for i in reversed(found) if i not in sources and not self.quoted[i]]

    def _read_to(self, place: int) -> None:
        """Resolve the pronouns before a character that are no sources, so that those whom they mean stay in mind."""
        while self._pending and self.doc[self._pending[-1]].idx < place:
            token = self.doc[self._pending.pop()]
            setting = Setting(token.i, self.lexicon.pronouns[token.lower_], tuple(self.spoken), quoted=False)
            ranked = self.choose(candidates(self.doc, self.cast, self.ground, setting), setting.kind, None)
            if ranked and ranked[0].voice is not None and ranked[0].share > 0.5:
                if ranked[0].share > SURE and ranked[0].voice.gender is None:
                    ranked[0].voice.gender = "f" if setting.kind == "f" else "m"
                self.cast.add(Mention(token.i, token.i + 1, token.i, ranked[0].voice.number, subject(token)))

    def _place(self, statement: Statement) -> tuple[int, int]:
        spans = statement.source or statement.content
        return spans[0][0], statement.content[0][0]

    def statement(self, number: int) -> Found:
        """Resolve one statement, that in which it stands first where it needs it."""
        if number in self.found:
            return self.found[number]
        self.found[number] = NOBODY
        statement = self.statements[number]
        tokens = tokens_of(self.doc, statement.source)
        found = self.source(tokens, number) if tokens else unsourced(self, number)
        found = self._as_issuer(found)
        self.found[number] = found
        if found.voice is not None and tokens:
            self._note(found.voice, tokens)
        return found

    def _note(self, voice: Voice, tokens: list[Token]) -> None:
        head = head_of(tokens) or tokens[0]
        if not self.quoted[head.i]:
            self.spoken.append(voice.number)
        mention = Mention(tokens[0].i, tokens[-1].i + 1, head.i, voice.number, subject(head), self.quoted[head.i], source=True)
        self.cast.add(mention)
        for member in voice.members:
            self.cast.add(replace(mention, voice=member))
        if head.tag_.startswith("NN"):
            self.descriptions.setdefault(noun(head), []).append((head.i, voice.number))

    def source(self, tokens: list[Token], number: int | None) -> Found:
        """Who is meant by the words of a source."""
        turn = turn_at(self.turns, tokens[0].idx)
        if turn is not None and tokens[0].idx == turn.label[0] and (floor := labelled(self, turn)) is not None:
            return floor
        source = " ".join(token.text for token in tokens)
        listed = self.cast.listed(source)
        if listed is not None:
            return Found(listed, 1.0, f'"{source}" stands in the speakers file')
        known = self.lexicon.known(source) if tokens[-1].text[:1].isupper() or source[:1].isupper() else None
        if known is not None and self.cast.at(tokens[-1].i) is None:
            return Found(self.cast.known(known), 0.85, f'"{source}" stands for {known.name}')
        if len(tokens) == 1 and tokens[0].tag_.startswith(("JJ", "NNP")) and self.cast.at(tokens[0].i) is None:
            adjective = self._adjective(tokens[0])
            if adjective is not None:
                return adjective
        head = head_of(tokens)
        if head is None:
            return NOBODY
        if head.tag_[:1] in "VI" and (speaker := governed(head)) is not None:
            head, tokens = speaker, list(speaker.subtree)
        return named_at_the_end(self, tokens, head) or self.phrase(head, {token.i for token in tokens}, number)

    def phrase(self, head: Token, inside: set[int], number: int | None, depth: int = 0) -> Found:
        """Who is meant by the noun phrase with this head, within the tokens ``inside``."""
        if depth > 6:
            return NOBODY
        kind = self.lexicon.pronouns.get(head.lower_)
        mention = self.cast.at(head.i)
        alone = kind != "vague" or len(inside) == 1
        if kind is not None and alone and (mention is None or head.tag_.startswith(("PR", "W", "D", "I"))):
            return pronoun(self, head, kind, number, depth)
        joined = conjuncts(head, inside)
        if len(joined) > 1 and not (mention is not None and all(mention.start <= t.i < mention.end for t in joined)):
            together = self._joint(joined, inside, number, depth)
            if together is not None:
                return together
        if mention is not None:
            return self._clipped(mention, inside) or self.named(mention)
        return description(self, head, inside, number, depth)

    def _adjective(self, token: Token) -> Found | None:
        """ "Russian denials", "Democratic criticism": the state or the people of the party."""
        word = token.lower_
        bearer = next((v for v in self.cast.voices if v.person is not None and v.person.full and v.person.surname == word), None)
        if bearer is not None:
            return Found(bearer, 0.85, f'"{token.text}" is {bearer.name}, named in this text')
        if token.tag_ == "NNPS":
            return None
        if word in self.lexicon.demonyms:
            state = self.cast.state(self.lexicon.demonyms[word])
            return Found(state, 0.75, f'"{token.text}" stands for {state.name}')
        if word in self.lexicon.party_members:
            name = self.lexicon.party_members[word]
            voice = self.cast.keyed(
                f"phrase:{plain(name)}", name, "group", plural=True, named=False, side=self.lexicon.parties[word]
            )
            return Found(voice, 0.75, f'"{token.text}" stands for {name}')
        return None

    def _clipped(self, mention: Mention, inside: set[int]) -> Found | None:
        """The person or description of which a headline's capitals made one name with the words that follow it."""
        stop = max(inside) + 1
        if mention.end <= stop or self.cast.voices[mention.voice].given_id is not None:
            return None
        parsed = parse_name(self.doc[mention.start : stop].text)
        fits = same_person if parsed.full else has_surname
        people = [v for v in self.cast.voices if v.person is not None and v.number != mention.voice and fits(parsed, v.person)]
        if people:
            return Found(people[0], 0.85, f'"{parsed.text}" is {people[0].name}, named in this text')
        last = self.doc[stop - 1]
        if noun(last) not in self.lexicon.roles:
            return None
        return description(self, last, inside, None, 0)

    def named(self, mention: Mention) -> Found:
        voice = self.cast.voices[mention.voice]
        words = self.doc[mention.start : mention.end].text
        if voice.given_id is not None:
            return Found(voice, 1.0, f'"{words}" stands in the speakers file')
        if voice.kind == "state" and plain(words) != plain(voice.name):
            return Found(voice, 0.9, f'"{words}" stands for the government of {voice.name}')
        rivals = self._rivals(voice, words)
        if rivals:
            names = ", ".join(rival.name for rival in rivals)
            return Found(voice, 0.45, f'"{words}" can be {voice.name} or {names}')
        if plain(words) == plain(voice.name):
            return Found(voice, 0.98, "named in full")
        return Found(voice, 0.93, f'"{words}" is {voice.name}, named in this text')

    def _rivals(self, voice: Voice, words: str) -> list[Voice]:
        if voice.person is None:
            return []
        parsed = parse_name(words)
        if parsed.full:
            return []
        key = parsed.words[0].casefold() if parsed.words else ""
        full = [v for v in self.cast.voices if v is not voice and v.person is not None and v.person.full]
        return [
            v for v in full if v.person and v.person.surname == key and (not parsed.gender or v.gender in (None, parsed.gender))
        ]

    def _joint(self, joined: list[Token], inside: set[int], number: int | None, depth: int) -> Found | None:
        if not any(self.cast.at(t.i) or t.tag_ == "PRP" or apposed(self, t, {x.i for x in t.subtree} & inside) for t in joined):
            return None
        voices, confidence = list[Voice](), 1.0
        later = [{t.i for t in other.subtree} for other in joined[1:]]
        for place, token in enumerate(joined):
            own = {t.i for t in token.subtree if t.dep_ != "cc"} & inside if place else inside - set().union(*later)
            if place and place < len(later):
                own -= set().union(*later[place:])
            part = self.phrase(token, own, number, depth + 1)
            if part.voice is None:
                return None
            if part.voice not in voices:
                voices.append(part.voice)
            confidence = min(confidence, part.confidence)
        return self.together(voices, confidence, "speak jointly")

    def together(self, voices: list[Voice], confidence: float, reason: str) -> Found:
        """The joint voice of several."""
        if len(voices) == 1:
            return Found(voices[0], confidence, reason)
        flat = [n for voice in voices for n in (voice.members or (voice.number,))]
        members = tuple(sorted(dict.fromkeys(flat)))
        name = " & ".join(self.cast.voices[n].name for n in dict.fromkeys(flat))
        sides = {self.cast.voices[n].side for n in members}
        side = sides.pop() if len(sides) == 1 else None
        voice = self.cast.keyed(f"joint:{members}", name, "group", plural=True, members=members, side=side)
        return Found(voice, confidence, reason)

    def state_voice(self, tokens: list[Token]) -> tuple[Voice | None, list[Token]]:
        """The voice of a state named among the words, and the words without it."""
        name, rest = state_in(tokens, self.lexicon)
        return (self.cast.state(name) if name is not None else None), rest

    def choose(self, found: list[Candidate], kind: str, number: int | None) -> list[Ranked]:  # noqa: ARG002 -- for lessons
        """The candidates by belief; ``number`` is the statement's, None where the expression is not a source."""
        return rank(found, kind)

    def container(self, number: int | None) -> Voice | None:
        outer = self.containers.get(number) if number is not None else None
        return self.statement(outer).voice if outer is not None else None

    def issuer_voice(self, name: str) -> Voice:
        """The voice of the body that issued the document; a foreign ministry or government is its state."""
        listed = self.cast.listed(name)
        if listed is not None:
            return listed
        words = name.split()
        shorter = " ".join(word for word in words if plain(word) not in ("government", "of"))
        known = self.lexicon.known(name) or self.lexicon.known(shorter)
        if known is not None:
            return self.cast.known(known)
        side = None
        for size in range(4, 0, -1):
            for start in range(len(words) - size + 1):
                run = " ".join(words[start : start + size])
                inside = self.lexicon.known(run)
                state = self.lexicon.demonyms.get(run.casefold()) or (
                    inside.name if inside is not None and inside.kind == "state" else None
                )
                rest = plain(" ".join(words[:start] + words[start + size :]))
                if state is not None and rest in self.lexicon.state_voice | self.lexicon.foreign_ministry:
                    return self.cast.state(state)
                side = side or state or (inside.name if inside is not None else None)
        form = plain(name)
        for voice in self.cast.voices:
            if form in voice.forms or form == plain(voice.name):
                return voice
        return self.cast.keyed(f"issuer:{form}", name, "body", side=side)

    def _as_issuer(self, found: Found) -> Found:
        """The issuer where its own state or body is named in its document."""
        if self.issuer is None or found.voice is None or found.voice is self.issuer:
            return found
        if found.voice.kind == "unknown" and not found.voice.named:
            return Found(self.issuer, 0.6, f'"{found.voice.name}" is no speaker; the document is of {self.issuer.name}')
        if found.voice.name != self.issuer.side:
            return found
        return replace(found, voice=self.issuer, reason=f"{found.voice.name} in a document of {self.issuer.name}")


def _containers(statements: tuple[Statement, ...]) -> dict[int, int]:
    """For each statement the smallest other one in whose content it stands."""
    numbers = {statement.id: n for n, statement in enumerate(statements)}
    found: dict[int, int] = {}
    for number, statement in enumerate(statements):
        if statement.parent in numbers and numbers[statement.parent] != number:
            found[number] = numbers[statement.parent]
            continue
        around = [
            (sum(e - s for s, e in other.content), n)
            for n, other in enumerate(statements)
            if n != number and _holds(other, statement)
        ]
        if around:
            found[number] = min(around)[1]
    return found


def _holds(outer: Statement, inner: Statement) -> bool:
    spans: tuple[Span, ...] = inner.source or inner.cue
    if not spans or outer.content == inner.content:
        return False
    return all(any(s <= a and b <= e for s, e in outer.content) for a, b in spans)

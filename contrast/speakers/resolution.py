"""Who speaks in each statement of one document: names, roles, pronouns, governments and bodies, joint and missing sources."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from contrast.attribution.quotations import Quotation, find_quotations
from contrast.records import Document, Speaker, Span, Statement
from contrast.speakers.cast import Cast, Mention, Role, Voice, build_cast, side_of, state_in
from contrast.speakers.file import SpeakersFile
from contrast.speakers.knowledge import Lexicon, lexicon, plain
from contrast.speakers.names import parse_name
from contrast.speakers.phrases import bare_phrase
from contrast.speakers.ranking import Candidate, Ranked, Setting, candidates, last_of, rank
from contrast.speakers.syntax import (
    complements, conjuncts, determiner, front, head_of, is_plural, noun, possessor, role_words, subject, token_range, tokens_of,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Who speaks, how sure that is (0 to 1), and by what rule or evidence; no voice where nobody is told."""

    voice: Voice | None
    confidence: float
    reason: str


NOBODY = Found(None, 0.0, "no source is named")


class Scene:
    """One document while its statements are resolved in the order of the text."""

    def __init__(self, document: Document, doc: Doc, statements: tuple[Statement, ...], speakers_file: SpeakersFile | None) -> None:
        self.document = document
        self.doc = doc
        self.text = document.text
        self.lexicon: Lexicon = lexicon()
        self.statements = statements
        self.quotations = find_quotations(document.text)
        quoted = _quoted(doc, self.quotations)
        self.quoted = quoted
        self.cast: Cast = build_cast(doc, quoted, self.lexicon, speakers_file)
        self.sentences = _sentences(doc)
        self.found: dict[int, Found] = {}
        self.spoken: list[int] = []
        self.containers = _containers(statements)
        self.descriptions: dict[str, list[tuple[int, int]]] = {}
        """For the noun of an earlier source its token and voice, so that "the official" finds "a senior official"."""
        self._pending = self._pronouns()
        self.issuer: Voice | None = None
        if document.issuer:
            self.issuer = self.issuer_voice(document.issuer)

    # -- the document ---------------------------------------------------------------------------------------------

    def resolve(self) -> list[Found]:
        """One finding for each statement, in their order."""
        order = sorted(range(len(self.statements)), key=lambda n: self._place(self.statements[n]))
        for number in order:
            self._read_to(self._place(self.statements[number])[0])
            self.statement(number)
        return [self.found[number] for number in range(len(self.statements))]

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
            ranked = self.choose(candidates(self.doc, self.cast, self.sentences, setting), setting.kind, None)
            if ranked and ranked[0].voice is not None and ranked[0].share > 0.5:
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
        found = self._source(number, tokens) if tokens else self._unsourced(number)
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

    # -- sources ----------------------------------------------------------------------------------------------------

    def _source(self, number: int, tokens: list[Token]) -> Found:
        source = " ".join(token.text for token in tokens)
        listed = self.cast.listed(source)
        if listed is not None:
            return Found(listed, 1.0, f'"{source}" stands in the speakers file')
        head = head_of(tokens)
        if head is None:
            return NOBODY
        return self.phrase(head, {token.i for token in tokens}, number)

    def phrase(self, head: Token, inside: set[int], number: int | None, depth: int = 0) -> Found:
        """Who is meant by the noun phrase with this head, within the tokens ``inside``."""
        if depth > 6:
            return NOBODY
        pronoun = self.lexicon.pronouns.get(head.lower_)
        mention = self.cast.at(head.i)
        if pronoun is not None and (mention is None or head.tag_.startswith(("PR", "W", "D", "I"))):
            return self.pronoun(head, pronoun, number, depth)
        joined = conjuncts(head, inside)
        if len(joined) > 1 and not (mention is not None and all(mention.start <= t.i < mention.end for t in joined)):
            together = self._joint(joined, inside, number, depth)
            if together is not None:
                return together
        if mention is not None:
            return self._named(mention)
        return self.description(head, inside, number, depth)

    def _named(self, mention: Mention) -> Found:
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
        parsed = parse_name(words, self.lexicon)
        if parsed.full:
            return []
        key = parsed.words[0].casefold() if parsed.words else ""
        rivals = [v for v in self.cast.voices if v is not voice and v.person is not None and v.person.full and v.person.surname == key]
        return [v for v in rivals if parsed.gender is None or v.gender in (None, parsed.gender)]

    def _joint(self, joined: list[Token], inside: set[int], number: int | None, depth: int) -> Found | None:
        if not any(self.cast.at(t.i) or t.tag_ == "PRP" or self._apposed(t, {x.i for x in t.subtree} & inside) for t in joined):
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

    # -- descriptions -------------------------------------------------------------------------------------------------

    def description(self, head: Token, inside: set[int], number: int | None, depth: int) -> Found:
        """Who is meant by a common noun with its modifiers: a person in apposition, a body, a government, an unnamed one."""
        word = noun(head)
        person = self._apposed(head, inside)
        if person is not None:
            return person
        owner = possessor(head)
        if owner is not None and (word in self.lexicon.speech or self._own(head)):
            found = self.phrase(owner, inside, number, depth + 1)
            if found.voice is not None:
                return Found(found.voice, found.confidence * 0.97, f'the {word} is that of {found.voice.name}')
        spokes = self._speaks_for(head, inside, number, depth)
        if spokes is not None:
            return spokes
        state = self._government(head, number, depth)
        if state is not None:
            return state
        pair = self._pair(head)
        if pair is not None:
            return pair
        return (
            self._by_role(head)
            or self._body(head)
            or self._again(head)
            or self._owned(head, inside, number, depth)
            or self._described(head, number)
            or self.unnamed(head, inside)
        )

    def _own(self, head: Token) -> bool:
        return head.lower_ == "own"

    def _apposed(self, head: Token, inside: set[int]) -> Found | None:
        """A person named beside the noun: "the spokeswoman, Heather Nauert", "Secretary of State Hillary Clinton"."""
        stop = max(inside, default=head.i) + 1
        for mention in self.cast.within(head.i + 1, stop):
            between = self.doc[head.i + 1 : mention.start]
            if any(t.tag_[:1] in ("V", "W", "M") or t.text in ("(", "—", "–") for t in between):
                return None
            last = self.doc[mention.start - 1]
            voice = self.cast.voices[mention.voice]
            follows = mention.end < stop and (self.doc[mention.end].tag_ == "POS" or self.doc[mention.end].tag_.startswith("NN"))
            if voice.kind == "person" and not follows and (last.tag_ not in ("IN", "TO", "CC", "POS") or last.i == head.i):
                return replace(self._named(mention), reason=f"{voice.name} is named beside the {noun(head)}")
        return None

    def _speaks_for(self, head: Token, inside: set[int], number: int | None, depth: int) -> Found | None:
        if noun(head) not in self.lexicon.speaks_for and head.lower_ not in self.lexicon.speaks_for:
            return None
        earlier = self._by_role(head) if determiner(head) in ("the", "that", "this") else None
        if earlier is not None:
            return earlier
        for token in [*complements(head), *([owner] if (owner := possessor(head)) else [])]:
            found = self.phrase(token, {t.i for t in token.subtree}, number, depth + 1)
            if found.voice is not None and found.voice.kind in ("state", "body", "group"):
                return Found(found.voice, found.confidence * 0.95, f"an unnamed {noun(head)} speaks for {found.voice.name}")
            if found.voice is not None and found.voice.kind == "person":
                voice = self._of(found.voice, noun(head))
                return Found(voice, found.confidence * 0.9, f"an unnamed {noun(head)} of {found.voice.name}")
        before = front(head)
        if before:
            found_body = self._in_front(head, before, number, depth)
            if found_body is not None:
                return found_body
        return self._again(head)

    def _in_front(self, head: Token, before: list[Token], number: int | None, depth: int) -> Found | None:
        names = self.cast.within(before[0].i, head.i)
        state = self._government(head, number, depth, words=before)
        if state is not None:
            return Found(state.voice, state.confidence, f"an unnamed {noun(head)}: {state.reason}")
        for mention in reversed(names):
            voice = self.cast.voices[mention.voice]
            rest = [t for t in before if t.i >= mention.end]
            if rest and noun(rest[-1]) in self.lexicon.bodies and voice.kind in ("person", "body"):
                voice = self._of(voice, noun(rest[-1]))
            elif voice.kind == "person":
                voice = self._of(voice, noun(head))
            return Found(voice, 0.88, f"an unnamed {noun(head)} speaks for {voice.name}")
        if noun(before[-1]) in self.lexicon.bodies:
            body = self._body(before[-1])
            if body is not None:
                return Found(body.voice, body.confidence * 0.95, f"an unnamed {noun(head)} speaks for {body.voice.name if body.voice else ''}")
        return None

    def _of(self, owner: Voice, word: str, more: str = "") -> Voice:
        """The body or unnamed person of an owner: "Trump's campaign" and "the Trump campaign" are one."""
        body = word in self.lexicon.bodies
        shown = owner.name if owner.name.endswith("'s") else f"{owner.name}'" + ("" if owner.name.endswith("s") else "s")
        name = f"{shown} {more}{word}"
        return self.cast.keyed(f"of:{owner.number}:{word}", name, "body" if body else "person", side=owner.side, named=body)

    # -- governments --------------------------------------------------------------------------------------------------

    def _government(self, head: Token, number: int | None, depth: int, words: list[Token] | None = None) -> Found | None:
        """The state whose government, foreign ministry or country is meant, else None."""
        tokens = words if words is not None else [*front(head), head]
        texts = [t.lower_ for t in tokens]
        named, rest = self._state_in(tokens)
        phrase = " ".join(t.lower_ for t in rest)
        if words is None:
            phrase = self._with_of(head, phrase)
        voice_words = phrase in self.lexicon.state_voice or phrase in self.lexicon.foreign_ministry
        if not voice_words:
            return None
        if named is not None:
            return Found(named, 0.93, f'"{" ".join(texts)}" is the government of {named.name}')
        for token in [*([owner] if (owner := possessor(head)) else []), *complements(head)]:
            found = self.phrase(token, {t.i for t in token.subtree}, number, depth + 1)
            if found.voice is not None and found.voice.kind == "state":
                return Found(found.voice, found.confidence * 0.98, f'"{phrase}" of {found.voice.name}')
        if words is None and determiner(head) not in ("the", "this", "that", "", "its"):
            return None
        if determiner(head) != "the" and (is_plural(head) or phrase not in self.lexicon.foreign_ministry):
            return None
        return self._last_state(tokens[0].i, phrase)

    def _last_state(self, token: int, phrase: str) -> Found | None:
        recent = [self.cast.voices[n] for n in self.spoken[::-1] if self.cast.voices[n].kind == "state"]
        if recent:
            return Found(recent[0], 0.75, f'"{phrase}" without a state: {recent[0].name} spoke last')
        states = [v for v in last_of(self.cast, token, ["state"])]
        if states:
            return Found(states[0], 0.55, f'"{phrase}" without a state: {states[0].name} was named last')
        return None

    def _with_of(self, head: Token, phrase: str) -> str:
        after = head.i + 1
        if after + 2 < len(self.doc) and self.doc[after].lower_ in ("of", "for"):
            longer = " ".join([phrase, *(t.lower_ for t in self.doc[after : after + 3])])
            if longer in self.lexicon.foreign_ministry:
                return longer
        return phrase

    def _state_in(self, tokens: list[Token]) -> tuple[Voice | None, list[Token]]:
        """The voice of a state named among the words, and the words without it."""
        name, rest = state_in(tokens, self.lexicon)
        return (self.cast.state(name) if name is not None else None), rest

    # -- roles, bodies, earlier sources ----------------------------------------------------------------------------------

    def _definite(self, head: Token) -> bool:
        return determiner(head) in ("the", "that", "this", "these", "those", "his", "her", "its", "their") or head.tag_.startswith("NNP")

    def _by_role(self, head: Token) -> Found | None:
        """The person whom the text has called by this noun: "the spokeswoman" after "spokeswoman Heather Nauert"."""
        word = noun(head)
        if is_plural(head) or word not in self.lexicon.roles or determiner(head) in ("a", "an", "one", "some", "another"):
            return None
        stop = self._end_of(head)
        state, rest = state_in(list(self.doc[head.left_edge.i : stop]), self.lexicon)
        wanted = role_words(rest) | {word}
        scored = list[tuple[float, Voice]]()
        for voice in self.cast.voices:
            if voice.kind != "person" or not voice.named:
                continue
            last = voice.last_before(head.i)
            best = max((self._fit(role, wanted, word, state, head.i) for role in voice.roles), default=0.0)
            if best > 0 and (last is not None or best > 1.0):
                distance = (head.i - last.start) if last else 1000
                scored.append((best - min(distance, 1000) / 2500, voice))
        if not scored:
            return None
        scored.sort(key=lambda pair: -pair[0])
        top, best_voice = scored[0]
        rivals = [voice for score, voice in scored[1:] if top - score < 0.1]
        confidence = 0.45 if rivals else 0.85
        return Found(best_voice, confidence, f"{best_voice.name} is called {word} in this text" + (", others too" if rivals else ""))

    def _fit(self, role: Role, wanted: frozenset[str], word: str, state: str | None, token: int) -> float:
        """How well a role of a person fits a description, 0 where it does not; above 1 where more than the noun agrees."""
        if role.noun != word or (state is not None and role.side is not None and state != role.side):
            return 0.0
        extra = wanted - {word}
        shared = extra & role.words
        if extra and not shared and state is None:
            return 0.0
        if "former" in role.words and "former" not in wanted and role.token < token and not shared:
            return 0.0
        return 0.5 + 0.5 * len(wanted & role.words) / len(wanted) + (0.3 if state is not None and state == role.side else 0.0) + 0.2 * bool(shared)

    def _end_of(self, head: Token) -> int:
        """Where the description ends: before a clause, a comma or a verb."""
        stop = head.i + 1
        while stop <= head.right_edge.i and self.doc[stop].tag_[:1] not in ("W", "V", "M") and self.doc[stop].text not in (",", "(", "–", "—"):
            stop += 1
        return stop

    def _body(self, head: Token) -> Found | None:
        """The body whose name has the noun: "the department" after "State Department"."""
        word = noun(head)
        if is_plural(head) or word not in self.lexicon.bodies or not self._definite(head) or front(head) or possessor(head):
            return None
        for voice in last_of(self.cast, head.i, ["body"]):
            if word in plain(voice.name).split() or any(word in form.split() for form in voice.forms):
                return Found(voice, 0.8, f'"the {word}" is {voice.name}, named before')
        return None

    def _again(self, head: Token) -> Found | None:
        """The speaker of an earlier statement whose source had the same noun: "a senior official", then "the official"."""
        word = noun(head)
        if not self._definite(head) or front(head):
            return None
        for token, voice in reversed(self.descriptions.get(word, [])):
            if token < head.i and is_plural(self.doc[token]) == is_plural(head):
                return Found(self.cast.voices[voice], 0.75, f'"the {word}" as in an earlier statement')
        return None

    def _described(self, head: Token, number: int | None) -> Found | None:
        """The person or body that "the Vermont senator" or "the company" is likeliest to mean."""
        word = noun(head)
        if is_plural(head) or determiner(head) not in ("the", "this", "that") or possessor(head) is not None:
            return None
        kind = "role" if word in self.lexicon.roles else "body" if word in self.lexicon.bodies else None
        if kind is None:
            return None
        state, rest = state_in(list(self.doc[head.left_edge.i : self._end_of(head)]), self.lexicon)
        setting = Setting(
            head.i, kind, tuple(self.spoken), quoted=self.quoted[head.i], noun=word, words=role_words(rest) | {word}, side=state
        )
        ranked = self.choose(candidates(self.doc, self.cast, self.sentences, setting), kind, number)
        if not ranked or ranked[0].voice is None:
            return None
        best = ranked[0].voice
        return Found(best, min(0.85, ranked[0].share), f'"the {word}" fits {best.name}, spoken of before')

    def _pair(self, head: Token) -> Found | None:
        """ "the two leaders", "both candidates": the two of whom the text spoke last."""
        if not (is_plural(head) or noun(head) in self.lexicon.joint_numbers) or noun(head) not in self.lexicon.joint:
            return None
        words = {t.lower_ for t in self.doc[head.left_edge.i : head.i + 1]}
        if not words & self.lexicon.joint_numbers:
            return None
        kinds = ["state"] if noun(head) in ("country", "nation", "side", "government", "capital") else ["person"]
        latest = last_of(self.cast, head.i, kinds)[:2]
        if len(latest) < 2:
            return None
        return self.together(latest[::-1], 0.5, f'"{" ".join(sorted(words))}": the two named last')

    def _owned(self, head: Token, inside: set[int], number: int | None, depth: int) -> Found | None:
        """A body or relative of someone: "Trump's campaign", "the Clinton campaign", "his lawyer"."""
        word = noun(head)
        if is_plural(head):
            return None
        owner = possessor(head)
        voice: Voice | None = None
        confidence = 0.9
        if owner is not None:
            found = self.phrase(owner, {t.i for t in owner.subtree}, number, depth + 1)
            voice, confidence = found.voice, found.confidence
        elif word in self.lexicon.bodies:
            names = self.cast.within(head.left_edge.i, head.i)
            if names and names[-1].end == head.i:
                voice = self.cast.voices[names[-1].voice]
        if voice is None or (word not in self.lexicon.bodies and word not in self.lexicon.roles):
            return None
        if voice.kind == "state" and word in self.lexicon.roles:
            return None
        after = owner.right_edge.i if owner is not None else head.left_edge.i
        more = "".join(f"{t.text} " for t in front(head) if t.i > after and self.cast.at(t.i) is None)
        return Found(self._of(voice, word, more), confidence * 0.95, f"the {word} of {voice.name}")

    def unnamed(self, head: Token, inside: set[int]) -> Found:
        """A voice under the text's own short phrase."""
        name = bare_phrase(head, inside)
        word = noun(head)
        plural = is_plural(head) or any(t.dep_ == "conj" for t in head.children)
        kind = self._kind(head, word, plural)
        state, _ = self._state_in([*front(head), head])
        side = state.side or state.name if state is not None else None
        listed = self.cast.listed(name)
        if listed is not None:
            return Found(listed, 1.0, f'"{name}" stands in the speakers file')
        voice = self.cast.keyed(
            f"phrase:{plain(name)}", name, kind, plural=plural, named=False, gender=self.lexicon.roles.get(word), side=side
        )
        return Found(voice, 0.7, "unnamed; the text's own words")

    def _kind(self, head: Token, word: str, plural: bool) -> str:
        if word in self.lexicon.documents:
            return "document"
        if word in self.lexicon.roles:
            return "group" if plural else "person"
        if word in self.lexicon.bodies and not plural:
            return "body"
        return "group" if plural else "unknown"

    # -- pronouns ----------------------------------------------------------------------------------------------------------

    def pronoun(self, head: Token, pronoun: str, number: int | None, depth: int) -> Found:
        """Whom a pronoun means."""
        if pronoun == "relative" and head.tag_.startswith("W"):
            return self._relative(head, number, depth)
        if pronoun in ("i", "we"):
            return self._first_person(head, pronoun, number)
        if pronoun not in ("m", "f", "it", "they"):
            return NOBODY
        container = self._container(number)
        setting = Setting(head.i, pronoun, tuple(self.spoken), container.number if container else None, self.quoted[head.i])
        ranked = self.choose(candidates(self.doc, self.cast, self.sentences, setting), pronoun, number)
        if not ranked or ranked[0].voice is None:
            return Found(None, 0.0, f'nobody before fits "{head.text}"')
        best = ranked[0].voice
        second = ranked[1] if len(ranked) > 1 else None
        other = f"; less likely {second.voice.name}" if second is not None and second.voice is not None and second.share > 0.15 else ""
        return Found(best, min(0.95, ranked[0].share), f'"{head.text}" fits {best.name}, named before{other}')

    def choose(self, found: list[Candidate], kind: str, number: int | None) -> list[Ranked]:
        """The candidates by belief; ``number`` is the statement's, None where the expression is not a source."""
        return rank(found, kind)

    def _relative(self, head: Token, number: int | None, depth: int) -> Found:
        """The noun before "who" or "which"."""
        token = head
        while not token.dep_.startswith(("acl", "relcl")) and token.head.i != token.i:
            token = token.head
        target = token.head
        if token.dep_.startswith(("acl", "relcl")) and target.i < head.i:
            inside = {t.i for t in self.doc[target.left_edge.i : head.i]}
            found = self.phrase(target, inside, number, depth + 1)
            if found.voice is not None:
                return Found(found.voice, found.confidence * 0.95, f'"{head.text}" is {found.voice.name}')
        before = [m for m in self.cast.mentions if m.end <= head.i][-1:]
        if before and head.i - before[0].end <= 3:
            voice = self.cast.voices[before[0].voice]
            return Found(voice, 0.6, f'"{head.text}" follows {voice.name}')
        return NOBODY

    def _container(self, number: int | None) -> Voice | None:
        outer = self.containers.get(number) if number is not None else None
        return self.statement(outer).voice if outer is not None else None

    def _first_person(self, head: Token, pronoun: str, number: int | None) -> Found:
        """Whoever is quoted there; outside quotations the issuer of the document, or its writer."""
        outer = self.containers.get(number) if number is not None else None
        if outer is not None:
            found = self.statement(outer)
            if found.voice is not None:
                return Found(found.voice, found.confidence * 0.95, f'"{head.text}" within the words of {found.voice.name}')
        if self.quoted[head.i]:
            near = self._same_quotation(head, number)
            if near is not None:
                return near
        if self.issuer is not None and not self.quoted[head.i]:
            return Found(self.issuer, 0.93, f'"{head.text}" in the issuer\'s own document')
        if self.quoted[head.i]:
            return self._latest_quoted(head)
        voice = self.cast.keyed("author", "the author", "person", named=False)
        return Found(voice, 0.6, f'"{head.text}" outside quotations is the writer')

    def _same_quotation(self, head: Token, number: int | None) -> Found | None:
        place = bisect_right(self.quotations, head.idx, key=lambda q: q.outer[0]) - 1
        quotation = self.quotations[place] if place >= 0 else None
        if quotation is None:
            return None
        for other, statement in enumerate(self.statements):
            if other == number:
                continue
            if any(s < quotation.outer[1] and e > quotation.outer[0] for s, e in statement.content):
                sources = [s for s, _ in statement.source]
                if sources and not any(quotation.inner[0] <= s < quotation.inner[1] for s in sources):
                    found = self.statement(other)
                    if found.voice is not None:
                        return Found(found.voice, found.confidence * 0.9, f'"{head.text}" within the quotation of {found.voice.name}')
        return None

    def _latest_quoted(self, head: Token) -> Found:
        if self.spoken:
            voice = self.cast.voices[self.spoken[-1]]
            return Found(voice, 0.5, f'"{head.text}" in a quotation after {voice.name} spoke')
        return Found(None, 0.0, f'whose "{head.text}" it is, is not told')

    # -- statements without a source ---------------------------------------------------------------------------------------

    def _unsourced(self, number: int) -> Found:
        """The speaker of the direct quotation just before, where this one evidently goes on with it."""
        statement = self.statements[number]
        start = statement.content[0][0]
        if statement.quote == "indirect" or not self._begins_quoted(start):
            return NOBODY
        before = [
            (max(e for spans in (s.content, s.cue, s.source) for _, e in spans), n)
            for n, s in enumerate(self.statements)
            if n != number and s.quote != "indirect" and s.source and s.content[0][0] < start
        ]
        if not before:
            return NOBODY
        end, other = max(before)
        gap = self.text[end:start]
        if any(c.isalnum() for c in gap) or gap.count("\n\n") > 1:
            return NOBODY
        found = self.statement(other)
        if found.voice is None:
            return NOBODY
        return Found(found.voice, min(0.6, found.confidence), f"goes on with the quotation of {found.voice.name}")

    def _begins_quoted(self, start: int) -> bool:
        return any(q.outer[0] - 1 <= start <= q.inner[0] + 1 for q in self.quotations)

    def issuer_voice(self, name: str) -> Voice:
        """The voice of the body that issued the document."""
        listed = self.cast.listed(name)
        if listed is not None:
            return listed
        known = self.lexicon.known(name)
        if known is None:
            words = plain(name).split()
            shorter = [w for w in words if w not in ("government", "of", "the")]
            if len(shorter) < len(words):
                known = self.lexicon.known(" ".join(shorter))
        if known is not None:
            return self.cast.known(known)
        for voice in self.cast.voices:
            if plain(name) in voice.forms or plain(voice.name) == plain(name):
                return voice
        return self.cast.keyed(f"issuer:{plain(name)}", name, "body", side=side_of(frozenset(plain(name).split()), self.lexicon))


def speaker_of(voice: Voice, id_: str) -> Speaker:
    """The voice as a record."""
    return Speaker(id_, voice.name, voice.kind, voice.side)


def _sentences(doc: Doc) -> list[int]:
    numbers, current = list[int](), 0
    for token in doc:
        if token.is_sent_start and token.i:
            current += 1
        numbers.append(current)
    return numbers


def _quoted(doc: Doc, quotations: list[Quotation]) -> list[bool]:
    flags = [False] * len(doc)
    if not quotations:
        return flags
    place = 0
    for token in doc:
        while place < len(quotations) and quotations[place].outer[1] <= token.idx:
            place += 1
        if place == len(quotations):
            break
        flags[token.i] = quotations[place].inner[0] <= token.idx < quotations[place].inner[1]
    return flags


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


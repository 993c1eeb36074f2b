"""A statement's own words as the readers of claims see them: tokens, phrases, negation, and what their pronouns stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from contrast.claims.focus import Focus, Target, anaphoric, transparent
from contrast.claims.keys import key_of, knowledge, name_stem, speaker_keys, token_key
from contrast.claims.phrases import Phrase, find_phrases
from contrast.claims.words import Sequences, listed
from contrast.language import doc_text
from contrast.records import Span, Spans, Statement

NEGATIONS = listed("grammar", "negations")
BREAKS = listed("grammar", "breaks")
SHORT = 60
"""Characters of a quotation picked out for its words."""
PROMISES = frozenset(["commitment", "willingness", "demand"])
"""Concepts whose claims are told apart by the event that is promised or demanded."""
REACH = 6
"""Words before a word in which a negation is looked for."""


@dataclass
class Passage:
    """The tokens of a statement's content that belong to no statement nested in it."""

    statement: Statement
    doc: Doc
    tokens: list[Token]
    cue: list[Token]
    focus: Focus
    position: int = 0
    reports: bool = False
    """Whether it only tells that somebody else said what is nested in it."""
    phrases: list[Phrase] = field(init=False)

    def __post_init__(self) -> None:
        self.phrases = find_phrases(self.tokens)

    @cached_property
    def reversed(self) -> bool:
        """Whether the cue takes back what the content says ("denied that", "did not say that")."""
        return (self.statement.cue_function in ("denies", "doubts")) != self.statement.negated

    @cached_property
    def index(self) -> dict[int, int]:
        """Place in ``tokens`` by place in the document."""
        return {token.i: place for place, token in enumerate(self.tokens)}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of all words of the content, each once, in order; a content that is a pronoun has those of its antecedent."""
        own = [key for token in self.tokens if (key := token_key(token))]
        if not own:
            own = [key for phrase in self.phrases if phrase.pronoun and (found := self.target(phrase)) for key in found.keys]
        return tuple(dict.fromkeys(own))

    def match(self, entries: Sequences, tokens: Sequence[Token] | None = None) -> Iterator[tuple[int, int, str]]:
        """(start, end, entry) of each longest match of the entries in the tokens' words or lemmas, none overlapping."""
        return entries.find(self.tokens if tokens is None else tokens)

    def negated(self, at: int) -> bool:
        """Whether a negation stands before the word at this place, in its clause."""
        count = 0
        for place in range(at - 1, max(-1, at - 1 - REACH), -1):
            word = self.tokens[place].lower_
            if word in BREAKS:
                break
            if word in NEGATIONS:
                after = self.tokens[place + 1].lower_ if place + 1 < len(self.tokens) else ""
                if (word, after) not in (("no", "doubt"), ("not", "only"), ("not", "just"), ("no", "matter"), ("no", "longer")):
                    count += 1
        after = self.tokens[at + 1].lower_ if at + 1 < len(self.tokens) else ""
        return (count + (after in ("no", "nothing") and self.tokens[at].tag_[:2] == "VB")) % 2 == 1

    def quoted(self, at: int) -> bool:
        """Whether the word at this place stands in a short quotation, picked out by the writer for what it says."""
        idx = self.tokens[at].idx
        return any(start <= idx < end and end - start <= SHORT for start, end in self.statement.verbatim)

    def supposed(self, at: int) -> bool:
        """Whether the word stands in a clause that only supposes ("if", "whether") or demands ("should")."""
        for place in range(at - 1, max(-1, at - 1 - 2 * REACH), -1):
            word = self.tokens[place].lower_
            if word in ("if", "whether", "unless"):
                return True
            if word in BREAKS:
                break
        return False

    def own(self, at: int) -> bool:
        """Whether the attitude told by the verb at this place is the speaker's own, not one that is told of another."""
        subject = self.subject(at)
        if subject is None or subject.pronoun:
            return True
        keys = {key for phrase in (subject, *self.complements(subject, most=1)) for key in phrase.named()}
        if not self.statement.source and keys & _own_bodies():
            return True
        return self.statement.speaker is not None and bool(keys & speaker_keys(self.statement.speaker.name))

    def phrase_at(self, at: int) -> Phrase | None:
        """The phrase that holds the word at this place."""
        i = self.tokens[at].i
        return next((phrase for phrase in self.phrases if phrase.start <= i < phrase.end), None)

    def phrase_after(self, at: int, *, reach: int = 4) -> Phrase | None:
        """The first phrase that begins within ``reach`` words after this place."""
        i = self.tokens[at].i
        return next((phrase for phrase in self.phrases if i < phrase.start <= i + reach), None)

    def subject(self, at: int) -> Phrase | None:
        """The subject of the predicate at this place: by the tree, else the first phrase of the clause before it."""
        return self.subject_by_tree(self.tokens[at]) or self._subject_by_order(at)

    def subject_by_tree(self, token: Token) -> Phrase | None:
        """The subject that the parse gives to the word or to the predicate that it belongs to."""
        for node in (token, token.head):
            if node is token or token.dep_.split(":")[0] in ("xcomp", "conj", "amod", "obl", "obj", "advmod", "advcl", "cop"):
                for child in node.children:
                    if child.dep_ in ("nsubj", "nsubj:pass", "nsubjpass") and child.i < token.i and child.i in self.index:
                        phrase = self.phrase_at(self.index[child.i])
                        if phrase is not None:
                            return phrase
        return None

    def _subject_by_order(self, at: int) -> Phrase | None:
        best: Phrase | None = None
        starts = {phrase.start: phrase for phrase in self.phrases}
        for place in range(at - 1, -1, -1):
            token = self.tokens[place]
            if token.lower_ in BREAKS or (token.tag_ in ("VBD", "VBZ", "VBP", "MD") and best is not None):
                break
            phrase = starts.get(token.i)
            if phrase is not None and not phrase.link and phrase.head.lower_ != "doubt" and phrase.end <= self.tokens[at].i:
                best = phrase
        return best

    def complements(self, phrase: Phrase, *, most: int = 3) -> list[Phrase]:
        """The phrases linked to the end of this one by a preposition, each by the one before."""
        linked, end = list[Phrase](), phrase.end
        for other in self.phrases:
            if other.start < end or other.pronoun:
                continue
            gap = [t for t in self.doc[end : other.start] if not t.is_space and t.tag_ not in ("``", "''", "DT")]
            if not other.link or len(gap) != 1 or len(linked) == most:
                break
            linked.append(other)
            end = other.end
        return linked

    def target(self, phrase: Phrase | None) -> Target | None:
        """The target that a phrase names, its complements with it; None for a person meant by a pronoun and for no phrase."""
        if phrase is None:
            return None
        if (
            phrase.pronoun
            and phrase.head.lower_ == "those"
            and self.doc[phrase.end : phrase.end + 1].text in ("that", "who", "of", "in")
        ):
            return None
        if phrase.pronoun and (relative := self._relative(phrase)) is not None:
            return self.target(relative)
        if phrase.pronoun or self._refers(phrase):
            found = self.focus.antecedent(phrase.head, phrase.pronoun)
            if found is not None or phrase.pronoun:
                return found
        parts = [phrase, *self.complements(phrase)]
        heads = [part for part in parts if part.head.lemma_.lower() not in transparent()]
        main = heads[0] if heads else phrase
        keys = [key for part in parts for key in part.named()]
        keys.extend(self.infinitive(parts[-1]))
        head = token_key(main.head) or ""
        if head in PROMISES:
            keys.extend(key for key in self.keys if key in knowledge()["events"])
        owner = self._owner(parts)
        span = (parts[0].span[0], main.span[1] if main is not phrase else phrase.span[1])
        return Target(head, tuple(dict.fromkeys([*keys, *owner])), span, doc_text(self.doc)[span[0] : span[1]])

    def _relative(self, phrase: Phrase) -> Phrase | None:
        """The phrase that a relative pronoun right after it stands for."""
        if phrase.head.lower_ not in ("that", "which", "who"):
            return None
        before = phrase.start - 1
        while before > phrase.start - 4 and before >= 0 and self.doc[before].tag_ in (",", "``", "''", "IN"):
            before -= 1
        return next((p for p in self.phrases if not p.pronoun and p.start <= before < p.end), None)

    def _refers(self, phrase: Phrase) -> bool:
        """Whether a noun such as "the process" points back and is not explained by what follows it."""
        if phrase.head.lemma_.lower() not in anaphoric() or phrase.tokens[0].lower_ not in (
            "the",
            "this",
            "that",
            "these",
            "such",
        ):
            return False
        following = self.doc[phrase.end].lower_ if phrase.end < len(self.doc) else ""
        return len(phrase.tokens) == 2 and following not in ("of", "that", "to", "for")

    def infinitive(self, phrase: Phrase) -> list[str]:
        """Keys of the "to do something" right after a phrase."""
        following = self.doc[phrase.end : phrase.end + 9]
        if len(following) < 2 or following[0].lower_ != "to" or following[1].tag_ != "VB":
            return []
        return [key for token in following if (key := token_key(token))]

    def _owner(self, parts: Iterable[Phrase]) -> list[str]:
        speaker = self.statement.speaker
        if speaker is None or not any(t.lower_ in ("our", "my", "we", "us") for part in parts for t in part.tokens):
            return []
        return [name_stem(word) for word in speaker.name.split()[-1:]]


def passages(doc: Doc, statements: Iterable[Statement]) -> Iterator[Passage]:
    """One passage a statement, in the order of the text; offsets of the document are the tokens' ``idx``."""
    ordered = sorted(statements, key=lambda s: (s.content[0][0], -s.content[-1][1]))
    nested: dict[str, list[Statement]] = {}
    for statement in ordered:
        if statement.parent is not None:
            nested.setdefault(statement.parent, []).append(statement)
    starts = [token.idx for token in doc]
    focus = Focus(doc)
    for position, statement in enumerate(ordered):
        if _no_voice(doc, starts, statement):
            continue
        inner = [span for child in nested.get(statement.id, ()) for span in child.content if child.content != statement.content]
        tokens = [
            token
            for span in statement.content
            for token in _tokens(doc, starts, span)
            if not token.is_space and not any(s <= token.idx < e for s, e in inner)
        ]
        cue = [token for span in statement.cue for token in _tokens(doc, starts, span)]
        told = [s for child in nested.get(statement.id, ()) if child.content != statement.content for s, _ in child.cue]
        reports = any(s <= place < e for place in told for s, e in statement.content)
        yield Passage(statement, doc, tokens, cue, focus, position, reports)


def _tokens(doc: Doc, starts: list[int], span: Span) -> Iterator[Token]:
    at = bisect_left(starts, span[0])
    while at < len(starts) and starts[at] < span[1]:
        yield doc[at]
        at += 1


def _no_voice(doc: Doc, starts: list[int], statement: Statement) -> bool:
    """Whether the source stands where nobody who speaks does ("built on the principles", "vetoing the draft, which")."""
    first = next((token for span in statement.source for token in _tokens(doc, starts, span)), None)
    if first is None:
        return False
    if first.lower_ in ("which", "that", "who") and statement.cue and statement.cue[0][0] < first.idx:
        return True
    if first.i > 0 and doc[first.i - 1].lower_ in listed("voices", "governed"):
        return True
    cue = next((token for span in statement.cue for token in _tokens(doc, starts, span)), None)
    return cue is not None and (_modifies(cue, statement.source) or _deed_denies(doc, starts, statement))


def _modifies(cue: Token, source: Spans) -> bool:
    """Whether the cue is a participle that tells what happened to the source ("the occupation denied against all evidence")."""
    return cue.tag_ == "VBN" and cue.dep_.startswith("acl") and any(start <= cue.head.idx < end for start, end in source)


def _deed_denies(doc: Doc, starts: list[int], statement: Statement) -> bool:
    """Whether a deed is told to deny, which is rather what is denied ("the occupation")."""
    if statement.cue_function != "denies" or (statement.speaker is not None and statement.speaker.kind == "document"):
        return False
    last = [token.lemma_.lower() for span in statement.source for token in _tokens(doc, starts, span)][-1]
    return last.endswith(tuple(listed("voices", "deeds"))) and last not in listed("voices", "collectives")


def _own_bodies() -> frozenset[str]:
    """Keys of what a body calls itself in its own statement ("my delegation")."""
    return frozenset(key_of(word) for word in knowledge()["nouns"]["own_bodies"])

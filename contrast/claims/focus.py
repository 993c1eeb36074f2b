"""What a claim is about, and what the pronouns and pointing nouns of a text stand for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from contrast.claims.keys import NAME, generic, knowledge, token_key
from contrast.claims.phrases import Phrase, find_phrases
from contrast.language import doc_text
from contrast.records import Span

BODIES = frozenset(["LOC", "ORG", "GPE", "NORP"])
"""Entity types of what "it" can stand for."""
LOOK_BACK = 600
"""Characters before a statement in which a pronoun's antecedent is looked for."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a claim is about: the head's key, the keys that narrow it down, and its words."""

    head: str
    keys: tuple[str, ...]
    span: Span | None
    text: str

    @property
    def vague(self) -> bool:
        return not self.head or self.head in generic()


class Focus:
    """What was last spoken of, in the order of the text: events that "it", "that" or "the process" can stand for."""

    def __init__(self, doc: Doc) -> None:
        phrases = find_phrases([t for t in doc if not t.is_space])
        self._events = [phrase for phrase in phrases if _event(phrase)]
        self._things = [phrase for phrase in phrases if _event(phrase) or phrase.head.ent_type_ in BODIES]
        self._resolved: dict[int, Target] = {}
        self._doc = doc

    def antecedent(self, pronoun: Token, bare: bool) -> Target | None:
        """The nearest event named before the pronoun or noun; None for a person's pronoun or where there is none near."""
        if pronoun.i in self._resolved:
            return self._resolved[pronoun.i]
        if bare and pronoun.lower_ not in ("it", "this", "that", "which", "them", "these", "those", "they"):
            return None
        if bare and pronoun.lower_ in ("it", "they") and (subject := self._subject_before(pronoun)) is not None:
            self._resolved[pronoun.i] = subject
            return subject
        reach = pronoun.idx - LOOK_BACK
        near = [target for i, target in self._resolved.items() if i < pronoun.i and self._doc[i].idx >= reach]
        last_resolved = max((i for i in self._resolved if i < pronoun.i), default=-1)
        candidates = self._things if bare and pronoun.lower_ in ("it", "they", "them") else self._events
        at = bisect_left(candidates, pronoun.i, key=lambda p: p.start) - 1
        while at >= 0 and candidates[at].end > pronoun.i - 1:
            at -= 1
        phrase = candidates[at] if at >= 0 else None
        found: Target | None = None
        if near and (phrase is None or last_resolved > phrase.start):
            found = self._resolved[last_resolved]
        elif phrase is not None and phrase.span[0] >= reach:
            found = _named(phrase, self._doc)
        if found is not None:
            self._resolved[pronoun.i] = found
        return found

    def _subject_before(self, pronoun: Token) -> Target | None:
        """The subject of the sentence before, for a pronoun that begins its own: what was spoken of goes on being spoken of."""
        sentence = pronoun.sent
        if pronoun.i != sentence.start or not sentence.start:
            return None
        before = self._doc[sentence.start - 1].sent
        if "\n\n" in doc_text(self._doc)[before.start_char : pronoun.idx].strip():
            return None
        subject = next((t for t in before.root.children if t.dep_ in ("nsubj", "nsubj:pass")), None)
        if subject is None:
            return None
        if subject.i in self._resolved:
            return self._resolved[subject.i]
        phrase = next((p for p in self._things if p.start <= subject.i < p.end), None)
        return None if phrase is None else _named(phrase, self._doc)


def _named(phrase: Phrase, doc: Doc) -> Target:
    keys = phrase.named() or [""]
    return Target(keys[0], tuple(keys), phrase.span, doc_text(doc)[phrase.span[0] : phrase.span[1]])


def _event(phrase: Phrase) -> bool:
    key = token_key(phrase.head)
    if phrase.pronoun or key is None or key.startswith(NAME) or key in generic() or phrase.head.lemma_.lower() in anaphoric():
        return False
    word = phrase.head.lemma_.lower()
    return key in knowledge()["concept"] or word.endswith(tuple(knowledge()["nouns"]["event_endings"]))


def anaphoric() -> list[str]:
    """Nouns that can point back ("the process")."""
    return knowledge()["nouns"]["anaphoric"]  # type: ignore[no-any-return]


def transparent() -> list[str]:
    """Nouns whose complement is what is meant ("the outcome of the talks")."""
    return knowledge()["nouns"]["transparent"]  # type: ignore[no-any-return]

"""Appraisal: words of ``evaluation.tsv`` attached to what they appraise, negation and the cue's doing counted in.

After the appraisal framework (Martin and White 2005) and targeted sentiment (Hamborg and Donnay 2021): what is scored is the word
that is attached to the target, not the sentence.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from contrast.claims.building import MOST_KEYS, make
from contrast.claims.focus import Target
from contrast.claims.passage import NEGATIONS, Passage
from contrast.claims.phrases import Phrase
from contrast.claims.showing import stance_span, with_object
from contrast.claims.wording import shown
from contrast.claims.words import Sequences, listed, words
from contrast.language import doc_text
from contrast.records import Claim, Span

ATTRIBUTIVE = 0.45
"""Share of a word's weight where it only describes its noun by the way."""
FAR = 20
"""Words before an appraising word in which what takes distance from it is looked for, to be shown with it."""
POSSIBLE = 0.6
"""Share of a word's weight where it only may be so."""
FLIP = -0.8
"""What negation does to a weight: "not good" is less bad than "bad"."""
FLIP_DEED = -0.5
"""What negation does to the weight of a deed: who does not attack is not praised."""
CUE_SHARE = 0.9


@lru_cache(maxsize=1)
def lexicon() -> dict[str, tuple[float, str]]:
    """Weight and what is appraised by word, from ``evaluation.tsv``."""
    lines = Path(__file__).with_name("evaluation.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row["word"]: (float(row["weight"]), row["appraises"]) for row in rows}


@lru_cache(maxsize=1)
def _entries() -> Sequences:
    return Sequences(lexicon())


def appraisals(passage: Passage) -> Iterator[Claim]:
    """Claims of appraisal of the content, each with its target, and one of the cue where the cue appraises."""
    seen: Target | None = None
    for start, end, word in passage.match(_entries()):
        weight, appraised = lexicon()[word]
        if abs(weight) <= 0.4 or any(t.ent_type_ for t in passage.tokens[start:end]) or not _fits(passage, start, end, appraised):
            continue
        target = _target(passage, start, end, appraised, seen)
        if target is None or not target.head or passage.supposed(start):
            continue
        seen = seen or target
        if appraised != "holder" and _wanted(passage, start):
            continue
        negated = passage.negated(start)
        value = (
            weight
            * ((FLIP_DEED if appraised == "subject" else FLIP) if negated else 1)
            * (FLIP if passage.reversed != disowned(passage, start) else 1)
        )
        if appraised == "holder" and _attributive(passage, start, end) and not passage.quoted(start):
            value *= ATTRIBUTIVE
        if any(t.lower_ in ("could", "may", "might") for t in passage.tokens[max(0, start - 5) : start]):
            value *= POSSIBLE
        if appraised == "holder":
            span = _shown(passage, _with_negation(passage, start, negated), end)
        elif appraised == "object":
            span = stance_span(passage, passage.tokens[start:end], target)
        else:
            span = with_object(passage, start, end)
        claim = _claim(passage, target, span, value, negated)
        yield claim
        if target.head != "conduct" and any(True for _ in words("conduct", "of_conduct").find(passage.tokens[start:end])):
            yield replace(claim, head="conduct", keys=tuple(dict.fromkeys(["conduct", *claim.keys, *passage.keys]))[:MOST_KEYS])
    yield from _by_cue(passage)


def disowned(passage: Passage, at: int) -> bool:
    """Whether the speaker takes distance from what follows ("we cannot go along with the idea that")."""
    before = passage.tokens[:at]
    for start, _, _ in words("denial", "disowns").find(before):
        if any(t.lower_ in ("we", "i") for t in before[max(0, start - 4) : start]):
            return True
    for start, _, _ in words("denial", "shares").find(before):
        if passage.negated(start) and any(t.lower_ in ("we", "i") for t in before[max(0, start - 5) : start]):
            return True
    return False


def _with_negation(passage: Passage, start: int, negated: bool) -> int:
    """Where the words to show begin: at the negation, or where the speaker takes distance, if that is near."""
    for place in range(start - 1, max(-1, start - FAR), -1):
        if negated and start - place <= 5 and passage.tokens[place].lower_ in NEGATIONS:
            return place
        if not negated and passage.tokens[place].lower_ in NEGATIONS and disowned(passage, start):
            return place
    return start


def _attributive(passage: Passage, start: int, end: int) -> bool:
    """Whether the word only describes its noun by the way ("the bipartisan deal") and does not say so of it."""
    phrase = passage.phrase_at(start)
    return phrase is not None and phrase.head.i > passage.tokens[end - 1].i


def _wanted(passage: Passage, start: int) -> bool:
    """Whether the verb says what is to be done, not what is."""
    if passage.statement.cue_function in ("demands", "asks"):
        return True
    before = [t.lower_ for t in passage.tokens[max(0, start - 3) : start]]
    return any(word in ("should", "must", "to", "ought") for word in before)


def _fits(passage: Passage, start: int, end: int, appraised: str) -> bool:
    """Whether the word has the part of speech in which it appraises so."""
    tag = passage.tokens[end - 1].tag_[:2]
    if end - start > 1:
        return True
    if passage.tokens[start].lower_ in listed("appraisal", "adjectives_only") and tag != "JJ":
        return False
    if appraised == "holder":
        return tag in ("JJ", "NN", "RB", "VB") and not (tag == "VB" and passage.tokens[start].tag_ in ("VB", "VBP", "VBZ", "VBD"))
    return tag == "VB"


def _target(passage: Passage, start: int, end: int, appraised: str, seen: Target | None) -> Target | None:
    """What the word appraises; None where it only names a subject ("the crisis", "a threat to peace")."""
    if appraised == "object":
        return passage.target(passage.phrase_after(end - 1)) if passage.own(start) else None
    if appraised == "subject":
        subject = passage.subject_by_tree(passage.tokens[start])
        return None if subject is None or subject.head.lower_ in ("i", "we", "you") else passage.target(subject)
    if _extraposed(passage, end - 1):
        return None
    phrase = passage.phrase_at(start)
    head_inside = phrase is not None and any(phrase.head is token for token in passage.tokens[start:end])
    if phrase is not None and not head_inside and not _complement_only(phrase):
        return _of_modified(passage, phrase, start)
    predicate = _predicate(passage, start)
    if predicate is None:
        return _of_bare(passage, start) if phrase is None else _of_noun(passage, phrase, seen)
    return predicate


def _of_modified(passage: Passage, phrase: Phrase, start: int) -> Target | None:
    """What an adjective before its noun is said of: the noun, or where that says little the subject ("is a bad thing")."""
    own = passage.target(phrase)
    predicate = _predicate(passage, passage.index.get(phrase.start, start))
    return predicate if predicate is not None and own is not None and own.vague else own


def _of_bare(passage: Passage, start: int) -> Target | None:
    """What an adjective without a noun or copula is said of: the first phrase of a headline, else the subject."""
    following = passage.phrase_after(start, reach=1)
    if following is not None and following.tokens[0].tag_ in ("DT", "PRP$"):
        return passage.target(following)
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in passage.tokens):
        return passage.target(passage.subject(start))
    return passage.target(next((p for p in passage.phrases if p.span[1] <= passage.tokens[start].idx), None))


def _of_noun(passage: Passage, phrase: Phrase, seen: Target | None) -> Target | None:
    """What a noun that is no predicate appraises: "in good faith", "progress", "support for the plan", "a farce of a vote"."""
    if phrase.link in ("in", "with") and phrase.head.lemma_.lower() in listed("appraisal", "manners"):
        return passage.target(passage.subject(passage.index.get(phrase.start, 0)))
    linked = passage.complements(phrase, most=1)
    if linked and phrase.head.lemma_.lower() in listed("appraisal", "attitudes"):
        return passage.target(linked[0])
    if linked and linked[0].link == "of" and linked[0].tokens[0].lower_ in ("a", "an"):
        return passage.target(Phrase(linked[0].tokens[1:], linked[0].head)) if len(linked[0].tokens) > 1 else None
    if phrase.head.lemma_.lower() in listed("appraisal", "outcomes"):
        return seen or passage.target(linked[0] if linked else phrase)
    return None


def _extraposed(passage: Passage, at: int) -> bool:
    """Whether the word is said of a clause that follows ("it is important that"), of which no target is told."""
    before = [t.lower_ for t in passage.tokens[max(0, at - 5) : at]]
    after = [t.lower_ for t in passage.tokens[at + 1 : at + 3]]
    return any(word in ("it", "there") for word in before) and any(word in ("that", "to", "for", "when", "if") for word in after)


def _complement_only(phrase: Phrase) -> bool:
    return phrase.head.lemma_.lower() in listed("appraisal", "empty")


def _predicate(passage: Passage, at: int) -> Target | None:
    """The subject's target where a copula stands shortly before this place."""
    for place in range(at - 1, max(-1, at - 6), -1):
        word = passage.tokens[place].lower_
        if word in listed("grammar", "copulas"):
            return passage.target(passage.subject(at))
        if passage.tokens[place].tag_ in ("NN", "NNS", "NNP", "VBD", "VBZ", "VBP", "IN", ",") and word not in ("doubt", "as"):
            return None
    return None


def _claim(passage: Passage, target: Target, span: Span, value: float, negated: bool) -> Claim:
    words_shown = shown(doc_text(passage.doc), span)
    tone = "positive" if value > 0 else "negative"
    how = ", negated by the cue" if passage.reversed else ""
    return make(
        passage,
        target,
        span,
        kind="evaluation",
        sense="appraises",
        why=f"'{words_shown}' ({tone}{how})",
        polarity=max(-1.0, min(1.0, value)),
        negated=negated,
    )


def _shown(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The appraising words with the adverbs and adjectives before them and their negation."""
    first = start
    while (
        first
        and passage.tokens[first - 1].tag_ in ("RB", "RBR", "RBS", "JJ", "HYPH", "JJR")
        and passage.tokens[first - 1].text not in BREAKING
    ):
        first -= 1
    phrase = passage.phrase_at(end - 1)
    last = end - 1
    if (
        phrase is not None
        and phrase.end - phrase.start <= 7
        and passage.tokens[last].i < phrase.end
        and phrase.start >= passage.tokens[0].i
    ):
        last = passage.index.get(_with_what_counts(passage, phrase) - 1, last)
        first = min(first, passage.index.get(phrase.start, first))
        while first < start and passage.tokens[first].lemma_ in ("be", "have"):
            first += 1
        while first < start and passage.tokens[first].tag_ in ("DT", "PRP$", "PDT") and not _complement_only(phrase):
            first += 1
    return passage.tokens[first].idx, passage.tokens[last].idx + len(passage.tokens[last])


def _with_what_counts(passage: Passage, phrase: Phrase) -> int:
    """Where the phrase ends, its complement taken with it where its head says nothing by itself ("a great deal of progress")."""
    linked = passage.complements(phrase, most=1) if _complement_only(phrase) else []
    return linked[0].end if linked and linked[0].link == "of" else phrase.end


BREAKING = frozenset([",", "“", "”", '"'])


def _by_cue(passage: Passage) -> Iterator[Claim]:
    """The cue's own appraisal of what the content begins with: "praised", "accused", "defended"."""
    for start, end, word in _entries().find(passage.cue):
        weight, appraised = lexicon()[word]
        if (
            passage.statement.negated
            or appraised != "object"
            or passage.cue[start].tag_[:2] not in ("VB", "NN")
            or not passage.phrases
        ):
            continue
        first = next((p for p in passage.phrases if not p.pronoun), None)
        target = passage.target(first)
        if target is None or not target.head:
            return
        value = weight * CUE_SHARE * (FLIP if passage.statement.negated else 1)
        cue = passage.cue[start:end]
        span = (cue[0].idx, cue[-1].idx + len(cue[-1]))
        yield make(
            passage,
            replace(target, keys=tuple(dict.fromkeys([*target.keys, *passage.keys[:12]]))),
            stance_span(passage, cue, target),
            kind="evaluation",
            sense="appraises",
            why=f"'{doc_text(passage.doc)[span[0] : span[1]]}' {target.text} ({'positive' if value > 0 else 'negative'})",
            polarity=value,
            negated=passage.statement.negated,
        )
        return

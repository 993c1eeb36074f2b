"""The words to show for a claim: a short slice of the document that holds the words it rests on with what they are said of."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from contrast.claims.focus import Target
from contrast.claims.passage import Passage
from contrast.claims.words import listed
from contrast.records import Span

MOST_WORDS = 9
"""Words of a slice, marks not counted, where more can be left out."""
GAP = 40
"""Characters between the words of a stance and their target up to which both are shown together."""
ENDS = listed("grammar", "breaks") | listed("grammar", "shown_until")
"""Words and marks at which what is shown ends."""


def stance_span(passage: Passage, tokens: Sequence[Token], target: Target) -> Span:
    """The words of a stance, in the cue or the content, with its target where that follows soon ("vote against the draft")."""
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    start = min(start, _auxiliaries(passage.doc, tokens[0]))
    if target.span is not None and end <= target.span[0] <= end + GAP:
        end = target.span[1]
    elif target.span is not None and start <= target.span[0] < end:
        end = max(end, target.span[1])
    elif target.span is not None and tokens[0].i not in passage.index and target.span[1] <= start <= target.span[1] + GAP:
        start = target.span[0]
    elif tokens[0].i not in passage.index and 0 < passage.tokens[0].i - tokens[-1].i <= 3:
        end = clipped(passage.tokens, most=MOST_WORDS - len(tokens))[1]
    return start, end


def with_object(passage: Passage, start: int, end: int, *, reach: int = 4) -> Span:
    """The words at these places with the noun phrase that they govern ("reneged on the promise", "pushing for a ban")."""
    first, last = passage.tokens[start], passage.tokens[end - 1]
    phrase = passage.phrase_after(end - 1, reach=reach)
    held = passage.phrase_at(end - 1)
    if held is not None:
        last = held.tokens[-1]
        linked = passage.complements(held, most=1)
        phrase = linked[0] if linked else None
    if phrase is not None and not _broken(passage.doc, last.i + 1, phrase.start) and phrase.end - first.i <= MOST_WORDS + 3:
        last = phrase.tokens[-1]
    return _auxiliaries(passage.doc, first), last.idx + len(last)


def clipped(tokens: Sequence[Token], *, most: int = MOST_WORDS) -> Span:
    """The beginning of the tokens, to the end of a clause or of a phrase."""
    start = next((i for i, t in enumerate(tokens) if t.lower_ != "that" and t.is_alpha), 0)
    words, best, weak = 0, start, start
    for i in range(start, len(tokens)):
        words += not tokens[i].is_punct
        if words > most or (i > start and words >= 4 and tokens[i].text in ENDS):
            break
        if i + 1 == len(tokens) or (tokens[i].tag_[:2] in ("NN", "VB", "JJ", "RB", "CD") and tokens[i + 1].tag_ not in _GO_ON):
            best = i
        elif tokens[i].tag_[:2] == "NN" and tokens[i + 1].tag_ in ("IN", "TO"):
            weak = i
    last = tokens[best if best > start else weak]
    return tokens[start].idx, last.idx + len(last)


def with_cue(passage: Passage) -> Span:
    """The cue with the beginning of the content where they stand together, else the beginning of the content."""
    cue, tokens = passage.cue, passage.tokens
    if not cue or not 0 < tokens[0].i - cue[-1].i <= 3 or cue[-1].i - cue[0].i > len(cue) + 1:
        return clipped(tokens)
    return cue[0].idx, clipped(tokens, most=max(4, MOST_WORDS - len(cue)))[1]


_GO_ON = frozenset(["NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "CD", "''", "IN", "TO"])


def _broken(doc: Doc, start: int, end: int) -> bool:
    return any(token.text in ENDS or token.tag_[:2] in ("VB", "MD") for token in doc[start:end])


def _auxiliaries(doc: Doc, token: Token) -> int:
    """Where the auxiliaries and the negation right before a verb begin."""
    first = token
    if token.lower_ == "in" and token.i and doc[token.i - 1].tag_[:2] == "VB":
        token = first = doc[token.i - 1]
    while first.i and token.tag_[:2] in ("VB", "IN", "JJ", "NN") and _auxiliary(doc[first.i - 1], token):
        first = doc[first.i - 1]
    return first.idx


def _auxiliary(before: Token, verb: Token) -> bool:
    if (
        before.tag_ == "MD"
        or (before.tag_ == "IN" and verb.lower_ in ("favor", "favour", "support"))
        or before.lower_ in ("not", "n't", "n’t", "never")
    ):
        return True
    return verb.tag_[:2] == "VB" and before.lemma_.lower() in ("have", "be", "do")

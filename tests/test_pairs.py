"""Pairs of statements for a scorer: which are asked about, what is told of them, and what the shipped scorer answers."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import EntryPoint

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from contrast.attribution.quotations import find_quotations
from contrast.attribution.statements import build_statement
from contrast.comparison import learned
from contrast.comparison import pairs as pairs_module
from contrast.comparison.learned import LearnedScorer, is_report, shipped_scorer
from contrast.comparison.learned_reasons import reason
from contrast.comparison.pairs import CandidatePair, PairScore, Side, candidate_pairs, load_scorer
from contrast.comparison.pairs_encoding import CHUNK, PLACES, VOICES, chunks, numbers_of
from contrast.comparison.pairs_facts import name_words, polarity
from contrast.comparison.pairs_structure import NAMES, structure
from contrast.errors import ContrastError
from contrast.records import Document, Speaker, Statement

TEXT = (
    "The harbour talks ended on Friday.\n\n"
    "Minister Ana Lind called the talks productive and said the port would open in May.\n\n"
    "But Lind's rival Otto Brandt denied that the talks had been productive. Brandt said the port must not open.\n\n"
    "Lind added that the weather was fine."
)


def statement(document: Document, name: str | None, source: str, cue: str, content: str, *, after: int = 0) -> Statement:
    """A statement whose words are found in the document, from the character ``after`` on."""
    spans = {}
    for role, words in (("source", source), ("cue", cue), ("content", content)):
        at = document.text.index(words, after)
        spans[role] = ((at, at + len(words)),)
    made = build_statement(document.id, document.text, find_quotations(document.text), **spans)
    speaker = None if name is None else Speaker(name.lower().replace(" ", "-"), name)
    return Statement(**{field: getattr(made, field) for field in made.__slots__ if field != "speaker"}, speaker=speaker)


@pytest.fixture
def document() -> Document:
    return Document("harbour", TEXT)


@pytest.fixture
def statements(document: Document) -> list[Statement]:
    late = TEXT.index("Brandt said")
    return [
        statement(document, "Otto Brandt", "Otto Brandt", "denied", "that the talks had been productive"),
        statement(document, "Ana Lind", "Minister Ana Lind", "called", "the talks productive"),
        statement(document, "Otto Brandt", "Brandt", "said", "the port must not open", after=late),
        statement(document, "Ana Lind", "Lind", "added", "that the weather was fine", after=late),
    ]


def rarity(word: str) -> float:
    return 0.0 if len(word) < 4 else 0.8


def column(table: np.ndarray, name: str) -> list[float]:
    return table[:, NAMES.index(name)].tolist()


def test_all_pairs_of_different_speakers_within_a_document_are_candidates(
    document: Document, statements: list[Statement]
) -> None:
    found = candidate_pairs([document], statements)
    assert [(pair.a.content, pair.b.content) for pair in found] == [
        ("the talks productive", "that the talks had been productive"),
        ("the talks productive", "the port must not open"),
        ("that the talks had been productive", "that the weather was fine"),
        ("the port must not open", "that the weather was fine"),
    ]


def test_named_pairs_come_in_the_order_asked_for_and_stand_in_the_order_of_the_text(
    document: Document, statements: list[Statement]
) -> None:
    brandt, lind, port, weather = (one.id for one in statements)
    found = candidate_pairs(
        [document], statements, only=[(weather, port), (brandt, lind), (lind, weather), (lind, "no such statement")]
    )
    assert [(pair.a.statement.id, pair.b.statement.id) for pair in found] == [(port, weather), (lind, brandt)]


def test_pairs_may_lie_in_two_documents(document: Document, statements: list[Statement]) -> None:
    other = Document("reply", "The port authority said the port would open in June.")
    reply = statement(other, "Port Authority", "The port authority", "said", "the port would open in June")
    (pair,) = candidate_pairs([document, other], [*statements, reply], only=[(statements[2].id, reply.id)])
    assert (pair.a.document.id, pair.b.document.id) == ("harbour", "reply")
    assert len(pair.around_a) == 4 and len(pair.around_b) == 1
    assert column(structure([pair], rarity), "other_document") == [1.0]


def test_a_speaker_that_is_not_known_goes_by_the_words_of_the_source(document: Document) -> None:
    unknown = statement(document, None, "Minister Ana Lind", "called", "the talks productive")
    known = statement(document, "Otto Brandt", "Otto Brandt", "denied", "that the talks had been productive")
    (pair,) = candidate_pairs([document], [unknown, known])
    assert pair.a.speaker == "Minister Ana Lind"


def test_a_statement_without_source_and_speaker_is_in_no_pair(document: Document, statements: list[Statement]) -> None:
    made = build_statement("harbour", TEXT, [], source=(), cue=(), content=((0, 17),))
    assert all(pair.a.statement != made for pair in candidate_pairs([document], [*statements, made]))


class Answer:
    def score(self, pairs: list[CandidatePair]) -> list[PairScore]:
        return [PairScore(0.5, "fact", "as always") for _ in pairs]


def plug_ins(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    points = [EntryPoint(name, f"{__name__}:Answer", pairs_module.GROUP) for name in names]
    monkeypatch.setattr(pairs_module, "entry_points", lambda group: [p for p in points if p.group == group])


def test_an_installed_scorer_takes_the_place_of_the_shipped_one(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_ins(monkeypatch, "stronger")
    assert type(load_scorer()).__name__ == "Answer"
    assert type(load_scorer("stronger")).__name__ == "Answer"


def test_a_scorer_that_is_not_installed_is_an_error_that_names_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_ins(monkeypatch, "stronger")
    with pytest.raises(ContrastError, match="weaker; installed: stronger"):
        load_scorer("weaker")


def test_of_two_installed_scorers_one_must_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_ins(monkeypatch, "one", "two")
    with pytest.raises(ContrastError, match="one, two"):
        load_scorer()
    assert load_scorer("two") is not None


def test_structure_tells_denial_naming_and_connectives(document: Document, statements: list[Statement]) -> None:
    table = structure(candidate_pairs([document], statements), rarity)
    assert column(table, "b_denies") == [1.0, 0.0, 0.0, 0.0]
    assert column(table, "connective_at_b")[0] == 1.0
    assert column(table, "a_speaker_names_b_ever") == [0.0] * 4
    assert column(table, "b_frame_names_a")[0] == 1.0
    assert column(table, "b_not")[1] == 1.0
    assert column(table, "adjacent") == [1.0, 0.0, 0.0, 1.0]


def test_shared_rare_words_raise_the_overlap(document: Document, statements: list[Statement]) -> None:
    overlap = column(structure(candidate_pairs([document], statements), rarity), "overlap")
    assert overlap[0] == max(overlap) > 0.5
    assert overlap[1] == 0.0


def test_what_an_anaphor_stands_for_counts_among_the_words_of_the_content() -> None:
    text = "Lind praised the harbour bridge. Brandt said it was ugly."
    bridge = Document("bridge", text)
    praise = statement(bridge, "Ana Lind", "Lind", "praised", "the harbour bridge")
    ugly = statement(bridge, "Otto Brandt", "Brandt", "said", "it was ugly")
    at = text.index("it was")
    (bare,) = candidate_pairs([bridge], [praise, ugly])
    (told,) = candidate_pairs([bridge], [praise, ugly], stands_for={ugly.id: (((at, at + 2), "the harbour bridge"),)})
    assert column(structure([bare], rarity), "overlap") == [0.0]
    assert column(structure([told], rarity), "overlap")[0] > 0.0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Otto Brandt", {"Brandt"}),
        ("President Brandt", {"Brandt"}),
        ("Foreign Ministry of Norland", {"Foreign", "Ministry", "Norland"}),
        ("", set()),
    ],
)
def test_others_name_a_speaker_by_the_telling_words(name: str, words: set[str]) -> None:
    assert name_words(name) == words


def test_a_negation_turns_an_appraisal_round() -> None:
    assert polarity("an admirable accomplishment") > 0 > polarity("no admirable accomplishment")
    assert polarity("the third of May") == 0.0


def test_the_reason_names_what_both_speak_of_and_who_denies(document: Document, statements: list[Statement]) -> None:
    pair = candidate_pairs([document], statements)[0]
    assert (
        reason(pair, "denial", rarity)
        == "read as a claim and its denial; both speak of “productive”, “talks”; Otto Brandt denies (“denied”)"
    )


def test_what_a_speaker_reports_of_another_is_no_position_against_it() -> None:
    text = "Lind said that Brandt had promised that the port would open."
    told = Document("told", text)
    outer = statement(told, "Ana Lind", "Lind", "said", "that Brandt had promised that the port would open")
    inner = statement(told, "Otto Brandt", "Brandt", "promised", "that the port would open")
    (pair,) = candidate_pairs([told], [outer, inner])
    assert is_report(pair)


def tokenizer() -> Tokenizer:
    """Letters as pieces: what is tested is where pieces go, not how words are cut."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = {name: n for n, name in enumerate(["[PAD]", "[UNK]", *letters, *(f"##{c}" for c in letters)])}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.Lowercase(), pre_tokenizers.Whitespace()
    return made


WORDS = st.lists(st.sampled_from(["talks", "ended", "“port”", "no", ".", "\n", "Lind", "é", "—"]), min_size=1, max_size=120).map(
    " ".join
)


@st.composite
def spoken(draw: st.DrawFn) -> tuple[Side, ...]:
    """Any text with any statements in it, nested and overlapping ones too."""
    text = draw(WORDS)
    document = Document("any", text)
    sides = []
    for number in range(draw(st.integers(1, 6))):
        ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
        spans = [((s, e),) if s < e else () for s, e in zip(ends[::2], ends[1::2], strict=True)]
        content = spans[2] or ((0, len(text)),)
        made = build_statement("any", text, [], source=spans[0], cue=spans[1], content=content)
        name = draw(st.sampled_from(["Ana Lind", "Otto Brandt", "the port"]))
        sides.append(
            Side(Statement(f"{made.id}#{number}", "any", made.source, made.cue, made.content, made.text), document, name)
        )
    return tuple(sorted(sides, key=lambda side: side.statement.content))


@settings(max_examples=40, deadline=None)
@given(spoken())
def test_every_statement_is_in_one_chunk_and_its_parts_are_told_once(sides: tuple[Side, ...]) -> None:
    found = chunks(sides, tokenizer())
    assert sorted(number for chunk in found for number in chunk.statements) == list(range(len(sides)))
    assert all(0 < len(chunk.ids) == len(chunk.roles) <= CHUNK + 2 for chunk in found)
    places = [part for chunk in found for parts in chunk.statements.values() for part in parts]
    assert all(len(set(part)) == len(part) for part in places)
    numbers, voices = numbers_of(sides)
    assert numbers.max() < PLACES
    assert voices.max() < VOICES
    assert len(set(voices.tolist())) == len({side.speaker for side in sides})


@settings(max_examples=40, deadline=None)
@given(spoken())
def test_structure_is_finite_for_any_statements_of_any_text(sides: tuple[Side, ...]) -> None:
    pairs = [CandidatePair(a, b, sides, sides) for i, a in enumerate(sides) for b in sides[i + 1 :]]
    assert np.isfinite(structure(pairs, rarity)).all()


@settings(max_examples=40, deadline=None)
@given(spoken())
def test_any_pair_has_a_probability_and_a_reason_or_none_is_given(sides: tuple[Side, ...]) -> None:
    pairs = [CandidatePair(a, b, sides, sides) for i, a in enumerate(sides) for b in sides[i + 1 :]]
    found = shipped_scorer().score(pairs)
    assert len(found) == len(pairs)
    assert all(one is None or (0.0 <= one.probability <= 1.0 and one.reason) for one in found)


def test_the_same_pairs_have_the_same_scores_each_time(document: Document, statements: list[Statement]) -> None:
    pairs = candidate_pairs([document], statements)
    assert LearnedScorer().score(pairs) == LearnedScorer().score(pairs)


def test_a_long_report_is_compared_block_by_block(
    document: Document, statements: list[Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learned, "BLOCK", 1)
    pairs = candidate_pairs([document], statements)
    assert all(one is None or 0.0 <= one.probability <= 1.0 for one in shipped_scorer().score(pairs))


def test_a_pair_may_come_without_what_is_around_it(document: Document, statements: list[Statement]) -> None:
    bare = [CandidatePair(pair.a, pair.b) for pair in candidate_pairs([document], statements)]
    assert all(score is None or 0.0 <= score.probability <= 1.0 for score in shipped_scorer().score(bare))


def test_a_denial_of_the_same_words_outweighs_a_remark_on_the_weather(document: Document, statements: list[Statement]) -> None:
    scores = [one.probability for one in shipped_scorer().score(candidate_pairs([document], statements)) if one is not None]
    assert scores[0] == max(scores)


REPORT = """The minister Ana Lind supports the ferry line. Otto Brandt, asked about Lind, denied that the ferry line was needed.

Eva Holm praised the ferry line as well. Otto Brandt said the weather was fine.
"""


def report(issuer: str | None = None) -> list[CandidatePair]:
    told = Document("ferry", REPORT, issuer=issuer)
    made = [
        statement(told, "Ana Lind", "Ana Lind", "supports", "the ferry line"),
        statement(told, "Otto Brandt", "Otto Brandt", "denied", "that the ferry line was needed"),
        statement(told, "Eva Holm", "Eva Holm", "praised", "the ferry line as well"),
    ]
    return candidate_pairs([told], made)


def test_the_shipped_scorer_thinks_a_denial_that_names_the_other_likelier_than_a_word_of_agreement() -> None:
    first, agreed, _ = shipped_scorer().score(report())
    assert first is not None
    assert 0 < first.probability < 1
    assert "ferry" in first.reason
    assert agreed is None


def test_the_shipped_scorer_has_no_opinion_on_an_issuers_own_statements() -> None:
    assert shipped_scorer().score(report(issuer="Harbour Board")) == [None, None, None]


def test_the_shipped_scorer_is_the_one_used(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_ins(monkeypatch)
    assert load_scorer() is shipped_scorer()


def polls(first: str, second: str, sources: tuple[str, str]) -> list[CandidatePair]:
    text = f"{sources[0]} found {first}. {sources[1]} found {second}."
    told = Document("polls", text)
    papers = []
    for source, words in zip(sources, (first, second), strict=True):
        found = statement(told, None, source, "found", words, after=text.index(source))
        papers.append(replace(found, speaker=Speaker(source.lower(), source, kind="document")))
    return candidate_pairs([told], papers)


def test_a_poll_without_a_name_is_not_opposed_to_another_one_of_the_report() -> None:
    pairs = polls("that Lind leads by 46 percent", "that Brandt leads by 52 percent", ("Harbour Post", "the poll"))
    assert shipped_scorer().score(pairs) == [None]


@pytest.mark.parametrize(("second", "kinds"), [("300", []), ("500", ["quantity"])])
def test_figures_that_differ_are_a_contrast_of_figures_and_those_that_agree_are_none(second: str, kinds: list[str]) -> None:
    told = [f"that the port cost {millions} million euros" for millions in ("300", second)]
    found = shipped_scorer().score(polls(told[0], told[1], ("Harbour Post", "Ferry Times")))
    assert [score.kind for score in found if score is not None] == kinds

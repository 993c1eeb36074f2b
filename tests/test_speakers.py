"""Who speaks, on short texts written for the purpose; the sources and contents are located by hand.

In each text the speaking mention is between [ and ], what it says between { and }; several pairs stand in order.
All people in them are made up.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from speaker_texts import GOVERNMENTS, NAMES, OTHERS, PRONOUNS, ROLES, TRICKY

from contrast.attribution.quotations import find_quotations
from contrast.attribution.statements import build_statement
from contrast.language import analyse, load_pipeline
from contrast.language.pipeline import SHIPPED
from contrast.records import Document, Statement
from contrast.speakers import SpeakerEntry, SpeakerResolver, SpeakersFile

pytestmark = pytest.mark.skipif(not (SHIPPED / "meta.json").is_file(), reason="needs the shipped language model")


@cache
def marked(text: str, id_: str = "d", issuer: str | None = None) -> tuple[Document, tuple[Statement, ...]]:
    """The text without its marks, and a statement for each pair of [source] and {content} of the same depth."""
    plain = ""
    opened, start = list[int](), 0
    sources, contents = list[tuple[int, int, int]](), list[tuple[int, int, int]]()
    for piece in re.split(r"([\[\]{}])", text):
        if piece == "[":
            start = len(plain)
        elif piece == "{":
            opened.append(len(plain))
        elif piece == "]":
            sources.append((len(opened), start, len(plain)))
        elif piece == "}":
            begun = opened.pop()
            contents.append((len(opened), begun, len(plain)))
        else:
            plain += piece
    quotations = find_quotations(plain)
    made = [
        build_statement(id_, plain, quotations, source=((a, b),) if a < b else (), cue=(), content=((c, d),))
        for (_, a, b), (_, c, d) in zip(sorted(sources, key=lambda s: s[0]), sorted(contents, key=lambda c: c[0]), strict=True)
    ]
    return Document(id_, plain, issuer=issuer), tuple(sorted(made, key=lambda s: s.source or s.content))


def resolve(*texts: str, speakers: SpeakersFile | None = None, issuer: str | None = None) -> list[Statement]:
    """The resolved statements of all texts, each a document, with ids that hold across them."""
    resolver = SpeakerResolver(speakers)
    found = list[Statement]()
    for number, text in enumerate(texts):
        document, statements = marked(text, f"d{number}", issuer)
        doc = next(iter(analyse([document], load_pipeline())))
        resolved = resolver.resolve(document, doc, statements)
        order = [statement.id for statement in statements]
        found.extend(sorted((s for s in resolved if s.id in order), key=lambda s: order.index(s.id)))
    return list(resolver.unify(found))


def names(*texts: str, **options: object) -> list[str | None]:
    return [s.speaker.name if s.speaker else None for s in resolve(*texts, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), [*NAMES, *ROLES, *PRONOUNS, *GOVERNMENTS, *OTHERS, *TRICKY])
def test_the_speaker_is_the_one_a_reader_would_name(text, expected):
    assert names(text) == expected


def test_in_all_there_are_eighty_texts_at_least():
    assert len([*NAMES, *ROLES, *PRONOUNS, *GOVERNMENTS, *OTHERS, *TRICKY]) >= 80


def test_where_the_text_leaves_it_open_the_speaker_is_in_doubt():
    first, second = resolve("Hilda Clay and William Clay came. [Clay] said {it was cold}. [Hilda Clay] said {it was not}.")
    assert first.speaker_confidence < 0.5 <= second.speaker_confidence
    assert "Hilda Clay" in first.speaker_reason
    assert "William Clay" in first.speaker_reason


def test_every_resolution_has_a_confidence_and_a_reason():
    for statement in resolve(*[text for text, _ in GOVERNMENTS]):
        assert 0.5 <= statement.speaker_confidence <= 1
        assert statement.speaker_reason


@pytest.mark.parametrize(
    ("text", "kind", "side"),
    [
        ("[State Department spokeswoman Heather Lunt] said {no date was set}.", "person", "United States"),
        ("[Russian Foreign Minister Ivan Belov] said {no}.", "person", "Russia"),
        ("[The White House] said {no}.", "body", "United States"),
        ("[Tehran] said {no}.", "state", "Iran"),
        ("[Israeli officials] said {no}.", "group", "Israel"),
        ("[A report] said {no}.", "document", None),
        ("[Republican Sen. Paul Dorn] said {no}.", "person", "Republican Party"),
    ],
)
def test_kind_and_side_tell_what_the_speaker_is_and_for_whom_it_stands(text, kind, side):
    (statement,) = resolve(text)
    assert statement.speaker is not None
    assert (statement.speaker.kind, statement.speaker.side) == (kind, side)


def ids(*texts: str, **options: object) -> list[str | None]:
    return [s.speaker.id if s.speaker else None for s in resolve(*texts, **options)]  # type: ignore[arg-type]


def test_one_voice_has_one_id_across_documents():
    assert ids(
        "[Mara Ellison] said {it was safe}.",
        "[Ms. Ellison] said {it was safe}. [Pyongyang] said {no}.",
        "[North Korea] said {no}. [Mara J. Ellison] said {yes}.",
    ) == ["mara-j-ellison", "mara-j-ellison", "north-korea", "north-korea", "mara-j-ellison"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[Australian Foreign Minister Jane Hall] said {no}.", "[British Foreign Secretary Jane Hall] said {no}."),
        ("[Jane Hall, the mayor of Leeds,] said {no}.", "[Jane Hall, the mayor of Dover,] said {no}."),
        ("[Mr. Hall] said {no}.", "[Mrs. Hall] said {no}."),
    ],
)
def test_two_people_of_one_name_keep_apart_where_office_place_or_gender_tells(one, other):
    first, second = ids(one, other)
    assert first != second


def test_unnamed_people_of_two_documents_are_not_one_voice():
    first, second = ids("[Critics] said {no}.", "[Critics] said {yes}.")
    assert first != second


def test_a_family_name_that_two_people_bear_elsewhere_joins_neither():
    found = ids("[Hilda Clay] said {no}.", "[William Clay] said {no}.", "[Clay] said {no}.")
    assert len(set(found)) == 3


def test_a_person_of_the_users_file_is_found_under_every_form_of_the_name():
    found = ids("[Ms Crane] said {yes}. [She] left {it}.", "[Laura J. Crane] said {no}. [Crane] denied {it}.", speakers=FOUR)
    assert found == ["crane"] * 4


FOUR = SpeakersFile(
    (
        SpeakerEntry("dprk", "DPRK Foreign Ministry", "body", "DPRK", ("North Korea", "the North", "Pyongyang")),
        SpeakerEntry("crane", "Laura Crane", "person", "US", ("Crane", "the secretary of state")),
        SpeakerEntry("lunt", "Heather Lunt", "person", "US"),
        SpeakerEntry("hall", "Jane Hall", "person", None, ("the iron mayor",)),
    )
)


def test_the_users_file_wins_over_everything():
    text = (
        "Laura Crane and Heather Lunt landed in Pyongyang. [The North] called {the demands unfair}. [It] mourned {the talks}. "
        "[A foreign ministry spokesman] said {patience was short}. [Ms Crane] was {hopeful}. [The iron mayor] laughed {at all}."
    )
    found = resolve(text, speakers=FOUR)
    assert [s.speaker.id for s in found if s.speaker] == ["dprk", "dprk", "dprk", "crane", "hall"]
    assert {s.speaker.side for s in found if s.speaker} == {"DPRK", "US", None}
    assert found[0].speaker_confidence == 1.0


def test_an_issuers_sentences_are_its_own_and_those_of_others_theirs():
    document, statements = marked(
        "The United States is concerned. [My delegation] believes {the vote is void}. [Russia] claims {that it is valid}. "
        "[We] reject {that}. [The United States] will not recognize {it}.",
        issuer="United States Of America",
    )
    doc = next(iter(analyse([document], load_pipeline())))
    found = SpeakerResolver().resolve(document, doc, statements)
    assert [s.speaker.name for s in found if s.speaker] == ["United States"] * 2 + ["Russia"] + ["United States"] * 2
    assert found[0].quote == "direct"
    assert found[0].text == "The United States is concerned."
    assert all(document.text[s.content[0][0] : s.content[0][1]] == s.text for s in found)


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("UK Government", "United Kingdom"),
        ("Republic Of Korea", "South Korea"),
        ("US State Department", "State Department"),
        ("Australian Department of Foreign Affairs", "Australia"),
        ("Harbour Board", "Harbour Board"),
        ("United Kingdom Of Great Britain And Northern Ireland", "United Kingdom"),
    ],
)
def test_an_issuer_is_known_under_its_usual_names(issuer, name):
    assert names("[We] ask {for calm}.", issuer=issuer) == [name]


PIECES = st.sampled_from(
    ["He", " she ", "said", "“", "”", "\n\n", ".", ",", " the North", "Mr", " Kim", " who ", "a spokesman", "'s", " and ", "I",
     " ",
     "\u00a0", "Anna Keel", "’’", "(", "Ω", "it", " State Department", "the two leaders", "-", "they"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20)), max_size=6),
    st.booleans(),
)
def test_no_text_and_no_spans_crash_the_resolver(text, places, issued):
    document = Document("d", text, issuer="Harbour Board" if issued else None)
    quotations = find_quotations(text)
    spans = [(s, min(s + n, len(text))) for s, n in places if s < len(text)]
    made = {
        statement.id: statement
        for source, content in zip(spans, reversed(spans), strict=True)
        for statement in [build_statement("d", text, quotations, source=(source,), cue=(), content=(content,))]
    }
    doc = next(iter(analyse([document], load_pipeline())))
    resolver = SpeakerResolver(FOUR)
    found = resolver.unify(resolver.resolve(document, doc, tuple(made.values())))
    assert set(made) <= {s.id for s in found}
    assert all(0 <= s.speaker_confidence <= 1 for s in found)


def test_a_ministrys_state_is_the_ministry_in_its_own_document():
    assert names("[The United States] urges {calm}. [Russia] denies {it}.", issuer="US State Department") == [
        "State Department",
        "Russia",
    ]


def test_a_colleague_from_another_state_speaks_for_that_state_in_a_states_document():
    assert names("[Our Russian colleague] claims {that all is well}.", issuer="France") == ["Russia"]


def test_what_cannot_speak_in_an_issuers_document_is_the_issuers_own_word() -> None:
    found = resolve("[This evaluation] shows {that the school was empty}.", issuer="Harbour Board")
    assert [s.speaker.name for s in found if s.speaker] == ["Harbour Board"]
    assert found[0].speaker_confidence < 0.7


def test_the_critics_of_someone_are_not_on_their_side():
    text = "Senator Anna Keel, a Democrat, spoke. [Her critics] called {it a farce}. [Her aides] called {it good}."
    critics, aides = (statement.speaker for statement in resolve(text))
    assert (critics.name, aides.name) == ("Anna Keel's critics", "Anna Keel's aides")
    assert (critics.side, aides.side) == (None, "Democratic Party")


def test_a_verb_without_a_subject_of_its_own_has_that_of_the_verb_before() -> None:
    text = "Anna Keel left early but called it a farce."
    place = {words: (text.index(words), text.index(words) + len(words)) for words in ("called", "it a farce")}
    made = build_statement("d", text, [], source=(), cue=(place["called"],), content=(place["it a farce"],))
    document = Document("d", text)
    doc = next(iter(analyse([document], load_pipeline())))
    (found,) = SpeakerResolver(None).resolve(document, doc, (made,))
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker_confidence < 0.7) == ("Anna Keel", True)


def test_somebody_who_is_never_named_in_full_is_one_voice() -> None:
    found = resolve("President Keel spoke. [Keel] said {yes}. [Keel] added {more}. [Mrs. Dorn] said {no}. [Mr. Dorn] said {yes}.")
    ids = [statement.speaker.id for statement in found if statement.speaker is not None]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3

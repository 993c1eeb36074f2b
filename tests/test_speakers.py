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


NAMES = [
    ("[Mara Ellison] said {the bridge was safe}. [Ellison] added {that it would open soon}.", ["Mara Ellison"] * 2),
    ("Mara Ellison spoke first. [Ms. Ellison] said {the bridge was safe}.", ["Mara Ellison"]),
    ("Senator Paul Dorn arrived late. [Sen. Dorn] said {he had been delayed}.", ["Paul Dorn"]),
    ("[Mr. Dorn's] claim {that taxes fell} was disputed. Paul Dorn did not answer.", ["Paul Dorn"]),
    ("John R. Hallam was there. [John Hallam] said {it rained}.", ["John R. Hallam"]),
    ("[Dr. Ruth Vane] said {the patients were well}. {“We are glad,”} [Vane] said.", ["Ruth Vane"] * 2),
    ("Robert Tarrow voted no. [Bob Tarrow] said {the bill was flawed}.", ["Robert Tarrow"]),
    ("[Prime Minister Anna Keel] said {the talks went well}.", ["Anna Keel"]),
    ("Paul Dorn wrote. By June [Mr Dorn] said {the work was done}. On Friday [Mr Dorn] denied {it}.", ["Paul Dorn"] * 2),
    ("Peter Cuban, an investor, spoke on Monday. {“It is late,”} [Cuban] said.", ["Peter Cuban"]),
    ("Kim Dae-sung met reporters. [Mr Kim] said {the plan was ready}.", ["Kim Dae-sung"]),
    ("[The Washington Post's Alan Brill] wrote {that the deal was dead}.", ["Alan Brill"]),
]

ROLES = [
    ("[Heather Lunt, the State Department spokeswoman,] said {no date was set}.", ["Heather Lunt"]),
    ("[State Department spokeswoman Heather Lunt] said {no date was set}. [The spokeswoman] added {that talks go on}.",
     ["Heather Lunt"] * 2),
    ("[The head of the dockers' union, Carl Menning,] said {the strike would last}.", ["Carl Menning"]),
    ("[Secretary of State Laura Crane] said {the embassy was open}.", ["Laura Crane"]),
    ("US Secretary of State Laura Crane landed on Monday. [The secretary of state] said {the visit was short}.", ["Laura Crane"]),
    ("Governor Tom Halley opened the fair. [The governor] said {farmers needed help}.", ["Tom Halley"]),
    ("President Anna Keel spoke. Carl Menning, the president of the Dockers Bank, listened. Mr. Menning took notes. "
     "[The president] said {the plan was ready}.", ["Anna Keel"]),
    ("Tom Halley is the mayor of Westbrook. [The mayor] said {the road would be closed}.", ["Tom Halley"]),
    ("Vermont Senator Paul Dorn voted no. [The Vermont senator] said {the bill was flawed}.", ["Paul Dorn"]),
    ("[A senior official] said {the plan had failed}. [The official] declined {to give details}.", ["senior official"] * 2),
    ("[A company executive] said {sales fell}.", ["company executive"]),
    ("Sen. Paul Dorn (R-Utah) and Sen. Carl Menning (D-Ohio) spoke. [The Utah Republican] said {it was late}. "
     "[The Ohioan] said {it was not}.", ["Paul Dorn", "Carl Menning"]),
    ("[A top adviser for President Anna Keel] said {the plan was ready}.", ["top adviser for President Anna Keel"]),
    ("[Union chief] warns {of a strike}\n\n[Paul Dorn] said {talks had failed}. Mr. Dorn leads the dockers. [Mr. Dorn] added "
     "{that the door was open}.", ["Paul Dorn"] * 3),
    ("Anna Keel spoke first. [The Democratic front-runner] said {the vote was near}.", ["Anna Keel"]),
]  # fmt: skip

PRONOUNS = [
    ("[Mara Ellison] said {the bridge was safe}. [She] added {that it would open soon}.", ["Mara Ellison"] * 2),
    ("Paul Dorn met Mara Ellison on Friday. [She] said {the bridge was safe}.", ["Mara Ellison"]),
    ("Mara Ellison and her brother Peter Ellison spoke. [He] said {the farm was sold}. [She] said {it was not}.",
     ["Peter Ellison", "Mara Ellison"]),
    ("[Paul Dorn] said {the tax was wrong}. {“It hurts the poor,”} [he] said.", ["Paul Dorn"] * 2),
    ("{“[I] think {the vote was fair},”} [Ruth Vane] said.", ["Ruth Vane"] * 2),
    ("[Ruth Vane] said: {“[We] believe {the vote was fair}.”}", ["Ruth Vane"] * 2),
    ("[Paul Dorn, who] denied {the charge}, left early.", ["Paul Dorn"]),
    ("Ruth Vane won. Paul Dorn, a political novice [who] denied {the charge}, lost.", ["Paul Dorn"]),
    ("Anna Keel and Ruth Vane met on Monday. [They] said {the plan was ready}.", ["Anna Keel & Ruth Vane"]),
    ("Reporters met Paul Dorn, [who] said {the charge was false}.", ["Paul Dorn"]),
    ("[The committee] said {the papers were lost}. [It] blamed {a flood}.", ["committee"] * 2),
    ("[Paul Dorn] said {Carl Menning was a liar}. {“He should leave,”} [he] said.", ["Paul Dorn"] * 2),
    ("[Critics] said {the law was harsh}. [They] warned {that it would fail}.", ["critics"] * 2),
]  # fmt: skip

GOVERNMENTS = [
    ("[North Korea] said {the talks were regrettable}. [The North] demanded {an apology}.", ["North Korea"] * 2),
    ("[Pyongyang] accused Washington of {bad faith}.", ["North Korea"]),
    ("[Seoul] welcomed {the offer}. North Korea was silent.", ["South Korea"]),
    ("[The Kremlin] denied {any role}. [Russia's foreign ministry] said {the charge was absurd}.", ["Russia"] * 2),
    ("[Moscow] said {the troops would leave}. [A foreign ministry spokesman] said {they had gone}.", ["Russia"] * 2),
    ("[The Japanese government] said {the islands were its own}.", ["Japan"]),
    ("[The government of Chile] said {it would vote yes}.", ["Chile"]),
    ("[The State Department] said {no date was set}.", ["State Department"]),
    ("[The White House] said {the call went well}. [Congress] said {it had not been told}.", ["White House", "Congress"]),
    ("[A White House spokesman] said {the call went well}.", ["White House"]),
    ("[A spokesman for the Pentagon] said {the drill was routine}.", ["Pentagon"]),
    ("[Iran] said {the sanctions were illegal}. [The country] demanded {their end}. [It] also called {for talks}.", ["Iran"] * 3),
    ("[Israeli officials] said {the border was quiet}.", ["Israeli officials"]),
    ("[The UN] said {aid had arrived}. [The United Nations] added {that more was needed}.", ["United Nations"] * 2),
    ("[The DPRK] called {the drill a provocation}. [North Korea] asked {for an apology}.", ["North Korea"] * 2),
    ("[The Foreign Office] said {travel was unsafe}. [Britain] called {home its envoy}.", ["United Kingdom"] * 2),
]  # fmt: skip

OTHERS = [
    ("[Critics and analysts who study the region] say {the pledge is empty}.", ["critics and analysts"]),
    ("[Anna Keel and Paul Dorn] said {they would meet}.", ["Anna Keel & Paul Dorn"]),
    ("Anna Keel met Paul Dorn. [The two leaders] promised {to meet again}.", ["Anna Keel & Paul Dorn"]),
    ("[Some] say {the moon is hollow}.", ["some"]),
    ("[At least four well-known senators] say {the moon is hollow}.", ["four well-known senators"]),
    ("[Palestinians] want {a say in the talks}.", ["Palestinians"]),
    ("[Intelligence reports] showed {that work went on}.", ["intelligence reports"]),
    ("[A report by the Harbour Institute] found {that prices rose}. [The report] blamed {rents}.",
     ["report by the Harbour Institute"] * 2),
    ("Anna Keel spoke. [Advisers to Ms Keel] said {she would run}. [Keel's advisers] said {it was late}.",
     ["Anna Keel's advisers"] * 2),
    ("Salem City Mayor Anna Keel met Paul Dorn in Salem. [She] called {the talks fair}.", ["Anna Keel"]),
    ("[Anna Keel's foreign advisers] said {yes}. [Anna Keel's tax advisers] said {no}.",
     ["Anna Keel's foreign advisers", "Anna Keel's tax advisers"]),
    ("[A group called Harbour Watch] said {that prices rose}.", ["Harbour Watch"]),
    ("[One of the senators who stayed, Anna Keel,] said {that prices rose}.", ["Anna Keel"]),
    ("[A survey, conducted by the Harbour Institute,] found {that prices rose}.", ["survey by the Harbour Institute"]),
    ("[Many of the hard-liners in the northern committee] say {the moon is hollow}.",
     ["many of the hard-liners in the northern committee"]),
    ("[You] know {that prices rose}.", ["you"]),
    ("Anna Keel spoke in Salem. [The crowd] said {no}.", ["crowd"]),
    ("[Anna Keel's campaign] called {the ad false}. [The Keel campaign] asked {for its end}.", ["Anna Keel's campaign"] * 2),
    ("Paul Dorn gave a speech. [His remarks] suggested {that he would run}.", ["Paul Dorn"]),
    ("[Dorn's own argument] was {that taxes hurt}. Paul Dorn left.", ["Paul Dorn"]),
    ("[Keel & Sons] said {profits rose}.", ["Keel & Sons"]),
    ("[The New York Times] reported {that the deal was dead}.", ["New York Times"]),
    ("[]{“Nothing was signed,”} it was said.", [None]),
]  # fmt: skip


TRICKY = [
    # adjectives, participles and pronouns before their noun
    ("[Russian] denials {of a role} were quick. Kyiv laughed.", ["Russia"]),
    ("[Democratic] criticism {of the plan} grew.", ["Democrats"]),
    ("In [his] claim {that taxes fell}, Paul Dorn named no figure. Alan Brill left.", ["Paul Dorn"]),
    ("Ruth Vane is the prosecutor [who] charged {fraud}.", ["Ruth Vane"]),
    ("[One of the firm's founders, Carl Menning,] said {it was sold}.", ["Carl Menning"]),
    ("[USA Today] reported {that the deal was dead}.", ["USA Today"]),
    ("[Ban Ki-moon] said {yes}. [Ban] added {no}. [He] said {more}.", ["Ban Ki-moon"] * 3),
    ("In Seoul, President Moon Jae-in spoke. [Moon] said {yes}.", ["Moon Jae-in"]),
    ("A ban on Ki-tests came. [Moon Jae-in] said {yes}.", ["Moon Jae-in"]),
    ("Otto Dorn left the drug company Carmel Pharmaceuticals in May. [The company] said {no}.", ["Carmel Pharmaceuticals"]),
    ("Anna Keel read the Harbour Times. [The newspaper] said {no}.", ["Harbour Times"]),
    ("[The Russians] said {no}. [The Chinese] asked {for time}. [Many Germans] said {yes}.", ["Russia", "China", "many Germans"]),
    ("[The chairman of the Joint Fishery Board, Gen. Alan Brill,] said {no}.", ["Alan Brill"]),
    ("The Department of Justice met. [The DOJ] said {no}.", ["Justice Department"]),
    ("The Federal Aviation Administration met. On Monday the F.A.A. spoke. [The F.A.A.] said {no}.",
     ["Federal Aviation Administration"]),
    ("{“It is late,”} [said] Anna Keel.", ["Anna Keel"]),
    ("Anna Keel met Otto Dorn. [Both bankers and brewers] said {no}.", ["both bankers and brewers"]),
    ("The strategist Otto Dorn spoke. [One rival strategist] said {no}.", ["one rival strategist"]),
    ("Bill Keel and Anna Keel ran. [Anna Keel's husband, Bill,] said {no}.", ["Bill Keel"]),
    ("[Germany] said {no}. [The government in Beijing] said {yes}.", ["Germany", "China"]),
    ("[The Russians] said {no}. [They] said {more}.", ["Russia", "Russia"]),
    ("Two Russians were charged. [The Russians] said {no}.", ["Russians"]),
    ("[The Israelis and the Palestinians] said {yes}.", ["Israelis and the Palestinians"]),
    ("In the poll, [the French] said {no}.", ["French"]),
    ("[Several senators, including Alan Brill,] said {no}.", ["several senators"]),
    ("[The wife of the jailed minister, Alan Brill,] said {no}.", ["wife of the jailed minister"]),
    ("President Moon Jae-in left. Then [Grace Moon] said {no}.", ["Grace Moon"]),
    ("[Park City-based Carmel] said {no}.", ["Carmel"]),
    ("[The government in Berlin] said {no}. [The government in exile] said {yes}.", ["Germany", "government in exile"]),
    ("The Harbour Times wrote that Boeing had hidden a fault. Boeing sued. [The newspaper] said {no}.", ["Harbour Times"]),
    ("The premier mocked voters as [they] said {no}.", ["voters"]),
    ("The host met Anna Keel and Otto Dorn. [They] said {yes}.", ["Anna Keel & Otto Dorn"]),
    ("Keel cited a memorandum. [It] says {no}.", ["memorandum"]),
    ("Kim Jong-il met aides. [North Korea's leader Kim Jong-il] said {no}.", ["Kim Jong-il"]),
    # two people with one family name
    ("Hilda Clay and William Clay came. [Mrs. Clay] felt {cold}. [Mr. Clay] said {it was warm}.", ["Hilda Clay", "William Clay"]),
    ("Hilda Clay and her brother William Clay came. [She] felt {cold}. [He] called {it warm}.", ["Hilda Clay", "William Clay"]),
    # the presidents of two countries
    ("French President Luc Marin met Chilean President Rosa Ibarra. [The French president] agreed {to go}. "
     "[The Chilean president] said {no}.",
     ["Luc Marin", "Rosa Ibarra"]),
    # "he" after two men: the one who speaks, not the one spoken of
    ("[Paul Dorn] told Alan Brill {that the plan was dead}. {“We are done,”} [he] said.", ["Paul Dorn"] * 2),
    ("[Paul Dorn] said {the plan was dead}. Asked about Alan Brill, [he] said {it was too late}.", ["Paul Dorn"] * 2),
    # the city, not the government
    ("[Japan] said {it was ready}. Talks were held in Seoul. [It] asked {for more time}.", ["Japan"] * 2),
    ("[Residents of Seoul] said {the air was bad}.", ["residents of Seoul"]),
    ("[Seoul's mayor, Park Ji-hoon,] said {the air was bad}.", ["Park Ji-hoon"]),
    # capitals that are people, states that are people
    ("Michael Jordan spoke in Ohio. [Jordan] said {the game was lost}.", ["Michael Jordan"]),
    ("[Jordan] said {its border was closed}. Amman asked for help.", ["Jordan"]),
    # a body of a state is no voice of its government
    ("[Russia] denied {the charge}. [The Duma] voted {to leave}.", ["Russia", "Duma"]),
    # a spokesman without a state, after the state that spoke
    ("[Iran] called {the ban illegal}. Germany was silent. [The foreign ministry] promised {a reply}.", ["Iran"] * 2),
    # "the statement" of whoever spoke
    ("[The Harbour Board] said {the port was shut}. {“Ships must wait,”} [the statement] said.", ["Harbour Board"] * 2),
    # "I" in a quotation inside another
    ("{“[I] never said {that},”} [Paul Dorn] told Ruth Vane.", ["Paul Dorn"] * 2),
    # a direct quotation that goes on without a source, and one that does not
    ("{“It is over,”} said [Paul Dorn]. {“Nobody won.”}[]", ["Paul Dorn"] * 2),
    ("{“It is over,”} said [Paul Dorn]. Ships left the port that night. {“Nobody won.”}[]", ["Paul Dorn", None]),
    ("[] {Prices would rise}, it was feared. Paul Dorn left.", [None]),
]  # fmt: skip


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

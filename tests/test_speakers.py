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
        for (_, a, b), (_, c, d) in zip(
            sorted(sources, key=lambda s: s[0]), sorted(contents, key=lambda c: c[0]), strict=True
        )
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
    ("Tom Halley is the mayor of Westbrook. [The mayor] said {the road would be closed}.", ["Tom Halley"]),
    ("Vermont Senator Paul Dorn voted no. [The Vermont senator] said {the bill was flawed}.", ["Paul Dorn"]),
    ("[A senior official] said {the plan had failed}. [The official] declined {to give details}.", ["senior official"] * 2),
    ("[A company executive] said {sales fell}.", ["company executive"]),
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
    ("Reporters met Paul Dorn, [who] said {the charge was false}.", ["Paul Dorn"]),
    ("[The committee] said {the papers were lost}. [It] blamed {a flood}.", ["committee"] * 2),
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
    ("[Intelligence reports] showed {that work went on}.", ["intelligence reports"]),
    ("[A report by the Harbour Institute] found {that prices rose}. [The report] blamed {rents}.",
     ["report by the Harbour Institute"] * 2),
    ("[Anna Keel's campaign] said {the ad was false}. [The Keel campaign] asked {for its removal}.", ["Anna Keel's campaign"] * 2),
    ("Paul Dorn gave a speech. [His remarks] suggested {that he would run}.", ["Paul Dorn"]),
    ("[Dorn's own argument] was {that taxes hurt}. Paul Dorn left.", ["Paul Dorn"]),
    ("[Keel & Sons] said {profits rose}.", ["Keel & Sons"]),
    ("[The New York Times] reported {that the deal was dead}.", ["New York Times"]),
    ("[]{“Nothing was signed,”} it was said.", [None]),
]  # fmt: skip


TRICKY = [
    # two people with one family name
    ("Hilda Clay and William Clay came. [Mrs. Clay] said {it was cold}. [Mr. Clay] said {it was warm}.", ["Hilda Clay", "William Clay"]),
    ("Hilda Clay and her brother William Clay came. [She] said {it was cold}. [He] said {it was warm}.", ["Hilda Clay", "William Clay"]),
    # the presidents of two countries
    ("French President Luc Marin met Chilean President Rosa Ibarra. [The French president] said {yes}. [The Chilean president] said {no}.",
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
    ("[Iran] called {the sanctions illegal}. Germany was silent. [The foreign ministry] said {a reply would follow}.", ["Iran"] * 2),
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

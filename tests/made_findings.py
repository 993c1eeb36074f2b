"""Findings made by hand, for tests of reports and commands that need no model; the persons are made up."""

from __future__ import annotations

from contrast.records import Claim, Contrast, Document, Findings, Position, Speaker, Statement, Topic

TEXT = (
    'Anna Ferrin called the harbour talks "productive", but the Ministry of Tides said they were "a cold\n'
    'bath". Ferrin expects a deal within two years. "It takes ten years", he said.'
)
FERRIN = Speaker("anna-ferrin", "Anna Ferrin", "person", "North")
MINISTRY = Speaker("ministry-of-tides", "Ministry of Tides", "body", "South")
OTTERBY = Speaker("carl-otterby", "Carl Otterby", "person")


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def statement(
    content: str, source: str, speaker: Speaker | None, *, verbatim: str = "", confidence: float = 0.9, **more: object
) -> Statement:
    start, end = span(content)
    return Statement(
        id=f"harbour:{start}-{end}",
        document="harbour",
        source=(span(source),),
        cue=(span("said"),),
        content=((start, end),),
        text=content,
        quote="mixed" if verbatim else "indirect",
        verbatim=(span(verbatim),) if verbatim else (),
        confidence=0.91234567,
        speaker=speaker,
        speaker_confidence=confidence,
        speaker_reason="named",
        **more,  # type: ignore[arg-type]
    )


def position(made: Statement, *phrases: str) -> Position:
    assert made.speaker is not None
    evidence = tuple((made.document, start, end) for start, end in made.content)
    return Position(made.speaker, (made.id,), evidence, phrases)


def findings() -> Findings:
    """Three statements and two contrasts: one of evaluation, one of time with a speaker in doubt."""
    praise = statement('the harbour talks "productive"', "Anna Ferrin", FERRIN, verbatim="productive")
    blame = statement('they were "a cold\nbath"', "the Ministry of Tides", MINISTRY, verbatim="a cold\nbath")
    soon = statement("a deal within two years", "Ferrin", FERRIN)
    late = statement('"It takes ten years"', "he", OTTERBY, verbatim="It takes ten years", confidence=0.3)
    contrasts = (
        Contrast("a deal", "time", "contradicts", "between", 0.7, position(soon, "within two years"), position(late, "ten years"),
                 "two years are fewer than ten"),
        Contrast("the harbour talks", "evaluation", "contrasts", "between", 0.88, position(praise, "productive"),
                 position(blame, "a cold\nbath"), "praise against blame"),
    )  # fmt: skip
    topics = (Topic("talks", "the harbour talks", (claim(praise, "productive"), claim(blame, "a cold\nbath"))),)
    document = Document("harbour", TEXT, title="At the harbour", date="2020-02-03", url="https://example.org/h")
    return Findings((document,), (praise, blame, soon, late), topics, contrasts)


def claim(made: Statement, words: str) -> Claim:
    assert made.speaker is not None
    return Claim(made.id, made.speaker.id, made.document, "the harbour talks", None, span(words), "evaluation")


def hostile(cell: str) -> Findings:
    """One contrast in which every text that a document can bring is ``cell``."""
    document = Document("d", cell, title=cell, issuer=cell)
    whole = ((0, len(cell)),)
    one, other = Speaker("one", cell), Speaker("other", cell, side=cell)
    made = [
        Statement(f"d:{n}", "d", whole, whole, whole, cell, "direct", speaker=speaker, verbatim=whole)
        for n, speaker in enumerate((one, other))
    ]
    a, b = (position(each, cell) for each in made)
    contrast = Contrast(cell, "evaluation", "contrasts", "between", 0.5, a, b, cell)
    return Findings((document,), tuple(made), (Topic("t", cell, ()),), (contrast,))


def crowd(size: int) -> Findings:
    """A first speaker against each of ``size`` others, on one topic."""
    text = "fine. " * (size + 1)
    speakers = [Speaker(f"s{n}", f"Speaker Number {n}") for n in range(size + 1)]
    made = [
        Statement(f"d:{n}", "d", (), (), ((6 * n, 6 * n + 4),), "fine", speaker=speaker, speaker_confidence=0.9)
        for n, speaker in enumerate(speakers)
    ]
    first = position(made[0], "fine")
    contrasts = tuple(
        Contrast("the weather", "fact", "contradicts", "between", 0.5, first, position(each, "not so fine"), "why")
        for each in made[1:]
    )
    return Findings((Document("d", text),), tuple(made), (), contrasts)

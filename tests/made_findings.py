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


DAYS = ("2020-02-03", "2020-02-10", "2020-03-01")
_SAID = (
    ('Anna Ferrin said the quay works were "sound and on time".', "sound and on time", FERRIN, 0.9),
    ('The Ministry of Tides said the quay works were "a costly muddle".', "a costly muddle", MINISTRY, 0.9),
    ("Carl Otterby said the quay works would need ten more years.", "ten more years", OTTERBY, 0.4),
    ('Later Anna Ferrin said the quay works were "far from done".', "far from done", FERRIN, 0.8),
)


def series(count: int = 6) -> Findings:
    """``count`` documents a few days apart, four statements each on the quay works, and contrasts within and along time."""
    documents, made, claims = list[Document](), list[Statement](), list[Claim]()
    for number in range(count):
        text = "Port news.\n\n" + "\n\n".join(f"{sentence} Rain fell on day {number}." for sentence, *_ in _SAID) + "\n"
        id_ = f"day-{number}"
        documents.append(Document(id_, text, title=f"Day {number} at the quay", date=DAYS[number % 3], issuer="Port Board"))
        for sentence, words, speaker, sure in _SAID:
            at = text.index(sentence)
            start, end = at + sentence.index("the quay works"), at + len(sentence) - 1
            phrase = span(words, text)
            name = span(speaker.name, text[at:])
            made.append(
                Statement(
                    id=f"{id_}:{start}-{end}", document=id_, source=((at + name[0], at + name[1]),),
                    cue=((text.index("said", at), text.index("said", at) + 4),), content=((start, end),), text=text[start:end],
                    quote="mixed" if '"' in sentence else "indirect", verbatim=(phrase,) if '"' in sentence else (),
                    confidence=0.8, speaker=speaker, speaker_confidence=sure, speaker_reason="named",
                )
            )  # fmt: skip
            polarity = 1.0 if "sound" in words else -1.0 if "muddle" in words else 0.0
            claims.append(Claim(made[-1].id, speaker.id, id_, "the quay works", None, phrase, "evaluation", polarity))
    contrasts = list[Contrast]()
    for number in range(count):
        good, bad, late, undone = made[4 * number : 4 * number + 4]
        contrasts.append(_opposed(good, bad, "evaluation", "contrasts", "between", 0.9 - number / 1000))
        contrasts.append(_opposed(good, undone, "fact", "contradicts", "over time", 0.8 - number / 1000))
        contrasts.append(_opposed(good, late, "time", "contradicts", "between", 0.7 - number / 1000))
    return Findings(tuple(documents), tuple(made), (Topic("quay", "the quay works", tuple(claims)),), tuple(contrasts))


def _opposed(a: Statement, b: Statement, kind: str, strength: str, scope: str, score: float) -> Contrast:
    words = {sentence.partition("said ")[2].rstrip("."): phrase for sentence, phrase, *_ in _SAID}
    sides = [position(each, words[each.text]) for each in (a, b)]
    return Contrast("the quay works", kind, strength, scope, score, *sides, f"{words[a.text]} against {words[b.text]}")  # type: ignore[arg-type]

"""Small documents made of statements, one a line: ``speaker | source | cue | content``; the text is "source cue content."."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from contrast.attribution.quotations import find_quotations
from contrast.attribution.statements import build_statement
from contrast.claims import find_claims
from contrast.comparison import compare_claims
from contrast.language import analyse, load_pipeline
from contrast.records import Claim, Contrast, Document, Speaker, Statement


@lru_cache(maxsize=1)
def pipeline():
    """The shipped language pipeline, loaded once."""
    return load_pipeline(None)


def made(lines: str, *, id: str = "d", date: str | None = None) -> tuple[Document, list[Statement]]:
    """The document and its statements, each with its speaker; a line without bars is the writer's own."""
    text, found = "", list[tuple[str, dict[str, tuple[tuple[int, int], ...]]]]()
    for line in filter(None, map(str.strip, lines.splitlines())):
        if "|" not in line:
            text += line + "\n\n"
            continue
        speaker, source, cue, content = (part.strip() for part in line.split("|"))
        spans = {}
        for role, words in (("source", source), ("cue", cue), ("content", content)):
            spans[role] = ((len(text), len(text) + len(words)),) if words else ()
            text += words + (" " if role != "content" and words else "")
        text += ".\n\n"
        found.append((speaker, spans))
    document = Document(id, text, date=date)
    quotations = find_quotations(text)
    statements = []
    for name, spans in found:
        statement = build_statement(id, text, quotations, **spans)
        speaker = Speaker(re.sub(r"\W+", "-", name.lower()), name, kind="person")
        statements.append(_with_speaker(statement, speaker))
    return document, statements


def _with_speaker(statement: Statement, speaker: Speaker) -> Statement:
    return replace(statement, speaker=speaker, speaker_confidence=1.0)


def claims_of(lines: str) -> list[Claim]:
    """The claims of the made document."""
    document, statements = made(lines)
    (doc,) = analyse([document], pipeline())
    return list(find_claims(document, doc, statements))


def contrasts_of(*texts: str, topics=(), scorer=None, dates=(), side=None) -> list[Contrast]:
    """The contrasts of the made documents, found by the rules unless a scorer is given."""
    documents, statements, claims = [], [], []
    for number, lines in enumerate(texts):
        document, told = made(lines, id=f"d{number}", date=dates[number] if dates else None)
        (doc,) = analyse([document], pipeline())
        told = [replace(statement, speaker=replace(statement.speaker, side=side)) for statement in told]
        documents.append(document)
        statements.extend(told)
        claims.extend(find_claims(document, doc, told))
    return compare_claims(documents, statements, claims, topics=topics, scorer=scorer)[1]

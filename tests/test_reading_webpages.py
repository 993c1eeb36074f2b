"""The main text of web pages, with trafilatura; without it a message that says how to get it."""

from __future__ import annotations

import importlib
import io
import sys

import pytest

from contrast.reading import webpages

PARAGRAPHS = [
    "The two ministers met on Thursday in the old customs house to speak about the ferry that links their towns.",
    "“The ferry is safe,” said Maria Lund, the transport minister, who had come with a delegation of engineers.",
    "Her colleague from across the strait, Ole Dahl, called the ferry “a rusty bucket” and asked for a new one.",
]
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Ministers quarrel over ferry</title>
<meta property="og:title" content="Ministers quarrel over ferry">
<meta property="article:published_time" content="2019-03-04T10:00:00Z">
<link rel="canonical" href="https://example.org/ferry">
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Ministers quarrel over ferry</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer>All rights reserved. <a href="/about">About us</a></footer></body></html>"""


@pytest.fixture
def trafilatura():
    return pytest.importorskip("trafilatura", reason="the extra html is not installed")


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize("name", ["page.html", "PAGE.HTM"])
def test_a_page_gives_its_article_and_metadata(reading, name):
    document = reading(files={name: PAGE}).only
    assert all(paragraph in document.text for paragraph in PARAGRAPHS)
    assert "About us" not in document.text
    assert (document.title, document.date, document.url) == (
        "Ministers quarrel over ferry",
        "2019-03-04",
        "https://example.org/ferry",
    )


@pytest.mark.usefixtures("trafilatura")
def test_a_page_on_standard_input_is_known_by_its_head(reading, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    assert PARAGRAPHS[1] in reading("-").only.text


@pytest.mark.usefixtures("trafilatura")
def test_a_page_may_declare_its_encoding_itself(reading):
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("safe", "sûre")
    result = reading(files={"old.html": page.encode("cp1252")})
    assert "“The ferry is sûre,”" in result.only.text
    assert result.warned == []


@pytest.mark.usefixtures("trafilatura")
def test_a_page_without_an_article_is_named(reading):
    result = reading(files={"empty.html": "<html><body><nav></nav></body></html>", "a.txt": "A."})
    assert [document.id for document in result.documents] == ["a"]
    assert result.failed[0].startswith("empty.html: no main text found")


def test_without_trafilatura_the_remedy_is_named_and_other_files_are_read(reading, monkeypatch):
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(webpages, "import_module", missing)
    result = reading(files={"page.html": PAGE, "a.txt": "A."})
    assert [document.id for document in result.documents] == ["a"]
    assert result.failed == ["page.html: web pages need trafilatura; install it with: pip install trafilatura lxml_html_clean"]


def test_trafilatura_is_loaded_only_for_a_web_page(reading, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert reading(files={"a.txt": "A."}).failed == []
    assert importlib.import_module("contrast.reading")

"""The language stage: tokens, sentences, parse and entities, at the offsets of the text as it was read."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.errors import LanguageError
from contrast.language import analyse, load_pipeline, readable
from contrast.language.pipeline import SHIPPED
from contrast.reading import read_text
from contrast.records import Document

REPORT = (
    "Ferry talks end without a deal\n\n"
    "Maria\u00a0Lund, the transport minister, said on 4\u00a0July that the talks in Northport had been “useful’’.\n\n"
    "Read more: Ten ferries that sank\n\n"
    "Mr\u00a0Dahl told reporters that he was not so sure."
)


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def parsed(text: str, nlp):
    return next(analyse([read_text(text)], nlp))


def test_every_token_stands_where_it_stands_in_the_text(nlp):
    document = read_text(REPORT)
    doc = next(analyse([document], nlp))
    assert len(doc.text) == len(REPORT)
    for token in doc:
        if not token.is_space:
            assert REPORT[token.idx : token.idx + len(token)] == token.text


def test_no_break_spaces_part_words(nlp):
    words = [token.text for token in parsed(REPORT, nlp)]
    assert "Lund" in words
    assert "July" in words


def test_page_furniture_is_blank_to_the_pipeline(nlp):
    doc = parsed(REPORT, nlp)
    assert "ferries" not in doc.text
    assert REPORT.index("Mr\u00a0Dahl") == next(token.idx for token in doc if token.text == "Dahl") - 3


def test_a_blank_line_ends_a_sentence(nlp):
    starts = {sentence.text.strip().split()[0] for sentence in parsed(REPORT, nlp).sents if sentence.text.strip()}
    assert {"Ferry", "Maria", "Mr"} <= starts


def test_sentences_tags_parse_and_entities_are_there(nlp):
    doc = parsed("Anna Smith visited Norway in July. She met John Miller of the World Bank.", nlp)
    assert len(list(doc.sents)) == 2
    met = next(token for token in doc if token.text == "met")
    assert met.tag_.startswith("VB")
    assert met.lemma_ == "meet"
    assert {child.text for child in met.children if child.dep_ == "nsubj"} == {"She"}
    assert {"Anna Smith", "John Miller"} <= {entity.text for entity in doc.ents if entity.label_ == "PERSON"}
    assert "Norway" in {entity.text for entity in doc.ents}


def test_documents_come_one_by_one_and_in_order(nlp):
    texts = ["One man spoke.", "", "Two men spoke."]
    docs = list(analyse([Document(id=str(n), text=text) for n, text in enumerate(texts)], nlp))
    assert [doc.text for doc in docs] == texts


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_a_very_long_text_keeps_its_offsets_over_all_its_chunks(nlp, gap, monkeypatch):
    monkeypatch.setattr("contrast.language.view.SECTION", 300)
    text = gap.join(f"Speaker number {n} said that the plan was bad." for n in range(40))
    doc = parsed(text, nlp)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert sum(token.lemma_ == "say" for token in doc) == 40


def test_a_word_longer_than_a_chunk_is_no_trouble(nlp, monkeypatch):
    monkeypatch.setattr("contrast.language.view.SECTION", 100)
    assert parsed("a" * 350, nlp).text == "a" * 350


def test_a_pipeline_that_is_not_installed_is_named():
    with pytest.raises(LanguageError, match="no_such_pipeline: no such spaCy pipeline; install it or leave --spacy-model out"):
        load_pipeline("no_such_pipeline")


def test_a_folder_that_is_no_pipeline_is_named(tmp_path):
    with pytest.raises(LanguageError, match="cannot be loaded") as caught:
        load_pipeline(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(LanguageError, match="lacks parser and ner"):
        load_pipeline(str(tmp_path / "blank"))


def test_any_installed_pipeline_may_take_the_place_of_the_shipped_one(nlp):
    assert load_pipeline(str(SHIPPED)).pipe_names == nlp.pipe_names


def test_the_pipeline_is_loaded_once(nlp):
    assert load_pipeline() is nlp


def test_the_view_has_the_length_of_the_text():
    document = Document(id="d", text="a\u00a0b\tc\n x \n d\u200be", skipped=((6, 9),))
    assert readable(document) == "a b c\n   \n d e"


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=120))
def test_any_text_is_parsed_with_its_offsets(nlp, text):
    document = Document(id="d", text=text)
    doc = next(analyse([document], nlp))
    assert doc.text == readable(document)
    assert len(doc.text) == len(text)

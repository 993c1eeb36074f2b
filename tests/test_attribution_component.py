"""Attribution in anyone's spaCy pipeline, over any text, always the same."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from contrast.attribution import find_statements
from contrast.attribution.component import stored_statements
from contrast.records import Document

TEXTS = [
    'The mayor said on Monday that the bridge was "quite safe".',
    "It rained.",
    "",
    '"The plan is good," said Ms Okafor. "The plan is a disaster," said Mr Petrov.',
    "Ms Okafor said the budget was sound and added that no tax would rise this year.",
]


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("contrast_attribution")
    return nlp


def test_the_component_fills_the_statements_of_a_doc(nlp):
    doc = nlp(TEXTS[0])
    (statement,) = doc._.statements
    assert statement.text in TEXTS[0]
    assert [span.text for span in doc.spans["contrast_source"]] == ["The mayor"]
    assert "said" in doc.spans["contrast_cue"][0].text
    assert "quite safe" in doc.spans["contrast_content"][0].text
    assert doc.spans["contrast_content"][0].id_ == "0"


def test_a_doc_without_text_or_statements_has_none(nlp):
    assert nlp("")._.statements == ()
    assert len(nlp("It rained.").spans["contrast_source"]) == 0


def test_many_docs_give_what_each_gives_alone(nlp):
    together = [doc._.statements for doc in nlp.pipe(TEXTS)]
    alone = [nlp(text)._.statements for text in TEXTS]
    assert [[s.id for s in each] for each in together] == [[s.id for s in each] for each in alone]


def test_statements_survive_bytes(nlp):
    doc = nlp(TEXTS[3])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert stored_statements(again) == doc._.statements


def test_two_processes_give_what_one_gives():
    # In a process of its own: a fork of the test process would inherit its threads.
    script = (
        "import spacy\n"
        f"texts = {TEXTS!r}\n"
        "nlp = spacy.blank('en')\n"
        "nlp.add_pipe('contrast_attribution')\n"
        "if __name__ == '__main__':\n"
        "    one = [doc._.statements for doc in nlp.pipe(texts, n_process=1, batch_size=2)]\n"
        "    two = [doc._.statements for doc in nlp.pipe(texts, n_process=2, batch_size=2)]\n"
        "    assert any(one) and [[s.id for s in d] for d in one] == [[s.id for s in d] for d in two]\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_the_same_texts_give_the_same_statements_to_the_last_digit():
    documents = [Document(id=str(number), text=text) for number, text in enumerate(TEXTS)]
    assert find_statements(documents) == find_statements(documents)


def test_a_very_long_text_and_a_very_long_word_are_no_trouble():
    text = TEXTS[0] + " " + "so " * 2000 + "x" * 20_000 + "\n\n" + TEXTS[3]
    (found,) = find_statements([Document(id="d", text=text)])
    assert all(statement.text == " … ".join(text[start:end] for start, end in statement.content) for statement in found)
    assert any("disaster" in statement.text for statement in found)


def test_skipped_ranges_are_not_read():
    text = TEXTS[3]
    (found,) = find_statements([Document(id="d", text=text, skipped=((text.index('"The plan is a'), len(text)),))])
    assert not any("disaster" in statement.text for statement in found)


PIECES = [
    "“",
    "”",
    '"',
    "'",
    "’",
    "«",
    "said",
    "He",
    "denied",
    "that",
    ".",
    ",",
    "\n",
    "\n\n",
    "\u00a0",
    "X Y",
    "no",
    "\U0001f600",
    "é",
]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_statements_that_are_its_slices(text):
    (found,) = find_statements([Document(id="d", text=text)])
    for statement in found:
        assert statement.content
        assert statement.text == " … ".join(text[start:end] for start, end in statement.content)
        for spans in (statement.source, statement.cue, statement.content, statement.verbatim):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert list(spans) == sorted(spans)
    assert len({statement.id for statement in found}) == len(found)
    assert all(0 <= statement.confidence <= 1 for statement in found)

"""Long texts are read in windows; each word is decided on once, and no sentence by two windows where that can be helped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from contrast.attribution import find_statements
from contrast.attribution.encoding import encode, windows
from contrast.attribution.tagger import SHIPPED
from contrast.records import Document


@pytest.fixture(scope="module")
def tokenizer():
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def test_a_window_decides_from_a_sentence_s_beginning(tokenizer):
    text = " ".join(f"Speaker number {n} said that the old bridge was not safe." for n in range(80))
    encoded = encode(text, tokenizer)
    found = windows(encoded, limit=254, overlap=96)
    assert len(found) > 3
    assert all(text[int(encoded.starts[window.keep_first]) :].startswith("Speaker") for window in found)


def test_a_source_before_the_boundary_keeps_its_cue():
    text = "\n\n".join(
        f"Minister Lund spoke in Northport at noon. Anna Berg {n}, a deputy, said that the harbour was closed." for n in range(40)
    )
    (found,) = find_statements([Document(id="d", text=text)])
    assert all(text[slice(*statement.source[0])].startswith("Anna") for statement in found if "harbour" in statement.text)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["a", "b.", "C", "\n\n", "“d”", "e!”", "unbelievably"]), max_size=150), st.integers(8, 40))
def test_every_word_is_decided_on_once(tokenizer, words, limit):
    encoded = encode(" ".join(words), tokenizer)
    decided = []
    for window in windows(encoded, limit=limit, overlap=limit // 3):
        assert window.first <= window.keep_first <= window.keep_last <= window.last
        decided.extend(range(window.keep_first, window.keep_last))
    assert decided == list(range(len(encoded)))

"""A text that does not seem to be English is said so: the models read English only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.reading import read
from contrast.reading.english import seems_english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The mayor said that the bridge was safe, and that it would be open by the end of the week.", True),
        ("Minister resigns", True),
        ("", True),
        ("Le maire a dit que le pont est en bon état et qu'il ne sera pas fermé avant la fin de la semaine.", False),
        ("Der Minister sagte, die Brücke sei sicher und werde bis zum Ende der Woche wieder für alle geöffnet.", False),
        ("外交部发言人表示,会谈是建设性的。", False),
        ("Министр заявил, что переговоры были полезными.", False),
    ],
)
def test_english_is_told_by_its_commonest_words(text, english):
    assert seems_english(text) is english


def test_the_user_is_told_and_the_document_still_read(tmp_path):
    path = tmp_path / "pont.txt"
    path.write_text("Le maire a dit que le pont est en bon état et qu'il ne sera pas fermé avant avril.", encoding="utf-8")
    said = []
    assert len(list(read([path], warn=said.append))) == 1
    assert "does not seem to be English" in said[0]


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text):
    assert seems_english(text) in (True, False)

"""Bytes become text as they were meant; what was guessed is said, what cannot be read is named with its remedy."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.errors import ReadingError
from contrast.reading.decoding import decode

ACCENTS = "Le président a déclaré que l’accord était « très bon » — même s’il coûte 300 €. Les élus ne sont pas d'accord."
RUSSIAN = "Министр сказал, что переговоры были полезными. Он добавил, что соглашение будет подписано в июле этого года."


def about_encoding(result) -> list[str]:
    return [said for said in result.warned if "encoding" in said]


def test_utf_8_is_read_with_and_without_a_byte_order_mark(reading):
    result = reading(files={"a.txt": ACCENTS, "b.txt": codecs.BOM_UTF8 + ACCENTS.encode()})
    assert [document.text for document in result.documents] == [ACCENTS, ACCENTS]
    assert about_encoding(result) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_byte_order_mark_names_the_encoding(reading, encoding):
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    result = reading(files={"a.txt": mark + ACCENTS.encode(encoding)})
    assert result.only.text == ACCENTS
    assert about_encoding(result) == []


@pytest.mark.parametrize(("text", "encoding"), [(ACCENTS, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r")])
def test_another_encoding_is_guessed_and_said(reading, text, encoding):
    result = reading(files={"old.txt": text.encode(encoding)})
    assert result.only.text == text
    (said,) = about_encoding(result)
    assert "old.txt" in said
    assert "--encoding" in said


def test_a_declared_encoding_is_taken_at_its_word(reading):
    result = reading(files={"old.txt": RUSSIAN.encode("cp1251")}, encoding="cp1251")
    assert result.only.text == RUSSIAN
    assert about_encoding(result) == []


def test_text_that_is_not_in_the_declared_encoding_is_named_with_the_place(reading):
    result = reading(files={"a.txt": b"caf\xe9 talks"}, encoding="utf-8")
    assert result.documents == []
    assert result.failed == [
        "a.txt: is not utf-8 (byte 3 cannot be read); declare its true encoding with --encoding, or leave that out"
    ]


@pytest.mark.parametrize("name", ["no-such-code", "base64", "rot13", ""])
def test_an_encoding_that_python_does_not_know_is_an_error_at_once(reading, name):
    with pytest.raises(ReadingError, match="no such encoding"):
        reading(files={"a.txt": "text"}, encoding=name)


@pytest.mark.parametrize("content", [b"", b" \n\t ", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n", "\u00a0\u2003".encode()])
def test_an_empty_file_is_named(reading, content):
    result = reading(files={"nothing.txt": content})
    assert result.documents == []
    assert result.failed == ["nothing.txt: is empty; leave it out or save its text again"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 ...", "Word"),
        (b"\xd0\xcf\x11\xe0 ...", "old Word"),
        (b"{\\rtf1 ...", "rich text"),
        (b"\x1f\x8b\x08 ...", "compressed"),
        (bytes(range(256)), "binary"),
        (b"text\0text", "binary"),
    ],
)
def test_a_binary_file_is_named_with_what_to_do(reading, content, words):
    result = reading(files={"odd.txt": content})
    assert result.documents == []
    assert len(result.failed) == 1
    assert result.failed[0].startswith("odd.txt: ")
    assert words in result.failed[0]


def test_one_bad_file_does_not_stop_the_others(reading):
    result = reading(files={"a.txt": "First text.", "b.txt": b"", "c.txt": "Third text."})
    assert [document.id for document in result.documents] == ["a", "c"]
    assert len(result.failed) == 1


def test_line_ends_and_odd_characters_stay_as_they_are(reading):
    text = "One.\r\n\r\nTwo\u2028 a\u00a0b.\rThree\t“x”.\x0c\n"
    assert reading(files={"a.txt": text}).only.text == text


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error_of_one_line(data):
    try:
        text = decode(data, "name", warn=lambda _: None)
    except ReadingError as error:
        assert str(error).startswith("name: ")
        assert "\n" not in str(error)
    else:
        assert text.strip()
        assert "\0" not in text

"""A document's issuer, as the user gives it: a name, or a pattern of file names."""

from __future__ import annotations

import pytest

from contrast.errors import ReadingError
from contrast.reading import read


@pytest.mark.parametrize(
    ("name", "given", "issuer"),
    [
        ("spch004_Republic_Of_Korea.txt", r"spch\d+_(?P<issuer>.+)", "Republic Of Korea"),
        ("statement-harbour.txt", r"statement-(?P<issuer>\w+)", "harbour"),
        ("notes.txt", r"spch\d+_(?P<issuer>.+)", None),
        ("notes.txt", "Ministry of Tides", "Ministry of Tides"),
        ("notes.txt", None, None),
    ],
)
def test_the_issuer_is_given_or_told_by_the_file_s_name(tmp_path, name, given, issuer):
    path = tmp_path / name
    path.write_text("The harbour is open. We keep it open.", encoding="utf-8")
    (document,) = read([path], issuer=given)
    assert document.issuer == issuer


def test_a_header_counts_where_the_pattern_does_not_match(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Issuer: Ministry of Tides\n\nThe harbour is open.", encoding="utf-8")
    (document,) = read([path], issuer=r"spch\d+_(?P<issuer>.+)")
    assert document.issuer == "Ministry of Tides"


def test_a_faulty_pattern_is_named_at_once(tmp_path):
    with pytest.raises(ReadingError, match="no regular expression"):
        read([tmp_path], issuer="(?P<issuer>[")

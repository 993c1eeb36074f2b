"""The sample documents in data/ hold what real pages hold, and are read as they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from contrast.attribution.quotations import find_quotations
from contrast.reading import read
from contrast.records import Document

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def samples() -> dict[str, Document]:
    return {document.id: document for document in read([DATA])}


def test_the_folder_holds_a_report_and_two_official_statements(samples):
    assert {name: document.issuer for name, document in samples.items()} == {
        "dprk-foreign-ministry": "DPRK Foreign Ministry",
        "pyongyang-talks": None,
        "us-state-department": "US State Department",
    }
    assert {document.date for document in samples.values()} == {"2018-07-07", "2018-07-08"}
    assert all(document.title for document in samples.values())


def test_the_report_has_the_traps_of_a_real_page(samples):
    report = samples["pyongyang-talks"]
    assert 400 <= len(report.text.split()) <= 600
    assert "\u00a0" in report.text
    skipped = [report.text[start:end] for start, end in report.skipped]
    assert [words.split()[0] for words in skipped] == ["The", "Read", "Sign"]
    assert skipped[0].endswith("/ Reuters / Pool")


def test_mixed_quotation_marks_of_the_report_make_whole_quotations(samples):
    report = samples["pyongyang-talks"]
    quoted = {report.text[slice(*quotation.inner)] for quotation in find_quotations(report.text)}
    assert {"productive", "in good faith", "regrettable", "robber-like", "very firm", "major disarmament"} <= quoted

"""Numbers, bounds, durations and deadlines are read so that they compare."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrast.claims.numerals import conflict, read_number, read_quantities, read_times


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two", 2),
        ("two-and-a-half", 2.5),
        ("1,200", 1200),
        ("3.5 million", 3_500_000),
        ("twenty-five", 25),
        ("half a", 0.5),
        ("a dozen", 12),
        ("two hundred and six", 206),
        ("several", None),
    ],
)
def test_a_number_in_digits_or_words_has_a_value(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("within a year", 0, 12),
        ("in two-and-a-half years", 30, 30),
        ("at least six months", 6, math.inf),
        ("two to three years", 24, 36),
        ("no more than a decade", 0, 120),
    ],
)
def test_a_duration_is_told_in_months_with_its_bound(text, low, high):
    (reading,) = read_times(f"It will be done {text}.")
    assert (reading.quantity.unit, reading.quantity.low, reading.quantity.high) == ("months", low, high)


@pytest.mark.parametrize("text", ["He was there two years ago.", "a six-year-old boy", "It is a long time."])
def test_an_age_and_the_past_are_no_deadline(text):
    assert [r for r in read_times(text) if r.quantity.unit == "months"] == []


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("within a year", "in about three years", True),
        ("within a year", "in eight months", False),
        ("within a year", "without any timetable", True),
        ("at least two years", "in three years", False),
    ],
)
def test_times_conflict_where_no_value_fits_both(one, other, opposed):
    (a,), (b,) = read_times(one), read_times(other)
    assert conflict(a.quantity, b.quantity) is opposed


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("about 40 percent of the grain", 36, 44, "percent"),
        ("more than $3 million", 3_000_000, math.inf, "dollars"),
        ("fourteen hostages", 14, 14, ""),
    ],
)
def test_a_quantity_has_bounds_and_a_unit(text, low, high, unit):
    (reading,) = read_quantities(text)
    assert (reading.quantity.low, reading.quantity.high, reading.quantity.unit) == (pytest.approx(low), pytest.approx(high), unit)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789,.- $%abdehilmnorstuvwy", max_size=60))
def test_no_text_crashes_the_reading_and_spans_lie_in_it(text):
    for reading in [*read_times(text), *read_quantities(text)]:
        assert 0 <= reading.span[0] < reading.span[1] <= len(text)

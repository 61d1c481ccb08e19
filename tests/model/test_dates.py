"""Dates are read to the precision that is known, and impossible ones are told from no dates."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codex_publisher.model.dates import ImpossibleDate, PartialDate, Precision, parse_date

READABLE = [
    ("2026-03-12", "2026-03-12"),
    ("2026-03-00", "2026-03"),
    ("2026-00-00", "2026"),
    ("2026-03", "2026-03"),
    ("2026-00", "2026"),
    ("2026", "2026"),
    ("1000", "1000"),
    ("9999-12-31", "9999-12-31"),
    ("2026/03/12", "2026-03-12"),
    ("2026/3", "2026-03"),
    ("20260312", "2026-03-12"),
    ("20260300", "2026-03"),
    ("2026-3-2", "2026-03-02"),
    ("  2026-03-12\n", "2026-03-12"),
    ("2026-03-12T10:00:00Z", "2026-03-12"),
    ("2026-03-12T10:00:00.123456+01:00", "2026-03-12"),
    ("2026-03-12 10:00", "2026-03-12"),
    ("2026-03-12 10:00:00 UTC", "2026-03-12"),
    ("20260312T100000Z", "2026-03-12"),
    ("March 12, 2026", "2026-03-12"),
    ("March 12 2026", "2026-03-12"),
    ("march 12th, 2026", "2026-03-12"),
    ("12 March 2026", "2026-03-12"),
    ("1st Sept. 2026", "2026-09-01"),
    ("Mar 2026", "2026-03"),
    ("May, 2026", "2026-05"),
    ("2024-02-29", "2024-02-29"),
]


@pytest.mark.parametrize(("text", "iso"), READABLE)
def test_dates_are_read_in_every_form_in_use(text: str, iso: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert date.iso == iso


NO_DATES = [
    *("", " ", "soon", "n/a", "0", "0000", "0000-01-01", "0999", "999", "12345", "202603", "-2026", "2026-"),
    *("2026-03-12 to 2026-03-14", "2026-03/12", "2026--03", "c. 2026", "2026-03-12T", "2026-03-12x", "1,965"),
    *("\u0662\u0660\u0662\u0666", "\uff12\uff10\uff12\uff16-03", "2026\u201303", "\u017fept 2026"),
    *("Smarch 2026", "March", "March 12", "12 2026", "2026-03-123", "2026 03 12", "https://x.y/2026"),
]


@pytest.mark.parametrize("text", NO_DATES)
def test_other_text_is_no_date(text: str) -> None:
    assert parse_date(text) is None


IMPOSSIBLE = [
    ("2024-02-30", "2024-02", "29 days"),
    ("2023-02-29", "2023-02", "28 days"),
    ("2024-04-31T10:00", "2024-04", "April 2024"),
    ("2024-13-01", "2024", "no month 13"),
    ("2024-99", "2024", "no month 99"),
    ("2024-00-12", "2024", "Day 12"),
    ("20241301", "2024", "no month 13"),
    ("February 30, 2024", "2024-02", "29 days"),
    ("32 March 2026", "2026-03", "31 days"),
]


@pytest.mark.parametrize(("text", "partial", "said"), IMPOSSIBLE)
def test_an_impossible_date_says_why_and_keeps_what_is_readable(text: str, partial: str, said: str) -> None:
    with pytest.raises(ImpossibleDate, match=said) as caught:
        parse_date(text)
    assert caught.value.partial is not None
    assert caught.value.partial.iso == partial


@pytest.mark.parametrize(
    ("date", "precision", "iso", "words", "first_day"),
    [
        (PartialDate(2026), Precision.YEAR, "2026", "2026", datetime.date(2026, 1, 1)),
        (PartialDate(2026, 3), Precision.MONTH, "2026-03", "March 2026", datetime.date(2026, 3, 1)),
        (PartialDate(2026, 3, 2), Precision.DAY, "2026-03-02", "2 March 2026", datetime.date(2026, 3, 2)),
    ],
)
def test_a_date_shows_what_is_known_of_it(
    date: PartialDate, precision: Precision, iso: str, words: str, first_day: datetime.date
) -> None:
    assert date.precision is precision
    assert (date.iso, date.words, str(date)) == (iso, words, iso)
    assert date.first_day() == first_day


def test_unknown_parts_sort_before_known_ones() -> None:
    dates = [
        PartialDate(2025, 12, 31),
        PartialDate(2026),
        PartialDate(2026, 1),
        PartialDate(2026, 1, 1),
        PartialDate(2026, 2),
        PartialDate(2027),
    ]
    for shuffled in itertools.permutations(dates):
        assert sorted(shuffled) == dates
    assert PartialDate(2026) <= PartialDate(2026)
    assert PartialDate(2026, 1) > PartialDate(2026)


@pytest.mark.parametrize("parts", [(2026, None, 3), (2026, 13), (2026, 2, 30), (0,)])
def test_parts_that_are_no_date_cannot_be_made_one(parts: tuple[int, int | None, int | None]) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(*parts)


_DATE_LIKE = st.text("0123456789-/ TZ:+,.marchmay\u0665\n", max_size=24)


@given(st.text() | _DATE_LIKE)
@example("9" * 5000)
@example("2026-03-12" + " " * 5000 + "x")
def test_no_text_raises_anything_but_an_impossible_date(text: str) -> None:
    try:
        date = parse_date(text)
    except ImpossibleDate as impossible:
        date = impossible.partial
    assert date is None or 1000 <= date.year <= 9999


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.sampled_from(Precision))
def test_every_date_is_read_back_from_each_of_its_forms(day: datetime.date, precision: Precision) -> None:
    known = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}[precision]
    date = PartialDate(*(day.year, day.month, day.day)[:known])
    assert parse_date(date.iso) == parse_date(date.words) == date
    assert date.first_day() <= day

"""Dates that have not come yet."""

from __future__ import annotations

from datetime import date

import pytest

from codex_publisher.model.policy import Policy
from support.notes import reported, with_fields
from support.sites import codex_of

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("date: 2026-11-21", False),
        ("date: 2026-11-22", False),  # the day has begun where the writer sits
        ("date: 2026-11-23", True),
        ("date: 2026-11", False),
        ("date: 2026-11-00", False),
        ("date: 2026-12", True),
        ("date: 2026", False),
        ("date: 2027-00-00", True),
        ("created: 5 March 2031", True),
        ("processed_date: 2027-02-30", True),
        ("last_evaluated: 2027-01-01", True),
        ("time_horizon: 2030", False),
        ("resolution_date: 2030-01-01", False),
        ("date: soon", False),
        ("date: [2030-01-01]", False),
    ],
)
def test_only_what_is_past_may_be_told_as_past(line: str, is_told: bool) -> None:
    codex = codex_of({"a.md": with_fields("title: A", line)}, policy=Policy(TODAY))
    assert reported(codex, "F207") == ([("F207", "a.md")] if is_told else [])


def test_without_a_day_there_is_no_future() -> None:
    assert reported(codex_of({"a.md": with_fields("title: A", "date: 3000")}), "F207") == []

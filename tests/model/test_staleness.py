"""Since when a note has stayed as it is."""

from __future__ import annotations

from datetime import date

import pytest

from codex_publisher.model.dates import PartialDate
from codex_publisher.model.policy import Policy
from codex_publisher.model.staleness import unchanged
from support.notes import note_of, with_fields

POLICY = Policy(date(2026, 3, 31), entity_days=90, sector_days=60)
COMMIT = PartialDate(2026, 3, 1)


@pytest.mark.parametrize(
    ("lines", "commit", "expected"),
    [
        (["last_updated: 2026-01-30", "created: 2025-01-01"], COMMIT, ("2026-01-30", 60, "last_updated")),
        (["last_updated: 2026-01-01", "reviewed: 2026-03-30"], COMMIT, ("2026-03-30", 1, "reviewed")),
        (["created: 2025-01-01"], COMMIT, ("2026-03-01", 30, "")),
        (["last_updated: YYYY-MM-DD"], COMMIT, ("2026-03-01", 30, "")),
        (["created: 2026-03"], None, ("2026-03", 30, "created")),
        (["date: 2026-03-21"], None, ("2026-03-21", 10, "date")),
        (["updated: 2027-01-01"], None, ("2027-01-01", 0, "updated")),
    ],
)
def test_it_counts_since_a_field_else_git_else_since_it_was_made(
    lines: list[str], commit: PartialDate | None, expected: tuple[str, int, str]
) -> None:
    found = unchanged(note_of("entities/lab.md", with_fields("type: entity", *lines)), commit, POLICY)
    assert found
    assert (found.since.iso, found.days, found.field) == expected


@pytest.mark.parametrize(("kind", "days"), [("entity", 90), ("sector", 60)])
def test_only_what_is_over_its_limit_is_stale(kind: str, days: int) -> None:
    for day, is_stale in (
        (POLICY.today.toordinal() - days, False),
        (POLICY.today.toordinal() - days - 1, True),
    ):
        text = with_fields(f"type: {kind}", f"updated: {date.fromordinal(day)}")
        found = unchanged(note_of("a.md", text), None, POLICY)
        assert found
        assert found.is_stale is is_stale


def test_other_kinds_do_not_age_and_without_any_date_nothing_is_known() -> None:
    assert (
        unchanged(note_of("claims/a.md", with_fields("type: claim", "created: 2000")), None, POLICY) is None
    )
    assert unchanged(note_of("entities/a.md", with_fields("type: entity")), None, POLICY) is None

"""Dates that have not come yet, in fields that tell what has been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.dates import ImpossibleDate, PartialDate, parse_date
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem

PAST_FIELDS: Final = frozenset(
    {"date", "date_published", "published", "source_date", "date_accessed"}
    | {"created", "date_added", "queued", "date_archived", "ingested"}
    | {"updated", "last_updated", "last_evaluated", "revised", "processed_date"}
    | {"adopted", "promoted_date", "demoted_date"}
)
"""Fields whose day is over when somebody writes it down; `time_horizon` and the like look ahead."""

_AHEAD: Final = timedelta(days=1)
"""Where a writer sits, the day may have begun that has not begun where the check runs."""


def check_dates(notes: Iterable[Note], today: date) -> Iterator[Problem]:
    """Report dates after `today`. Of a date whose day or month is unknown, only what is known counts."""
    latest = today + _AHEAD
    for note in notes:
        for name, value in note.fields.items():
            if (
                name in PAST_FIELDS
                and isinstance(value, str)
                and (found := _date(value))
                and found.first_day() > latest
            ):
                message = f"`{name}` is {found.words}, which has not come yet."
                hint = f"write the day on which it was; today is {today.isoformat()}"
                yield Problem(note.path, *note.place_of(name), rules.FUTURE_DATE, message, hint)


def _date(value: str) -> PartialDate | None:
    try:
        return parse_date(value)
    except ImpossibleDate as impossible:
        return impossible.partial

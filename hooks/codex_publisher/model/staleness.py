"""Since when a note has stayed as it is, and whether that is too long for one of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.dates import ImpossibleDate, PartialDate, parse_date
from codex_publisher.model.kinds import ENTITY, SECTOR, Kind
from codex_publisher.model.note import Note
from codex_publisher.model.policy import Policy

CHANGED_FIELDS: Final = (
    *("last_updated", "updated", "last_modified", "modified", "date_updated"),
    *("last_reviewed", "reviewed", "last_evaluated", "revised"),
)
"""Fields in which notes say when somebody last looked after them."""
AGEING: Final = (ENTITY, SECTOR)
"""The kinds that tell how things stand, and are wrong when nobody looks after them."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """How long a note has stayed as it is."""

    since: PartialDate
    days: int
    allowed: int
    field: str
    """The field that says so; empty when Git does."""

    @property
    def is_change(self) -> bool:
        """Whether it is counted since a change, and not, for want of one, since the note was made."""
        return not self.field or self.field in CHANGED_FIELDS

    @property
    def is_stale(self) -> bool:
        """Whether that is longer than it may."""
        return self.days > self.allowed


def days_allowed(kind: Kind, policy: Policy) -> int:
    """How long a note of one of the kinds that age may stay as it is."""
    return policy.sector_days if kind is SECTOR else policy.entity_days


def unchanged(note: Note, last_commit: PartialDate | None, policy: Policy) -> Unchanged | None:
    """How long a note has stayed as it is; None for kinds that do not age, and when nobody knows.

    It counts since the latest day that its fields name for that, else since Git's last change, else since
    the note was made.
    """
    if note.kind not in AGEING:
        return None
    said = list(_days(note, CHANGED_FIELDS))
    made = list(_days(note, ("created",)))
    if said:
        since, by = max(said, key=lambda one: one[0])
    elif last_commit:
        since, by = last_commit, ""
    elif made:
        since, by = made[0]
    elif note.date:
        since, by = note.date, "date"
    else:
        return None
    days = max(0, (policy.today - since.first_day()).days)
    return Unchanged(since, days, days_allowed(note.kind, policy), by)


def _days(note: Note, names: Iterable[str]) -> Iterable[tuple[PartialDate, str]]:
    """What these fields say, those left out that are no dates."""
    for name in names:
        value = note.fields.get(name)
        if isinstance(value, str):
            try:
                found = parse_date(value)
            except ImpossibleDate as impossible:
                found = impossible.partial
            if found:
                yield found, name

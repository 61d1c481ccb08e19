"""Which sources still wait to be worked through, since when, and which of them have waited too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from codex_publisher.model.dates import ImpossibleDate, parse_date
from codex_publisher.model.facets import STATUSES
from codex_publisher.model.kinds import SOURCE
from codex_publisher.model.note import Note
from codex_publisher.model.policy import Policy
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import NotePath, fold

Added = Callable[[NotePath], date | None]
"""Tells on which day a file first came into the repository, if anybody knows."""

NOT_COMMITTED: Final = date.max
"""When a file comes that Git does not know yet, though it knows others: it has not waited at all."""

WAITING_STATUSES: Final = STATUSES[:2]
QUEUED_FIELDS: Final = ("date_archived", "created", "date_added", "queued")
"""Fields that tell since when a source waits, in the order in which they are asked."""


def unknown(path: NotePath) -> date | None:
    """What is known without Git: nothing."""
    return None


class Since(Shared, Enum):
    """How it is known since when a source waits."""

    FIELD = auto()
    """Its front matter names the day."""
    GIT = auto()
    """On that day Git first knew the file."""
    PUBLICATION = auto()
    """Nobody noted when it came. It cannot have waited longer than since the day of its publication."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a source has been waiting."""

    days: int
    allowed: int
    """The days that it may wait at its priority."""
    since: Since = Since.FIELD

    @property
    def is_guess(self) -> bool:
        """Whether it is counted from the day of publication, for want of a better one."""
        return self.since is Since.PUBLICATION

    @property
    def overdue(self) -> bool:
        """Whether it has waited longer than it may."""
        return self.days > self.allowed


def is_waiting(note: Note) -> bool:
    """Whether a source still has to be worked through, by its status, or by its folder if that is unknown."""
    if note.kind is not SOURCE:
        return False
    status = fold(note.status) or STATUSES[0]
    return status in WAITING_STATUSES or (status not in STATUSES and "queue" in note.folder.split("/"))


def waiting(note: Note, added: date | None, policy: Policy) -> Waiting | None:
    """How long a source waits: since a field or Git says that it was queued, else since its date."""
    if not is_waiting(note):
        return None
    # Without a priority nobody has said that it is urgent, so it may wait as long as any.
    allowed = policy.queue_days.get(fold(note.priority), max(policy.queue_days.values()))
    ways = (
        (Since.FIELD, queued_on(note)),
        (Since.GIT, added),
        (Since.PUBLICATION, note.date.first_day() if note.date else None),
    )
    for since, day in ways:
        if day:
            return Waiting(max(0, (policy.today - day).days), allowed, since)
    return None


def queued_on(note: Note) -> date | None:
    """The day on which a source was put into the queue, as its front matter tells."""
    for name in QUEUED_FIELDS:
        value = note.fields.get(name)
        if isinstance(value, str):
            try:
                found = parse_date(value)
            except ImpossibleDate as impossible:
                found = impossible.partial
            if found:
                return found.first_day()
    return None

"""Which sources wait to be worked through, and since when."""

from __future__ import annotations

from datetime import date

from codex_publisher.model.codex import value_slug
from codex_publisher.model.dates import ImpossibleDate, parse_date
from codex_publisher.model.facets import STATUSES
from codex_publisher.model.kinds import SOURCE
from codex_publisher.model.note import Note


def is_waiting(note: Note) -> bool:
    """Whether a source still has to be worked through, by its status, or by its folder if that is unknown."""
    if note.kind is not SOURCE:
        return False
    status = value_slug(note.status or STATUSES[0])
    return status in STATUSES[:2] or (status not in STATUSES and "queue" in note.folder.split("/"))


def waiting_since(note: Note, added: date | None) -> date | None:
    """The day since which a source waits: as its fields or Git (`added`) say, else its own date.

    None for what does not wait, and where nothing is known.
    """
    if not is_waiting(note):
        return None
    return queued_on(note) or added or (note.date.first_day() if note.date else None)


def queued_on(note: Note) -> date | None:
    """The day on which a source was put into the queue, as its front matter tells."""
    for name in ("date_archived", "created", "date_added", "queued"):
        value = note.fields.get(name)
        if isinstance(value, str):
            try:
                found = parse_date(value)
            except ImpossibleDate as impossible:
                found = impossible.partial
            if found:
                return found.first_day()
    return None

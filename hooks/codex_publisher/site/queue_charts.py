"""The queue in pictures: what came in, what was processed, and how long the rest has waited."""

from __future__ import annotations

from datetime import date
from typing import Final

from codex_publisher.model.dates import ImpossibleDate, parse_date
from codex_publisher.model.facets import STATUSES
from codex_publisher.model.note import Note
from codex_publisher.site.charts import bars_of, flow_of
from codex_publisher.site.history import History
from codex_publisher.site.listing import count_of, queued_on
from codex_publisher.site.queue_views import Queue
from codex_publisher.site.views import Bar, Columns

MIN_WAITING: Final = 4
"""Fewer can be counted in the list itself."""
AGES: Final = (
    (14, "less than 2 weeks"),
    (28, "2 to 4 weeks"),
    (91, "1 to 3 months"),
    (182, "3 to 6 months"),
    (365, "6 to 12 months"),
)
OLDER: Final = "a year or longer"
UNKNOWN: Final = "nobody knows"


def queue_flow(queue: Queue, history: History, today: date) -> Columns | None:
    """Sources by the month in which they came and that in which they were processed.

    The day of its publication does not tell when a source came here, so it does not count.
    """
    sources = [note for cells in queue.cells.values() for notes in cells.values() for note in notes]
    done = [
        note
        for cells in map(queue.cells.get, STATUSES[2:])
        for notes in (cells or {}).values()
        for note in notes
    ]
    came = [day for note in sources if (day := _came(note, history)) and day <= today]
    went = [day for note in done if (day := _processed(note)) and day <= today]
    unknown = []
    if missing := len(sources) - len(came):
        unknown.append(f"Of {count_of(missing, 'source')} nobody noted when they came.")
    if missing := len(done) - len(went):
        unknown.append(f"Of {count_of(missing, 'processed source')} nobody noted when that was.")
    return flow_of(came, went, unknown)


def waiting_ages(queue: Queue) -> tuple[Bar, ...]:
    """How many have waited how long."""
    if queue.waiting_count < MIN_WAITING:
        return ()
    counts = dict.fromkeys((*(name for _, name in AGES), OLDER), 0)
    for waiting in queue.waiting.values():
        counts[next((name for days, name in AGES if waiting.days < days), OLDER)] += 1
    if unknown := queue.waiting_count - len(queue.waiting):
        counts[UNKNOWN] = unknown
    return bars_of(list(counts.items()), "waiting")


def _came(note: Note, history: History) -> date | None:
    first = history.first_change(note.path)
    return queued_on(note) or (first.date.first_day() if first else None)


def _processed(note: Note) -> date | None:
    value = note.fields.get("processed_date")
    if not isinstance(value, str):
        return None
    try:
        found = parse_date(value)
    except ImpossibleDate as impossible:
        found = impossible.partial
    return found.first_day() if found else None

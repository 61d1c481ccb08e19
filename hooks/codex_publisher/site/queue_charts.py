"""The queue in pictures: what came in, what was processed, and how long the rest has waited."""

from __future__ import annotations

from datetime import date
from typing import Final

from codex_publisher.model.dates import ImpossibleDate, parse_date
from codex_publisher.model.facets import STATUSES
from codex_publisher.model.note import Note
from codex_publisher.model.waiting import NOT_COMMITTED, Since, queued_on
from codex_publisher.site.charts import bars_of, flow_of
from codex_publisher.site.history import History
from codex_publisher.site.listing import count_of
from codex_publisher.site.queue import Queue
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
KNOWN: Final = "waiting"
GUESSED: Final = "guessed"


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
        unknown.append(f"Of {count_of(missing, 'more source')} nobody noted when they came.")
    if guessed := queue.count_since(Since.PUBLICATION):
        wait = "wait" if guessed > 1 else "waits"
        unknown.append(f"{guessed:,} of these {wait}, since publication at the earliest.")
    if missing := len(done) - len(went):
        unknown.append(f"Of {count_of(missing, 'more processed source')} nobody noted when that was.")
    if queue.by_status(STATUSES[3]):
        unknown.append("Null results count as processed.")
    return flow_of(came, went, unknown)


def waiting_ages(queue: Queue) -> tuple[Bar, ...]:
    """How many have waited how long."""
    if queue.waiting_count < MIN_WAITING:
        return ()
    counts = {name: dict.fromkeys((KNOWN, GUESSED), 0) for name in (*(name for _, name in AGES), OLDER)}
    for waiting in queue.waiting.values():
        age = next((name for days, name in AGES if waiting.days < days), OLDER)
        counts[age][GUESSED if waiting.is_guess else KNOWN] += 1
    if unknown := queue.waiting_count - len(queue.waiting):
        counts[UNKNOWN] = {"unknown": unknown}
    return bars_of(list(counts.items()), "{} since publication")


def _came(note: Note, history: History) -> date | None:
    day = queued_on(note) or history.added(note.path)
    return None if day == NOT_COMMITTED else day


def _processed(note: Note) -> date | None:
    value = note.fields.get("processed_date")
    if not isinstance(value, str):
        return None
    try:
        found = parse_date(value)
    except ImpossibleDate as impossible:
        found = impossible.partial
    return found.first_day() if found else None

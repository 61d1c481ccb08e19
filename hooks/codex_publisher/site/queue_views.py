"""The queue: the sources by status and priority, and how long each has waited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from codex_publisher.model.facets import PRIORITIES, STATUS, STATUSES
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import slugify
from codex_publisher.model.waiting import Since
from codex_publisher.site.feed_addresses import QUEUE as FEED
from codex_publisher.site.index_views import shown_at
from codex_publisher.site.listing import count_of, paginate, row
from codex_publisher.site.queue import Queue, by_rank
from codex_publisher.site.queue_filters import filters, unmarked, waiting_parts
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import Chip, IndexView, LinkTo, QueueView, RowGroup

SHOWN_PER_CELL: Final = 12
SHOWN_GROUPS: Final = 6
SHOWN_UNFORESEEN: Final = 4
LONGEST_FIRST: Final = "the longest waiting"
LATEST_FIRST: Final = "the latest"
QUEUE: Final = LinkTo("Queue", "queue/")


def _statuses(queue: Queue) -> list[str]:
    return [*STATUSES, *sorted(set(queue.cells) - set(STATUSES))]


def _commonest(queue: Queue, statuses: set[str]) -> list[str]:
    """The few commonest of the unforeseen statuses: the board must not grow with what notes invent."""
    counts = {status: sum(len(notes) for notes in queue.cells[status].values()) for status in statuses}
    return sorted(statuses, key=lambda status: (-counts[status], status))[:SHOWN_UNFORESEEN]


def queue_view(queue: Queue, settings: Settings) -> QueueView:
    """The board: a column for each status, a group for each priority, the longest waiting first."""
    codex = queue.codex
    columns = []
    for status in [*STATUSES, *_commonest(queue, set(queue.cells) - set(STATUSES))]:
        total = sum(len(notes) for notes in queue.cells[status].values())
        if total or status in STATUSES[:3]:
            value = codex.value(STATUS, status)
            chip = Chip("status", status, queue.column_title(status), value.permalink if value else "")
            shown = by_rank(queue.cells[status])[:SHOWN_GROUPS]
            groups = tuple(queue.group(status, priority, SHOWN_PER_CELL) for priority in shown)
            columns.append((chip, total, f"queue/{slugify(status)}/" if total else "", groups))
    sources = sum(total for _, total, _, _ in columns)
    return QueueView(
        QUEUE.to,
        "Queue",
        (),
        f"{_counts(queue)} High priority first, then the longest waiting.",
        tuple(columns),
        filters(queue),
        f"The queue counts sources alone; the pages of a status count notes of every kind. {_basis(queue)}"
        f"A source is overdue when it has waited longer than it may: {_allowed(settings)}.",
        ""
        if sources
        else "No sources yet. Put the first into inbox/queue/ with “type: source” in its front matter.",
        unmarked=unmarked(queue),
        feed=FEED,
    )


def _counts(queue: Queue) -> str:
    overdue = [one for one in queue.waiting.values() if one.overdue]
    guessed = sum(1 for one in overdue if one.is_guess)
    by_guess = f" ({_of(guessed, len(overdue))} counted from publication)" if guessed else ""
    return f"{count_of(queue.waiting_count, 'source')} waiting, {len(overdue):,} overdue{by_guess}."


def _of(part: int, whole: int) -> str:
    return "all" if part == whole > 1 else f"{part:,}"


_BASES: Final = {
    Since.FIELD: "from the day that its front matter names for {}",
    Since.GIT: "from the day on which Git first knew the file for {}",
    Since.PUBLICATION: "from the day of its publication, the earliest that can be, for {}",
}


def _basis(queue: Queue) -> str:
    """From which days the waiting is counted, with how many sources each concerns."""
    parts = [
        words.format(f"{number:,}") for since, words in _BASES.items() if (number := queue.count_since(since))
    ]
    if not parts:
        return ""
    unknown = queue.waiting_count - len(queue.waiting)
    told = f"Waiting is counted {'; '.join(parts)}"
    return f"{told}; for {unknown:,} no day is known. " if unknown else f"{told}. "


def queue_part_views(queue: Queue, settings: Settings) -> Iterable[IndexView]:
    """The queue by status, by status and priority, and what waits by each of its filters."""
    for status in _statuses(queue):
        cells = queue.cells[status]
        if any(cells.values()):
            title = queue.status_title(status)
            then = LONGEST_FIRST if status in STATUSES[:2] else LATEST_FIRST
            address = f"queue/{slugify(status)}/"
            yield from _part(queue, address, title, queue.by_status(status), then, settings)
            for priority in by_rank(cells):
                full = f"{title}, {queue.priority_title(priority)}"
                part = f"{address}{slugify(priority)}/"
                yield from _part(queue, part, full, cells[priority], then, settings)
    for address, title, notes in waiting_parts(queue):
        yield from _part(queue, address, title, notes, LONGEST_FIRST, settings)


def _part(
    queue: Queue, first: str, title: str, notes: Sequence[Note], then: str, settings: Settings
) -> Iterable[IndexView]:
    for pagination, shown in paginate(notes, first, settings.notes_per_page):
        priorities = by_rank({queue.priority_of(note) for note in shown})
        groups = tuple(
            RowGroup(
                queue.priority_title(priority),
                tuple(
                    row(queue.codex, note, queue.waiting.get(note.path))
                    for note in shown
                    if queue.priority_of(note) == priority
                ),
            )
            for priority in priorities
        )
        summary = f"{count_of(len(notes), 'source')}, high priority first, then {then}."
        yield IndexView(shown_at(pagination, first), title, (QUEUE,), "", summary, groups, pagination)


def _allowed(settings: Settings) -> str:
    """`14 days at high priority, 60 at medium and 180 at low`."""
    days = settings.policy.queue_days
    high, medium, low = (f"{days[priority]:,}" for priority in PRIORITIES)
    return f"{high} days at high priority, {medium} at medium, {low} at low or without one"

"""The queue: the sources by status and priority, and how long each has waited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import DOMAIN, PRIORITIES, PRIORITY, STATUS, STATUSES, Facet
from codex_publisher.model.kinds import SOURCE
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath, Slug, slugify
from codex_publisher.site.history import History
from codex_publisher.site.index_views import shown_at
from codex_publisher.site.listing import (
    Waiting,
    count_of,
    is_waiting,
    paginate,
    row,
    shorten,
    value_label,
    waiting,
)
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import (
    Chip,
    Fact,
    IndexView,
    LinkTo,
    QueueView,
    RowGroup,
)

SHOWN_PER_CELL: Final = 12
SHOWN_GROUPS: Final = 6
SHOWN_UNFORESEEN: Final = 4
NO_PRIORITY: Final = "none"
LONGEST_FIRST: Final = "the longest waiting"
LATEST_FIRST: Final = "the latest"
QUEUE: Final = LinkTo("Queue", "queue/")


class Queue:
    """The sources with how long each waits, sorted once for every page that shows them."""

    def __init__(self, codex: Codex, settings: Settings, history: History) -> None:
        """Find the sources of each status and priority."""
        self.codex = codex
        self.waiting: dict[NotePath, Waiting] = {}
        self.cells: dict[str, dict[str, list[Note]]] = defaultdict(lambda: defaultdict(list))
        sources = [note for note in codex.notes.values() if note.kind is SOURCE]
        for note in sources:
            first = history.first_change(note.path)
            added = first.date.first_day() if first else None
            found = waiting(note, added, settings.today, settings.overdue_days)
            if found:
                self.waiting[note.path] = found
            self.cells[self._status_of(note)][self.priority_of(note)].append(note)
        priorities = _priorities(self.priority_of(note) for note in sources)
        ranks = {priority: rank for rank, priority in enumerate(priorities)}
        self.waiting_notes = sorted(
            (note for note in sources if is_waiting(note)),
            key=lambda note: (ranks[self.priority_of(note)], self._longest_first(note)),
        )
        for status, cells in self.cells.items():
            for notes in cells.values():
                notes.sort(key=self._longest_first if status in STATUSES[:2] else _latest_first)

    def _longest_first(self, note: Note) -> tuple[int, str]:
        found = self.waiting.get(note.path)
        return (-found.days if found else 0), note.path

    def by_status(self, status: str) -> list[Note]:
        """The sources of a status, by priority and then the longest waiting first."""
        return [note for priority in _priorities(self.cells[status]) for note in self.cells[status][priority]]

    @property
    def waiting_count(self) -> int:
        """How many sources wait, also those of which nobody knows since when."""
        return len(self.waiting_notes)

    def waiting_by(self, facet: Facet) -> dict[Slug, list[Note]]:
        """What waits of each value of a facet: by priority and then the longest waiting first."""
        found: dict[Slug, list[Note]] = defaultdict(list)
        for note in self.waiting_notes:
            for spelling in facet.values_of(note)[:1]:
                if value := self.codex.value(facet, spelling):
                    found[value.slug].append(note)
        return found

    def longest_waiting(self, limit: int) -> list[Note]:
        """Those that have waited longest."""
        return sorted(self.waiting_notes, key=self._longest_first)[:limit]

    def group(self, status: str, priority: str, limit: int) -> RowGroup:
        """A cell of the board."""
        notes = self.cells[status][priority]
        rows = tuple(row(self.codex, note, self.waiting.get(note.path)) for note in notes[:limit])
        more = f"queue/{slugify(status)}/{slugify(priority)}/" if len(notes) > limit else ""
        return RowGroup(self.priority_title(priority), rows, len(notes), more)

    def _status_of(self, note: Note) -> str:
        value = self.codex.value(STATUS, note.status) if note.status else None
        return value.slug if value else STATUSES[0]

    def priority_of(self, note: Note) -> str:
        """The slug of a source's priority, or of having none."""
        value = self.codex.value(PRIORITY, note.priority) if note.priority else None
        return value.slug if value else NO_PRIORITY

    def status_title(self, status: str) -> str:
        """The heading over sources of a status: in words for those foreseen, else as it is mostly written."""
        if status in STATUSES:
            return status.replace("-", " ").capitalize()
        return shorten(self.codex.values(STATUS)[Slug(status)].label, 60)

    def column_title(self, status: str) -> str:
        """The chip over a column, written as chips of that status are elsewhere."""
        title = self.status_title(status)
        return title.lower() if status in STATUSES else title

    def priority_title(self, priority: str) -> str:
        """The heading over sources of a priority."""
        if priority == NO_PRIORITY:
            return "No priority"
        label = shorten(self.codex.values(PRIORITY)[Slug(priority)].label, 60)
        return f"{label.capitalize() if priority in PRIORITIES else label} priority"


def _latest_first(note: Note) -> tuple[str, str]:
    value = note.fields.get("processed_date")
    day = value if isinstance(value, str) else note.date.iso if note.date else ""
    return "".join(chr(0x10FFFF - ord(letter)) for letter in day), note.path


def _priorities(cells: Iterable[str]) -> list[str]:
    rank = {priority: index for index, priority in enumerate((*PRIORITIES, NO_PRIORITY))}
    return sorted(set(cells), key=lambda priority: (rank.get(priority, len(rank)), priority))


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
            shown = _priorities(queue.cells[status])[:SHOWN_GROUPS]
            groups = tuple(queue.group(status, priority, SHOWN_PER_CELL) for priority in shown)
            columns.append((chip, total, f"queue/{slugify(status)}/" if total else "", groups))
    waiting_count = queue.waiting_count
    overdue = sum(1 for one in queue.waiting.values() if one.overdue)
    sources = sum(total for _, total, _, _ in columns)
    counts = f"{count_of(waiting_count, 'source')} waiting, {overdue:,} overdue."
    summary = f"{counts} High priority first, then the longest waiting."
    return QueueView(
        QUEUE.to,
        "Queue",
        (),
        summary,
        tuple(columns),
        _filters(queue),
        "A source waits from the day on which it was added, as its front matter or Git tells, else from its "
        "own date. It is overdue when its priority is high and it has waited more than "
        f"{settings.overdue_days} days.",
        ""
        if sources
        else "No sources yet. Put the first into inbox/queue/ with “type: source” in its front matter.",
    )


def _filters(queue: Queue) -> tuple[Fact, ...]:
    facts = (
        Fact("Waiting in", _waiting_links(queue, DOMAIN)),
        Fact("Waiting with", _waiting_links(queue, PRIORITY)),
    )
    return tuple(fact for fact in facts if fact.values)


def _waiting_links(queue: Queue, facet: Facet) -> tuple[LinkTo, ...]:
    counts = {slug: len(notes) for slug, notes in queue.waiting_by(facet).items()}
    rank = {slug: number for number, slug in enumerate(facet.order)}
    commonest = sorted(counts.items(), key=lambda item: (rank.get(item[0], len(rank)), -item[1], item[0]))
    return tuple(
        LinkTo(f"{_waiting_label(queue, facet, slug)} ({count:,})", f"queue/{facet.name}/{slug}/")
        for slug, count in commonest[:SHOWN_PER_CELL]
    )


def _waiting_label(queue: Queue, facet: Facet, slug: Slug) -> str:
    label = shorten(value_label(queue.codex.values(facet)[slug]), 40)
    return f"{label} priority" if facet is PRIORITY else label


def queue_part_views(queue: Queue, settings: Settings) -> Iterable[IndexView]:
    """The queue by status, by status and priority, and what waits by domain."""
    for status in _statuses(queue):
        cells = queue.cells[status]
        if any(cells.values()):
            title = queue.status_title(status)
            then = LONGEST_FIRST if status in STATUSES[:2] else LATEST_FIRST
            address = f"queue/{slugify(status)}/"
            yield from _part(queue, address, title, queue.by_status(status), then, settings)
            for priority in _priorities(cells):
                full = f"{title}, {queue.priority_title(priority)}"
                part = f"{address}{slugify(priority)}/"
                yield from _part(queue, part, full, cells[priority], then, settings)
    for facet, word in ((DOMAIN, "in"), (PRIORITY, "with")):
        for slug, notes in queue.waiting_by(facet).items():
            title = f"Waiting {word} {_waiting_label(queue, facet, slug)}"
            yield from _part(queue, f"queue/{facet.name}/{slug}/", title, notes, LONGEST_FIRST, settings)


def _part(
    queue: Queue, first: str, title: str, notes: Sequence[Note], then: str, settings: Settings
) -> Iterable[IndexView]:
    for pagination, shown in paginate(notes, first, settings.notes_per_page):
        priorities = _priorities({queue.priority_of(note) for note in shown})
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

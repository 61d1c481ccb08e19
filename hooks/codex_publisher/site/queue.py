"""The sources sorted for the queue: by status and priority, and how long each has waited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import PRIORITIES, PRIORITY, STATUS, STATUSES, Facet
from codex_publisher.model.kinds import SOURCE
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath, Slug, slugify
from codex_publisher.model.waiting import Since, Waiting, is_waiting, waiting
from codex_publisher.site.history import History
from codex_publisher.site.listing import row, shorten
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import RowGroup

NO_PRIORITY: Final = "none"


class Queue:
    """The sources with how long each waits, sorted once for every page that shows them."""

    def __init__(self, codex: Codex, settings: Settings, history: History) -> None:
        """Find the sources of each status and priority."""
        self.codex = codex
        self.waiting: dict[NotePath, Waiting] = {}
        # Those foreseen are always there: several threads may ask, so nothing is added by asking.
        self.cells: dict[str, dict[str, list[Note]]] = {status: {} for status in STATUSES}
        sources = [note for note in codex.notes.values() if note.kind is SOURCE]
        for note in sources:
            found = waiting(note, history.added(note.path), settings.policy)
            if found:
                self.waiting[note.path] = found
            cells = self.cells.setdefault(self._status_of(note), {})
            cells.setdefault(self.priority_of(note), []).append(note)
        priorities = by_rank(self.priority_of(note) for note in sources)
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
        return [note for priority in by_rank(self.cells[status]) for note in self.cells[status][priority]]

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

    def waiting_without(self, facet: Facet) -> list[Note]:
        """What waits and has no value of a facet, in the same order."""
        codex = self.codex
        return [
            note
            for note in self.waiting_notes
            if not any(codex.value(facet, spelling) for spelling in facet.values_of(note)[:1])
        ]

    def count_since(self, since: Since) -> int:
        """Of how many that wait the beginning is known in this way."""
        return sum(1 for one in self.waiting.values() if one.since is since)

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


def by_rank(cells: Iterable[str]) -> list[str]:
    """Priorities in their order, those unforeseen after those foreseen, each once."""
    rank = {priority: index for index, priority in enumerate((*PRIORITIES, NO_PRIORITY))}
    return sorted(set(cells), key=lambda priority: (rank.get(priority, len(rank)), priority))

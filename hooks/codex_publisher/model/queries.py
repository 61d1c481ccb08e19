"""Questions to a codex: which notes have these values, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process

from codex_publisher.model.codex import Codex, newest_first, value_key
from codex_publisher.model.facets import KIND, YEAR, Facet
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.note import Note
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import NotePath, Slug, fold
from codex_publisher.model.waiting import Waiting

Waits = Callable[[Note], Waiting | None]
"""Tells how long a source waits, if it does."""

MIN_LIKENESS: Final = 75.0
SHORTEST_BEGINNING: Final = 3
"""Letters of a value that are enough to tell what was meant."""
_DIGITS_OF_A_YEAR: Final = 4


class UnknownValueError(Exception):
    """A value that no note has and that no vocabulary foresees; its text is a sentence."""

    def __init__(self, facet: Facet, spelling: str, near: Sequence[str]) -> None:
        super().__init__(f"No note has the {facet.name} “{spelling}”.")
        self.facet = facet
        self.near = tuple(near)
        """The nearest values that notes do have, the nearest first."""


class Order(Shared, StrEnum):
    """How found notes can be sorted."""

    DATE = "date"
    AGE = "age"
    TITLE = "title"
    LINKS = "links"


def find_notes(codex: Codex, wanted: Mapping[Facet, Sequence[str]]) -> list[Note]:
    """The notes that have, of each facet, one of these values; in path order.

    Values are compared as the site compares them. Raises UnknownValueError.
    """
    found = dict(codex.notes)
    for facet, spellings in wanted.items():
        if spellings:
            members = {path for spelling in spellings for path in _notes_with(codex, facet, spelling)}
            found = {path: note for path, note in found.items() if path in members}
    return list(found.values())


def _notes_with(codex: Codex, facet: Facet, spelling: str) -> Sequence[NotePath]:
    value = codex.value(facet, spelling) or codex.values(facet).get(Slug(spelling))
    if value:
        return value.notes
    if _is_foreseen(facet, spelling):
        return ()
    raise UnknownValueError(facet, spelling, near_values(codex, facet, spelling))


def _is_foreseen(facet: Facet, spelling: str) -> bool:
    """Whether a value makes sense, though no note has it."""
    if facet is YEAR:
        return len(spelling) == _DIGITS_OF_A_YEAR and spelling.isdecimal()
    known = {kind.name for kind in KINDS} if facet is KIND else facet.order
    return value_key(spelling) in known


def near_values(codex: Codex, facet: Facet, spelling: str, limit: int = 3) -> tuple[str, ...]:
    """The values that some note has or that are foreseen, and that are spelled most like this one."""
    labels = {value_key(name): name for name in (*facet.order, *_kind_names(facet))}
    labels.update((value_key(value.label), value.label) for value in codex.values(facet).values())
    typed = value_key(spelling)
    begun = sorted(key for key in labels if len(typed) >= SHORTEST_BEGINNING and key.startswith(typed))
    alike = process.extract(typed, sorted(labels), scorer=fuzz.ratio, limit=limit, score_cutoff=MIN_LIKENESS)
    return tuple(labels[key] for key in dict.fromkeys((*begun, *(key for key, _, _ in alike))))[:limit]


def _kind_names(facet: Facet) -> tuple[str, ...]:
    return tuple(kind.name for kind in KINDS) if facet is KIND else ()


def sort_notes(codex: Codex, notes: Sequence[Note], order: Order, waits: Waits) -> list[Note]:
    """Notes in an order that does not depend on how they came.

    By date the newest come first; by age those that wait longest, and last those that do not wait; by links
    those with most.
    """
    if order is Order.DATE:
        return sorted(notes, key=newest_first)
    if order is Order.TITLE:
        return sorted(notes, key=lambda note: (fold(note.title), note.path))
    if order is Order.LINKS:
        return sorted(notes, key=lambda note: (-link_count(codex, note), note.path))
    found = {note.path: waits(note) for note in notes}
    days = {path: one.days if one else -1 for path, one in found.items()}
    return sorted(notes, key=lambda note: (-days[note.path], note.path))


def link_count(codex: Codex, note: Note) -> int:
    """How many other notes link to this one."""
    stating = {edge.stated_in for edge in codex.edges.get(note.path, ())}
    return len(stating - {note.path})

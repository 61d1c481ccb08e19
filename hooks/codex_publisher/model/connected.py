"""Notes with their bodies and all that connects them: what the checks of a whole codex look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from codex_publisher.model.document import Document, Link
from codex_publisher.model.links import Destination, WantedBy
from codex_publisher.model.note import Note
from codex_publisher.model.references import Reference
from codex_publisher.model.relations import Edge
from codex_publisher.model.slugs import NotePath, Slug, fold
from codex_publisher.model.waiting import Added

_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType({"likely": 1.5, "proven": 2.0})
"""How much the wish of a note counts by how sure it is; that of any other note counts one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A note that others link to and that nobody has written."""

    title: str
    """The commonest spelling."""
    slug: Slug
    wanted_by: tuple[WantedBy, ...]
    """In path order, one for each place."""
    near: tuple[NotePath, ...]
    """Existing notes with names like it, the nearest first."""
    weight: float
    """How much it is wanted: see `weight_of`."""

    @property
    def note_count(self) -> int:
        """How many different notes want it."""
        return len({place.path for place in self.wanted_by})


def weight_of(notes: Iterable[Note]) -> float:
    """How much these notes want another: each counts one, a likely one half as much again, a proven two."""
    return sum(_WEIGHTS.get(fold(note.confidence), 1.0) for note in notes)


@dataclass(frozen=True, slots=True)
class Connected:
    """A codex before its problems are known. The members are those of `Codex`."""

    notes: Mapping[NotePath, Note]
    documents: Mapping[NotePath, Document]
    destinations: Mapping[NotePath, tuple[Destination, ...]]
    reference_destinations: Mapping[NotePath, tuple[Destination, ...]]
    edges: Mapping[NotePath, tuple[Edge, ...]]
    added: Added

    def stated_by(self, note: Note) -> Iterator[Edge]:
        """The edges that a note itself states."""
        return (edge for edge in self.edges.get(note.path, ()) if edge.stated_in == note.path)

    def links_of(self, note: Note) -> Iterator[tuple[Link, Destination]]:
        """Each link of the body with where it leads."""
        return zip(self.documents[note.path].links, self.destinations[note.path], strict=True)

    def references_of(self, note: Note) -> Iterator[tuple[Reference, Destination]]:
        """Each link of the front matter with where it leads."""
        return zip(note.references, self.reference_destinations[note.path], strict=True)

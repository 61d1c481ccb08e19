"""Where the links of all notes lead. Of a codex that has changed little, most lead where they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codex_publisher.model.document import Document
from codex_publisher.model.links import Destination, LinkResolver, WantedBy
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.model.wiki_links import without_suffix

if TYPE_CHECKING:
    from codex_publisher.model.codex import Codex


@dataclass(frozen=True, slots=True)
class Linked:
    """Where all links lead, with what was found out on the way."""

    destinations: Mapping[NotePath, tuple[Destination, ...]]
    """For each note, of the links of its body."""
    reference_destinations: Mapping[NotePath, tuple[Destination, ...]]
    """For each note, of the links of its front matter."""
    links: LinkResolver


def link_notes(
    notes: Mapping[NotePath, Note],
    documents: Mapping[NotePath, Document],
    attachments: Iterable[NotePath],
    before: Codex | None = None,
) -> Linked:
    """Follow every link. Those of a codex `before` that must lead to the same again are not followed."""
    links = LinkResolver(notes, documents, attachments)
    destinations, references = {}, {}
    kept = _Kept(before, links, notes, documents) if before and _has_same_files(before.notes, notes) else None
    for path, note in notes.items():
        if kept and kept.holds(path):
            destinations[path] = kept.before.destinations[path]
            references[path] = kept.before.reference_destinations[path]
            links.wanted += kept.wanted[path]
        else:
            destinations[path] = tuple(links.link(note, link) for link in documents[path].links)
            references[path] = tuple(links.reference(note, one) for one in note.references)
    return Linked(destinations, references, links)


def _has_same_files(before: Mapping[NotePath, Note], notes: Mapping[NotePath, Note]) -> bool:
    """Whether all names are the same but for titles and aliases."""
    return [(one.path, one.kind) for one in before.values()] == [
        (one.path, one.kind) for one in notes.values()
    ]


class _Kept:
    """The links of a codex of the same files, as far as they lead where they did."""

    def __init__(
        self,
        before: Codex,
        links: LinkResolver,
        notes: Mapping[NotePath, Note],
        documents: Mapping[NotePath, Document],
    ) -> None:
        self.before = before
        self.wanted: dict[NotePath, list[WantedBy]] = defaultdict(list)
        for place in before.links.wanted:
            self.wanted[place.path].append(place)
        self._is_same_ground = links.has_same_ground(before.links)
        self._changed = {
            path
            for path, note in notes.items()
            if before.notes[path] is not note or before.documents[path] is not documents[path]
        }
        self._renamed = {
            name
            for path in self._changed
            if (now := _titles(notes[path])) != (then := _titles(before.notes[path]))
            for name in now ^ then
        }
        # Where something is wrong, what was probably meant is looked for a limited number of times, so that
        # it must be asked again in the same order.
        self._reported = {problem.path for problem in before.links.problems}

    def holds(self, path: NotePath) -> bool:
        """Whether the links of a note lead where they did."""
        if not self._is_same_ground or path in self._changed or path in self._reported:
            return False
        before = self.before
        # A fragment may lead elsewhere where its target changed.
        leads = (*before.destinations[path], *before.reference_destinations[path])
        if any(to.path in self._changed for to in leads):
            return False
        if not self._renamed:
            return True
        targets = [link.target for link in before.documents[path].links]
        targets += [reference.target for reference in before.notes[path].references]
        return not any(name in self._renamed for target in targets for name in _titles_meant(target))


def _titles(note: Note) -> frozenset[str]:
    """The names of a note that are not its file's, as links are compared with them."""
    return frozenset(map(fold, (note.title, *note.aliases)))


def _titles_meant(target: str) -> Iterator[str]:
    """Every title by which a link with this target could find its note."""
    for name in (target, target.rpartition("/")[2]):
        yield fold(name)
        yield fold(without_suffix(name))

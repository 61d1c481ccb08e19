"""Which note a link means. Every link of the codex is resolved here, wherever it stands."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, overload

from codex_publisher.model.note import Note
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.model.wiki_links import without_suffix


class Step(Shared, StrEnum):
    """By which kind of name a link found its note, in the order in which they are tried."""

    PATH = "path"
    STEM = "stem"
    STEM_IGNORING_CASE = "stem, ignoring case"
    SLUG = "slug"
    TITLE = "title"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The note that a link means, and the others that it could have meant."""

    path: NotePath
    step: Step
    others: Sequence[NotePath] = ()
    is_beside: bool = False
    """Whether there are others, but the note stands in the same folder and is called after its folder."""

    @property
    def is_ambiguous(self) -> bool:
        """Whether whoever wrote the link may have meant another note."""
        return bool(self.others) and not self.is_beside


FEW: Final = 32
"""Up to how many notes of one name are sorted for each folder that asks."""


class Resolver:
    """Finds notes by any of their names, by dictionary look-up only."""

    def __init__(self, notes: Iterable[Note]) -> None:
        """Index the notes. Their order does not matter."""
        self._names: dict[Step, dict[str, list[NotePath]]] = {step: defaultdict(list) for step in Step}
        self._placed: set[NotePath] = set()
        for note in sorted(notes, key=lambda note: note.path):
            self._add(note)
        self._nearest: dict[tuple[Step, str, str], Sequence[NotePath]] = {}
        self._crowds: dict[tuple[Step, str], Crowd] = {}

    def _add(self, note: Note) -> None:
        names = self._names
        if not note.kind.identified_by_stem:
            self._placed.add(note.path)
        names[Step.PATH][note.path].append(note.path)
        names[Step.PATH][without_suffix(note.path)].append(note.path)
        names[Step.STEM][note.stem].append(note.path)
        names[Step.STEM_IGNORING_CASE][note.stem.casefold()].append(note.path)
        names[Step.SLUG][fold(note.stem)].append(note.path)
        names[Step.TITLE][fold(note.title)].append(note.path)
        for alias in note.aliases:
            if note.path not in (known := names[Step.ALIAS][fold(alias)]):
                known.append(note.path)

    def resolve(self, target: str, origin: NotePath) -> Resolution | None:
        """The note that `target` means when it stands in the note `origin`, or None.

        Among several, the one in the same folder wins, then the nearest common ancestor, then the
        shortest path, then path order.
        """
        target = target.strip()
        if not target:
            return None
        folder = origin.rpartition("/")[0]
        for step, name in self._attempts(target, folder):
            if len(found := self._find(step, name, folder)):
                # What is called after its folder, as a map is, means the one beside it and no other.
                is_beside = found[0] in self._placed and found[0].rpartition("/")[0] == folder
                return Resolution(found[0], step, found[1:], is_beside and len(found) > 1)
        return self._moved(target, folder)

    def _moved(self, target: str, folder: str) -> Resolution | None:
        """The note that a path means which is not there: one deeper down, or one that was moved."""
        named = without_suffix(target.removeprefix("/"))
        if "/" not in named:
            return None
        ending = f"/{named.casefold()}"
        for step, name in _stem_attempts(named.rpartition("/")[2]):
            found = self._find(step, name, folder)
            deeper = tuple(path for path in found if without_suffix(path).casefold().endswith(ending))
            # A path that has gone stale still names its file, since notes move between folders. But one of
            # those that are called after their folder is another note in another folder.
            if fitting := deeper or tuple(path for path in found if path not in self._placed):
                return Resolution(fitting[0], step, fitting[1:])
        return None

    def at_path(self, path: str) -> NotePath | None:
        """The note at exactly this path, with or without its suffix."""
        found = self._names[Step.PATH].get(path)
        return found[0] if found else None

    def _attempts(self, target: str, folder: str) -> Iterable[tuple[Step, str]]:
        target = target.removeprefix("/")
        yield Step.PATH, posixpath.normpath(target)
        if target.startswith("."):
            yield Step.PATH, posixpath.normpath(posixpath.join(folder, target))
        named = without_suffix(target)
        yield from _stem_attempts(named)
        folded = [name for text in dict.fromkeys((target, named)) if (name := fold(text))]
        for step in (Step.TITLE, Step.ALIAS):
            yield from ((step, name) for name in folded)

    def _find(self, step: Step, name: str, folder: str) -> Sequence[NotePath]:
        found = self._names[step].get(name)
        if not found:
            return ()
        if len(found) == 1:
            return (found[0],)
        key = (step, name, folder)
        if key not in self._nearest:
            self._nearest[key] = self._nearest_of(found, key)
        return self._nearest[key]

    def _nearest_of(self, found: list[NotePath], key: tuple[Step, str, str]) -> Sequence[NotePath]:
        step, name, folder = key
        if len(found) <= FEW:
            return nearest_first(found, folder)
        if (step, name) not in self._crowds:
            self._crowds[step, name] = Crowd(found)
        return self._crowds[step, name].from_folder(folder)


def _stem_attempts(stem: str) -> Iterable[tuple[Step, str]]:
    if stem:
        yield Step.STEM, stem
        yield Step.STEM_IGNORING_CASE, stem.casefold()
        if folded := fold(stem):
            yield Step.SLUG, folded


def nearest_first(paths: Sequence[NotePath], folder: str) -> tuple[NotePath, ...]:
    """Paths by nearness to a folder: in it, sharing most ancestors, shortest, then in path order."""
    here = folder.split("/") if folder else []

    def distance(path: NotePath) -> tuple[bool, int, int, str]:
        parts = path.split("/")[:-1]
        shared = 0
        for ours, theirs in zip(here, parts, strict=False):
            if ours != theirs:
                break
            shared += 1
        return parts != here, -shared, len(path), path

    return tuple(sorted(dict.fromkeys(paths), key=distance))


@dataclass(frozen=True, slots=True)
class _FirstThenOthers(Sequence[NotePath]):
    """Paths in their order, but one of them first. Nothing is copied."""

    first: int
    paths: tuple[NotePath, ...]
    start: int = 0

    def __len__(self) -> int:
        return len(self.paths) - self.start

    @overload
    def __getitem__(self, at: int) -> NotePath: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[NotePath]: ...

    def __getitem__(self, at: int | slice) -> NotePath | Sequence[NotePath]:
        if isinstance(at, slice):
            is_rest = at == slice(1, None, None) and not self.start
            return _FirstThenOthers(self.first, self.paths, 1) if is_rest else tuple(self)[at]
        place = range(self.start, len(self.paths))[at]
        return self.paths[self.first if not place else place - (place <= self.first)]


class Crowd:
    """Very many notes of one name, such as the `_map.md` of each folder.

    To sort them for each folder that asks would take time that grows with the square of their number.
    """

    def __init__(self, paths: Iterable[NotePath]) -> None:
        """Find the best of each folder, and the best below each."""
        self._paths = tuple(sorted(dict.fromkeys(paths)))
        self._inside: dict[str, int] = {}
        self._below: dict[str, int] = {}
        for place in sorted(range(len(self._paths)), key=lambda place: len(self._paths[place])):
            folder = self._paths[place].rpartition("/")[0]
            self._inside.setdefault(folder, place)
            for above in _with_ancestors(folder):
                self._below.setdefault(above, place)

    def from_folder(self, folder: str) -> Sequence[NotePath]:
        """The nearest to a folder first, as `nearest_first` has it, then the others in path order."""
        first = self._inside.get(folder)
        if first is None:
            first = next(self._below[above] for above in _with_ancestors(folder) if above in self._below)
        return _FirstThenOthers(first, self._paths)


def _with_ancestors(folder: str) -> Iterator[str]:
    """A folder and all folders around it, the innermost first; the root is empty."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


class AttachmentResolver:
    """Finds images and other files that notes show or offer."""

    def __init__(self, attachments: Iterable[NotePath]) -> None:
        """Index the attachments by path and by file name."""
        self._paths = frozenset(attachments)
        self._by_name: Mapping[str, list[NotePath]] = defaultdict(list)
        for path in sorted(self._paths):
            self._by_name[path.rpartition("/")[2].casefold()].append(path)
        self._crowds: dict[str, Crowd] = {}

    def is_same(self, other: AttachmentResolver) -> bool:
        """Whether both know the same attachments."""
        return self._paths == other._paths

    def names(self) -> Iterable[str]:
        """The names of all attachments, in small letters."""
        return self._by_name.keys()

    def resolve(self, target: str, origin: NotePath, by_name: bool) -> NotePath | None:
        """The attachment at `target`, relative to the note `origin` or to the codex.

        With `by_name` (for `![[picture.png]]`) a file of that name anywhere will do, the nearest first.
        """
        folder = origin.rpartition("/")[0]
        target = target.strip()
        for path in (
            posixpath.normpath(posixpath.join(folder, target)),
            posixpath.normpath(target.lstrip("/")),
        ):
            if path in self._paths:
                return NotePath(path)
        if by_name:
            name = target.rpartition("/")[2].casefold()
            if found := self._by_name.get(name):
                if len(found) > FEW and name not in self._crowds:
                    self._crowds[name] = Crowd(found)
                crowd = self._crowds.get(name)
                return crowd.from_folder(folder)[0] if crowd else nearest_first(found, folder)[0]
        return None

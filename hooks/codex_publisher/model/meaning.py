"""What a change of a codex means, as plain data: notes, what they link to, what rests on them, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.changes import Changes, ProblemChanges, changes_between, problem_changes
from codex_publisher.model.codex import Codex
from codex_publisher.model.downstream import chains_above
from codex_publisher.model.kinds import BELIEF, CLAIM, CONVICTION, MUSING, PAGE, POSITION, SECTOR, Kind
from codex_publisher.model.links import Leads
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath

ARGUING: Final = (BELIEF, POSITION, CONVICTION, SECTOR, PAGE, CLAIM, MUSING)
"""Kinds that argue, those first whose holders would want to hear of a change below them."""
FACTS: Final = ("kind", "status", "priority", "confidence", "domain", "date")


@dataclass(frozen=True, slots=True)
class Fact:
    """A thing that is known of a note, and what it was."""

    name: str
    value: str
    was: str

    @property
    def is_changed(self) -> bool:
        """Whether it is another than it was."""
        return self.value != self.was


@dataclass(frozen=True, slots=True)
class Target:
    """What a note links to."""

    title: str
    path: NotePath | None
    """None for a note that is not written yet."""


@dataclass(frozen=True, slots=True)
class NoteMeaning:
    """A note that a change touches."""

    path: NotePath
    was: NotePath
    """Its path before."""
    title: str
    facts: tuple[Fact, ...]
    """Those that are known; for a changed note also those that were."""
    lines_added: int
    lines_removed: int
    links: tuple[Target, ...]
    """What it links to; for a note that was there before, only what it did not link to then."""
    dropped: tuple[Target, ...]
    """What it links to no longer."""


@dataclass(frozen=True, slots=True)
class Named:
    """A note by its path and its title."""

    path: NotePath
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Resting:
    """A note that rests on one that the change touches."""

    notes: tuple[Named, ...]
    """Itself, then what it rests on, step by step, down to the touched one."""
    is_ground_removed: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change means. All lists are whole: whoever shows them decides how much."""

    base: str
    """The commit that was compared with."""
    added: tuple[NoteMeaning, ...]
    changed: tuple[NoteMeaning, ...]
    renamed: tuple[NoteMeaning, ...]
    removed: tuple[NoteMeaning, ...]
    resting: tuple[Resting, ...]
    problems: ProblemChanges


def meaning_of(then: Codex, now: Codex, base: str) -> Meaning:
    """What it means that a codex became another."""
    changes = changes_between(then, now)
    return Meaning(
        base,
        tuple(_note(None, now.notes[path], then, now) for path in changes.added),
        tuple(_note(then.notes[path], now.notes[path], then, now) for path in changes.changed),
        tuple(_note(then.notes[was], now.notes[path], then, now) for path, was in changes.renamed.items()),
        tuple(_gone(then.notes[path]) for path in changes.removed),
        _resting(then, now, changes),
        problem_changes(then, now, changes),
    )


def _note(before: Note | None, note: Note, then: Codex, now: Codex) -> NoteMeaning:
    values = _facts(note)
    earlier = _facts(before) if before else values
    old_lines, new_lines = _lines(before), _lines(note)
    links = _targets(now, note)
    past = _targets(then, before) if before else {}
    return NoteMeaning(
        note.path,
        before.path if before else note.path,
        note.title,
        tuple(Fact(name, values[name], earlier[name]) for name in FACTS if values[name] or earlier[name]),
        (new_lines - old_lines).total(),
        (old_lines - new_lines).total(),
        tuple(target for key, target in links.items() if key not in past),
        tuple(target for key, target in past.items() if key not in links),
    )


def _gone(note: Note) -> NoteMeaning:
    facts = tuple(Fact(name, value, value) for name, value in _facts(note).items() if value)
    return NoteMeaning(note.path, note.path, note.title, facts, 0, _lines(note).total(), (), ())


def _facts(note: Note) -> Mapping[str, str]:
    date = note.date.words if note.date else ""
    values = (note.kind.name, note.status, note.priority, note.confidence, note.domain, date)
    return dict(zip(FACTS, values, strict=True))


def _lines(note: Note | None) -> Counter[bytes]:
    lines = note.digest_source.splitlines() if note else []
    return Counter(line for line in map(bytes.strip, lines) if line)


def _targets(codex: Codex, note: Note) -> dict[tuple[str, str], Target]:
    """What a note links to, each once, in the order of its text and then of its fields."""
    names = [link.target for link in codex.documents[note.path].links]
    names += [reference.target for reference in note.references]
    destinations = (*codex.destinations[note.path], *codex.reference_destinations[note.path])
    found: dict[tuple[str, str], Target] = {}
    for name, to in zip(names, destinations, strict=True):
        if to.leads is Leads.NOTE and to.path != note.path:
            # By its name: a note that moved is still the same.
            title = codex.notes[to.path].title
            found.setdefault(("note", codex.notes[to.path].stem), Target(title, to.path))
        elif to.leads is Leads.WANTED:
            found.setdefault(("wanted", name), Target(name, None))
    return found


def _resting(then: Codex, now: Codex, changes: Changes) -> tuple[Resting, ...]:
    touched = changes.touched
    grounds = [path for path in touched if _argues(now.notes[path].kind)]
    found = [
        Resting(tuple(_named(now, path) for path in chain.notes), is_ground_removed=False)
        for chain in chains_above(now, grounds)
    ]
    known = {one.notes[0].path for one in found} | touched
    lost = [path for path in changes.removed if _argues(then.notes[path].kind)]
    found.extend(
        Resting(tuple(_named(then, path) for path in chain.notes), is_ground_removed=True)
        for chain in chains_above(then, lost)
        if chain.top in now.notes and chain.top not in known
    )
    return tuple(sorted(found, key=_by_concern))


def _argues(kind: Kind) -> bool:
    return kind in ARGUING


def _by_concern(one: Resting) -> tuple[int, int, str]:
    """Beliefs and positions first, then what is nearest."""
    names = [kind.name for kind in ARGUING]
    kind = one.notes[0].kind
    return names.index(kind) if kind in names else len(names), len(one.notes), one.notes[0].path


def _named(codex: Codex, path: NotePath) -> Named:
    note = codex.notes[path]
    return Named(path, note.title, note.kind.name)

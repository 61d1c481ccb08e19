"""What a codex is in the habit of: where it keeps notes of a kind, how it names them, what they belong to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from codex_publisher.model.codex import Codex
from codex_publisher.model.kinds import (
    BELIEF,
    CLAIM,
    CONVICTION,
    ENTITY,
    MAP,
    MAP_STEM,
    MUSING,
    POSITION,
    SECTOR,
    SOURCE,
    Kind,
    kind_of_folder,
)
from codex_publisher.model.link_names import link_name
from codex_publisher.model.note import Note
from codex_publisher.model.note_names import NameStyle
from codex_publisher.model.relations import Relation
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.model.waiting import is_waiting

FIRST_FOLDERS: Final[Mapping[Kind, str]] = {
    SOURCE: "inbox/queue",
    CLAIM: "claims",
    ENTITY: "entities",
    BELIEF: "beliefs",
    POSITION: "positions",
    CONVICTION: "convictions",
    MUSING: "musings",
    SECTOR: "sectors",
    MAP: "maps",
}
"""Where the first note of a kind goes."""
_FIRST_STYLES: Final[Mapping[Kind, NameStyle]] = {
    SOURCE: NameStyle(is_dated=True, is_sentence=False),
    **dict.fromkeys((ENTITY, MUSING, SECTOR), NameStyle(is_dated=False, is_sentence=False)),
}
_SENTENCE: Final = NameStyle(is_dated=False, is_sentence=True)
_DATED: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?[-_ ]", re.ASCII)
_SHARE_OF_A_HABIT: Final = 0.25
_Pattern: TypeAlias = tuple[str, ...]
_DOMAIN, _AGENT = "\0domain", "\0agent"
"""Stand for a part of a path that names the note's own domain or agent."""


class UsualFolders:
    """Where the notes of a kind are kept. All are looked at once, however often is asked."""

    def __init__(self, codex: Codex, kind: Kind, only: Sequence[NotePath] = ()) -> None:
        """Count the folders. `only` are the folders that hold notes; empty for all."""
        self._first = _first_folder(codex, kind, only)
        self._patterns: dict[tuple[str, str], Counter[_Pattern]] = defaultdict(Counter)
        """By agent and domain, either of them empty for all."""
        for note in _alike(codex, kind):
            pattern = _pattern(note)
            for agent in {"", *map(fold, note.agents)}:
                for domain in {"", fold(note.domain)}:
                    self._patterns[agent, domain][pattern] += 1

    def find(self, domain: str = "", agent: str = "") -> str:
        """The folder for a new note: where the codex has most of those that are like it.

        If it has none of this agent or else of this domain, a folder is named as it names those of others.
        """
        same_agent = fold(agent) if (fold(agent), "") in self._patterns else ""
        same_domain = fold(domain) if (same_agent, fold(domain)) in self._patterns else ""
        patterns = self._patterns.get((same_agent, same_domain), Counter())
        for pattern in sorted(patterns, key=lambda pattern: (-patterns[pattern], len(pattern), pattern)):
            if folder := _filled(pattern, domain, agent):
                return "/".join(folder)
            if not pattern:
                return ""
        return self._first


def usual_folder(
    codex: Codex, kind: Kind, domain: str = "", agent: str = "", only: Sequence[NotePath] = ()
) -> str:
    """The folder for one new note of this kind. Who asks for several asks `UsualFolders`."""
    return UsualFolders(codex, kind, only).find(domain, agent)


def _alike(codex: Codex, kind: Kind) -> Sequence[Note]:
    # A domain's own map lies with its claims; where topics have theirs, other maps tell.
    alike = [note for note in codex.notes.values() if note.kind is kind and note.stem != MAP_STEM]
    if kind is not SOURCE:
        return alike
    # A new source waits, so it goes where others wait and not where read ones are kept.
    waiting = [note for note in alike if is_waiting(note)]
    return [note for note in waiting if "queue" in note.folder.casefold().split("/")] or waiting


def _pattern(note: Note) -> _Pattern:
    """A note's folders, those that are named after its own domain or agent taken for just that."""
    marks = {fold(note.domain): _DOMAIN, **{fold(agent): _AGENT for agent in note.agents}}
    return tuple(marks.get(fold(part) or "\0", part) for part in note.folder.split("/") if part)


def _filled(pattern: _Pattern, domain: str, agent: str) -> tuple[str, ...]:
    """The folders that a pattern means for a note; none if it needs what the note does not have."""
    values = {_DOMAIN: fold(domain), _AGENT: fold(agent)}
    parts = tuple(values.get(part, part) for part in pattern)
    return parts if all(parts) else ()


def _first_folder(codex: Codex, kind: Kind, only: Sequence[NotePath]) -> str:
    usual = FIRST_FOLDERS[kind]
    if only:
        if any(usual == folder or usual.startswith(f"{folder}/") for folder in only):
            return usual
        fitting = (folder for folder in only if kind_of_folder(folder.split("/"), "") is kind)
        return next(fitting, only[0])
    folders = {note.folder for note in codex.notes.values()}
    # All in one place is a habit too.
    return folders.pop() if len(folders) == 1 and len(codex.notes) > 1 else usual


def usual_style(codex: Codex, kind: Kind) -> NameStyle:
    """How most notes of this kind are named; if there are none, as the documentation advises."""
    stems = [note.stem for note in codex.notes.values() if note.kind is kind]
    if not stems:
        return _FIRST_STYLES.get(kind, _SENTENCE)
    bare = [_DATED.sub("", stem) for stem in stems]
    dated = sum(1 for stem in stems if _DATED.match(stem))
    spaced = sum(1 for stem in bare if " " in stem)
    hyphened = sum(1 for stem in bare if " " not in stem and ("-" in stem or "_" in stem))
    is_sentence = spaced > hyphened if spaced or hyphened else _FIRST_STYLES.get(kind, _SENTENCE).is_sentence
    return NameStyle(is_dated=dated * 2 > len(stems), is_sentence=is_sentence)


class UsualTopics:
    """What the notes of a kind say they are part of. All are looked at once, however often is asked."""

    def __init__(self, codex: Codex, kind: Kind) -> None:
        """Count what they are part of."""
        self._codex = codex
        self._notes: Counter[str] = Counter()
        """How many each domain has."""
        self._wholes: dict[str, Counter[NotePath]] = defaultdict(Counter)
        for note in codex.notes.values():
            if note.kind is kind:
                domain = fold(note.domain)
                self._notes[domain] += 1
                self._wholes[domain].update(_wholes(codex, note))

    def find(self, domain: str) -> str:
        """The name of the note that most notes of a domain say they are part of; or nothing."""
        counts = self._wholes.get(fold(domain), Counter())
        commonest = min(counts, key=lambda path: (-counts[path], path), default=None)
        if commonest is None or counts[commonest] < self._notes[fold(domain)] * _SHARE_OF_A_HABIT:
            return ""
        return link_name(self._codex, self._codex.notes[commonest])


def usual_topic(codex: Codex, kind: Kind, domain: str) -> str:
    """The topic of one new note of this kind. Who asks for several asks `UsualTopics`."""
    return UsualTopics(codex, kind).find(domain)


def _wholes(codex: Codex, note: Note) -> Iterable[NotePath]:
    for edge in codex.edges.get(note.path, ()):
        if edge.relation is Relation.PART_OF and edge.subject == edge.stated_in == note.path:
            yield edge.object

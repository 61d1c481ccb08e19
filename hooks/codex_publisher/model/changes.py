"""What differs between a codex and the same codex at an earlier time: notes, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath, fold

MAX_COMPARED: Final = 100
"""As many notes that went are compared, text by text, with as many that came."""
ALIKE: Final = 0.5
"""How much of two texts' lines must be the same for the one to be the other under a new name."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Which notes differ. All in path order, no note in two of these."""

    added: tuple[NotePath, ...] = ()
    changed: tuple[NotePath, ...] = ()
    """Under the same path, with another content."""
    removed: tuple[NotePath, ...] = ()
    renamed: Mapping[NotePath, NotePath] = field(default_factory=dict)
    """The path that a note had, by the path that it has now; its content may have changed as well."""
    only_moved: frozenset[NotePath] = frozenset()
    """Those of them whose content is the same, by the path that they have now."""

    @property
    def touched(self) -> frozenset[NotePath]:
        """The notes of now that are not what they were, by their paths."""
        return frozenset((*self.added, *self.changed, *self.renamed))

    @property
    def edited(self) -> frozenset[NotePath]:
        """The same without those that only have another path."""
        return self.touched - self.only_moved

    def was(self, path: NotePath) -> NotePath:
        """The path that a note of now had then, were it there."""
        return self.renamed.get(path, path)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.renamed)


@dataclass(frozen=True, slots=True)
class ProblemChanges:
    """Which problems came and which went, whatever lines they stand on."""

    introduced: tuple[Problem, ...]
    """As they are now; sorted by path and place."""
    mended: tuple[Problem, ...]
    """As they were; sorted likewise, by the paths of then."""


def changes_between(then: Codex, now: Codex) -> Changes:
    """Which notes were added, changed, removed, and moved or renamed."""
    came = [now.notes[path] for path in now.notes if path not in then.notes]
    gone = [then.notes[path] for path in then.notes if path not in now.notes]
    renamed = _pair(gone, came)
    left = set(renamed.values())
    return Changes(
        tuple(note.path for note in came if note.path not in renamed),
        tuple(
            path for path, note in now.notes.items() if path in then.notes and _differ(then.notes[path], note)
        ),
        tuple(note.path for note in gone if note.path not in left),
        MappingProxyType(renamed),
        frozenset(new for new, old in renamed.items() if not _differ(then.notes[old], now.notes[new])),
    )


def problem_changes(then: Codex, now: Codex, changes: Changes) -> ProblemChanges:
    """Which problems came and went. One that only moved with its line is neither.

    A problem is known by its note, its code and its message, and among several of these by the text of
    its line.
    """
    path_now = {before: after for after, before in changes.renamed.items()}
    named_now = _renaming(path_now)
    earlier: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in then.problems:
        path = path_now.get(NotePath(problem.path), problem.path)
        earlier[path, problem.code, named_now(problem.message)].append(problem)
    introduced: list[Problem] = []
    mended: list[Problem] = []
    later: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in now.problems:
        later[problem.path, problem.code, problem.message].append(problem)
    for key in earlier.keys() | later.keys():
        before, after = earlier.get(key, []), later.get(key, [])
        introduced.extend(_surplus(after, now, before, then))
        mended.extend(_surplus(before, then, after, now))
    return ProblemChanges(tuple(sorted(introduced, key=_place)), tuple(sorted(mended, key=_place)))


def problems_to_tell(then: Codex, now: Codex, changes: Changes) -> tuple[Problem, ...]:
    """What whoever made the changes should mend: all of the notes that were edited, and what came elsewhere.

    Sorted by path and place.
    """
    came = {id(problem) for problem in problem_changes(then, now, changes).introduced}
    return tuple(problem for problem in now.problems if problem.path in changes.edited or id(problem) in came)


def _place(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.path, problem.line, problem.column, problem.code, problem.message


def _renaming(path_now: Mapping[NotePath, NotePath]) -> Callable[[str], str]:
    """Writes the paths of now into a message of then: a problem may name another note by its path."""
    if not path_now:
        return lambda message: message
    longest_first = sorted(path_now, key=len, reverse=True)
    old = re.compile("|".join(map(re.escape, longest_first)))
    return lambda message: old.sub(lambda found: path_now[NotePath(found[0])], message)


def _surplus(ours: list[Problem], codex: Codex, theirs: list[Problem], others: Codex) -> list[Problem]:
    """Those of like problems that the other side has fewer of: first such as stand on other lines."""
    count = len(ours) - len(theirs)
    if count <= 0 or not theirs:
        return ours[: max(count, 0)]
    known = Counter(_line(others, problem) for problem in theirs)
    fresh: list[Problem] = []
    rest: list[Problem] = []
    for problem in ours:
        line = _line(codex, problem)
        known[line] -= 1
        (rest if known[line] >= 0 else fresh).append(problem)
    return (fresh + rest)[:count]


def _line(codex: Codex, problem: Problem) -> bytes:
    note = codex.notes.get(NotePath(problem.path))
    lines = note.digest_source.splitlines() if note else []
    return lines[problem.line - 1].strip() if problem.line <= len(lines) else b""


def _differ(one: Note, other: Note) -> bool:
    return one is not other and _content(one) != _content(other)


def _content(note: Note) -> bytes:
    return note.digest_source.replace(b"\r\n", b"\n")


def _pair(gone: Sequence[Note], came: Sequence[Note]) -> dict[NotePath, NotePath]:
    """For each note that came under a new path, the path of the one that went and was the same note.

    It is known by its content; else by its name, as when a source leaves the queue; else by an alias that
    keeps the old name; else by its text.
    """
    pairs: dict[NotePath, NotePath] = {}
    for key, known_as in (
        (_content, lambda note: [_content(note)]),
        (_name, lambda note: [_name(note)]),
        (_name, lambda note: [alias_key(alias) for alias in note.aliases]),
    ):
        _pair_by(key, known_as, gone, came, pairs)
    taken = set(pairs.values())
    _pair_by_text(
        [note for note in gone if note.path not in taken],
        [note for note in came if note.path not in pairs],
        pairs,
    )
    return dict(sorted(pairs.items()))


def _pair_by(
    key: Callable[[Note], object],
    known_as: Callable[[Note], Iterable[object]],
    gone: Sequence[Note],
    came: Sequence[Note],
    pairs: dict[NotePath, NotePath],
) -> None:
    """Pair notes of which only one went under a key, and only one came."""
    taken = set(pairs.values())
    left = [note for note in gone if note.path not in taken]
    free = [note for note in came if note.path not in pairs]
    before = Counter(key(note) for note in left)
    after = Counter(name for note in free for name in set(known_as(note)))
    by_key = {key(note): note for note in left if before[key(note)] == 1}
    for note in free:
        for name in known_as(note):
            if after[name] == 1 and name in by_key:
                pairs[note.path] = by_key.pop(name).path
                break


def _name(note: Note) -> str:
    return alias_key(note.stem)


def alias_key(name: str) -> str:
    """What a name and an alias that keeps it share."""
    return fold(name) or name


def _pair_by_text(gone: Sequence[Note], came: Sequence[Note], pairs: dict[NotePath, NotePath]) -> None:
    texts = {note.path: _lines(note) for note in (*gone[:MAX_COMPARED], *came[:MAX_COMPARED])}
    likeness = sorted(_likenesses(gone[:MAX_COMPARED], came[:MAX_COMPARED], texts))
    taken: set[NotePath] = set()
    for _, new, old in likeness:
        if new not in pairs and old not in taken:
            pairs[new] = old
            taken.add(old)


def _likenesses(
    gone: Iterable[Note], came: Sequence[Note], texts: Mapping[NotePath, Counter[str]]
) -> Iterator[tuple[float, NotePath, NotePath]]:
    """Pairs of like texts, the most alike with the smallest number."""
    for old in gone:
        for new in came:
            if old.kind is new.kind:
                shared = (texts[old.path] & texts[new.path]).total()
                whole = texts[old.path].total() + texts[new.path].total()
                if whole and 2 * shared / whole >= ALIKE:
                    yield -2 * shared / whole, new.path, old.path


def _lines(note: Note) -> Counter[str]:
    return Counter(line for line in map(str.strip, note.body.split("\n")) if line)

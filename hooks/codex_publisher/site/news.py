"""What happened to the notes, commit by commit: added, moved, renamed, removed, or judged otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codex_publisher.model.discovery import NOTE_SUFFIXES
from codex_publisher.model.names import HIDDEN, tame
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.repository.git_log import Change, Commit, Touched

MAX_CANDIDATES: Final = 20_000
"""As many touched notes are looked at, the latest ones: what is older than that is no news."""
FIELDS: Final = ("confidence", "status")
"""The fields whose change is news, in the order in which it is told."""
MAX_VALUE: Final = 60
ReadHeads = Callable[[Iterable[str]], Iterable[tuple[str, bytes]]]
"""Gives the names and the first bytes of contents."""
_FIELD_LINE: Final = re.compile(r"^(confidence|status)[ \t]*:[ \t]+([^\r\n]{1,200})", re.MULTILINE)
_OPENING: Final = re.compile(r"\ufeff?---[ \t]*\r?\n")
_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_COMMENT: Final = re.compile(r"\s#.*", re.DOTALL)


class Happened(Shared, StrEnum):
    """What a commit did to a note."""

    ADDED = "added"
    MOVED = "moved"
    RENAMED = "renamed"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Turn:
    """A field that a commit gave another value."""

    field: str
    before: str
    """Empty when the field was not there."""
    after: str


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What one commit did to one note."""

    what: Happened
    path: NotePath
    """What the file is called today, or was last."""
    was: NotePath
    """What it was called before this commit."""
    became: NotePath
    """What it was called after it."""
    change: Change
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    what: Happened
    path: NotePath
    was: NotePath
    became: NotePath
    change: Change
    before: str = ""
    after: str = ""

    @property
    def may_turn(self) -> bool:
        return self.before != self.after and self.what not in (Happened.ADDED, Happened.REMOVED)


class Newsroom:
    """Gathers what happened from commits, newest first, and then asks once for what stood in the files."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self._candidates: list[_Candidate] = []
        self._today: dict[NotePath, NotePath | None] = {}
        """What files of older commits are called now; None when they are gone."""

    def take(self, commit: Commit) -> None:
        """Look at the next older commit."""
        if len(self._candidates) < MAX_CANDIDATES:
            self._candidates.extend(self._of(commit))

    def _of(self, commit: Commit) -> list[_Candidate]:
        # All names are looked up before any is noted down: two notes may have changed places.
        pairs = [(before, after, self._now(after or before)) for before, after in _pairs(commit.touched)]
        found: list[_Candidate] = []
        for before, after, path in pairs:
            if before and not after:
                self._today[before.path] = None
                found.append(_candidate(Happened.REMOVED, before.path, commit.change, before, before))
            elif after and path is not None:
                if before and before.path != after.path:
                    self._today[before.path] = path
                found.append(_candidate(_what(before, after), path, commit.change, before or after, after))
        return found

    def _now(self, touched: Touched | None) -> NotePath | None:
        return self._today.get(touched.path, touched.path) if touched else None

    def news(self, read_heads: ReadHeads) -> tuple[NoteChange, ...]:
        """What happened, newest first; `read_heads` says what stood in the files."""
        asked = dict.fromkeys(
            name
            for candidate in self._candidates
            if candidate.may_turn
            for name in (candidate.before, candidate.after)
        )
        known = {name: fields_of_head(head) for name, head in read_heads(asked)}
        return tuple(_news(self._candidates, known))


def _news(candidates: Iterable[_Candidate], known: Mapping[str, Mapping[str, str]]) -> Iterator[NoteChange]:
    for one in candidates:
        turns = tuple(_turns(known.get(one.before), known.get(one.after))) if one.may_turn else ()
        if turns or one.what is not Happened.CHANGED:
            yield NoteChange(one.what, one.path, one.was, one.became, one.change, turns)


def _turns(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> Iterator[Turn]:
    if before is None or after is None:
        return
    for field in FIELDS:
        old, new = before.get(field, ""), after.get(field, "")
        if new and fold(old) != fold(new):
            yield Turn(field, old, new)


def _candidate(what: Happened, path: NotePath, change: Change, before: Touched, after: Touched) -> _Candidate:
    return _Candidate(what, path, before.path, after.path, change, before.before, after.after)


def _what(before: Touched | None, after: Touched) -> Happened:
    if before is None:
        return Happened.ADDED
    if before.path == after.path:
        return Happened.CHANGED
    return Happened.MOVED if _name(before.path) == _name(after.path) else Happened.RENAMED


def _pairs(touched: Iterable[Touched]) -> Iterator[tuple[Touched | None, Touched | None]]:
    """Each note as it was and as it became. A file that went and came again in the same commit is one.

    It is known by its content, or else by its name: a source that goes from the queue to the archive
    keeps its name, and mostly changes its front matter. Git's own way to find what was renamed compares
    each file with each, which for a thousand moved notes takes longer than a build may.
    """
    notes = [one for one in touched if is_note_name(one.path)]
    gone = [one for one in notes if one.before and not one.after]
    came = [one for one in notes if one.after and not one.before]
    by_content = _unique(gone, lambda one: one.before)
    pairs = {one.path: by_content.pop(one.after) for one in came if one.after in by_content}
    left = {one.path for one in gone} - {one.path for one in pairs.values()}
    by_name = _unique((one for one in gone if one.path in left), lambda one: _name(one.path))
    names = Counter(_name(one.path) for one in came if one.path not in pairs)
    for one in came:
        name = _name(one.path)
        if one.path not in pairs and names[name] == 1 and name in by_name:
            pairs[one.path] = by_name[name]
    paired = {one.path for one in pairs.values()}
    for one in notes:
        if one.before and one.after:
            yield one, one
        elif one.after:
            yield pairs.get(one.path), one
        elif one.before and one.path not in paired:
            yield one, None


def _unique(touched: Iterable[Touched], key: Callable[[Touched], str]) -> dict[str, Touched]:
    found = list(touched)
    counts = Counter(map(key, found))
    return {key(one): one for one in found if counts[key(one)] == 1}


def is_note_name(path: str) -> bool:
    """Whether a path is that of a Markdown file."""
    return path.lower().endswith(tuple(NOTE_SUFFIXES))


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def fields_of_head(head: bytes) -> Mapping[str, str]:
    """The fields that are news, in the first bytes of a note. Takes any bytes, and never raises.

    Line by line and not as YAML, since thousands of old files are looked at for two short words.
    """
    text = head.decode("utf-8", "replace")
    opening = _OPENING.match(text)
    if not opening:
        return {}
    end = _END.search(text, opening.end())
    found: dict[str, str] = {}
    for match in _FIELD_LINE.finditer(text, opening.end(), end.start() if end else len(text)):
        if value := _value(match[2]):
            found.setdefault(match[1], value)
    return found


def _value(written: str) -> str:
    """A value without the quotes round it or a comment after it."""
    text = written.strip()
    if text[:1] in ("'", '"'):
        text = text[1:].partition(text[0])[0]
    elif text.startswith("#"):
        text = ""
    else:
        text = _COMMENT.sub("", text)
    return tame(HIDDEN.sub("\ufffd", text.strip()))[:MAX_VALUE]

"""The commits of a repository with the files that each touched, read from one `git log` as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from codex_publisher.model.dates import ImpossibleDate, PartialDate, parse_date
from codex_publisher.model.names import HIDDEN, tame
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.git import LOG_OPTIONS, answering

QUESTION: Final = (
    "log",
    *LOG_OPTIONS,
    "--format=%x00%H%x00%P%x00%an%x00%as",
    "--encoding=UTF-8",
    "--raw",
    "--no-abbrev",
    "-z",
    "--no-renames",
    "--relative",
    "--",
    ".",
)
MAX_AUTHOR: Final = 80
_CHUNK: Final = 1 << 16
_FILE: Final = b"100"
"""How the mode of an ordinary file begins; links are 120000 and other repositories 160000."""


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that touched a note."""

    commit: str
    author: str
    date: PartialDate


@dataclass(frozen=True, slots=True)
class Touched:
    """A file that a commit added, changed or removed."""

    path: NotePath
    before: str
    """The name of its content before; empty when it was added, or was no ordinary file."""
    after: str
    """Likewise after; empty when it was removed."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with the files that it touched. A merge touches none by itself."""

    change: Change
    is_first: bool
    """Whether nothing before it is known: the root, or where a shallow clone was cut off."""
    touched: tuple[Touched, ...]


def read_commits(root: Path) -> Iterator[Commit]:
    """The commits that touched the folder `root`, newest first. Raises GitError, also in their midst."""
    with answering(root, *QUESTION) as stream:
        yield from parse_commits(fields_of(stream))


def fields_of(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between NULs, in time that grows with its length only."""
    pending: list[bytes] = []
    while chunk := stream.read(_CHUNK):
        first, *others = chunk.split(b"\0")
        pending.append(first)
        if others:
            yield b"".join(pending)
            *whole, last = others
            yield from whole
            pending = [last]
    yield b"".join(pending)


def parse_commits(fields: Iterable[bytes]) -> Iterator[Commit]:
    """The commits in the fields of Git's answer. Takes any bytes, and never raises.

    NUL is the only mark in it, since names of files and of people may hold everything else: what a field
    means is told by its place alone. A commit begins where the facts about a file would be empty.
    """
    rest = iter(fields)
    change: Change | None = None
    is_first = False
    touched: list[Touched] = []
    for facts in rest:
        if facts.strip(b"\n"):
            if file := _touched(facts, next(rest, b"")):
                touched.append(file)
            continue
        if change:
            yield Commit(change, is_first, tuple(touched))
        commit, parents, author, day = (next(rest, b"") for _ in range(4))
        change, is_first, touched = _change(commit, author, day), not parents, []
    if change:
        yield Commit(change, is_first, tuple(touched))


def _change(commit: bytes, author: bytes, day: bytes) -> Change | None:
    try:
        date = parse_date(day.decode("ascii", "replace"))
    except ImpossibleDate:
        date = None
    name = tame(HIDDEN.sub("\ufffd", author.decode("utf-8", "replace")))
    short = name if len(name) <= MAX_AUTHOR else name[: MAX_AUTHOR - 1] + "…"
    return Change(commit.decode("ascii", "replace"), short, date) if date else None


def _touched(facts: bytes, name: bytes) -> Touched | None:
    """A file of `:100644 100644 <before> <after> M`."""
    parts = facts.strip(b"\n").split(b" ")
    if len(parts) != 5 or not name:
        return None
    before_mode, after_mode, before, after, _ = parts
    return Touched(
        NotePath(name.decode("utf-8", "surrogateescape")),
        _content(before_mode.removeprefix(b":"), before),
        _content(after_mode, after),
    )


def _content(mode: bytes, name: bytes) -> str:
    return name.decode("ascii", "replace") if mode.startswith(_FILE) and name.strip(b"0") else ""

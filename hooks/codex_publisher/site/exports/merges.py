"""Pull requests that were merged, as Git's history tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.git import LOG_OPTIONS, TIMEOUT_SECONDS, ask
from codex_publisher.site.aside import begin_aside

_MERGED: Final = re.compile(
    r"Merge pull request #([0-9]{1,9})(?: from ([^\s/]+)/(\S+))?|.* \(#([0-9]{1,9})\)"
)


@dataclass(frozen=True, slots=True)
class Merge:
    """One pull request that was merged."""

    number: int
    date: str
    title: str
    author: str
    branch: str
    """Empty where it was squashed."""
    added: tuple[NotePath, ...]
    """The files that came with it."""


def begin_reading(root: Path, is_known: bool) -> Future[tuple[Merge, ...]]:
    """Read the merges of the folder `root` while pages are written; none where Git knows no history."""
    return begin_aside("merges", read_merges, root if is_known else None)


def read_merges(root: Path | None) -> tuple[Merge, ...]:
    """The merges that brought files, oldest first. One Git process, and none without a folder."""
    if root is None:
        return ()
    text = ask(
        root,
        *("log", *LOG_OPTIONS, "--first-parent", "--diff-merges=first-parent", "--diff-filter=A"),
        *("--name-only", "-z"),
        *("--extended-regexp", "--grep=^Merge pull request #[0-9]+", r"--grep=\(#[0-9]+\)$"),
        *("--format=%x00%as%x00%an%x00%P%x00%s", "--no-renames", "--relative", "."),
        seconds=TIMEOUT_SECONDS,
    )
    return tuple(reversed(list(parse_merges(text or ""))))


def parse_merges(text: str) -> Iterator[Merge]:
    """The merges in what Git printed, newest first. NUL is the only mark in it, as in the history."""
    facts: tuple[str, str, str, str] | None = None
    added: list[NotePath] = []
    fields = iter(text.split("\0"))
    for name in fields:
        if name:
            added.append(NotePath(name.removeprefix("\n") if not added else name))
            continue
        if facts:
            yield from _merge(facts, added)
        facts = (next(fields, ""), next(fields, ""), next(fields, ""), next(fields, ""))
        added = []
    if facts:
        yield from _merge(facts, added)


def _merge(facts: tuple[str, str, str, str], added: list[NotePath]) -> Iterator[Merge]:
    day, author, parents, subject = facts
    found = _MERGED.fullmatch(subject)
    # Where a shallow clone was cut off, a commit without parents seems to have brought every file.
    if found and added and parents:
        yield Merge(int(found[1] or found[4]), day, subject, author, found[3] or "", tuple(added))

"""Who changed each note and when, and what happened to it, from Git, in one pass for the whole codex."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from codex_publisher.model.dates import PartialDate
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import NOT_COMMITTED
from codex_publisher.repository.blobs import read_heads
from codex_publisher.repository.git import GitError, ask, ask_or_fail, seems_to_be_in_repository
from codex_publisher.repository.git_log import Change, read_commits
from codex_publisher.site.aside import begin_aside
from codex_publisher.site.news import Newsroom, NoteChange

__all__ = ["Change", "History", "Repository", "begin_reading", "read_history", "read_repository"]

log = logging.getLogger("mkdocs.hooks.codex")
_GITHUB: Final = re.compile(
    r"(?:https?://(?:[^@/\s]+@)?|(?:ssh://)?git@)github\.com[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?$"
)


@dataclass(frozen=True, slots=True)
class History:
    """The first and the last change of each file, and what is new. Empty where there is no Git."""

    last: Mapping[NotePath, Change] = field(default_factory=dict)
    first: Mapping[NotePath, Change] = field(default_factory=dict)
    news: tuple[NoteChange, ...] = ()
    """Newest first."""
    is_shallow: bool = False
    """Whether the clone holds only the end of the history."""
    unknown_until: PartialDate | None = None
    """For a shallow clone: the day up to which nothing is known."""

    def last_change(self, path: NotePath) -> Change | None:
        """The latest commit that touched the file."""
        return self.last.get(path)

    def first_change(self, path: NotePath) -> Change | None:
        """The commit that added the file under this name."""
        return self.first.get(path)

    def added(self, path: NotePath) -> date | None:
        """The day on which the file was added, if it is known; `NOT_COMMITTED` if it was not yet."""
        if first := self.first.get(path):
            return first.date.first_day()
        return NOT_COMMITTED if self.first else None


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the codex's files stand in a repository on the web."""

    url: str
    """Without a trailing slash; empty when it is not known."""
    prefix: str
    """The codex's folder inside the repository, with a trailing slash; empty for its root."""


def begin_reading(root: Path) -> Future[History]:
    """Read the history while something else is done: most of the time is spent waiting for Git."""
    return begin_aside("git", read_history, root)


def read_history(root: Path) -> History:
    """Read the history of the folder `root`. Without Git, or outside a repository, it is empty."""
    last: dict[NotePath, Change] = {}
    first: dict[NotePath, Change] = {}
    cut: PartialDate | None = None
    newsroom = Newsroom()
    try:
        is_shallow = ask_or_fail(root, "rev-parse", "--is-shallow-repository").strip() == "true"
        for commit in read_commits(root):
            if is_shallow and commit.is_first:
                # Where a clone was cut off, one commit seems to have made every file.
                cut = max(cut, commit.change.date) if cut else commit.change.date
                continue
            for touched in commit.touched:
                last.setdefault(touched.path, commit.change)
                first[touched.path] = commit.change
            newsroom.take(commit)
    except GitError as error:
        is_news = error.is_unexpected and seems_to_be_in_repository(root)
        level = logging.WARNING if is_news else logging.DEBUG
        log.log(level, "The site does not say when notes were changed, and by whom. %s", error)
        return History()
    news = newsroom.news(partial(read_heads, root))
    return History(last, {} if is_shallow else first, news, is_shallow, cut)


def read_repository(root: Path) -> Repository:
    """Where the folder `root` has its home on GitHub, as its remote `origin` says; empty when it has none."""
    prefix = (ask(root, "rev-parse", "--show-prefix") or "").strip("\n")
    match = _GITHUB.match((ask(root, "config", "--get", "remote.origin.url") or "").strip())
    return Repository(f"https://github.com/{match[1]}" if match else "", prefix)

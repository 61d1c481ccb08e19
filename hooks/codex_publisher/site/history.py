"""Who changed each note and when, from Git, in one pass for the whole codex."""

from __future__ import annotations

import logging
import os
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from codex_publisher.model.dates import PartialDate, parse_date
from codex_publisher.model.slugs import NotePath

log = logging.getLogger("mkdocs.hooks.codex")
_ELSEWHERE: Final = frozenset(
    {"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_WORK_TREE"}
)
"""Variables that Git sets for its hooks, and that would make it answer for another repository."""
_GITHUB: Final = re.compile(
    r"(?:https?://(?:[^@/\s]+@)?|(?:ssh://)?git@)github\.com[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?$"
)
TIMEOUT_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that touched a note."""

    commit: str
    author: str
    date: PartialDate


@dataclass(frozen=True, slots=True)
class History:
    """The first and the last change of each file. Empty where there is no Git."""

    last: Mapping[NotePath, Change] = field(default_factory=dict)
    first: Mapping[NotePath, Change] = field(default_factory=dict)

    def last_change(self, path: NotePath) -> Change | None:
        """The latest commit that touched the file."""
        return self.last.get(path)

    def first_change(self, path: NotePath) -> Change | None:
        """The commit that added the file under this name."""
        return self.first.get(path)


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the codex's files stand in a repository on the web."""

    url: str
    """Without a trailing slash; empty when it is not known."""
    prefix: str
    """The codex's folder inside the repository, with a trailing slash; empty for its root."""


def read_history(root: Path) -> History:
    """Read the history of the folder `root`. Without Git, or outside a repository, it is empty."""
    text = _git(
        root, "log", "--format=%x00%H%x00%an%x00%as", "--name-only", "-z", "--no-renames", "--relative", "."
    )
    history = parse_log(text) if text else History()
    if (_git(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
        return _without_the_cut(history)
    return history


def _without_the_cut(history: History) -> History:
    """A shallow clone's history. Where it was cut off, one commit seems to have made every file."""
    made = Counter(change.commit for change in history.first.values())
    cut = max(made, key=lambda commit: made[commit], default="")
    return History({path: change for path, change in history.last.items() if change.commit != cut})


def read_repository(root: Path) -> Repository:
    """Where the folder `root` has its home on GitHub, as its remote `origin` says; empty when it has none."""
    prefix = (_git(root, "rev-parse", "--show-prefix") or "").strip("\n")
    match = _GITHUB.match((_git(root, "config", "--get", "remote.origin.url") or "").strip())
    return Repository(f"https://github.com/{match[1]}" if match else "", prefix)


def _git(root: Path, *arguments: str) -> str | None:
    """What Git prints, or None when it cannot answer."""
    # The codex is a stranger's: none of its Git settings may name a program to run.
    command = [
        "git",
        "--no-pager",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=false",
        "-c",
        "log.showSignature=false",
        "-C",
        str(root),
    ]
    inherited = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    environment = {**inherited, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [*command, *arguments], capture_output=True, timeout=TIMEOUT_SECONDS, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.info("Git history is left out: %s", error)
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def parse_log(text: str) -> History:
    """The history in the output of `git log -z --name-only`, newest commit first.

    NUL is the only mark in it, since names of files and of people may hold everything else. A commit
    begins where a file's name would be empty.
    """
    last: dict[NotePath, Change] = {}
    first: dict[NotePath, Change] = {}
    change: Change | None = None
    fields = iter(text.split("\0"))
    for name in fields:
        if not name:
            commit, author, day = (next(fields, "") for _ in range(3))
            date = parse_date(day)
            change = Change(commit, author, date) if date else None
            is_first = True
        elif change:
            path = NotePath(name.removeprefix("\n") if is_first else name)
            last.setdefault(path, change)
            first[path] = change
            is_first = False
    return History(last, first)

"""On which day each file came into the repository, asked of Git only when somebody wants to know."""

from __future__ import annotations

import logging
from datetime import date
from functools import cached_property
from pathlib import Path

from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import NOT_COMMITTED
from codex_publisher.repository.git import GitError, ask
from codex_publisher.repository.git_log import read_commits

log = logging.getLogger("mkdocs.hooks.codex")


class FirstSeen:
    """Answers for the files of one folder. Without Git, or in a shallow clone, nothing is known."""

    def __init__(self, root: Path) -> None:
        """Git is not asked yet: that takes its time, and many codices never need it."""
        self._root = root

    def __call__(self, path: NotePath) -> date | None:
        """The day of the first commit that touched the file, `NOT_COMMITTED`, or None if nothing is known."""
        return self._days.get(path, NOT_COMMITTED) if self._days else None

    @cached_property
    def _days(self) -> dict[NotePath, date]:
        days: dict[NotePath, date] = {}
        if (ask(self._root, "rev-parse", "--is-shallow-repository") or "").strip() != "false":
            return days
        try:
            for commit in read_commits(self._root):
                for touched in commit.touched:
                    # Newest first, so the last word is the oldest.
                    days[touched.path] = commit.change.date.first_day()
        except GitError as error:
            log.debug("Nothing is known of when files were added: %s", error)
            return {}
        return days

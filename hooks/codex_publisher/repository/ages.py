"""Since when each file has been in the repository, as Git tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.git import GitError, ask
from codex_publisher.repository.git_log import read_commits


def days_added(root: Path) -> Mapping[NotePath, date]:
    """The day on which each file of the folder came under its name.

    Empty where there is no Git, and for a clone that holds only the end of the history: it knows no first
    day of any file.
    """
    if (ask(root, "rev-parse", "--is-shallow-repository") or "").strip() != "false":
        return {}
    days: dict[NotePath, date] = {}
    try:
        for commit in read_commits(root):
            days.update((touched.path, commit.change.date.first_day()) for touched in commit.touched)
    except GitError:
        return {}
    return days

"""The health of a codex on earlier days: some of its commits, read into memory one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from codex_publisher.model.codex import build_codex
from codex_publisher.model.health import Moment, Past, Unknown, health_of
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.git import GitError, answering, ask
from codex_publisher.repository.rendering import outline_all
from codex_publisher.repository.revisions import Entry, RevisionError, codex_of, tree_at

MOST_MOMENTS: Final = 8
LEAST_MONTHS: Final = 2
"""With fewer earlier months, days say more."""
MOST_NOTES: Final = 12_000
"""Notes of all moments together. A larger codex is looked at less often, whatever time that would take."""
MOST_COMMITS: Final = 50_000
"""Commits that are looked through for the last of each month."""


@dataclass(frozen=True, slots=True)
class _Commit:
    name: str
    day: date


def head_of(root: Path) -> str:
    """The commit that the folder `root` stands at; empty where there is none."""
    return (ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") or "").strip()


def read_past(folder: CodexFolder) -> Past:
    """The health at the ends of up to eight earlier months, or on earlier days of a short history.

    What is not committed does not matter. Today's rules and settings judge; a rule that depends on the day
    takes the day of the commit for today.
    """
    if not head_of(folder.root):
        return Past(unknown=Unknown.NO_GIT)
    if (ask(folder.root, "rev-parse", "--is-shallow-repository") or "").strip() != "false":
        return Past(unknown=Unknown.SHALLOW)
    try:
        commits, by_month = _chosen(list(_mainline(folder)))
        if not commits:
            return Past(unknown=Unknown.YOUNG)
        trees = [(commit, tree_at(folder.root, commit.name)) for commit in commits]
        trees = [(commit, tree) for commit, tree in trees if _size(tree)]
        kept = _affordable(trees)
        if trees and not kept:
            return Past(unknown=Unknown.LARGE)
        moments = tuple(_moments(folder, kept))
    except (GitError, RevisionError):
        return Past(unknown=Unknown.UNREADABLE)
    return Past(moments, by_month, None if moments else Unknown.YOUNG)


def _mainline(folder: CodexFolder) -> Iterator[_Commit]:
    """The commits that the folder's branch stood at, newest first, none of a later day than the one before.

    A clock may have been wrong. Raises GitError.
    """
    latest = folder.policy.today
    question = ("log", "--first-parent", f"--max-count={MOST_COMMITS}", "--format=%H %cs", "HEAD", "--")
    with answering(folder.root, *question) as stream:
        for line in stream:
            name, _, text = line.decode("ascii", "replace").strip().partition(" ")
            try:
                day = date.fromisoformat(text)
            except ValueError:
                continue
            if day <= latest:
                latest = day
                yield _Commit(name, day)


def _chosen(commits: Sequence[_Commit]) -> tuple[list[_Commit], bool]:
    """The last commit of each earlier month, or of days from end to end; and whether they are months."""
    if not commits:
        return [], True
    last_of_month: dict[tuple[int, int], _Commit] = {}
    last_of_day: dict[date, _Commit] = {}
    for commit in commits:
        last_of_month.setdefault((commit.day.year, commit.day.month), commit)
        last_of_day.setdefault(commit.day, commit)
    # What the newest commits made is the present, which the site tells anyway.
    months, days = list(last_of_month.values())[1:], list(last_of_day.values())[1:]
    if len(months) >= LEAST_MONTHS:
        return months[:MOST_MOMENTS][::-1], True
    return _spread(days[::-1], MOST_MOMENTS), False


def _spread(commits: Sequence[_Commit], most: int) -> list[_Commit]:
    """So many of them at most, from the first to the last."""
    if len(commits) <= most:
        return list(commits)
    return [commits[number * (len(commits) - 1) // (most - 1)] for number in range(most)]


def _size(tree: Iterable[Entry]) -> int:
    """About how many notes a commit holds: some Markdown files are none."""
    return sum(entry.path.endswith(".md") for entry in tree)


def _affordable(trees: list[tuple[_Commit, tuple[Entry, ...]]]) -> list[tuple[_Commit, tuple[Entry, ...]]]:
    """Every one of them, or every second, fourth, and so on, if they hold too many notes."""
    while trees and sum(_size(tree) for _, tree in trees) > MOST_NOTES:
        trees = trees[::2] if len(trees) > 1 else []
    return trees


def _moments(folder: CodexFolder, trees: Iterable[tuple[_Commit, tuple[Entry, ...]]]) -> Iterator[Moment]:
    """The health at each. A note that is the same as at the commit before is not read again."""
    added = FirstSeen(folder.root)
    codex = build_codex((), {})
    # One process: the others have the present to read.
    with Engine(1) as engine:
        outlined = partial(outline_all, engine=engine)
        for commit, tree in trees:
            on_that_day = replace(folder, policy=replace(folder.policy, today=commit.day))
            codex = codex_of(on_that_day, tree, codex, outlined, added)
            if codex.notes:
                yield Moment(commit.day, health_of(codex))

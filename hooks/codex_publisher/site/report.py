"""What a build says when it is done."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Set
from typing import Final, NamedTuple

from codex_publisher.model.codex import Codex
from codex_publisher.model.counting import problems_in_words
from codex_publisher.model.problems import Severity

MAX_LOGGED: Final = 20
log = logging.getLogger("mkdocs.hooks.codex")


class Line(NamedTuple):
    """A line of the log."""

    level: int
    text: str


def report(codex: Codex, published: Set[str]) -> Iterator[Line]:
    """The errors, how many notes there are and what is wrong with them, in the words of `codex check`.

    An error of a note is a warning of the build: it is published all the same, not as its writer meant it.
    MkDocs ends a build because of warnings only if it is strict.
    """
    errors = [problem for problem in codex.problems if problem.severity is Severity.ERROR]
    for problem in errors[:MAX_LOGGED]:
        yield Line(logging.WARNING, str(problem))
    if len(errors) > MAX_LOGGED:
        yield Line(
            logging.WARNING, f"and {len(errors) - MAX_LOGGED} more errors; all are on the page problems/"
        )
    read = len(codex.notes)
    there = sum(1 for path in codex.notes if codex.permalinks[path] in published)
    yield Line(logging.INFO, f"{read:,} notes read, {there:,} published")
    where = " They are listed on the site's page problems/" if codex.problems else ""
    yield Line(logging.INFO, problems_in_words(codex.problems, read) + where)


def say(lines: Iterable[Line]) -> None:
    """Say it."""
    for line in lines:
        log.log(line.level, "%s", line.text)

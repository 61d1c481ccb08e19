"""What a build says when it is done."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Set
from typing import Final, NamedTuple

from codex_publisher.model.codex import Codex
from codex_publisher.model.problems import Severity

MAX_LOGGED: Final = 20


class Line(NamedTuple):
    """A line of the log."""

    level: int
    text: str


def report(codex: Codex, published: Set[str], is_strict: bool) -> Iterator[Line]:
    """The errors, how many notes there are and where to read of their problems.

    MkDocs counts warnings and ends a strict build because of them; otherwise a note never ends a build.
    """
    errors = [problem for problem in codex.problems if problem.severity is Severity.ERROR]
    level = logging.WARNING if is_strict else logging.INFO
    for problem in errors[:MAX_LOGGED]:
        yield Line(level, str(problem))
    if len(errors) > MAX_LOGGED:
        yield Line(level, f"and {len(errors) - MAX_LOGGED} more errors; all are on the page problems/")
    read = len(codex.notes)
    there = sum(1 for path in codex.notes if codex.permalinks[path] in published)
    yield Line(
        logging.INFO,
        f"{read:,} notes read, {there:,} published, {codex.notes_with_problems()} with problems",
    )
    if codex.problems:
        yield Line(logging.INFO, "What to mend is listed on the site's page problems/")

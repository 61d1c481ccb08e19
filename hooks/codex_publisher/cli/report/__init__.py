"""What `codex check` found, and the forms in which it is told: a module for each, with `write`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Final

from codex_publisher.model.counting import count_of, problems_in_words
from codex_publisher.model.problems import Problem

FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "codex_publisher.cli.report.text",
        "json": "codex_publisher.cli.report.as_json",
        "github": "codex_publisher.cli.report.github",
        "sarif": "codex_publisher.cli.report.sarif",
    }
)
"""The module of each form; it is imported when it is asked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and what is said of it."""

    problems: tuple[Problem, ...]
    """Those that are told, by path and place."""
    notes: int
    """How many notes the codex has."""
    line_of: Callable[[str, int], str]
    """The text of a line of a note; empty where there is none."""
    shown: Callable[[str], str] = str
    """A note's path as the person would write it."""
    prefix: str = ""
    """The codex's folder inside its repository, with `/` between folders; empty for all of it."""
    scope: str = ""
    """A sentence that says what else was narrowed, if anything."""
    known: int = 0
    """How many problems were left out because the baseline has them."""
    health: int | None = None
    """The score of the codex, where all of it is told."""
    mended: int = 0
    """How many of the baseline's problems are no longer there."""

    def in_repository(self, path: str) -> str:
        """A note's path from the root of its repository."""
        return f"{self.prefix}/{path}" if self.prefix else path


def writer(form: str) -> Callable[[Report, bool], Iterable[str]]:
    """What turns a report into lines of a form; it is given whether colours may be used."""
    write: Callable[[Report, bool], Iterable[str]] = import_module(FORMATS[form]).write
    return write


def summary(report: Report) -> str:
    """What was found, in a sentence or two."""
    return " ".join(filter(None, (_found(report), report.scope, *_about_baseline(report))))


def _found(report: Report) -> str:
    if report.known and not report.problems:
        return f"No new problems in {count_of(report.notes, 'note')}."
    return problems_in_words(report.problems, report.notes)


def _about_baseline(report: Report) -> Iterable[str]:
    old = ("problem of the baseline is", "problems of the baseline are")
    if report.known:
        yield f"{count_of(report.known, *old)} not shown."
    if report.mended:
        yield f"{count_of(report.mended, *old)} mended: --write-baseline takes them out of it."

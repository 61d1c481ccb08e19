"""The parts of the pages for those who keep the codex."""

from __future__ import annotations

from dataclasses import dataclass

from codex_publisher.site.views.parts import LinkTo


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem as it is told on a page."""

    code: str
    severity: str
    message: str
    hint: str
    line: int
    url: str
    """The line in the repository; empty when there is none."""


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A note that is not written yet."""

    title: str
    id: str
    count: int
    wanted_by: tuple[LinkTo, ...]
    more: int
    more_to: str
    near: tuple[LinkTo, ...]
    write_to: str = ""
    """The form on the web in which it can be begun."""
    command: str = ""
    """The command that begins it, where there is no such form."""


@dataclass(frozen=True, slots=True)
class Twin:
    """One of two notes that may be the same."""

    note: LinkTo
    facts: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Twins:
    """Two notes that may be the same."""

    one: Twin
    other: Twin
    also: str
    """What else is alike, as a sentence; may be empty."""


@dataclass(frozen=True, slots=True)
class TwinGroup:
    """Pairs that have the same thing in common."""

    title: str
    pairs: tuple[Twins, ...]
    more: int
    """How many more there are that are not shown."""


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The problems of one note."""

    note: LinkTo
    path: str
    problems: tuple[ProblemLine, ...]
    more: int
    more_to: LinkTo | None = None
    """Where the rest is."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How often a rule is broken."""

    code: str
    title: str
    severity: str
    count: int
    to: str
    explained: LinkTo | None = None
    """Where the guide explains it."""

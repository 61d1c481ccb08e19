"""How sound a codex is, as one number that anybody can work out anew by hand.

A note in good order counts 1, a note with warnings ½, a note with errors 0. The score is 100 times the mean
of all notes, without what follows the decimal point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from codex_publisher.model.codex import Codex
from codex_publisher.model.problems import Problem, Rule, Severity
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import NotePath


@dataclass(frozen=True, slots=True)
class Health:
    """How many notes are in good order, and how many are not."""

    sound: int
    """Notes in which nothing was found, or nothing but remarks."""
    warned: int
    """Notes with warnings and without errors."""
    wrong: int
    """Notes with errors."""

    @property
    def notes(self) -> int:
        """How many notes there are."""
        return self.sound + self.warned + self.wrong

    @property
    def score(self) -> int:
        """From 0 to 100. It is rounded down, so that 100 means that every note is in good order."""
        return 50 * (2 * self.sound + self.warned) // self.notes if self.notes else 100


@dataclass(frozen=True, slots=True)
class Gain:
    """What the score would gain if a rule, and nothing else, were kept everywhere."""

    rule: Rule
    notes: int
    """Notes that would count more: those in which nothing else is as severe."""
    points: float
    """Of 100, not rounded."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The health of a codex on an earlier day, by the rules of today."""

    day: date
    health: Health


class Unknown(Shared, Enum):
    """Why nothing is known of earlier days."""

    NO_GIT = auto()
    SHALLOW = auto()
    """The clone holds only the end of the history."""
    YOUNG = auto()
    """There is no earlier day."""
    LARGE = auto()
    """Reading all its notes anew would take too long."""
    UNREADABLE = auto()
    """Git could not tell."""


@dataclass(frozen=True, slots=True)
class Past:
    """The health of a codex over time, from Git."""

    moments: tuple[Moment, ...] = ()
    """The oldest first."""
    by_month: bool = True
    """Whether the moments are the ends of months; days otherwise."""
    unknown: Unknown | None = None
    """Why there are no moments, if there are none."""


def health_of(codex: Codex) -> Health:
    """The health of all notes."""
    return health_among(codex, codex.notes)


def health_among(codex: Codex, paths: Iterable[NotePath]) -> Health:
    """The health of some notes."""
    counts = dict.fromkeys(Severity, 0)
    for path in paths:
        counts[_worst(codex.problems_by_path.get(path, ()))] += 1
    return Health(counts[Severity.INFO], counts[Severity.WARNING], counts[Severity.ERROR])


def gains(codex: Codex) -> tuple[Gain, ...]:
    """What keeping each rule would bring, the most first; rules that bring nothing are left out.

    A note gains only by the rule that alone is so severe in it, so one look at each problem is enough.
    """
    halves: dict[str, int] = defaultdict(int)
    notes: dict[str, int] = defaultdict(int)
    rules: dict[str, Rule] = {}
    for path in codex.notes:
        found = _broken(codex.problems_by_path.get(path, ()))
        worst = min(found.values(), key=lambda rule: rule.severity.rank, default=None)
        if worst is None or worst.severity is Severity.INFO:
            continue
        others = [rule.severity.rank for rule in found.values() if rule.code != worst.code]
        after = min(others, default=Severity.INFO.rank)
        if after > worst.severity.rank:
            rules[worst.code] = worst
            notes[worst.code] += 1
            halves[worst.code] += after - worst.severity.rank
    total = len(codex.notes)
    order = sorted(rules, key=lambda code: (-halves[code], code))
    return tuple(Gain(rules[code], notes[code], 50 * halves[code] / total) for code in order)


def _broken(problems: Iterable[Problem]) -> Mapping[str, Rule]:
    return {problem.code: problem.rule for problem in problems}


def _worst(problems: Iterable[Problem]) -> Severity:
    return min((problem.severity for problem in problems), key=lambda one: one.rank, default=Severity.INFO)

"""Numbers in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from codex_publisher.model.problems import Problem, Severity

WORDS: Final[Mapping[Severity, tuple[str, str]]] = MappingProxyType(
    {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.INFO: ("remark", "remarks"),
    }
)
"""What problems of each severity are called, one and several."""


def count_of(number: int, singular: str, plural: str = "") -> str:
    """`1 note`, `1,229 notes`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def by_severity(problems: Iterable[Problem]) -> Mapping[Severity, int]:
    """How many problems there are of each severity."""
    counts = Counter(problem.severity for problem in problems)
    return {severity: counts[severity] for severity in Severity}


def problems_in_words(problems: tuple[Problem, ...], notes: int) -> str:
    """How many problems there are, in how many of the notes, and how they divide: the same in every place."""
    of_notes = count_of(notes, "note")
    if not problems:
        return f"No problems in {of_notes}."
    parts = ", ".join(
        count_of(number, *WORDS[severity]) for severity, number in by_severity(problems).items() if number
    )
    where = len({problem.path for problem in problems})
    among = of_notes if where == notes else f"{where:,} of {of_notes}"
    return f"{count_of(len(problems), 'problem')} in {among}: {parts}."

"""A baseline: the problems that a codex had when it was written, so that only new ones are told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from codex_publisher.model.problems import Problem

VERSION: Final = 1
Key: TypeAlias = tuple[str, str, str]
"""Path, code and message: lines are no part of it, since they change with every edit above."""
Baseline: TypeAlias = Mapping[Key, int]
"""How many problems there are of each key."""


class BaselineError(Exception):
    """A baseline that cannot be read or written; its text is a sentence."""


def key_of(problem: Problem) -> Key:
    """What a problem is known by."""
    return problem.path, problem.code, problem.message


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file. Raises BaselineError."""
    try:
        found = json.loads(file.read_bytes())
    except OSError as error:
        raise BaselineError(f"The baseline {file} could not be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{file} is no baseline. Write it anew with --write-baseline.") from error
    if not isinstance(found, dict) or found.get("version") != VERSION:
        raise BaselineError(f"{file} is no baseline. Write it anew with --write-baseline.")
    return Counter(dict(_counts(found.get("problems"), file)))


def write_baseline(file: Path, problems: Iterable[Problem]) -> int:
    """Write a file with these problems and give their number. Raises BaselineError."""
    notes: dict[str, dict[str, dict[str, int]]] = {}
    counts = Counter(map(key_of, problems))
    for (path, code, message), count in sorted(counts.items()):
        notes.setdefault(path, {}).setdefault(code, {})[message] = count
    text = json.dumps({"version": VERSION, "problems": notes}, indent=1)
    new = file.with_name(f"{file.name}.new")
    try:
        new.write_text(f"{text}\n", "utf-8")
        new.replace(file)
    except OSError as error:
        raise BaselineError(f"The baseline {file} could not be written: {error.strerror}.") from error
    return counts.total()


def new_problems(problems: Iterable[Problem], baseline: Baseline) -> tuple[Problem, ...]:
    """Those problems that the baseline does not have: where there are more of a kind, the last ones."""
    left = Counter(baseline)
    found = []
    for problem in problems:
        if left[key := key_of(problem)] > 0:
            left[key] -= 1
        else:
            found.append(problem)
    return tuple(found)


def gone(problems: Iterable[Problem], baseline: Baseline) -> Baseline:
    """What the baseline has and these problems have not."""
    return Counter(baseline) - Counter(map(key_of, problems))


def _counts(notes: Any, file: Path) -> Iterable[tuple[Key, int]]:
    try:
        for path, codes in notes.items():
            for code, messages in codes.items():
                for message, count in messages.items():
                    yield (path, code, message), max(0, int(count))
    except (AttributeError, TypeError, ValueError) as error:
        raise BaselineError(f"{file} is no baseline. Write it anew with --write-baseline.") from error

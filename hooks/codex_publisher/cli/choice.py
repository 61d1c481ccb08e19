"""Which problems a person wants to see: by place, by rule, by severity."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from codex_publisher.cli.terminal import Refusal
from codex_publisher.model.catalogue import RULES, UnknownRuleError, codes_of
from codex_publisher.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be told."""

    places: tuple[str, ...]
    """Notes and folders, from the root of the codex; empty for all of it. Some may hold no note."""
    codes: frozenset[str]
    severity: Severity
    """The least."""

    @property
    def is_of_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.places and self.codes == RULES.keys() and self.severity is Severity.INFO

    def covers(self, path: str) -> bool:
        """Whether a note was asked for."""
        return not self.places or any(path == place or path.startswith(f"{place}/") for place in self.places)

    def passed_over(self, notes: Iterable[str]) -> tuple[str, ...]:
        """The places that hold none of these notes, such as a README that somebody's hook names too."""
        if not self.places:
            return ()
        known = frozenset(notes)
        above = {folder for path in known for folder in _folders_above(path)}
        return tuple(place for place in self.places if place not in known and place not in above)

    def allows(self, path: str, code: str) -> bool:
        """Whether problems of this rule in this note are wanted."""
        return code in self.codes and self.covers(path)

    def of(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Those of the problems that are wanted."""
        return tuple(
            problem
            for problem in problems
            if problem.severity.rank <= self.severity.rank and self.allows(problem.path, problem.code)
        )


def choose(
    root: Path, start: Path, paths: Sequence[str], select: str, ignore: str, severity: Severity
) -> Choice:
    """What the options mean. Ends the command with a sentence when one of them means nothing."""
    places = tuple(_inside(root, start, path) for path in paths)
    try:
        codes = codes_of(_listed(select)) if select.strip(" ,") else frozenset(RULES)
        codes -= codes_of(_listed(ignore))
    except UnknownRuleError as error:
        raise Refusal(str(error)) from error
    return Choice(() if "" in places else places, codes, severity)


def _listed(text: str) -> list[str]:
    return [part for part in text.replace(",", " ").split() if part]


def _folders_above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _inside(root: Path, start: Path, path: str) -> str:
    """A path that a person gave, from the root of the codex; empty for the root itself.

    A file outside begins with `..`: it is no note, and is passed over like other files that are none.
    """
    place = Path(os.path.normpath(start / path))
    if not place.exists() and not place.is_symlink():
        raise Refusal(f"There is nothing at {path}.")
    # The folders on the way may be links, as /tmp is on macOS; the file itself is what was named.
    place = place.parent.resolve() / place.name if place != root else root
    if place == root:
        return ""
    if root not in place.parents and place.is_dir():
        raise Refusal(f"{path} is outside the codex, which is {root}.")
    return Path(os.path.relpath(place, root)).as_posix()

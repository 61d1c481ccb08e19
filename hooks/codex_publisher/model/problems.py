"""What is wrong with a note, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from codex_publisher.model.names import HIDDEN
from codex_publisher.model.shared import Shared


class Severity(Shared, StrEnum):
    """How much a problem matters; `ERROR` is the only one that may fail a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most severe, so that sorting puts it first."""
        return _RANKS[self]


_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, with a code that never changes its meaning."""

    code: str
    severity: Severity
    title: str
    """What is wrong, in a few words: a heading over all problems of this rule."""

    __setstate__ = Shared.__setstate__


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. Problems sort by path, then by place."""

    path: str
    """The note's path inside the codex, with `/` between folders."""
    line: int
    """Counted from 1 in the file as it is on disk."""
    column: int
    """Counted from 1, in characters."""
    rule: Rule = field(compare=False)
    message: str
    """A sentence for the person who can mend it."""
    hint: str = ""
    """What to do, or the nearest valid value; may be empty."""
    other: str = field(default="", compare=False)
    """The path of the other note, where two have a problem with each other."""

    @property
    def code(self) -> str:
        """The rule's stable code, such as `F101`."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The rule's severity."""
        return self.rule.severity

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        text = f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}{hint}"
        # A file's name may hold a line break, and a line of a log may be a command to whoever reads it.
        return HIDDEN.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding inside one text, by code that need not know which file the text is from."""

    rule: Rule
    line: int
    """Counted from 1 in the text."""
    column: int
    """Counted from 1, in characters."""
    message: str
    """A sentence for the person who can mend it."""
    hint: str = ""
    """What to do, or the nearest valid value; may be empty."""

    def at(self, path: str, line_offset: int = 0) -> Problem:
        """Give the problem that this is in the note `path`.

        `line_offset` is the number of lines of the file that stand before the text.
        """
        return Problem(path, self.line + line_offset, self.column, self.rule, self.message, self.hint)

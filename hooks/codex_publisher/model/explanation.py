"""What a rule means to the person who breaks it: why it is there, and a note before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from codex_publisher.model.problems import Rule

Files: TypeAlias = Mapping[str, str | bytes]
"""The files of a very small codex by their paths."""
_NONE: Final[Files] = MappingProxyType({})

EXAMPLE_DAY: Final = date(2026, 11, 21)
"""The day on which the examples are checked, for rules that count days."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule explained. The texts are plain words in which only `code` is marked, by backticks.

    The first file of `bad` breaks the rule and the first of `good` does not. Both are shown, so they are as
    short as they can be, and need not keep the other rules.
    """

    rule: Rule
    what: str
    """What is reported, in one or two sentences."""
    why: str
    """Why it matters to those who read the codex."""
    fix: str
    """What to do about it."""
    bad: Files = field(default_factory=lambda: _NONE)
    good: Files = field(default_factory=lambda: _NONE)
    beside: Files = field(default_factory=lambda: _NONE)
    """Files that stand beside both, and are only named."""
    instead: str = ""
    """In place of examples, where what is wrong cannot be seen in a note's text: how it comes about."""

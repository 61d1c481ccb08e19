"""All rules by their codes, and which of them a person means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.problems import Rule

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.code: rule
        for rule in sorted(
            (value for value in vars(rules).values() if isinstance(value, Rule)), key=lambda rule: rule.code
        )
    }
)
"""In the order of their codes."""

GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "F": "Front matter",
        "L": "Links and attachments",
        "Q": "Queue",
        "C": "Claims and what rests on them",
        "N": "Names",
        "S": "Safety",
    }
)
"""What the rules are about whose codes begin with a letter."""


class UnknownRuleError(ValueError):
    """No rule has such a code; its text is a sentence that names the nearest one."""


def rules_of(code: str) -> tuple[Rule, ...]:
    """The rules whose code this is or begins with, in any case. Raises UnknownRuleError if there are none."""
    wanted = code.strip().upper()
    found = tuple(rule for rule in RULES.values() if rule.code.startswith(wanted)) if wanted else ()
    if not found:
        near = difflib.get_close_matches(wanted, [*RULES, *GROUPS], n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else "`codex explain` lists them."
        raise UnknownRuleError(f"No rule has the code “{code[:20]}”. {hint}")
    return found


def codes_of(named: Iterable[str]) -> frozenset[str]:
    """The codes of all rules that a list of codes and their beginnings means. Raises UnknownRuleError."""
    return frozenset(rule.code for code in named for rule in rules_of(code))

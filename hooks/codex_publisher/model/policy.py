"""What a codex's maintainers have settled about its checks: `extra.codex.checks` in `mkdocs.yml`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from codex_publisher.model.catalogue import UnknownRuleError, codes_of, rules_of
from codex_publisher.model.facets import PRIORITIES
from codex_publisher.model.problems import Problem, Rule, Severity

MOST_DAYS: Final = 3650
QUEUE_DAYS: Final[Mapping[str, int]] = MappingProxyType({"high": 14, "medium": 60, "low": 180})
_KEYS: Final = ("ignore", "severity", "queue_days", "entity_days", "sector_days")


class PolicyError(ValueError):
    """A setting that cannot be used; its text is a sentence that names the key and says what to write."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts as a problem, and from when on. Days are whole calendar days."""

    today: date
    queue_days: Mapping[str, int] = field(default_factory=lambda: QUEUE_DAYS)
    """How long a source may wait, by its priority."""
    entity_days: int = 90
    """How long an entity may stay as it is before it counts as stale."""
    sector_days: int = 60
    """Likewise a sector."""
    ignored: frozenset[str] = frozenset()
    """Codes of rules, or their beginnings, that are not reported, such as `L102` or `N`."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """By code, where another severity than the rule's own was settled."""

    def settle(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems that are reported, each with the severity that was settled for it."""
        ignored = tuple(self.ignored)
        settled: dict[str, Rule] = {}
        for problem in problems:
            code = problem.code
            if ignored and code.startswith(ignored):
                continue
            severity = self.severities.get(code, problem.severity)
            if severity is problem.severity:
                yield problem
            else:
                rule = settled.setdefault(code, replace(problem.rule, severity=severity))
                yield replace(problem, rule=rule)


def read_policy(raw: object, today: date) -> Policy:
    """Check the settings and make them usable; None stands for no settings. Raises PolicyError."""
    if raw is None:
        return Policy(today)
    if not isinstance(raw, Mapping):
        raise PolicyError(f"`checks` should be a group of settings, not {raw!r}.")
    for key in raw:
        if key not in _KEYS:
            near = difflib.get_close_matches(str(key), _KEYS, n=1, cutoff=0.5)
            hint = f"Did you mean `{near[0]}`?" if near else f"The settings are: {', '.join(_KEYS)}."
            raise PolicyError(f"`checks` has no setting `{key}`. {hint}")
    given = {key: value for key, value in raw.items() if value is not None}
    return Policy(
        today=today,
        queue_days=_queue_days(given.get("queue_days", {})),
        entity_days=_days("entity_days", given.get("entity_days", 90)),
        sector_days=_days("sector_days", given.get("sector_days", 60)),
        ignored=frozenset(_codes(given.get("ignore", []))),
        severities=_severities(given.get("severity", {})),
    )


def _queue_days(value: object) -> Mapping[str, int]:
    if not isinstance(value, Mapping) or not set(value) <= set(PRIORITIES):
        raise PolicyError(
            f"`checks.queue_days` is {value!r}; write the days for each priority, as in `high: 14` "
            f"({', '.join(PRIORITIES)})."
        )
    return {**QUEUE_DAYS, **{str(key): _days(f"queue_days.{key}", days) for key, days in value.items()}}


def _days(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
        raise PolicyError(f"`checks.{key}` is {value!r}; use a number of days from 1 to {MOST_DAYS}.")
    return value


def _codes(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(code, str) and code for code in value):
        raise PolicyError(f"`checks.ignore` is {value!r}; write a list of codes, as in `[L102, N]`.")
    _known("ignore", value)
    return [code.strip().upper() for code in value]


def _severities(value: object) -> Mapping[str, Severity]:
    allowed = [str(severity) for severity in Severity]
    if not isinstance(value, Mapping) or not all(named in allowed for named in value.values()):
        raise PolicyError(
            f"`checks.severity` is {value!r}; write a severity for each code, as in `L102: info` "
            f"({', '.join(allowed)})."
        )
    _known("severity", value)
    # What is said of a rule itself counts before what is said of its group.
    ordered = sorted((str(code), Severity(named)) for code, named in value.items())
    return {rule.code: severity for code, severity in ordered for rule in rules_of(code)}


def _known(key: str, codes: Iterable[object]) -> None:
    try:
        codes_of(map(str, codes))
    except UnknownRuleError as error:
        raise PolicyError(f"`checks.{key}`: {error}") from error

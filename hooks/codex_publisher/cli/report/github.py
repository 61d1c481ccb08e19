"""The report as commands of GitHub's workflows, which show each problem beside its line in a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from codex_publisher.cli.report import Report, summary
from codex_publisher.model.names import HIDDEN, REPLACEMENT, tame
from codex_publisher.model.problems import Problem, Severity

_COMMANDS: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
)


def write(report: Report, _colours: bool) -> Iterator[str]:
    """The lines of the report, the most severe first: GitHub shows only so many of a step."""
    for problem in sorted(report.problems, key=lambda problem: problem.severity.rank):
        yield _command(problem, report.in_repository(problem.path))
    yield summary(report)


def _command(problem: Problem, file: str) -> str:
    title = f"{problem.code}: {problem.rule.title}"
    places = {"file": file, "line": str(problem.line), "col": str(problem.column), "title": title}
    properties = ",".join(f"{name}={in_property(value)}" for name, value in places.items())
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::{_COMMANDS[problem.severity]} {properties}::{in_message(problem.message + hint)}"


def in_message(text: str) -> str:
    """A text as the message of a command: it can neither end its line nor hold another command."""
    shown = HIDDEN.sub(lambda found: found[0] if found[0] in "\r\n" else REPLACEMENT, text)
    return tame(shown).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_property(text: str) -> str:
    """A text as a property of a command."""
    return in_message(text).replace(":", "%3A").replace(",", "%2C")

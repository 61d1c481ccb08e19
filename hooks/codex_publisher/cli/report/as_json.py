"""The report for programs. docs/check.schema.json says what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from codex_publisher import __version__
from codex_publisher.cli.report import Report
from codex_publisher.model.counting import by_severity
from codex_publisher.model.problems import Problem

VERSION: Final = 1
"""Grows when something that was there is gone or means something else; additions do not count."""


def write(report: Report, _colours: bool) -> Iterator[str]:
    """The report as one JSON object, of ASCII characters only, so that every pipe can carry it."""
    counts = by_severity(report.problems)
    yield json.dumps(
        {
            "version": VERSION,
            "tool": {"name": "codex", "version": __version__},
            "summary": {
                "notes": report.notes,
                "notes_with_problems": len({problem.path for problem in report.problems}),
                "problems": len(report.problems),
                **{severity.value: count for severity, count in counts.items()},
                "known": report.known,
                "mended": report.mended,
            },
            "problems": [_problem(report, problem) for problem in report.problems],
        },
        indent=2,
    )


def _problem(report: Report, problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "title": problem.rule.title,
        "path": problem.path,
        "file": report.in_repository(problem.path),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "hint": problem.hint,
    }

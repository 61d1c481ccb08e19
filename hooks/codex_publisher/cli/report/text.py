"""The report for people: each problem with its line, and a caret under the place."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

import click

from codex_publisher.cli.report import Report, summary
from codex_publisher.cli.terminal import cells, cells_of
from codex_publisher.model.counting import WORDS
from codex_publisher.model.names import HIDDEN, REPLACEMENT, visible
from codex_publisher.model.problems import Problem, Severity

LEAST_FOR_TABLE: Final = 10
"""Fewer problems are seen at a glance; more are also counted by rule."""
_WIDTH: Final = 100
_COLOURS: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
)


def write(report: Report, colours: bool) -> Iterator[str]:
    """The lines of the report."""
    width = max(40, shutil.get_terminal_size((_WIDTH, 0)).columns)
    for path, problems in groupby(report.problems, key=lambda problem: problem.path):
        shown = visible(report.shown(path))
        for problem in problems:
            yield _headline(shown, problem, colours)
            yield from _frame(problem, report.line_of(path, problem.line), width, colours)
        yield ""
    if len(report.problems) >= LEAST_FOR_TABLE:
        yield from _table(report, colours)
        yield ""
    health = f" Health {report.health} of 100." if report.problems and report.health is not None else ""
    yield _style(f"{summary(report)}{health}", colours, bold=True)


def cut_out(line: str, column: int, width: int) -> tuple[str, int]:
    """As much of a line as has room around a column, and how far from its left edge the column then is.

    `column` counts characters from 1; the room and the distance are in cells of a terminal, of which some
    characters take two and some none.
    """
    # One character for another, so that columns stay true: `tame` would drop some.
    shown = line if line.isprintable() else HIDDEN.sub(REPLACEMENT, line.replace("\t", " "))
    at = min(max(column - 1, 0), len(shown))
    if cells(shown) <= width:
        return shown.rstrip(), cells(shown[:at])
    start, end = _ends(shown, at, width - 2)
    before, after = "…" if start else "", "…" if end < len(shown) else ""
    return f"{before}{shown[start:end].rstrip()}{after}", len(before) + cells(shown[start:at])


def _ends(shown: str, at: int, left: int) -> tuple[int, int]:
    """From where to where a line is shown in so many cells; a third of them is before the place."""
    room = left // 3
    start = max(at - room, 0)
    if shown[start : at + left].isascii():
        return start, min(start + left, len(shown))
    start = end = at
    while start and room >= (taken := cells_of(shown[start - 1])):
        start, room, left = start - 1, room - taken, left - taken
    while end < len(shown) and left >= (taken := cells_of(shown[end])):
        end, left = end + 1, left - taken
    return start, end


def _headline(shown: str, problem: Problem, colours: bool) -> str:
    place = _style(f"{shown}:{problem.line}:{problem.column}:", colours, bold=True)
    code = _style(problem.code, colours, fg=_COLOURS[problem.severity], bold=True)
    hint = f" ({visible(problem.hint)})" if problem.hint else ""
    return f"{place} {code} {visible(problem.message)}{_style(hint, colours, dim=True)}"


def _frame(problem: Problem, line: str, width: int, colours: bool) -> Iterator[str]:
    """The line and the caret. What but a link is at the very beginning is said of the whole file."""
    is_of_whole = (problem.line, problem.column) == (1, 1) and not problem.code.startswith("L")
    if is_of_whole or not line.strip():
        return
    number = f"{problem.line:5}"
    text, at = cut_out(line, problem.column, width - len(number) - 3)
    bar = _style("|", colours, dim=True)
    yield f"{_style(number, colours, dim=True)} {bar} {text}"
    caret = _style("^", colours, fg=_COLOURS[problem.severity], bold=True)
    yield f"{' ' * len(number)} {bar} {' ' * at}{caret}"


def _table(report: Report, colours: bool) -> Iterator[str]:
    """How often each rule was broken, the most severe and commonest first."""
    counts = Counter(problem.rule for problem in report.problems)
    for rule, count in sorted(
        counts.items(), key=lambda item: (item[0].severity.rank, -item[1], item[0].code)
    ):
        code = _style(rule.code, colours, fg=_COLOURS[rule.severity], bold=True)
        yield f"{count:7,}  {code}  {WORDS[rule.severity][0]:7}  {rule.title}"


def _style(text: str, colours: bool, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
    if not colours or not text:
        return text
    return click.style(text, fg=fg, bold=bold or None, dim=dim or None)

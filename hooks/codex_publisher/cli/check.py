"""`codex check`: says what is wrong with the notes, where, and how to mend it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import click

from codex_publisher.cli.baseline import BaselineError, gone, new_problems, read_baseline, write_baseline
from codex_publisher.cli.choice import Choice, choose
from codex_publisher.cli.report import FORMATS, Report, writer
from codex_publisher.cli.terminal import Refusal, listed, may_use_colours, say, tell_all
from codex_publisher.cli.vault import Vault
from codex_publisher.model.changes import changes_between, problems_to_tell
from codex_publisher.model.codex import Codex
from codex_publisher.model.counting import count_of
from codex_publisher.model.health import health_of
from codex_publisher.model.names import visible
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Severity
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.source_text import decode
from codex_publisher.repository.config import place_in_repository

MOST_PASSED_OVER: Final = 5
EXAMPLES: Final = (
    "\b\nExamples:\n"
    "  codex check                               everything\n"
    "  codex check inbox/queue                   one folder\n"
    "  codex check --changed-since main          what your branch brings\n"
    "  codex check --select L --severity error   errors in links\n"
    "  codex check --baseline known.json         only what is new\n"
    "  codex check --diff                        what --fix would mend\n"
)
SEVERITIES = [severity.value for severity in Severity]


@click.command("check", short_help="Say what is wrong with the notes, and how to mend it.", epilog=EXAMPLES)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="text for people (the default), json for programs, github for annotations of a pull request, sarif "
    "for code scanning.",
)
@click.option(
    "--select",
    default="",
    metavar="CODES",
    help="Only these rules. Codes or their beginnings, with commas between: L101,F2",
)
@click.option("--ignore", default="", metavar="CODES", help="All but these rules.")
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default=Severity.INFO.value,
    help="Only what is at least so severe. The default is info: everything.",
)
@click.option(
    "--changed-since",
    "revision",
    metavar="REV",
    help="Only notes that have changed since your branch parted from REV, such as origin/main, and links "
    "elsewhere that the change broke. What is not committed yet counts too.",
)
@click.option(
    "--baseline",
    "baseline_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Only what is not in this file yet. If there is no such file, it is written.",
)
@click.option("--write-baseline", "is_renewed", is_flag=True, help="Write the file of --baseline anew.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default=Severity.ERROR.value,
    help="From which severity on to end with 1. The default is error.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="First mend what is certain: older names of fields, spelling of values, forms of dates, tags said "
    "twice, `.md` and case in links. Nothing else in a file changes.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    form: str,
    select: str,
    ignore: str,
    severity: str,
    revision: str | None,
    baseline_file: Path | None,
    is_renewed: bool,
    fail_on: str,
    fix: bool,
    diff: bool,
) -> None:
    """Say what is wrong with the notes, at which line, and how to mend it.

    PATH narrows it to some notes or folders. All notes are read even so, because links need it.

    `codex explain L101` tells more about a rule.

    Ends with 0 when there is no error, with 1 when there is one, and with 2 when it could not check.
    Warnings and remarks end it with 1 only if --fail-on says so. With --diff, ends with 1 when there is
    something to mend.
    """
    vault: Vault = context.obj
    choice = choose(vault.folder.root, vault.start, paths, select, ignore, Severity(severity))
    if is_renewed and baseline_file is None:
        raise click.UsageError("--write-baseline needs --baseline FILE, the file to write.")
    is_to_be_written = baseline_file is not None and (is_renewed or not baseline_file.exists())
    if is_to_be_written and (paths or revision):
        raise click.UsageError(
            "A baseline is written of the whole codex: leave out PATH and --changed-since."
        )
    if diff or fix:
        # It takes a tenth of the time of all imports, and most checks mend nothing.
        from codex_publisher.cli import fixing  # noqa: PLC0415

        if select or ignore:
            raise click.UsageError(
                "What is mended is not chosen by rule: narrow it by PATH or --changed-since, not by --select "
                "or --ignore."
            )
        places = [path for path in _in_question(vault, revision) if choice.covers(path)]
        if diff:
            context.exit(int(fixing.show(vault, places)))
        vault = fixing.fix(vault, places)
    if paths:
        _say_passed_over(choice.passed_over(vault.surveyed.notes))
    else:
        vault.refuse_nothing(vault.surveyed)
    report = _report(vault, choice, revision)
    if baseline_file:
        report = _compared(report, vault.surveyed, choice, baseline_file, is_to_be_written)
    tell_all(writer(form)(report, may_use_colours()))
    if any(problem.severity.rank <= Severity(fail_on).rank for problem in report.problems):
        context.exit(1)


def _report(vault: Vault, choice: Choice, revision: str | None) -> Report:
    codex, folder = vault.surveyed, vault.folder
    report = Report(
        problems=choice.of(codex.problems),
        notes=sum(map(choice.covers, codex.notes)),
        line_of=Lines(codex).line_of,
        shown=partial(_shown, vault),
        prefix=place_in_repository(folder.root),
    )
    if revision is None:
        return replace(report, health=health_of(codex).score) if choice.is_of_everything else report
    then = vault.surveyed_since(revision)
    changes = changes_between(then, codex)
    changed = count_of(sum(map(choice.covers, changes.edited)), "note has", "notes have")
    return replace(
        report,
        problems=choice.of(problems_to_tell(then, codex, changes)),
        scope=f"{changed} changed since {visible(revision)[:80]}.",
    )


def _in_question(vault: Vault, revision: str | None) -> Collection[NotePath]:
    """The notes to be looked at: all, or those that were edited since a revision."""
    if revision is None:
        return vault.codex.notes.keys()
    return changes_between(vault.surveyed_since(revision), vault.surveyed).edited


def _say_passed_over(places: Sequence[str]) -> None:
    """Tell of paths without a note. It is no failure: hooks name whatever a commit has, READMEs too."""
    if places:
        more = len(places) - MOST_PASSED_OVER
        others = f" and {count_of(more, 'other')}" if more > 0 else ""
        say(f"No note, and so passed over: {listed(places[:MOST_PASSED_OVER])}{others}.")


def _shown(vault: Vault, path: str) -> str:
    """A note's path as the person would write it."""
    near = os.path.relpath(vault.folder.root / path, vault.start)
    # A codex that was named and lies elsewhere is called what the person called it.
    return str(vault.named / path) if vault.named and near.startswith("..") else near


def _compared(report: Report, codex: Codex, choice: Choice, file: Path, is_to_be_written: bool) -> Report:
    """What of a report a baseline does not have."""
    try:
        if is_to_be_written:
            written = write_baseline(file, report.problems)
            say(visible(f"Wrote {file} with {count_of(written, 'problem')}."))
        baseline = read_baseline(file)
    except BaselineError as error:
        raise Refusal(str(error)) from error
    new = {id(problem) for problem in new_problems(codex.problems, baseline)}
    shown = tuple(problem for problem in report.problems if id(problem) in new)
    mended = sum(
        count
        for (path, code, _), count in gone(codex.problems, baseline).items()
        if choice.allows(path, code)
    )
    return replace(
        report, problems=shown, known=len(report.problems) - len(shown), mended=mended, health=None
    )


class Lines:
    """The lines of notes, as they are counted in problems. Of one note after the other, each read once."""

    def __init__(self, codex: Codex) -> None:
        """Take the codex whose notes are asked for."""
        self._notes: Mapping[str, Note] = {str(path): note for path, note in codex.notes.items()}
        self._path: str | None = None
        self._lines: list[str] = []

    def line_of(self, path: str, line: int) -> str:
        """A line of a note, counted from 1; empty where there is none."""
        if path != self._path:
            note = self._notes.get(path)
            self._path, self._lines = path, decode(note.digest_source).text.split("\n") if note else []
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""

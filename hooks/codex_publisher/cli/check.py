"""`codex check`: says what is wrong with the notes, where, and how to mend it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from codex_publisher.cli import fixing
from codex_publisher.cli.baseline import BaselineError, gone, new_problems, read_baseline, write_baseline
from codex_publisher.cli.choice import Choice, choose
from codex_publisher.cli.printing import may_use_colours, print_lines, printable
from codex_publisher.cli.report import FORMATS, Report, counted, writer
from codex_publisher.cli.vault import Vault
from codex_publisher.model.changes import changes_between, problems_to_tell
from codex_publisher.model.codex import Codex
from codex_publisher.model.health import health_of
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Severity
from codex_publisher.model.source_text import decode
from codex_publisher.repository.config import place_in_repository

SEVERITIES = [severity.value for severity in Severity]


@click.command("check")
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

    \b
      codex check                            everything
      codex check inbox/queue                one folder
      codex check --changed-since main       what your branch brings
      codex check --select L --severity error
      codex check --baseline known.json      only what is new

    `codex explain L101` tells more about a rule.

    Ends with 0 when there is no error, with 1 when there is one, and with 2 when it could not check.
    Warnings and remarks end it with 1 only if --fail-on says so. With --diff, ends with 1 when there is
    something to mend.
    """  # noqa: D301  # click reads the backspace: what follows is not to be wrapped
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
        places = [path for path in vault.codex.notes if choice.covers(path)] if paths else None
        if diff:
            context.exit(int(fixing.show(vault, places)))
        vault = fixing.fix(vault, places)
    if not vault.surveyed.notes:
        raise click.UsageError(
            f"There is no note in {vault.folder.root}. Name the folder of your codex: codex -C FOLDER check"
        )
    report = _report(vault, choice, revision)
    if baseline_file:
        report = _compared(report, vault.surveyed, choice, baseline_file, is_to_be_written)
    print_lines(writer(form)(report, may_use_colours()))
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
    changed = counted(sum(map(choice.covers, changes.edited)), "note has", "notes have")
    return replace(
        report,
        problems=choice.of(problems_to_tell(then, codex, changes)),
        scope=f"{changed} changed since {printable(revision)[:80]}.",
    )


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
            click.echo(f"Wrote {file} with {counted(written, 'problem', 'problems')}.", err=True)
        baseline = read_baseline(file)
    except BaselineError as error:
        raise click.UsageError(str(error)) from error
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

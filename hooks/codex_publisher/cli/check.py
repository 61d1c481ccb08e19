"""`codex check`: says what is wrong with the notes, where, and how to mend it."""

from __future__ import annotations

import click

from codex_publisher.cli import fixing
from codex_publisher.cli.vault import Vault
from codex_publisher.model.problems import Severity


@click.command("check")
@click.option(
    "--fix",
    is_flag=True,
    help="First mend what is certain: older names of fields, spelling of values, forms of dates, tags said "
    "twice, `.md` and case in links. Nothing else in a file changes.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.pass_context
def command(context: click.Context, fix: bool, diff: bool) -> None:
    """Say what is wrong with the notes, at which line, and how to mend it.

    Ends with 0 when there is no error, with 1 when there is one, and with 2 when it could not check.
    With --diff, ends with 1 when there is something to mend.
    """
    vault: Vault = context.obj
    if diff:
        context.exit(int(fixing.show(vault)))
    if fix:
        vault = fixing.fix(vault)
    problems = vault.codex.problems
    for problem in problems:
        click.echo(str(problem))
    if any(problem.severity is Severity.ERROR for problem in problems):
        context.exit(1)

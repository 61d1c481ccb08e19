"""`codex check`: says what is wrong with the notes, where, and how to mend it."""

from __future__ import annotations

import click

from codex_publisher.cli.vault import Vault
from codex_publisher.model.problems import Severity


@click.command("check")
@click.pass_context
def command(context: click.Context) -> None:
    """Say what is wrong with the notes, at which line, and how to mend it.

    Ends with 0 when there is no error, with 1 when there is one, and with 2 when it could not check.
    """
    vault: Vault = context.obj
    problems = vault.codex.problems
    for problem in problems:
        click.echo(str(problem))
    if any(problem.severity is Severity.ERROR for problem in problems):
        context.exit(1)

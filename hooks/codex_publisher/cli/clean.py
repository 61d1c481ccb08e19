"""`codex clean`: away with what was kept from earlier runs."""

from __future__ import annotations

from typing import Final

import click

from codex_publisher.cli.terminal import Refusal
from codex_publisher.cli.vault import Vault
from codex_publisher.repository.store import clear

EXAMPLES: Final = (
    "\b\nExamples:\n"
    "  codex clean\n"
    "  CODEX_CACHE=false codex check   # keep nothing, and use nothing that was kept\n"
)


@click.command("clean", short_help="Delete what was kept to make later runs quicker.", epilog=EXAMPLES)
@click.pass_obj
def command(vault: Vault) -> None:
    """Delete what checks and builds have kept for later ones. Your notes and your site stay as they are.

    With -C it is what commands with the same -C have kept. Builds of a site keep theirs beside the site's
    settings; if there is anything, the command says where.

    It is never needed: what is kept is used only for files that have not changed since, and only by the
    version of the program that kept it. It frees the disk.
    """
    folder = vault.folder.cache
    if folder is None:
        click.echo("Nothing is kept, by the setting `extra.codex.cache` or CODEX_CACHE.")
        return
    try:
        size = clear(folder)
    except OSError as error:
        raise Refusal(f"{folder} could not be deleted: {error.strerror}.") from error
    click.echo(f"Deleted {size / 1e6:,.1f} MB in {folder}." if size else f"Nothing was kept in {folder}.")
    beside = vault.cache_of_builds
    if beside and beside != folder and beside.is_dir():
        click.echo(f"What builds from here have kept is left, in {beside}.")
        click.echo("`codex clean` without -C or CODEX_ROOT deletes it.")

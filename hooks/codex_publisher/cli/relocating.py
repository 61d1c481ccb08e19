"""What `codex move` and `codex rename` share: to plan, show, write and tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from codex_publisher.cli.texts import CannotError, count, listed, safe, show_diff
from codex_publisher.cli.vault import Vault
from codex_publisher.model.discovery import discover
from codex_publisher.model.edits import Edit
from codex_publisher.model.field_text import FrontMatterText
from codex_publisher.model.link_paths import NewName
from codex_publisher.repository.relocation import RelocationError, relocate
from codex_publisher.repository.writing import WritingError, write_files


def carry_out(
    vault: Vault,
    name: NewName,
    own: Callable[[FrontMatterText], Sequence[Edit]],
    *,
    dry_run: bool,
    said: str = "",
) -> None:
    """Give a note another path or name, or only show it, and say what was done: also what is `said`."""
    folder = vault.folder
    attachments = discover(folder.root, folder.only, folder.skipped).attachments
    try:
        plan = relocate(vault.codex, attachments, name, own)
        if dry_run:
            for change in plan.changes:
                show_diff(change.before.decode(), change.after.decode(), change.path, change.place)
        else:
            write_files(folder.root, plan.changes)
    except (RelocationError, WritingError) as error:
        raise CannotError(str(error)) from error
    if name.path != name.target:
        click.echo(safe(f"{name.path} → {name.target}"), err=dry_run)
    if said:
        click.echo(said, err=dry_run)
    would = "would change" if dry_run else "changed"
    if plan.links:
        notes = sum(1 for change in plan.changes if change.path != name.path)
        where = f" in {count(notes, 'other note')}" if notes else ""
        click.echo(
            f"{count(plan.links, 'link')} {would}{where}; every other link leads where it led.", err=dry_run
        )
    if plan.found:
        leads = "would lead" if dry_run else "lead"
        click.echo(f"Links in {listed(plan.found)} led nowhere and {leads} here now.", err=dry_run)
    if dry_run:
        click.echo("Nothing was written.", err=True)

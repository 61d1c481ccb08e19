"""What `codex move` and `codex rename` share: to plan, show, write and tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from codex_publisher.cli.diffs import show_diff
from codex_publisher.cli.terminal import Refusal, listed, say, tell
from codex_publisher.cli.vault import Vault
from codex_publisher.model.counting import count_of
from codex_publisher.model.discovery import discover
from codex_publisher.model.edits import Edit
from codex_publisher.model.field_text import FrontMatterText
from codex_publisher.model.link_paths import NewName
from codex_publisher.model.names import visible
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
        raise Refusal(str(error)) from error
    # Where nothing is done, the answer is the diff, which can be piped on.
    tell_it = say if dry_run else tell
    if name.path != name.target:
        tell_it(visible(f"{name.path} → {name.target}"))
    if said:
        tell_it(said)
    would = "would change" if dry_run else "changed"
    if plan.links:
        notes = sum(1 for change in plan.changes if change.path != name.path)
        where = f" in {count_of(notes, 'other note')}" if notes else ""
        tell_it(f"{count_of(plan.links, 'link')} {would}{where}; every other link leads where it led.")
    if plan.found:
        leads = "would lead" if dry_run else "lead"
        tell_it(f"Links in {listed(plan.found)} led nowhere and {leads} here now.")
    if dry_run:
        say("Nothing was written.")

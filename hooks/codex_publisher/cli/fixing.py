"""What `codex check --fix` and `--diff` do: mend what is certain, say what was mended, and what was not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from codex_publisher.cli.diffs import show_diff
from codex_publisher.cli.terminal import Refusal, say
from codex_publisher.cli.vault import Vault
from codex_publisher.model.counting import count_of
from codex_publisher.model.mends import Mending
from codex_publisher.model.names import visible
from codex_publisher.model.rules import LEGACY_FIELD
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.mending import MendedNote, mend_notes, tally
from codex_publisher.repository.writing import FileChange, WritingError, write_files


def fix(vault: Vault, paths: Collection[NotePath] | None = None) -> Vault:
    """Mend the notes, or only those of these paths, and give the codex as it is then.

    Ends the command with a sentence when a file cannot be written; then none was changed.
    """
    notes = _mended(vault, paths)
    changes = [FileChange(note.path, note.before.raw, note.after.raw) for note in notes if note.mends]
    try:
        write_files(vault.folder.root, changes)
    except WritingError as error:
        raise Refusal(str(error)) from error
    _report(notes, "Mended")
    # A copy has read nothing yet.
    return replace(vault) if changes else vault


def show(vault: Vault, paths: Collection[NotePath] | None = None) -> bool:
    """Print what `fix` would do as a diff, write nothing, and tell whether there is anything to mend."""
    notes = _mended(vault, paths)
    for note in notes:
        show_diff(note.before.exact, note.after.exact, note.path)
    _report(notes, "Would mend")
    return any(note.mends for note in notes)


def _mended(vault: Vault, paths: Collection[NotePath] | None) -> Sequence[MendedNote]:
    codex = vault.codex
    ignored = tuple(vault.folder.policy.ignored)
    # Whoever does not want to hear of older names means to keep them.
    skipped = frozenset({Mending.LEGACY_FIELD} if ignored and LEGACY_FIELD.code.startswith(ignored) else ())
    return list(mend_notes(codex, [path for path in codex.notes if paths is None or path in paths], skipped))


def _report(notes: Sequence[MendedNote], verb: str) -> None:
    """Say on the error stream, so that a diff can be piped on, what was mended and what was not."""
    left = [(note.path, one) for note in notes for one in note.unmended]
    for path, one in left:
        left_out = f"{one.what.value}, {one.said}" if one.what else one.said
        say(visible(f"{path}:{one.line}: left as it is: {left_out}: {one.why}."))
    counts = tally(notes)
    if not counts:
        say("Nothing that is certain was left to mend.")
        return
    mended = sum(1 for note in notes if note.mends)
    say(f"{verb} {count_of(sum(counts.values()), 'thing')} in {count_of(mended, 'note')}:")
    for what, number in counts.items():
        say(f"  {number:5,}  {what.value}")

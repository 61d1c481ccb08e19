"""The note that a person names, found as a wiki link would find it."""

from __future__ import annotations

from pathlib import Path

from codex_publisher.cli.texts import CannotError, listed
from codex_publisher.cli.vault import Vault
from codex_publisher.model.near import NearMatches
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import ROOT, NotePath, fold

_MOST_NAMED = 8
_MOST_NEAR = 3


def named_note(vault: Vault, name: str) -> Note:
    """The note of a name: a path, also from where one stands, a file's name, a title or an alias.

    Ends the command with a sentence when there is none, or more than one.
    """
    codex = vault.codex
    if here := _path_from_here(vault, name):
        return codex.notes[here]
    inner = name.strip().removeprefix("[[").removesuffix("]]")
    found = codex.links.resolver.resolve(inner, ROOT)
    if found is None:
        near = _holding(vault, inner) or NearMatches(codex.notes.values()).find(inner)
        hint = f" Did you mean {listed(near)}?" if near else ""
        raise CannotError(f"No note is called “{name}”.{hint}")
    if found.others:
        paths = (found.path, *found.others)[:_MOST_NAMED]
        raise CannotError(
            f"“{name}” fits {len(found.others) + 1} notes: {listed(paths)}. Name one by its path."
        )
    return codex.notes[found.path]


def _holding(vault: Vault, name: str) -> tuple[NotePath, ...]:
    """The notes whose name holds this one, the shortest names first."""
    if not (part := fold(name)):
        return ()
    notes = (
        note for note in vault.codex.notes.values() if part in fold(note.stem) or part in fold(note.title)
    )
    return tuple(
        note.path for note in sorted(notes, key=lambda note: (len(note.stem), note.path))[:_MOST_NEAR]
    )


def _path_from_here(vault: Vault, name: str) -> NotePath | None:
    """A file's path as a shell completes it."""
    place = Path(vault.start, name)
    try:
        path = NotePath(place.parent.resolve().joinpath(place.name).relative_to(vault.folder.root).as_posix())
    except (ValueError, OSError):
        return None
    return path if path in vault.codex.notes else None

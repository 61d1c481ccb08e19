"""From the name that a person gives to the note that it means."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Final

from codex_publisher.cli.terminal import Refusal
from codex_publisher.cli.vault import Vault
from codex_publisher.model.codex import Codex
from codex_publisher.model.near import NearMatches
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import ROOT, NotePath, fold

MOST_NAMED: Final = 5


def find_note(vault: Vault, name: str) -> Note:
    """The note that a name means, as a wiki link with it would, or that a path from here leads to.

    Raises Refusal with the candidates when it means several, with the nearest titles when it means none.
    """
    codex = vault.codex
    if path := _path_from_here(vault, name):
        return codex.notes[path]
    found = codex.links.resolver.resolve(name, ROOT)
    if found is None:
        raise Refusal(_unknown(codex, name))
    if found.others:
        candidates = [found.path, *found.others]
        raise Refusal(
            f"“{name}” means {len(candidates)} notes. Name one by its path:\n{_lines(codex, candidates)}"
        )
    return codex.notes[found.path]


def _path_from_here(vault: Vault, name: str) -> NotePath | None:
    """The note at a path from the folder where the command was started, as shells complete it."""
    try:
        place = (vault.start / Path(name)).resolve()
        path = NotePath(place.relative_to(vault.folder.root.resolve()).as_posix())
    except (OSError, ValueError):
        return None
    return path if path in vault.codex.notes else None


def _unknown(codex: Codex, name: str) -> str:
    near = NearMatches(codex.notes.values()).find(name, MOST_NAMED)
    if near:
        return f"No note is called “{name}”. Did you mean:\n{_lines(codex, near)}"
    if holding := list(islice(_holding(codex, name), MOST_NAMED)):
        return f"No note is called “{name}”. These have it in their titles:\n{_lines(codex, holding)}"
    return f"No note is called “{name}”. `codex list` shows all there are."


def _holding(codex: Codex, name: str) -> list[NotePath]:
    words = fold(name).split("-")
    titles = ((note.path, f"-{fold(note.title)}-{fold(note.stem)}-") for note in codex.notes.values())
    return [path for path, title in titles if words != [""] and all(f"-{word}" in title for word in words)]


def _lines(codex: Codex, paths: list[NotePath] | tuple[NotePath, ...]) -> str:
    return "\n".join(f"  {_named(codex.notes[path])}" for path in paths)


def _named(note: Note) -> str:
    return note.path if fold(note.title) == fold(note.stem) else f"{note.title}  ({note.path})"

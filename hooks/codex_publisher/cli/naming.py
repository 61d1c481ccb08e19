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

MOST_NEAR: Final = 5
MOST_MEANT: Final = 8


def find_note(vault: Vault, name: str) -> Note:
    """The note that a name means, as a wiki link with it would, or that a path from here leads to.

    Raises Refusal with the candidates when it means several, with the nearest titles when it means none.
    """
    codex = vault.filled
    if path := _path_from_here(vault, name):
        return codex.notes[path]
    name = name.strip().removeprefix("[[").removesuffix("]]")
    found = codex.links.resolver.resolve(name, ROOT)
    if found is None:
        raise Refusal(_unknown(codex, name))
    if found.others:
        meant = [found.path, *found.others]
        left = len(meant) - MOST_MEANT
        more = f"\n  and {left:,} more" if left > 0 else ""
        raise Refusal(
            f"“{name}” means {len(meant):,} notes. Name one by its path:\n"
            f"{_lines(codex, meant[:MOST_MEANT])}{more}"
        )
    return codex.notes[found.path]


def _path_from_here(vault: Vault, name: str) -> NotePath | None:
    """The note at a path from the folder where the command was started, as shells complete it."""
    place = Path(vault.start, name)
    try:
        # The folders on the way may be links, as /tmp is on macOS; the file itself is what was named.
        inside = place.parent.resolve().joinpath(place.name).relative_to(vault.folder.root)
        path = NotePath(inside.as_posix())
    except (OSError, ValueError):
        return None
    return path if path in vault.codex.notes else None


def _unknown(codex: Codex, name: str) -> str:
    near = NearMatches(codex.notes.values()).find(name, MOST_NEAR)
    if near:
        return f"No note is called “{name}”. Did you mean:\n{_lines(codex, near)}"
    if holding := list(islice(_holding(codex, name), MOST_NEAR)):
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

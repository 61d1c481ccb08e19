"""What a command has written."""

from __future__ import annotations

from pathlib import Path

from codex_publisher.model.note import read_note
from codex_publisher.model.slugs import NotePath


def files_in(folder: Path) -> set[str]:
    """The paths of all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def fields_of(path: Path) -> dict[str, object]:
    """The front matter of a note."""
    return dict(read_note(NotePath(path.name), path.read_bytes()).fields)

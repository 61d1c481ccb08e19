"""Lay the notes of a pull request over the publisher of its base: `python scripts/take_notes.py REV`.

Run in a checkout of the base. What REV has in the folders of notes that `mkdocs.yml` names is written into
them, and what it has no longer is removed; only ordinary files of kinds that a note may be or show. All else
in which REV differs is the builder, which is left as it is in the base and named here. So whoever writes a
note cannot change what checks and builds it.

On GitHub, the output `builder` says `changed` or `same`, and the job's summary says it in a sentence.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from codex_publisher.model.discovery import ATTACHMENT_SUFFIXES, NOTE_SUFFIXES
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.config import ConfigError, find_codex
from codex_publisher.repository.revisions import Entry, RevisionError, read_entries, tree_at

MAX_SHOWN: Final = 20
_SUFFIXES: Final = tuple(NOTE_SUFFIXES | ATTACHMENT_SUFFIXES)
_CHANGED: Final = (
    "This pull request changes the publisher and not only notes. The notes were checked and built by the "
    "publisher of the base branch; the job *Builder* tests and builds the change itself, without any "
    "permission.\n\n"
)


@dataclass(frozen=True, slots=True)
class Taking:
    """What is to be done with the files in which a revision differs."""

    written: tuple[Entry, ...]
    removed: tuple[NotePath, ...]
    builder: tuple[NotePath, ...]
    """Files that are left as they are."""


def sort_out(before: Iterable[Entry], after: Iterable[Entry], folders: Iterable[NotePath]) -> Taking:
    """Tell what belongs to the notes from what belongs to the builder."""
    inside = tuple(f"{folder}/" for folder in folders)
    old = {entry.path: entry for entry in before}
    new = {entry.path: entry for entry in after}
    differing = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    own = [
        path
        for path in differing
        if _is_notes_matter(path, inside)
        and not any(tree[path].is_link for tree in (old, new) if path in tree)
    ]
    return Taking(
        tuple(new[path] for path in own if path in new),
        tuple(path for path in own if path not in new),
        tuple(path for path in differing if path not in set(own)),
    )


def _is_notes_matter(path: str, inside: tuple[str, ...]) -> bool:
    parts = path.split("/")
    return (
        path.startswith(inside)
        and path.lower().endswith(_SUFFIXES)
        # Git itself makes no such names, but whoever sends a tree may.
        and not any(part in ("", ".", "..") or part.lower() == ".git" for part in parts)
        and "\\" not in path
    )


def take(root: Path, taking: Taking) -> None:
    """Write and remove the files of notes. Raises RevisionError."""
    contents = read_entries(root, taking.written)
    for path in taking.removed:
        (root / path).unlink(missing_ok=True)
    for entry in taking.written:
        target = root / entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents[entry.content])


def _tell(taking: Taking) -> None:
    for name, line in (
        ("GITHUB_OUTPUT", f"builder={'changed' if taking.builder else 'same'}\n"),
        ("GITHUB_STEP_SUMMARY", _CHANGED if taking.builder else ""),
    ):
        if file := os.environ.get(name):
            with Path(file).open("a", encoding="utf-8") as stream:
                stream.write(line)
    sys.stdout.write(f"{len(taking.written)} files of notes written, {len(taking.removed)} removed.\n")
    if taking.builder:
        sys.stdout.write(f"{len(taking.builder)} files of the builder differ and are left as they are:\n")
        shown = (HIDDEN.sub("\ufffd", path) for path in taking.builder[:MAX_SHOWN])
        sys.stdout.writelines(f"  {path}\n" for path in shown)


def main(arguments: list[str]) -> int:
    """Take the notes of the revision that is named."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("Name a revision: python scripts/take_notes.py REV\n")
        return 2
    try:
        folder = find_codex(Path.cwd(), date.today())
        if not folder.only:
            sys.stderr.write(
                "The settings name no folders of notes, so notes and builder cannot be told apart.\n"
            )
            return 2
        taking = sort_out(tree_at(folder.root, "HEAD"), tree_at(folder.root, arguments[0]), folder.only)
        take(folder.root, taking)
    except (ConfigError, RevisionError) as error:
        sys.stderr.write(f"{HIDDEN.sub(chr(0xFFFD), str(error))}\n")
        return 2
    _tell(taking)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

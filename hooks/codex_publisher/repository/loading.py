"""From the files of a folder to the codex."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from codex_publisher.markdown.render import render
from codex_publisher.model import rules
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.document import Document
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.policy import Policy
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added, unknown
from codex_publisher.repository.notebook import RENDERED, Entry, Notebook
from codex_publisher.repository.store import Store

log = logging.getLogger("mkdocs.hooks.codex")


@dataclass(frozen=True, slots=True)
class Files:
    """What a folder holds that is published, as it was read."""

    notes: Mapping[NotePath, bytes]
    """In path order. What cannot be read is empty."""
    attachments: tuple[NotePath, ...]
    problems: tuple[Problem, ...]
    """What was refused or could not be read."""


def read_files(root: Path, only: tuple[NotePath, ...], skipped: frozenset[str]) -> Files:
    """The notes of the folder `root` as bytes. Raises OSError when the folder itself cannot be read."""
    found = discover(root, only, skipped)
    problems = list(found.problems)
    notes = read_contents(root, found.notes, problems)
    return Files(notes, tuple(found.attachments), tuple(problems))


def codex_of(
    files: Files,
    taken_addresses: Iterable[str] = (),
    policy: Policy | None = None,
    added: Added = unknown,
    notebook: Notebook | None = None,
) -> Codex:
    """Render and connect every note, and check it by the policy. What the notebook knows is not rendered."""
    entries = known_or_made(files.notes, notebook or Notebook(Store(None), RENDERED))
    notes = [entries[path].note for path in files.notes]
    documents = {path: entries[path].document for path in files.notes}
    return build_codex(notes, documents, files.attachments, files.problems, taken_addresses, policy, added)


def load_codex(
    root: Path,
    only: tuple[NotePath, ...],
    skipped: frozenset[str],
    taken_addresses: Iterable[str],
    policy: Policy | None = None,
    added: Added = unknown,
    notebook: Notebook | None = None,
) -> Codex:
    """Read, render and connect every note of the folder `root`, and check it by the policy.

    Raises OSError when the folder itself cannot be read; a note that cannot be read is published empty and
    reported.
    """
    return codex_of(read_files(root, only, skipped), taken_addresses, policy, added, notebook)


def known_or_made(contents: Mapping[NotePath, bytes], notebook: Notebook) -> Mapping[NotePath, Entry]:
    """An entry for each file, from the notebook or else rendered, and then in the notebook."""
    known = notebook.recall(contents)
    notes = [read_note(path, raw) for path, raw in contents.items() if path not in known]
    new = {note.path: Entry(note, document) for note, document in zip(notes, render_all(notes), strict=True)}
    notebook.keep(new.values())
    return {**known, **new}


def render_all(notes: Sequence[Note]) -> Iterator[Document]:
    """The documents of these notes, in their order."""
    return (render(note.body, note.body_line, note.title) for note in notes)


def read_notes(root: Path, only: tuple[NotePath, ...], skipped: frozenset[str]) -> Iterator[Note]:
    """The notes of the folder `root` as far as they are told from their own files. Raises OSError."""
    return (read_file(root, path, []) for path in discover(root, only, skipped).notes)


def introduction(root: Path) -> str:
    """What the repository's own README begins with: its first paragraph, or an empty text."""
    for name in ("README.md", "readme.md", "Readme.md"):
        path = root / name
        if path.is_file() and not path.is_symlink():
            note = read_file(root, NotePath(name), [])
            return render(note.body, note.body_line, note.title).summary
    return ""


def read_contents(root: Path, paths: Iterable[NotePath], problems: list[Problem]) -> Mapping[NotePath, bytes]:
    """The bytes of these files; of one that cannot be read nothing, and it is reported."""
    return {path: _content(root, path, problems) for path in paths}


def read_file(root: Path, path: NotePath, problems: list[Problem]) -> Note:
    """The note of a file; one that cannot be read is empty, and reported."""
    return read_note(path, _content(root, path, problems))


def _content(root: Path, path: NotePath, problems: list[Problem]) -> bytes:
    try:
        return (root / path).read_bytes()
    except OSError as error:
        message = f"The file could not be read: {error.strerror}."
        problems.append(Problem(path, 1, 1, rules.UNREADABLE, message, "make it readable for the build"))
        return b""

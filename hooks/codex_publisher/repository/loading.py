"""From the files of a folder to the codex."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from codex_publisher.model import rules
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.policy import Policy
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added, unknown
from codex_publisher.repository.engines import Engine, borrowed
from codex_publisher.repository.notebook import RENDERED, Entry, Notebook
from codex_publisher.repository.reading import MOST_BYTES, read_content
from codex_publisher.repository.rendering import render_all
from codex_publisher.repository.shelf import kept_in_order, shelf_for
from codex_publisher.repository.store import Store

AT_ONCE: Final = 2_000
"""So many notes are looked up and rendered before the next are."""
log = logging.getLogger("mkdocs.hooks.codex")
HOW_TO_MEND: Final = f"put an ordinary file there, of at most {MOST_BYTES >> 20} MB, that the build may read"


class Stages(Protocol):
    """Whoever is told what is being done."""

    def begin(self, name: str, total: int = 0) -> None:
        """A stage of so many steps begins."""

    def step(self, count: int = 1) -> None:
        """So many of them are done."""


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
    stages: Stages | None = None,
    engine: Engine | None = None,
    before: Codex | None = None,
) -> Codex:
    """Render and connect every note, and check it by the policy. What the notebook knows is not rendered.

    `before` is the codex of a little earlier, of which serves again what depends on names alone.
    """
    if stages:
        stages.begin("Rendering", len(files.notes))
    entries = known_or_made(files.notes, notebook or Notebook(Store(None), RENDERED), stages, engine)
    if stages:
        stages.begin("Connecting")
    notes = [entries[path].note for path in files.notes]
    documents = {path: entries[path].document for path in files.notes}
    found = (files.attachments, files.problems)
    return build_codex(notes, documents, *found, taken_addresses, policy, added, before)


def load_codex(
    root: Path,
    only: tuple[NotePath, ...],
    skipped: frozenset[str],
    taken_addresses: Iterable[str],
    policy: Policy | None = None,
    added: Added = unknown,
    notebook: Notebook | None = None,
    engine: Engine | None = None,
) -> Codex:
    """Read, render and connect every note of the folder `root`, and check it by the policy.

    Raises OSError when the folder itself cannot be read; a note that cannot be read is published empty and
    reported.
    """
    files = read_files(root, only, skipped)
    return codex_of(files, taken_addresses, policy, added, notebook, engine=engine)


def known_or_made(
    contents: Mapping[NotePath, bytes],
    notebook: Notebook,
    stages: Stages | None = None,
    engine: Engine | None = None,
) -> Mapping[NotePath, Entry]:
    """An entry for each file, from the notebook or else rendered, and then in the notebook."""
    shelf = shelf_for(len(contents))
    entries: dict[NotePath, Entry] = {}
    paths = iter(contents)
    notebook.forget_all_but(contents)
    # Not all at once: what is made for the notebook of very many notes would take as much memory as they do.
    while group := {path: contents[path] for path in islice(paths, AT_ONCE)}:
        known = notebook.recall(group)
        new = _made({path: raw for path, raw in group.items() if path not in known}, engine)
        notebook.keep(new.values())
        both = known | new
        if shelf:
            for entry in both.values():
                shelf.take(entry.note, entry.document)
        entries |= both
        if stages:
            stages.step(len(group))
    return entries


def _made(contents: Mapping[NotePath, bytes], engine: Engine | None) -> dict[NotePath, Entry]:
    """Entries made anew, by `engine` or by processes that are started for it and ended after it."""
    if not contents:
        return {}
    notes = [read_note(path, raw) for path, raw in contents.items()]
    with borrowed(engine, len(notes)) as renderers:
        documents = render_all(notes, renderers)
    return {note.path: Entry(note, documents[note.path]) for note in notes}


def read_notes(root: Path, only: tuple[NotePath, ...], skipped: frozenset[str]) -> Iterator[Note]:
    """The notes of the folder `root` as far as they are told from their own files. Raises OSError."""
    return (read_file(root, path, []) for path in discover(root, only, skipped).notes)


def introduction(root: Path, engine: Engine) -> str:
    """What the repository's own README begins with: its first paragraph, or an empty text."""
    for name in ("README.md", "readme.md", "Readme.md"):
        path = root / name
        if path.is_file() and not path.is_symlink():
            note = read_file(root, NotePath(name), [])
            return render_all([note], engine)[note.path].summary
    return ""


def read_contents(root: Path, paths: Sequence[NotePath], problems: list[Problem]) -> Mapping[NotePath, bytes]:
    """The bytes of these files; of one that cannot be read nothing, and it is reported."""
    return kept_in_order(paths, lambda path: _content(root, path, problems))


def read_file(root: Path, path: NotePath, problems: list[Problem]) -> Note:
    """The note of a file; one that cannot be read is empty, and reported."""
    return read_note(path, _content(root, path, problems))


def _content(root: Path, path: NotePath, problems: list[Problem]) -> bytes:
    try:
        return read_content(root, path)
    except OSError as error:
        message = f"The file could not be read: {error.strerror}."
        problems.append(Problem(path, 1, 1, rules.UNREADABLE, message, HOW_TO_MEND))
        return b""

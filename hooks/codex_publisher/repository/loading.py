"""From the files of a folder to the codex."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from codex_publisher.model import rules
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.policy import Policy
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added, unknown
from codex_publisher.repository.engines import Engine, borrowed
from codex_publisher.repository.rendering import render_all

log = logging.getLogger("mkdocs.hooks.codex")


def load_codex(
    root: Path,
    only: tuple[NotePath, ...],
    skipped: frozenset[str],
    taken_addresses: Iterable[str],
    policy: Policy | None = None,
    added: Added = unknown,
    engine: Engine | None = None,
) -> Codex:
    """Read, render and connect every note of the folder `root`, and check it by the policy.

    They are rendered by `engine`, or by processes that are started for it and ended after it.
    Raises OSError when the folder itself cannot be read; a note that cannot be read is published empty
    and reported.
    """
    found = discover(root, only, skipped)
    problems = list(found.problems)
    notes = [read_file(root, path, problems) for path in found.notes]
    with borrowed(engine, len(notes)) as renderers:
        documents = render_all(notes, renderers)
    return build_codex(notes, documents, found.attachments, problems, taken_addresses, policy, added)


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


def read_file(root: Path, path: NotePath, problems: list[Problem]) -> Note:
    """The note of a file; one that cannot be read is empty, and reported."""
    try:
        raw = (root / path).read_bytes()
    except OSError as error:
        message = f"The file could not be read: {error.strerror}."
        problems.append(Problem(path, 1, 1, rules.UNREADABLE, message, "make it readable for the build"))
        raw = b""
    return read_note(path, raw)

"""A codex read in order to be checked: by several processes, and without what only readers need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from codex_publisher.markdown.render import outline
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.document import Document
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.engines import Engine, enough_processes
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.loading import read_file
from codex_publisher.repository.rendering import spoiled_document
from codex_publisher.repository.workers import Spoiled

USUAL_SIZE: Final = 5_000
"""Bytes of a note, as far as it matters for how many are read at once."""


class Reading(NamedTuple):
    """Notes that were read, with their outlines and what was wrong with the files."""

    notes: list[Note]
    documents: dict[NotePath, Document]
    problems: list[Problem]


def survey(folder: CodexFolder, processes: int | None = None) -> Codex:
    """The codex of a folder, whose documents are outlines. Its problems are those that the site shows.

    Raises OSError when the folder itself cannot be read.
    """
    found = discover(folder.root, folder.only, folder.skipped)
    count = processes or enough_processes(len(found.notes))
    reading = read_by_several(folder.root, found.notes, count)
    problems = [*found.problems, *reading.problems]
    return connect(folder, reading.notes, reading.documents, found.attachments, problems)


def connect(
    folder: CodexFolder,
    notes: Iterable[Note],
    documents: Mapping[NotePath, Document],
    attachments: Iterable[NotePath],
    problems: Iterable[Problem],
    added: Added | None = None,
) -> Codex:
    """The codex of what was found and read, checked by the policy of its folder."""
    added = added or FirstSeen(folder.root)
    return build_codex(notes, documents, attachments, problems, policy=folder.policy, added=added)


def read_by_several(root: Path, paths: Sequence[NotePath], processes: int) -> Reading:
    """Read these files and outline their texts, by so many processes, which a note may hang or crash."""
    reading = Reading([], {}, [])
    with Engine(processes) as engine:
        for path, read in engine.work_through(partial(_read_one, root), paths, lambda _: USUAL_SIZE):
            if isinstance(read, Spoiled):
                note = read_file(root, path, reading.problems)
                document = spoiled_document(note, read)
            else:
                note, document, problems = read
                reading.problems.extend(problems)
            reading.notes.append(note)
            reading.documents[path] = document
    return reading


def _read_one(root: Path, path: NotePath) -> tuple[Note, Document, list[Problem]]:
    """What another process reads of a file."""
    problems: list[Problem] = []
    note = read_file(root, path, problems)
    return note, outline(note.body, note.body_line, note.title), problems

"""A codex read in order to be checked: by several processes, and without what only readers need."""

from __future__ import annotations

import io
import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from codex_publisher.markdown.render import outline
from codex_publisher.model.catalogue import RULES
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.document import Document
from codex_publisher.model.kinds import KINDS, Kind
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem, Rule
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.loading import read_file

MOST_PROCESSES: Final = 4
LEAST_NOTES: Final = 100
"""Fewer notes for each process are read before another process has begun."""


class Reading(NamedTuple):
    """What a process has read: some of the notes, with their outlines and what was wrong with the files."""

    notes: list[Note]
    documents: dict[NotePath, Document]
    problems: list[Problem]


def survey(folder: CodexFolder, processes: int | None = None) -> Codex:
    """The codex of a folder, whose documents are outlines. Its problems are those that the site shows.

    Raises OSError when the folder itself cannot be read.
    """
    found = discover(folder.root, folder.only, folder.skipped)
    count = _count(len(found.notes)) if processes is None else processes
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


def read_notes(root: Path, paths: Sequence[NotePath]) -> Reading:
    """Read these files and outline their texts."""
    problems: list[Problem] = []
    notes = [read_file(root, path, problems) for path in paths]
    return Reading(notes, {note.path: outline_of(note) for note in notes}, problems)


def outline_of(note: Note) -> Document:
    """The headings, links and remarks of a note."""
    return outline(note.body, note.body_line, note.title)


def read_by_several(root: Path, paths: Sequence[NotePath], processes: int) -> Reading:
    """The same by so many processes, this one among them. What another cannot read, this one reads."""
    helpers = [_Helper.start(root, paths[share::processes]) for share in range(1, processes)]
    reading = read_notes(root, paths[::processes])
    for helper in helpers:
        more = helper.answer() or read_notes(root, helper.paths)
        reading.notes.extend(more.notes)
        reading.documents.update(more.documents)
        reading.problems.extend(more.problems)
    return reading


def _count(notes: int) -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, MOST_PROCESSES, notes // LEAST_NOTES))


@dataclass(frozen=True, slots=True)
class _Helper:
    """Another process that reads a share of the notes."""

    process: Any
    connection: Connection
    paths: Sequence[NotePath]

    @classmethod
    def start(cls, root: Path, paths: Sequence[NotePath]) -> _Helper:
        # A fork takes a hundredth of the time of a new interpreter, but may copy a lock that another thread
        # holds, and on macOS the system's own libraries have such threads.
        may_fork = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork") if may_fork else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_help, args=(theirs, root, paths), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours, paths)

    def answer(self) -> Reading | None:
        """What it has read; None if it has ended without an answer."""
        reading = None
        with suppress(EOFError, OSError), self.connection:
            reading = pickle.loads(self.connection.recv_bytes())  # noqa: S301  # our own process wrote it
        self.process.join()
        return reading


def _help(connection: Connection, root: Path, paths: Sequence[NotePath]) -> None:
    """What a helper does."""
    connection.send_bytes(_packed(read_notes(root, paths)))
    connection.close()


def _packed(reading: Reading) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {
        MappingProxyType: lambda mapping: (_frozen, (dict(mapping),)),
        # Kinds and rules are compared by identity, so their names are sent.
        Kind: lambda kind: (_kind, (kind.name,)),
        Rule: lambda rule: (_rule, (rule.code,)),
    }
    pickler.dump(reading)
    return stream.getvalue()


def _frozen(mapping: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(mapping)


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def _rule(code: str) -> Rule:
    return RULES[code]

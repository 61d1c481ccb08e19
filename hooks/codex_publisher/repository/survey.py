"""A codex read in order to be checked: by several processes, and without what only readers need."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from codex_publisher.markdown.render import outline
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.document import Document
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.loading import read_contents
from codex_publisher.repository.notebook import OUTLINED, Entry, Notebook
from codex_publisher.repository.packing import packed, unpacked
from codex_publisher.repository.store import Store

Contents = Mapping[NotePath, bytes]

MOST_PROCESSES: Final = 4
LEAST_NOTES: Final = 100
"""Fewer notes for each process are read before another process has begun."""


def survey(folder: CodexFolder, processes: int | None = None) -> Codex:
    """The codex of a folder, whose documents are outlines. Its problems are those that the site shows.

    What was outlined before is found in the folder's store. Raises OSError when the folder itself cannot be
    read.
    """
    found = discover(folder.root, folder.only, folder.skipped)
    problems = list(found.problems)
    contents = read_contents(folder.root, found.notes, problems)
    store = Store(folder.cache)
    notebook = Notebook(store, OUTLINED)
    entries = notebook.recall(contents)
    new = {path: raw for path, raw in contents.items() if path not in entries}
    made = outline_by_several(new, _count(len(new)) if processes is None else processes)
    notebook.keep(made)
    if new:
        store.trim()
    entries.update((entry.note.path, entry) for entry in made)
    documents = {path: entry.document for path, entry in entries.items()}
    return connect(folder, [entry.note for entry in entries.values()], documents, found.attachments, problems)


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


def outlined(contents: Contents) -> list[Entry]:
    """The notes of these files and the outlines of their texts."""
    notes = (read_note(path, raw) for path, raw in contents.items())
    return [Entry(note, outline_of(note)) for note in notes]


def outline_of(note: Note) -> Document:
    """The headings, links and remarks of a note."""
    return outline(note.body, note.body_line, note.title)


def outline_by_several(contents: Contents, processes: int) -> list[Entry]:
    """The same by so many processes, this one among them. What another cannot outline, this one does."""
    paths = list(contents)
    shares = [{path: contents[path] for path in paths[share::processes]} for share in range(processes)]
    helpers = [_Helper.start(share) for share in shares[1:]]
    entries = outlined(shares[0])
    for helper in helpers:
        entries.extend(helper.answer() or outlined(helper.contents))
    return entries


def _count(notes: int) -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, MOST_PROCESSES, notes // LEAST_NOTES))


@dataclass(frozen=True, slots=True)
class _Helper:
    """Another process that outlines a share of the notes."""

    process: Any
    connection: Connection
    contents: Contents

    @classmethod
    def start(cls, contents: Contents) -> _Helper:
        # A fork takes a hundredth of the time of a new interpreter, but may copy a lock that another thread
        # holds, and on macOS the system's own libraries have such threads.
        may_fork = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork") if may_fork else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_help, args=(theirs, contents), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours, contents)

    def answer(self) -> list[Entry] | None:
        """What it has made; None if it has ended without an answer."""
        entries = None
        with suppress(EOFError, OSError), self.connection:
            entries = unpacked(self.connection.recv_bytes())
        self.process.join()
        return entries


def _help(connection: Connection, contents: Contents) -> None:
    """What a helper does."""
    connection.send_bytes(packed(outlined(contents)))
    connection.close()

"""A codex read in order to be checked: by several processes, and without what only readers need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from codex_publisher.markdown.render import outline
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.document import Document
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.engines import Engine, enough_processes
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.loading import read_contents
from codex_publisher.repository.notebook import OUTLINED, Entry, Notebook, packed_entry, unpacked_entry
from codex_publisher.repository.packing import PackedError
from codex_publisher.repository.rendering import spoiled_document
from codex_publisher.repository.store import Store
from codex_publisher.repository.workers import Spoiled

Contents = Mapping[NotePath, bytes]


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
    if new:
        made = outline_by_several(new, processes or enough_processes(len(new)))
        notebook.keep(made)
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


def outline_by_several(contents: Contents, processes: int) -> list[Entry]:
    """The notes of these files and the outlines of their texts, by processes that a note may crash."""
    if not contents:
        return []
    with Engine(processes) as engine:
        outlines = engine.work_through(_outlined, contents.items(), _weight)
        return [_entry(file, made) for file, made in outlines]


def _outlined(file: tuple[NotePath, bytes]) -> bytes:
    """What another process makes of a file: packed as it is kept, without the texts that are known here."""
    note = read_note(*file)
    return packed_entry(Entry(note, outline(note.body, note.body_line, note.title)))


def _entry(file: tuple[NotePath, bytes], made: bytes | Spoiled) -> Entry:
    if isinstance(made, Spoiled):
        note = read_note(*file)
        return Entry(note, spoiled_document(note, made))
    if entry := unpacked_entry(made, *file):
        return Entry(entry.note, entry.document, made)
    raise PackedError(f"what came back for {file[0]} is no note")


def _weight(file: tuple[NotePath, bytes]) -> int:
    return len(file[1])

"""What was made of notes before, found again by what stands in their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from codex_publisher.model.document import Document
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.packing import PackedError, packed, unpacked
from codex_publisher.repository.program import NOTE_LIBRARIES, NOTE_ROOMS, program_digest
from codex_publisher.repository.store import Store, digest_of

RENDERED: Final = "rendered"
OUTLINED: Final = "outlined"


@dataclass(frozen=True, slots=True)
class Entry:
    """A note with its document."""

    note: Note
    document: Document
    packed: bytes = field(default=b"", repr=False, compare=False)
    """What `packed_entry` makes of it, where another process has made that already."""


class Notebook:
    """Entries by path and content: those of the last reading in memory, those of earlier ones on the disk."""

    def __init__(self, store: Store, form: str) -> None:
        """Of documents in one `form`, RENDERED or OUTLINED."""
        self._store = store
        self._form = form
        self._entries: dict[NotePath, Entry] = {}

    @cached_property
    def _program(self) -> bytes:
        return program_digest(NOTE_ROOMS, NOTE_LIBRARIES)

    def recall(self, contents: Mapping[NotePath, bytes]) -> dict[NotePath, Entry]:
        """The entries of the notes with these contents, as far as known."""
        found = {
            path: entry
            for path, raw in contents.items()
            if (entry := self._entries.get(path)) and entry.note.digest_source == raw
        }
        missing = {
            self._digest(path, raw): (path, raw) for path, raw in contents.items() if path not in found
        }
        for digest, data in self._store.recall(missing).items():
            path, raw = missing[digest]
            if entry := unpacked_entry(data, path, raw):
                found[path] = entry
        self._entries |= found
        return found

    def forget_all_but(self, paths: Collection[NotePath]) -> None:
        """Hold nothing more of other notes in memory."""
        self._entries = {path: entry for path, entry in self._entries.items() if path in paths}

    def keep(self, entries: Iterable[Entry]) -> None:
        """Know these from now on."""
        new = {entry.note.path: entry for entry in entries}
        self._entries.update(new)
        # What could not be rendered is tried again: it may have lacked what another day has.
        sound = [entry for entry in new.values() if not entry.document.fallback]
        self._store.keep(
            {
                self._digest(entry.note.path, entry.note.digest_source): entry.packed or packed_entry(entry)
                for entry in sound
            }
        )

    def _digest(self, path: NotePath, raw: bytes) -> bytes:
        return digest_of(self._program, self._form, path, raw)


def packed_entry(entry: Entry) -> bytes:
    """All of an entry that is not known already to whoever has the file: a fifth of the whole."""
    note = entry.note
    raw = note.digest_source
    # Nearly always the text is the end of the file as it stands, and need not be kept once more.
    body = note.body.encode("utf-8", "surrogatepass")
    offset = len(raw) - len(body) if raw.endswith(body) else -1
    fields = {name: getattr(note, name) for name in _KEPT}
    return packed((fields, note.body if offset < 0 else offset, entry.document))


def unpacked_entry(data: bytes, path: NotePath, raw: bytes) -> Entry | None:
    """The entry that was packed, which was made of this file; None for other bytes."""
    try:
        fields, body, document = unpacked(data)
        text = body if isinstance(body, str) else raw[body:].decode("utf-8", "surrogatepass")
        note = Note(path=path, body=text, digest_source=raw, **fields)
    except (PackedError, TypeError, ValueError):
        return None
    return Entry(note, document) if isinstance(document, Document) else None


_KEPT: Final = tuple(
    name for name in Note.__dataclass_fields__ if name not in ("path", "body", "digest_source")
)

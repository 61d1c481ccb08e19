"""Where the texts of very large codices lie while they are published: in a file, not in memory."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codex_publisher.model.document import Document
from codex_publisher.model.kept import put_away
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath

MANY_NOTES: Final = 5_000
"""The texts of fewer notes take less than 200 MB."""


class Shelf:
    """A file without a name, which goes when nothing needs it any more, however the process ends."""

    def __init__(self) -> None:
        """Raises OSError when there is no place for temporary files."""
        self._file, name = tempfile.mkstemp(prefix="codex-")
        Path(name).unlink()
        weakref.finalize(self, os.close, self._file)
        self._end = 0

    def take(self, note: Note, document: Document) -> None:
        """Keep a note's texts; what is known of it stays where it is."""
        put_away(note, "digest_source", self.keep)
        put_away(note, "body", self.keep)
        put_away(document, "html", self.keep)

    def keep(self, text: str | bytes) -> _Kept | None:
        """Keep a text; None where it cannot be."""
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        try:
            written = os.pwrite(self._file, data, self._end)
        except OSError:
            return None
        if written < len(data):
            # The disk is full.
            return None
        self._end += len(data)
        return _Kept(self, self._end - len(data), len(data), isinstance(text, str))

    def read(self, start: int, length: int) -> bytes:
        """What was kept there. Raises OSError when it cannot be read any more."""
        data = os.pread(self._file, length, start)
        if len(data) < length:
            raise OSError("the texts of the notes were lost from the folder for temporary files")
        return data


@dataclass(frozen=True, slots=True)
class _Kept:
    """A text on a shelf."""

    shelf: Shelf
    start: int
    length: int
    is_text: bool

    def fetch(self) -> str | bytes:
        """The text."""
        data = self.shelf.read(self.start, self.length)
        return data.decode("utf-8", "surrogatepass") if self.is_text else data


class _Contents(Mapping[NotePath, bytes]):
    """What stands in files, on a shelf."""

    def __init__(self, paths: Iterable[NotePath], read: Callable[[NotePath], bytes], shelf: Shelf) -> None:
        self._kept: dict[NotePath, _Kept | bytes] = {}
        for path in paths:
            raw = read(path)
            self._kept[path] = shelf.keep(raw) or raw

    def __getitem__(self, path: NotePath) -> bytes:
        found = self._kept[path]
        return found if isinstance(found, bytes) else found.shelf.read(found.start, found.length)

    def __iter__(self) -> Iterator[NotePath]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def kept_in_order(paths: Sequence[NotePath], read: Callable[[NotePath], bytes]) -> Mapping[NotePath, bytes]:
    """What is read of each of these files: in memory, or on a shelf if there are very many."""
    shelf = shelf_for(len(paths))
    return _Contents(paths, read, shelf) if shelf else {path: read(path) for path in paths}


def shelf_for(notes: int) -> Shelf | None:
    """A shelf if there are so many notes that their texts would take too much memory."""
    if notes < MANY_NOTES:
        return None
    try:
        return Shelf()
    except OSError:
        return None

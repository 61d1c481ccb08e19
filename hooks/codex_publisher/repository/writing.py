"""Writing files of a codex so that nothing is half done: each is whole, and all are changed or none.

New contents are written beside their files first. Only when all of them are on the disk does one after
the other take its file's place; if that fails, those that did are put back.
"""

from __future__ import annotations

import os
import secrets
import signal
import stat
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

from codex_publisher.model.slugs import ROOT, NotePath

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class WritingError(Exception):
    """Files that could not be written; none was changed. Its text is a sentence that names the file."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one file becomes."""

    path: NotePath
    """Where the file is, relative to the codex."""
    before: bytes
    """What it held when it was read; it is not touched when it holds something else by now."""
    after: bytes
    target: NotePath = ROOT
    """Where it is to be, if elsewhere."""

    @property
    def place(self) -> NotePath:
        """Where the file is in the end."""
        return self.target or self.path


def write_files(root: Path, changes: Sequence[FileChange]) -> None:
    """Make all the changes, or none. Raises WritingError when they cannot be made.

    Never follows a symbolic link, writes nothing outside `root`, keeps each file's mode, and overwrites
    no file but the one that was read.
    """
    work = _Work(root)
    try:
        with _endings_as_errors():
            for change in changes:
                work.prepare(change)
            work.carry_out()
    except OSError as error:
        work.undo()
        raise _failed(error.filename or root, error) from error
    except BaseException:
        work.undo()
        raise
    finally:
        work.clean_up()


def create_file(root: Path, path: NotePath, content: bytes) -> Path:
    """Write a new file below `root`, with the folders that it needs, and give its place.

    Whoever looks sees the whole file or none. Raises FileExistsError when something of that name is there,
    and WritingError when the file cannot be written.
    """
    work = _Work(root)
    try:
        with _endings_as_errors():
            return work.create(path, content)
    except FileExistsError:
        raise
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        work.clean_up()


def _failed(path: str | Path, error: OSError) -> WritingError:
    return WritingError(f"{path} could not be written: {error.strerror or error}. Nothing was changed.")


class _Work:
    """The temporary files of one writing, and how to take back what was done."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ready: list[tuple[FileChange, Path, Path]] = []
        self._temporary: list[Path] = []
        self._made_folders: list[Path] = []
        self._undo: list[Callable[[], object]] = []

    def prepare(self, change: FileChange) -> None:
        """Write the new content, and keep the old, beside the files that they are for."""
        source = self._inside(change.path)
        mode = self._check(source, change)
        target = self._inside(change.place)
        self._make_folder(target.parent)
        if target != source and os.path.lexists(target) and not _is_same_name(source, target):
            raise WritingError(f"There is a file {change.target} already. Nothing was changed.")
        new = self._write_beside(target, change.after, mode)
        old = self._write_beside(source, change.before, mode)
        self._ready.append((change, new, old))

    def create(self, path: NotePath, content: bytes) -> Path:
        """Put a new file where there is none."""
        folder, _, name = path.rpartition("/")
        # Whatever has the name already is left alone, also a link: only the folders are looked at.
        target = (self._inside(NotePath(folder)) if folder else self._root) / name
        self._make_folder(target.parent)
        _place_new(self._write_beside(target, content), target)
        self._made_folders.clear()
        return target

    def carry_out(self) -> None:
        """Put each new content in its place."""
        for change, new, old in self._ready:
            source = self._root / change.path
            target = self._root / change.place
            self._check(source, change)
            # What takes a step back is known before the step is taken, and does no harm if it was not.
            if target == source:
                self._undo.append(partial(_put_back, old, source))
                new.replace(source)
            elif os.path.lexists(target):
                # On a disk that does not tell case apart, the new name is the old one.
                self._undo.append(partial(_put_back, old, source))
                self._undo.append(partial(target.replace, source))
                new.replace(source)
                source.replace(target)
            else:
                self._undo.append(partial(_take_away, new, target))
                _place_new(new, target)
                self._undo.append(partial(_put_back, old, source))
                source.unlink()
        for folder in {(self._root / change.place).parent for change, _, _ in self._ready}:
            _flush_folder(folder)
        self._undo.clear()
        self._made_folders.clear()

    def undo(self) -> None:
        """Put back what was changed, the last first. Raises WritingError for what could not be."""
        lost: list[str] = []
        for step in reversed(self._undo):
            try:
                step()
            except OSError as error:
                lost.append(str(error.filename))
        self._undo.clear()
        if lost:
            self._temporary.clear()
            names = ", ".join(lost)
            raise WritingError(
                f"Writing failed, and these could not be put back: {names}. Git still has what was committed."
            )

    def clean_up(self) -> None:
        """Remove what was only there for the work."""
        for path in self._temporary:
            with suppress(OSError):
                path.unlink()
        for folder in reversed(self._made_folders):
            with suppress(OSError):
                folder.rmdir()

    def _inside(self, path: NotePath) -> Path:
        """The file of a path, when neither it nor a folder on the way to it is a symbolic link."""
        parts = path.split("/")
        if any(part in ("", ".", "..") for part in parts) or "\0" in path:
            raise WritingError(f"{path!r} is no path inside the codex. Nothing was changed.")
        place = self._root
        for part in parts:
            place /= part
            if place.is_symlink():
                raise WritingError(f"{place} is a symbolic link and is not followed. Nothing was changed.")
        return place

    def _check(self, source: Path, change: FileChange) -> int:
        """The file's mode, when it still is the file that was read."""
        status = source.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise WritingError(f"{change.path} is no ordinary file. Nothing was changed.")
        if source.read_bytes() != change.before:
            raise WritingError(f"{change.path} was changed by someone else meanwhile. Nothing was changed.")
        if not os.access(source, os.W_OK):
            raise WritingError(f"{change.path} is not to be written to. Nothing was changed.")
        return stat.S_IMODE(status.st_mode)

    def _make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for each in reversed(missing):
            each.mkdir()
            self._made_folders.append(each)

    def _write_beside(self, path: Path, content: bytes, mode: int | None = None) -> Path:
        """A new file in the same folder; without a mode it gets that of all new files."""
        # A dot in front, and no suffix of a note: whatever happens, no build takes it for one.
        temporary = path.parent / f".codex-{secrets.token_hex(8)}.tmp"
        descriptor = os.open(temporary, _NEW, 0o666 if mode is None else 0o600)
        self._temporary.append(temporary)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            if mode is not None:
                os.fchmod(stream.fileno(), mode) if hasattr(os, "fchmod") else temporary.chmod(mode)
            os.fsync(stream.fileno())
        return temporary


def _is_same_name(source: Path, target: Path) -> bool:
    """Whether the disk takes two spellings for one name, as where it does not tell case apart."""
    spellings = (unicodedata.normalize("NFC", str(path)).casefold() for path in (source, target))
    return len(set(spellings)) == 1 and target.samefile(source)


def _place_new(new: Path, target: Path) -> None:
    """Put a file where there is none; unlike a replacement, a link never overwrites what came meanwhile."""
    try:
        target.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no links. What was just looked for is looked for once more.
        if os.path.lexists(target):
            raise FileExistsError(17, "There is a file already", str(target)) from None
        new.rename(target)


def _take_away(new: Path, target: Path) -> None:
    """Take away the file that `_place_new` put there, but nobody else's."""
    if not os.path.lexists(new) or (os.path.lexists(target) and target.samefile(new)):
        target.unlink(missing_ok=True)


def _put_back(old: Path, source: Path) -> None:
    if old.exists():
        old.replace(source)


def _flush_folder(folder: Path) -> None:
    """Have the disk know the new names. Not every system can be asked that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _endings_as_errors() -> Iterator[None]:
    """Have what ends the process end it by an error, as Ctrl-C does, so that work can be taken back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    kept = {number: signal.signal(number, end) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)

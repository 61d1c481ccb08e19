"""Where a build works until its site is finished: a hidden folder beside the old site.

A process that is killed cannot clean up, so the next build does. What it must not touch is the folder of
another build that is under way: each holds a lock on its own, which the system takes away however a process
ends. Process numbers alone would not do, since in containers they are few and come again.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from mkdocs.exceptions import ConfigurationError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_SITE: Final = "site"
_OLD: Final = "old"
_TRIES: Final = 10
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Workplace:
    """The folder of one build."""

    def __init__(self, site: Path) -> None:
        """Clean up after builds of this site that were killed, and make a folder for this one.

        Raises OSError when nothing can be written beside the site.
        """
        site.parent.mkdir(parents=True, exist_ok=True)
        for folder, lock in _abandoned(site):
            _put_back(folder, site)
            _remove(folder, lock)
        self.folder, lock = _new_folder(site)
        # At the latest when the process ends: it may be told to while this build has hardly begun.
        self._finalizer = weakref.finalize(self, _remove, self.folder, lock)

    @property
    def staging(self) -> Path:
        """Where the new site is written."""
        return self.folder / _SITE

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        self._finalizer()


def new_workplace(site: Path) -> Workplace:
    """A place for a build of this site. Raises ConfigurationError with a sentence when there can be none."""
    try:
        return Workplace(site)
    except OSError as error:
        raise ConfigurationError(
            f"The site cannot be written to {site}, since nothing can be written beside it: "
            f"{error.strerror}. Make that folder writable, or choose another `site_dir`."
        ) from error


def beside(staging: Path) -> Path:
    """Where an old site waits until the new one has taken its place."""
    return staging.with_name(_OLD)


def _put_back(folder: Path, site: Path) -> None:
    """Put the last good site back, if the build of this folder was killed after it had taken it away."""
    if not site.exists():
        with suppress(OSError):
            (folder / _OLD).rename(site)


def _remove(folder: Path, lock: int | None) -> None:
    # The lock goes last: nobody else is to look into what is half gone.
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _beginning(site: Path) -> str:
    return f".{site.name}.building-"


def _new_folder(site: Path) -> tuple[Path, int | None]:
    """A folder that is locked, if it can be."""
    for _ in range(_TRIES):
        folder = site.parent / f"{_beginning(site)}{os.getpid()}-{secrets.token_hex(4)}"
        folder.mkdir()
        with suppress(BlockingIOError, FileNotFoundError):
            lock = _lock(folder)
            if lock is None or _is_open_as(lock, folder):
                return folder, lock
            os.close(lock)
        # Before it was locked, another build took it for one that was left.
    raise OSError(errno.EBUSY, "other builds are clearing away", str(site.parent))


def _is_open_as(descriptor: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except FileNotFoundError:
        return False


def _abandoned(site: Path) -> Iterator[tuple[Path, int | None]]:
    """The folders of builds that are no more, each locked as long as it is looked at, if it can be."""
    beginning = _beginning(site)
    for folder in sorted(site.parent.iterdir()):
        owner = folder.name.removeprefix(beginning).partition("-")[0]
        if not folder.name.startswith(beginning) or not owner.isdecimal():
            continue
        if folder.is_symlink() or not folder.is_dir():
            continue
        with suppress(BlockingIOError, FileNotFoundError):
            lock = _lock(folder)
            if lock is not None or not _is_running(int(owner)):
                yield folder, lock


def _lock(folder: Path) -> int | None:
    """Lock a folder until the descriptor is closed; None where that cannot be done.

    Raises BlockingIOError when another process has locked it, and OSError when it cannot be opened.
    """
    if fcntl is None:
        return None
    descriptor = os.open(folder, _FOLDER)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:
        # Some network file systems know no locks.
        os.close(descriptor)
        return None
    return descriptor


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True

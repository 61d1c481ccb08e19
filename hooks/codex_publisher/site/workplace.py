"""Where a build works until its site is finished: a hidden folder beside the old site.

A process that is killed cannot clean up, so the next build does. What it must not touch is the folder of
another build that is under way: each holds a lock on its own, which the system takes away however a process
ends. Process numbers alone would not do, since in containers they are few and come again.
"""

from __future__ import annotations

import os
import secrets
import shutil
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
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Workplace:
    """The folder of one build."""

    def __init__(self, site: Path) -> None:
        """Clean up after builds of this site that were killed, and make a folder for this one.

        Raises OSError when nothing can be written beside the site.
        """
        site.parent.mkdir(parents=True, exist_ok=True)
        put_back(site)
        for folder in _abandoned(site):
            shutil.rmtree(folder, ignore_errors=True)
        self.folder = site.parent / f"{_beginning(site)}{os.getpid()}-{secrets.token_hex(4)}"
        self.folder.mkdir()
        self._lock = _lock(self.folder)

    @property
    def staging(self) -> Path:
        """Where the new site is written."""
        return self.folder / _SITE

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def workplace_of(site: Path) -> Workplace:
    """A workplace for a build of a site. Raises ConfigurationError where nothing can be written."""
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


def put_back(site: Path) -> None:
    """Put the last good site back, if a build was killed after it had taken it away."""
    if site.exists():
        return
    for folder in _abandoned(site):
        with suppress(OSError):
            (folder / _OLD).rename(site)
            return


def _beginning(site: Path) -> str:
    return f".{site.name}.building-"


def _abandoned(site: Path) -> list[Path]:
    beginning = _beginning(site)
    found = (path for path in site.parent.iterdir() if path.name.startswith(beginning))
    return sorted(path for path in found if _is_abandoned(path, path.name.removeprefix(beginning)))


def _is_abandoned(folder: Path, rest: str) -> bool:
    """Whether the build that made a folder is no more."""
    owner = rest.partition("-")[0]
    if not owner.isdecimal() or folder.is_symlink() or not folder.is_dir():
        return False
    try:
        lock = _lock(folder)
    except BlockingIOError:
        return False
    except OSError:
        return not _is_running(int(owner))
    if lock is None:
        return not _is_running(int(owner))
    os.close(lock)
    return True


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

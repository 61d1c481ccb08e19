"""Opening files of a codex, whatever became of them since they were found.

Between finding and reading, a file may turn into a symbolic link that leads out of the codex, a folder above
it likewise, or into a pipe on which a reader waits for ever. So each step of the way is opened on its own,
none by a link, and only ordinary files are read.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

from codex_publisher.model.slugs import NotePath

MOST_BYTES: Final = 16 << 20
"""As large as a note may be; the longest books have a third of that."""
_AT_ONCE: Final = 1 << 20
_WITHOUT_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
# Nobody waits for what is at the other end of a pipe, should there be one all the same.
_FILE: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | _WITHOUT_LINKS
_STEP_BY_STEP: Final = {os.open, os.stat} <= os.supports_dir_fd


def read_content(root: Path, path: NotePath) -> bytes:
    """What a file of the codex holds. Raises OSError with a reason when it is no file that can be read."""
    descriptor = open_inside(root, path)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        parts = []
        left = MOST_BYTES + 1
        # It may be cut off or grow meanwhile, so its size is known only in the end.
        while left and (part := file.read(min(left, _AT_ONCE))):
            parts.append(part)
            left -= len(part)
    if not left:
        raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES >> 20} MB", path)
    return b"".join(parts)


def open_inside(root: Path, path: NotePath) -> int:
    """A descriptor of an ordinary file below `root`, reached by no symbolic link, to be read from.

    Raises OSError, whose `strerror` goes on where a sentence ends with a colon.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise OSError(errno.EINVAL, "it lies outside the codex", path)
    try:
        return _open_step_by_step(root, parts) if _STEP_BY_STEP else _open_at_once(root, parts)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a symbolic link", path) from error
        raise


def _open_step_by_step(root: Path, parts: list[str]) -> int:
    *folders, name = parts
    above = os.open(root, _FOLDER)
    try:
        for folder in folders:
            _refuse_links(os.stat(folder, dir_fd=above, follow_symlinks=False))
            below = os.open(folder, _FOLDER | _WITHOUT_LINKS, dir_fd=above)
            os.close(above)
            above = below
        _refuse_all_but_files(os.stat(name, dir_fd=above, follow_symlinks=False))
        return _checked(os.open(name, _FILE, dir_fd=above))
    finally:
        os.close(above)


def _open_at_once(root: Path, parts: list[str]) -> int:
    """The same where a system cannot open a file from within an open folder."""
    place = root
    for part in parts[:-1]:
        place /= part
        _refuse_links(place.lstat())
    place /= parts[-1]
    _refuse_all_but_files(place.lstat())
    return _checked(os.open(place, _FILE))


def _checked(descriptor: int) -> int:
    """An open file, if it is an ordinary one: it may have been exchanged after it was looked at."""
    try:
        _refuse_all_but_files(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _refuse_links(status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise OSError(errno.ELOOP, "a symbolic link")


def _refuse_all_but_files(status: os.stat_result) -> None:
    _refuse_links(status)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is a folder, a pipe, a socket or a device")

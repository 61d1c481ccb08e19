"""New files in a codex: whole or not at all, and never in the place of another."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from codex_publisher.model.slugs import NotePath


class OutsideError(Exception):
    """A place that lies outside the codex once symbolic links are followed."""


def create_file(root: Path, path: NotePath, content: bytes) -> Path:
    """Write a new file below `root`, with the folders that it needs, and give its place.

    Whoever looks sees the whole file or none, also when this is interrupted. Raises FileExistsError when
    something of that name is there, OutsideError when a folder is a link that leads out of the codex, and
    OSError when it cannot be written.
    """
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise OutsideError(f"{path} lies outside the codex.")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=".new-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_mask())
        _put(Path(name), target, content)
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
    return target


def _put(temporary: Path, target: Path, content: bytes) -> None:
    try:
        # A second name for a file is refused where there is one already, in one step.
        os.link(temporary, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # Some file systems know one name for each file only.
        with target.open("xb") as file:
            file.write(content)


def _mask() -> int:
    """What the system takes from the rights of new files; it can only be asked by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

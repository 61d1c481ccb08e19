"""Builds that end before their time, because the disk is full, or because they were told to."""

from __future__ import annotations

import logging
from multiprocessing import active_children

from mkdocs.exceptions import Abort

log = logging.getLogger("mkdocs.hooks.codex")


def end_workers() -> None:
    """End all worker processes at once, whatever they are doing."""
    for worker in active_children():
        worker.kill()


def explain(error: Exception) -> None:
    """Raise Abort with a sentence where the system is at fault, so that nobody has to read a traceback."""
    if isinstance(error, OSError):
        log.debug("Why the build ended:", exc_info=error)
        where = f" ({error.filename})" if error.filename else ""
        raise Abort(
            f"The site could not be built: {error.strerror or error}{where}. "
            "The last good site is as it was; build again when this is put right."
        ) from error
    if isinstance(error, MemoryError):
        raise Abort("The site could not be built: there is too little memory.") from error

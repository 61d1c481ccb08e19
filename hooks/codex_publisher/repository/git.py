"""Git, asked carefully: a codex is a stranger's, and so are its repository's settings."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from time import monotonic
from typing import IO, Final

log = logging.getLogger("mkdocs.hooks.codex")
TIMEOUT_SECONDS: Final = 120
_ELSEWHERE: Final = frozenset(
    {"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_WORK_TREE"}
)
"""Variables that Git sets for its hooks, and that would make it answer for another repository."""
_OPTIONS: Final = (
    "--no-pager",
    # None of the repository's settings may name a program to run, fetch anything, or change what is told.
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "log.showRoot=true",
    "-c",
    "log.showSignature=false",
    "-c",
    "protocol.allow=never",
)


class GitError(Exception):
    """Git is missing, knows nothing of the folder, failed, or took too long."""

    def __init__(self, message: str, is_unexpected: bool = True) -> None:
        super().__init__(message)
        self.is_unexpected = is_unexpected
        """Whether a maintainer would want to hear of it: that a folder is no repository is no news."""


def ask(root: Path, *arguments: str) -> str | None:
    """What Git prints about the folder `root`, or None when it cannot answer."""
    try:
        with answering(root, *arguments) as stream:
            printed = stream.read()
    except GitError as error:
        log.debug("%s", error)
        return None
    return printed.decode("utf-8", "replace")


@contextmanager
def answering(root: Path, *arguments: str, given: bytes = b"") -> Iterator[IO[bytes]]:
    """What Git prints, to be read as it comes; `given` is what it is asked on its standard input.

    Raises GitError, also after all was read, when Git failed or took too long: then what was read is
    only a part of the answer.
    """
    began = monotonic()
    with ExitStack() as stack:
        # From a file, since a pipe that nobody reads while another is full would have both wait for ever.
        questions = stack.enter_context(TemporaryFile()) if given else None
        if questions:
            questions.write(given)
            questions.seek(0)
        try:
            process = subprocess.Popen(
                ["git", *_OPTIONS, "-C", str(root), *arguments],
                stdin=questions or subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError as error:
            raise GitError(f"Git could not be started: {error}") from error
        timer = Timer(TIMEOUT_SECONDS, process.kill)
        timer.daemon = True
        timer.start()
        stream = process.stdout
        assert stream is not None  # noqa: S101  # it was asked for
        try:
            yield stream
        finally:
            stream.close()
            code = process.wait()
            timer.cancel()
    if monotonic() - began > TIMEOUT_SECONDS:
        raise GitError(f"Git took more than {TIMEOUT_SECONDS} seconds.")
    if code:
        raise GitError(f"Git ended with {code} when asked for {arguments[0]}.", is_unexpected=False)


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**inherited, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C.UTF-8"}

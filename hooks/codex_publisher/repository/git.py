"""Git, asked carefully: a codex is a stranger's, and so are its repository's settings."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any, Final

from codex_publisher.model.names import visible

log = logging.getLogger("mkdocs.hooks.codex")
TIMEOUT_SECONDS: Final = 120
"""For a whole history. Git that takes longer hangs."""
QUICK_SECONDS: Final = 10
"""For a question about the repository itself."""
_LONGEST_REASON: Final = 200
_AT_ONCE: Final = 1 << 16
_ELSEWHERE: Final = frozenset(
    {"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_WORK_TREE"}
)
"""Variables that Git sets for its hooks, and that would make it answer for another repository."""
_OPTIONS: Final = (
    "--no-pager",
    # None of the repository's settings may name a program to run, fetch anything, or change what is told.
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
    *("-c", "format.pretty=medium"),
    *("-c", "log.follow=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never"),
    # Files of a codex that look like a repository, with settings of their own, are none.
    *("-c", "safe.bareRepository=explicit"),
)
LOG_OPTIONS: Final = ("--no-ext-diff", "--no-textconv", f"-O{os.devnull}")
"""The same for `git log`, which shows changes by programs and in an order that settings name."""
_SAFE: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Unlike the setting, this is not overruled by one for a single protocol.
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
}
_NOTHING_TO_TELL: Final = ("not a git repository", "does not have any commits yet", "bad revision 'HEAD'")
"""How Git says that there is no history, which is no fault."""
_HINTS: Final = {
    "detected dubious ownership": "It belongs to another user; `git config --global --add safe.directory` "
    "and its folder say that you trust it.",
}


class GitError(Exception):
    """Git is missing, knows nothing of the folder, failed, or took too long."""

    def __init__(self, message: str, is_unexpected: bool = True) -> None:
        super().__init__(message)
        self.is_unexpected = is_unexpected
        """Whether a maintainer would want to hear of it: that a folder is no repository is no news."""


def ask(root: Path, *arguments: str, seconds: float | None = None) -> str | None:
    """What Git prints about the folder `root`, or None when it cannot answer."""
    try:
        return ask_or_fail(root, *arguments, seconds=seconds)
    except GitError as error:
        log.debug("%s", error)
        return None


def ask_or_fail(root: Path, *arguments: str, seconds: float | None = None) -> str:
    """What Git prints about the folder `root`. Raises GitError when it cannot answer."""
    with answering(root, *arguments, seconds=seconds or QUICK_SECONDS) as stream:
        return stream.read().decode("utf-8", "replace")


@contextmanager
def answering(
    root: Path, *arguments: str, given: bytes = b"", seconds: float | None = None
) -> Iterator[IO[bytes]]:
    """What Git prints, to be read as it comes; `given` is what it is asked on its standard input.

    Raises GitError, also after all was read, when Git failed or took too long: then what was read is
    only a part of the answer.
    """
    seconds = seconds or TIMEOUT_SECONDS
    until = monotonic() + seconds
    with ExitStack() as stack:
        try:
            # From a file, since a pipe that nobody reads while another is full would have both wait for ever.
            questions = stack.enter_context(TemporaryFile()) if given else None
            if questions:
                questions.write(given)
                questions.seek(0)
            said = stack.enter_context(TemporaryFile())
            process = subprocess.Popen(
                ["git", *_OPTIONS, "-C", str(root), *arguments],
                stdin=questions or subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                env=_environment(),
            )
        except OSError as error:
            raise GitError(f"Git could not be started: {error}") from error
        assert process.stdout is not None  # noqa: S101  # it was asked for
        try:
            with process.stdout as pipe:
                yield BufferedReader(_Patient(pipe.fileno(), until), _AT_ONCE)
            code = process.wait(max(0.1, until - monotonic()))
        except (subprocess.TimeoutExpired, TimeoutError) as error:
            raise GitError(f"Git took more than {seconds:g} seconds.") from error
        finally:
            process.kill()
            process.wait()
        if code:
            raise _failure(code, arguments[0], said)


def seems_to_be_in_repository(root: Path) -> bool:
    """Whether a folder looks as if Git had something to tell of it, whatever Git says."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


class _Patient(RawIOBase):
    """A pipe that is read from until a certain moment. Git may hang, and what it has started may as well."""

    def __init__(self, descriptor: int, until: float) -> None:
        self._descriptor = descriptor
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there. Raises TimeoutError when nothing comes until that moment."""
        with DefaultSelector() as selector:
            selector.register(self._descriptor, EVENT_READ)
            left = self._until - monotonic()
            if left <= 0 or not selector.select(left):
                raise TimeoutError
        return os.readv(self._descriptor, [buffer])


def _failure(code: int, question: str, said: IO[bytes]) -> GitError:
    said.seek(0)
    lines = said.read(1 << 16).decode("utf-8", "replace").splitlines()
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    reason = visible((fatal or lines or [""])[-1].partition(": ")[2])[:_LONGEST_REASON].rstrip(".")
    hint = next((f" {hint}" for sign, hint in _HINTS.items() if sign in reason), "")
    message = reason or f"it ended with {code} when asked for {question}"
    is_no_news = any(sign in reason for sign in _NOTHING_TO_TELL)
    return GitError(f"Git says: {message}.{hint}", is_unexpected=not is_no_news)


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**inherited, **_SAFE}

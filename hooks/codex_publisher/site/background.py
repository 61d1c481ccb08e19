"""Work that another processor core does while this one writes pages."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Generic, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")
PACKAGE: Final = Path(__file__).resolve().parents[1]
log = logging.getLogger("mkdocs.hooks.codex")


@dataclass(frozen=True, slots=True)
class Task(Generic[Result]):
    """Something that is being worked out."""

    name: str
    future: Future[Result]
    otherwise: Result

    def result(self) -> Result:
        """What came of it, waited for if need be; `otherwise`, with a warning, when it failed."""
        try:
            return self.future.result()
        except (BrokenProcessPool, MemoryError, OSError, RuntimeError, ValueError) as error:
            log.warning("%s is left out of the site, since it could not be worked out: %s", self.name, error)
            return self.otherwise


class Background:
    """One worker process, started when there is work for it and ended with the build."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._pool: ProcessPoolExecutor | None = None

    def start(
        self, name: str, work: Callable[[Given], Result], given: Given, otherwise: Result
    ) -> Task[Result]:
        """Have `work(given)` done in the worker. All three must survive pickling, so give plain data.

        `work` is a function of a module that imports little: the worker imports it anew.
        """
        if self._pool is None:
            # Not by forking: `mkdocs serve` has threads, and a fork would copy locks that they hold.
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        with _package_importable():
            return Task(name, self._pool.submit(work, given), otherwise)

    def close(self) -> None:
        """End the worker; what it has not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def _package_importable() -> Iterator[None]:
    """The worker gets this process's `sys.path`, from which MkDocs has taken the hooks' folder again."""
    before = list(sys.path)
    sys.path.append(str(PACKAGE.parent))
    try:
        yield
    finally:
        sys.path[:] = before

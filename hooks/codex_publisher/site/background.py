"""Work that another processor core does while this one writes pages."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any, Final, Generic, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")
PACKAGE: Final = Path(__file__).resolve().parents[1]
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Where libraries that compute look for how many threads they may start, when they are imported."""
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
        except (
            BrokenProcessPool,
            ImportError,
            MemoryError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            log.warning("%s is left out of the site, since it could not be worked out: %s", self.name, error)
            return self.otherwise


class Background:
    """One worker process, started when there is work for it."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._pool: ProcessPoolExecutor | None = None
        self._begun: list[Future[Any]] = []

    def start(
        self, name: str, work: Callable[[Given], Result], given: Given, otherwise: Result
    ) -> Task[Result]:
        """Have `work(given)` done in the worker. All three must survive pickling, so give plain data.

        `work` is a function of a module that imports little: the worker imports it anew.
        """
        with _package_importable(), _without_script():
            try:
                future = self._worker().submit(work, given)
            except BrokenProcessPool:
                # The worker died of what it did before; this gets another one.
                self.close()
                future = self._worker().submit(work, given)
        self._begun.append(future)
        return Task(name, future, otherwise)

    def _worker(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not by forking: `mkdocs serve` has threads, and a fork would copy locks that they hold.
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_behave)
        return self._pool

    @property
    def is_idle(self) -> bool:
        """Whether all that was begun is done."""
        self._begun = [future for future in self._begun if not future.done()]
        return not self._begun

    @property
    def is_ended(self) -> bool:
        """Whether there is no worker, since none was needed yet or it was ended."""
        return self._pool is None

    def close(self) -> None:
        """End the worker; what it has not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _behave() -> None:
    """What the worker does first of all."""
    # The other cores have pages to write and search to index.
    for name in THREADS:
        os.environ.setdefault(name, "1")
    # Ctrl+C reaches the worker as well, whose end the process that started it sees to.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that was killed cannot end its worker, which would wait for work for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


@contextmanager
def _without_script() -> Iterator[None]:
    """The worker would import the script that started this process, and all of MkDocs with it."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


@contextmanager
def _package_importable() -> Iterator[None]:
    """The worker gets this process's `sys.path`, from which MkDocs has taken the hooks' folder again."""
    before = list(sys.path)
    sys.path.append(str(PACKAGE.parent))
    try:
        yield
    finally:
        sys.path[:] = before

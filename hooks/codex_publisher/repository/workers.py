"""Processes that work on strangers' texts, each of which may hang or crash without harm to anything else.

A worker is given a batch and answers item by item, so that it is known which item it died of. Another process
takes its place and goes on with the next item. It has no thread but its first, and it ends when the program
that started it is gone, because then nobody holds the other end of its connection.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from multiprocessing import Pipe, current_process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from codex_publisher.markdown.limits import TIME_IS_UP, Limits, confine, within
from codex_publisher.repository.packing import packed

Given = TypeVar("Given")
HOOKS: Final = Path(__file__).resolve().parents[2]
"""The folder that this package lies in."""
TIME_IS_UP_CODE: Final = None if TIME_IS_UP is None else -TIME_IS_UP
_PROGRAM: Final = "import sys; from codex_publisher.repository import workers; workers.begin(*sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Spoiled:
    """What is given for something that could not be worked out: why."""

    reason: str


class Worker:
    """A process that works on one batch after the other; when it ends before its time, another one."""

    def __init__(self, limits: Limits) -> None:
        """Start it. Raises OSError where the system allows no other process."""
        self._limits = limits
        self._start()

    def run(self, work: Callable[[Given], object], items: Sequence[Given]) -> list[bytes | Spoiled]:
        """What `work`, a function of a module, makes of each item, packed; or why nothing could be made.

        Raises OSError where the system allows no other process any more.
        """
        results: list[bytes | Spoiled] = []
        suspect = -1
        while len(results) < len(items):
            try:
                self._connection.send((work, items[len(results) :], self._limits.seconds))
                while len(results) < len(items):
                    results.append(self._answer())
            except (EOFError, OSError) as error:
                reason, is_certain = self._end(isinstance(error, TimeoutError))
                self._start()
                # Those before it may have taken the memory, or the system may have ended the process, so what
                # has not simply used up its time is tried once more, by a new process.
                if is_certain or suspect == len(results):
                    results.append(Spoiled(reason))
                else:
                    suspect = len(results)
        return results

    def close(self) -> None:
        """End the process."""
        self._end()

    def _start(self) -> None:
        self._connection, theirs = Pipe()
        try:
            self._process = _started(theirs, self._connection, self._limits)
        finally:
            theirs.close()

    def _answer(self) -> bytes:
        if not self._connection.poll(self._limits.patience):
            raise TimeoutError
        return self._connection.recv_bytes()

    def _end(self, is_late: bool = False) -> tuple[str, bool]:
        """End the process, if it has not ended already. Says why it did, and whether that is certain."""
        self._connection.close()
        self._process.kill()
        has_used_its_time = self._process.wait() == TIME_IS_UP_CODE
        is_slow = is_late or has_used_its_time
        return self._limits.too_slow if is_slow else self._limits.too_large, has_used_its_time


def work_apart(
    work: Callable[[Given], object], items: Sequence[Given], limits: Limits
) -> list[bytes | Spoiled]:
    """What `Worker.run` gives, by a process that is started for this batch and ended after it."""
    worker = Worker(limits)
    try:
        return worker.run(work, items)
    finally:
        worker.close()


class _Process(Protocol):
    def kill(self) -> None: ...

    def wait(self) -> int | None: ...


class _Forked(ForkProcess):
    def wait(self) -> int | None:
        self.join()
        return self.exitcode


def _started(connection: Connection, other_end: Connection, limits: Limits) -> _Process:
    # A fork takes a hundredth of the time of a new interpreter. But it may copy a lock that another thread
    # holds, on macOS the system's own libraries have such threads, and a daemon must not have children.
    if sys.platform == "linux" and threading.active_count() == 1 and not current_process().daemon:
        forked = _Forked(target=_serve_forked, args=(connection, other_end, limits), daemon=True)
        forked.start()
        return forked
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(connection.fileno()), *map(str, astuple(limits))],
        pass_fds=[connection.fileno()],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HOOKS), *filter(None, sys.path)])},
    )


def begin(descriptor: str, seconds: str, memory: str, patience: str) -> None:
    """What a new interpreter does that is a worker."""
    _serve(Connection(int(descriptor)), Limits(float(seconds), int(memory), float(patience)))


def _serve_forked(connection: Connection, other_end: Connection, limits: Limits) -> None:
    # A fork has both ends, and would wait for itself when the program is gone.
    other_end.close()
    _serve(connection, limits)


def _serve(connection: Connection, limits: Limits) -> None:
    """What a worker does."""
    confine(limits)
    # What is imported by now stays, and need not be looked through each time that something is collected:
    # that takes a seventh of the rendering, and copies what a fork shares.
    gc.freeze()
    gc.enable()
    with suppress(EOFError, OSError):
        while True:
            work, items, seconds = connection.recv()
            for item in items:
                connection.send_bytes(_worked_out(work, item, seconds))


def _worked_out(work: Callable[[Any], object], item: object, seconds: float) -> bytes:
    with within(seconds):
        try:
            return packed(work(item))
        except BaseException:
            # Memory is lacking, or the work has an error: in either case this process is no good any more.
            os._exit(1)

"""What works on strangers' notes: processes of this machine that can be ended, or somebody's cluster."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Generic, Protocol, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from codex_publisher.repository.apart import SpoiledError, run_apart, versions
from codex_publisher.repository.limits import TIME_IS_UP, Limits, confine, run_batch
from codex_publisher.repository.processes import FrugalContext, behave, cores, packed, unpacked

Given = TypeVar("Given")
Result = TypeVar("Result")
log = logging.getLogger("mkdocs.hooks.codex")
MOST_UNDER_WAY: Final = 32
"""Batches that are given out before the first of them is asked for."""
SECONDS_BETWEEN_LOOKS: Final = 0.02
LEAST_NOTES: Final = 50
"""Fewer for each process are rendered before another process has begun."""
MOST_TRIES: Final = 3
"""How often something is tried alone when all processes have ended, maybe by the fault of another."""


@dataclass(frozen=True, slots=True)
class Batch:
    """How much is given to a process at once: little enough to share out, enough to be worth a letter."""

    items: int
    weight: int


HERE: Final = Batch(16, 128 * 1024)
ELSEWHERE: Final = Batch(400, 4 * 1024 * 1024)
"""Each takes a new interpreter there."""


class Executor(Protocol):
    """What can be given work, as `concurrent.futures` has it: Dask's `Client.get_executor()`, for one."""

    def submit(self, fn: Callable[..., bytes], /, *args: Any) -> Future[bytes]:
        """Have `fn(*args)` worked out."""


@dataclass(frozen=True, slots=True)
class Spoiled:
    """What is given for something that could not be worked out: why."""

    reason: str


class Engine:
    """Works things out, each within its limits. What takes more spoils nothing else."""

    def __init__(
        self,
        processes: int | None = None,
        executor: Executor | None = None,
        limits: Limits | None = None,
        elsewhere: Batch = ELSEWHERE,
        end: Callable[[], object] | None = None,
    ) -> None:
        """Start so many processes on this machine, by default one for each core.

        With an `executor`, work is given to that, in batches of the size `elsewhere`, and only the rest is
        done here, by processes that start when there is a rest. `end` is called when no more work follows.
        """
        self.limits = limits or Limits()
        self._processes = processes or cores()
        self._executor = executor
        self._elsewhere = elsewhere
        self._pool: ProcessPool | None = None
        self._is_told = False
        self._end = end
        if executor is None:
            # At once, since a process can be forked as long as there is but one thread.
            with suppress(BrokenProcessPool, ImportError, OSError):
                self._running_pool()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def work_through(
        self, work: Callable[[Given], Result], items: Iterable[Given], weight: Callable[[Given], int]
    ) -> Iterator[tuple[Given, Result | Spoiled]]:
        """Each item with what `work` makes of it, or with why nothing could be made of it, in any order.

        `work` is a function of a module. Items are asked for while others are being worked on.
        """
        under_way: deque[_Task[Given]] = deque()
        failed: list[Given] = []
        for batch in _batches(items, weight, lambda: self._batch):
            under_way.append(self._begin(work, batch))
            if len(under_way) >= MOST_UNDER_WAY:
                yield from self._finished(under_way.popleft(), failed)
        while under_way:
            yield from self._finished(under_way.popleft(), failed)
        yield from self._one_by_one(work, failed)

    @property
    def _batch(self) -> Batch:
        return self._elsewhere if self._executor else HERE

    def _begin(self, work: Callable[[Given], object], batch: _Filled[Given]) -> _Task[Given]:
        # What does not fill a batch is sooner done here than sent.
        if self._executor and batch.is_full:
            given = (work, batch.items, self.limits.usual, self.limits, versions())
            try:
                return _Task(batch.items, self._executor.submit(run_apart, *given), is_elsewhere=True)
            except Exception as error:  # whatever an engine of somebody else's may raise
                self._give_up(error)
        return _Task(batch.items, self._here(work, batch.items, self.limits.usual))

    def _finished(self, task: _Task[Given], failed: list[Given]) -> Iterator[tuple[Given, Any]]:
        try:
            results = unpacked(task.future.result())
        except Exception as error:  # what a note does to a process can be of any sort
            if task.is_elsewhere and not isinstance(error, (SpoiledError, MemoryError)):
                self._give_up(error)
            failed.extend(task.items)
        else:
            yield from zip(task.items, results, strict=True)

    def _one_by_one(
        self, work: Callable[[Given], object], failed: Iterable[Given]
    ) -> Iterator[tuple[Given, Any]]:
        """What failed among others, each alone."""
        for _ in range(MOST_TRIES):
            tasks = [_Task([item], self._here(work, [item], self.limits.hard)) for item in failed]
            failed = []
            for task in tasks:
                item = task.items[0]
                try:
                    yield item, unpacked(task.future.result())[0]
                except (BrokenProcessPool, RuntimeError):
                    # All processes have ended, and which item it was is not known.
                    failed.append(item)
                except Exception as error:  # as above
                    yield item, Spoiled(self._reason(error))
        for item in failed:
            yield item, Spoiled(self.limits.too_large)

    def _reason(self, error: Exception) -> str:
        is_time = isinstance(error, ProcessExpired) and TIME_IS_UP and error.exitcode == -TIME_IS_UP
        return self.limits.too_slow if is_time or isinstance(error, TimeoutError) else self.limits.too_large

    def _here(self, work: Callable[[Given], object], items: Sequence[Given], seconds: float) -> Future[bytes]:
        """Have a batch worked on by a process of this machine."""
        given = (work, items, seconds)
        try:
            pool = self._running_pool()
        except (BrokenProcessPool, ImportError, OSError) as error:
            return self._unprotected(work, items, error)
        future: Future[bytes] = pool.schedule(run_batch, args=given, timeout=self.limits.patience)
        return future

    def _running_pool(self) -> ProcessPool:
        """The processes of this machine, or others if they have all ended."""
        # Asking whether it is active starts a new one.
        if self._pool is None or not self._pool.active:
            self._end_processes()
            # Otherwise the library looks only ten times a second whether a process has ended.
            CONSTS.sleep_unit = SECONDS_BETWEEN_LOOKS
            pool = ProcessPool(
                self._processes,
                initializer=_begin_work,
                initargs=(self.limits.memory,),
                context=FrugalContext(),
            )
            self._pool = pool if pool.active else None
            if self._pool is None:
                raise BrokenProcessPool("They end as soon as they are started.")
        return self._pool

    def _unprotected(
        self, work: Callable[[Given], object], items: Sequence[Given], error: Exception
    ) -> Future[bytes]:
        """Work on a batch in this process, where the system allows no other."""
        if not self._is_told:
            self._is_told = True
            log.warning("No process could be started in which a note can be stopped that hangs: %s", error)
        future: Future[bytes] = Future()
        future.set_result(packed([work(item) for item in items]))
        return future

    def _give_up(self, error: Exception) -> None:
        """Go on without the engine that was set."""
        if self._executor:
            log.warning(
                "The engine that the settings name cannot be used, so notes are rendered on this machine: %s",
                error or type(error).__name__,
            )
        self._executor = None

    def close(self) -> None:
        """End the processes of this machine, and work elsewhere. What is asked for later starts others."""
        if self._executor and self._end:
            self._end()
        self._executor = None
        self._end_processes()

    def _end_processes(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # the library's own method has no types
            # Waited for, so that its threads are gone and the next process can be forked.
            self._pool.join()
            self._pool = None


@contextmanager
def borrowed(engine: Engine | None, notes: int = 0) -> Iterator[Engine]:
    """The engine that is given; else one of this machine, for so many notes, that is ended afterwards."""
    if engine:
        yield engine
        return
    with Engine(enough_processes(notes)) as own:
        yield own


def enough_processes(notes: int) -> int:
    """How many processes of this machine so many notes are worth."""
    return max(1, min(cores(), notes // LEAST_NOTES))


@dataclass(frozen=True, slots=True)
class _Filled(Generic[Given]):
    items: list[Given]
    is_full: bool


@dataclass(frozen=True, slots=True)
class _Task(Generic[Given]):
    items: Sequence[Given]
    future: Future[bytes]
    is_elsewhere: bool = False


def _batches(
    items: Iterable[Given], weight: Callable[[Given], int], size: Callable[[], Batch]
) -> Iterator[_Filled[Given]]:
    """The items in batches, the last of which may not be full. How large they are may change meanwhile."""
    batch: list[Given] = []
    heavy = 0
    for item in items:
        batch.append(item)
        heavy += weight(item)
        most = size()
        if len(batch) >= most.items or heavy >= most.weight:
            yield _Filled(batch, is_full=True)
            batch, heavy = [], 0
    if batch:
        yield _Filled(batch, is_full=False)


def _begin_work(memory: int) -> None:
    """What a process of this machine does first of all."""
    behave()
    confine(memory)

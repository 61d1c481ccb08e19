"""What works on strangers' notes: processes of this machine that can be ended, or somebody's cluster."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

from codex_publisher.markdown.limits import Limits
from codex_publisher.repository.packing import packed, unpacked
from codex_publisher.repository.program import NOTE_LIBRARIES
from codex_publisher.repository.workers import Spoiled, Worker, work_apart

Given = TypeVar("Given")
Result = TypeVar("Result")
Answers: TypeAlias = list[bytes | Spoiled]
log = logging.getLogger("mkdocs.hooks.codex")
MOST_UNDER_WAY: Final = 32
"""Batches that are given out before the first of them is asked for."""
LEAST_NOTES: Final = 50
"""Fewer for each process are rendered before another process has begun."""
_RENDERERS: Final = ("codex-publisher", *NOTE_LIBRARIES)


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

    def submit(self, fn: Callable[..., Answers], /, *args: Any) -> Future[Answers]:
        """Have `fn(*args)` worked out."""


class OtherVersionsError(Exception):
    """What is rendered there would not be what is rendered here. The text is a sentence that says so."""


class Workers:
    """The executor of this machine: threads, each of which waits for a process that works."""

    def __init__(self, count: int, limits: Limits) -> None:
        """Start the processes. Raises OSError where the system allows none."""
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        # Before the first thread, since a process can be forked as long as there is none.
        for _ in range(count):
            self._idle.put(Worker(limits))
        self._threads = ThreadPoolExecutor(count, "codex-worker")

    def submit(self, work: Callable[[Given], object], items: Sequence[Given]) -> Future[Answers]:
        """Have a batch worked on by the next process that has nothing to do."""
        return self._threads.submit(self._run, work, items)

    def _run(self, work: Callable[[Given], object], items: Sequence[Given]) -> Answers:
        worker = self._idle.get()
        try:
            return worker.run(work, items)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the processes; what is not begun is dropped."""
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().close()


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
        """Of so many processes of this machine, by default one for each core. They start when there is work.

        With an `executor`, work is given to that, in batches of the size `elsewhere`, and only the rest is
        done here. `end` is called when no more work follows.
        """
        self.limits = limits or Limits()
        self._processes = processes or cores()
        self._executor = executor
        self._elsewhere = elsewhere
        self._end = end
        self._workers: Workers | None = None
        self._is_alone = False
        self._versions = versions() if executor else ()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_elsewhere(self) -> bool:
        """Whether whole batches are worked on by another engine than this machine."""
        return self._executor is not None

    def prepare(self) -> None:
        """Start the processes of this machine, which can be forked as long as there is but one thread."""
        if self._workers is None and self._executor is None:
            self._start()

    def work_through(
        self, work: Callable[[Given], Result], items: Iterable[Given], weight: Callable[[Given], int]
    ) -> Iterator[tuple[Given, Result | Spoiled]]:
        """Each item with what `work` makes of it, or with why nothing could be made of it, in their order.

        `work` is a function of a module. Items are asked for while others are being worked on.
        """
        under_way: deque[_Task[Given]] = deque()
        for batch in _batches(items, weight, lambda: self._elsewhere if self._executor else HERE):
            under_way.append(self._begun(work, batch))
            if len(under_way) >= MOST_UNDER_WAY:
                yield from self._finished(work, under_way.popleft())
        while under_way:
            yield from self._finished(work, under_way.popleft())

    def _begun(self, work: Callable[[Given], object], batch: _Filled[Given]) -> _Task[Given]:
        # What does not fill a batch is sooner done here than sent.
        if self._executor and batch.is_full:
            given = (work, batch.items, self.limits, self._versions)
            try:
                future = self._executor.submit(_work_elsewhere, *given)
            except Exception as error:  # whatever an engine of somebody else's may raise
                self._give_up(error)
            else:
                return _Task(batch.items, future, is_elsewhere=True)
        return _Task(batch.items, self._here(work, batch.items), is_elsewhere=False)

    def _finished(self, work: Callable[[Given], object], task: _Task[Given]) -> Iterator[tuple[Given, Any]]:
        try:
            answers = task.future.result()
        except Exception as error:
            if not task.is_elsewhere:
                raise
            self._give_up(error)
            answers = self._here(work, task.items).result()
        for item, answer in zip(task.items, answers, strict=True):
            yield item, answer if isinstance(answer, Spoiled) else unpacked(answer)

    def _here(self, work: Callable[[Given], object], items: Sequence[Given]) -> Future[Answers]:
        """Have a batch worked on by this machine."""
        if self._workers is None and not self._is_alone:
            self._start()
        if self._workers:
            return self._workers.submit(work, items)
        future: Future[Answers] = Future()
        future.set_result([packed(work(item)) for item in items])
        return future

    def _start(self) -> None:
        """Start the processes of this machine, or do without them where the system allows none."""
        try:
            self._workers = Workers(self._processes, self.limits)
        except OSError as error:
            self._is_alone = True
            log.warning("No process could be started in which a note can be stopped that hangs: %s", error)

    def _give_up(self, error: Exception) -> None:
        """Go on without the engine that was set."""
        if self._executor:
            log.warning(
                "The engine that the settings name cannot be used, so notes are rendered on this machine: %s",
                str(error) or type(error).__name__,
            )
            self._end_elsewhere()

    def _end_elsewhere(self) -> None:
        if self._executor and self._end:
            self._end()
        self._executor = None

    def close(self) -> None:
        """End the processes of this machine, and work elsewhere. What is asked for later starts others."""
        self._end_elsewhere()
        if self._workers:
            self._workers.close()
            self._workers = None


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


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def versions() -> tuple[str, ...]:
    """What decides how a note is rendered: the versions of this program and of what it renders with."""
    return tuple(f"{name} {_version(name)}" for name in _RENDERERS)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _work_elsewhere(
    work: Callable[[Given], object], items: Sequence[Given], limits: Limits, wanted: tuple[str, ...]
) -> Answers:
    """A task for an engine whose workers are not ours to end, and must outlive a note that hangs or crashes.

    Raises OtherVersionsError where the same note would become another page.
    """
    if (there := versions()) != wanted:
        lacking = ", ".join(sorted(set(wanted) - set(there)))
        raise OtherVersionsError(f"Its workers have other versions; this build has {lacking}.")
    return work_apart(work, items, limits)


@dataclass(frozen=True, slots=True)
class _Filled(Generic[Given]):
    items: list[Given]
    is_full: bool


@dataclass(frozen=True, slots=True)
class _Task(Generic[Given]):
    items: Sequence[Given]
    future: Future[Answers]
    is_elsewhere: bool


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

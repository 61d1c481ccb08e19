"""Running a program and measuring it with all processes that it starts. Memory is told on Linux only."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

EVERY: Final = 0.5
"""Seconds between two looks at the memory."""
PROC: Final = Path("/proc")


@dataclass
class Run:
    """What a program took."""

    seconds: float = 0.0
    processor: float = 0.0
    """Seconds of processor time of all processes."""
    peak: int = 0
    """The most memory at once of all processes, in bytes: what they share is counted once."""
    largest: int = 0
    """The most memory of one process, in bytes."""
    of_process: dict[str, int] = field(default_factory=dict)
    """The most memory of each process, in bytes, by its name."""
    said: str = ""
    """The last of what it said."""
    failure: str = ""
    """Why it did not finish, in a few words; empty when it did."""


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], limit: float | None = None) -> Run:
    """Run a program to its end, or for `limit` seconds."""
    result = Run()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with subprocess.Popen(
        list(command),
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None  # noqa: S101
        os.set_blocking(process.stderr.fileno(), False)
        said = b""
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(EVERY)
            said = (said + (process.stderr.read() or b""))[-2_000:]
            _look(process.pid, result)
            if limit and time.perf_counter() - started > limit:
                result.failure = f"stopped after {limit:.0f} s"
                _end(process.pid)
                process.wait()
        said = (said + (process.stderr.read() or b""))[-2_000:]
    result.said = said.decode("utf-8", "replace").strip()
    result.seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    result.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode and not result.failure:
        last = result.said.splitlines()[-1:]
        result.failure = f"failed: {last[0][:200] if last else process.returncode}"
    return result


def _end(process: int) -> None:
    for one in (*_descendants(process), process):
        with suppress(ProcessLookupError):
            os.kill(one, 9)


def _look(process: int, result: Run) -> None:
    together = 0
    for one in (process, *_descendants(process)):
        share, name = _memory(one), _name(one, process)
        together += share
        result.of_process[name] = max(share, result.of_process.get(name, 0))
    result.peak = max(result.peak, together)
    result.largest = max(result.of_process.values(), default=0)


def _descendants(process: int) -> Iterator[int]:
    with suppress(OSError):
        for task in (PROC / str(process) / "task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield int(child)
                yield from _descendants(int(child))


def _memory(process: int) -> int:
    """Its share of the memory in use: pages that several processes have count by their part."""
    with suppress(OSError):
        for line in (PROC / str(process) / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _name(process: int, first: int) -> str:
    if process == first:
        return "main"
    with suppress(OSError):
        words = (PROC / str(process) / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        name = Path(words[0]).name
        return f"{name} {process}" if name.startswith("python") else name
    return str(process)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a site is."""

    total: int
    files: int
    search: int
    """Bytes of the search index."""
    pages: int
    biggest: int
    """Bytes of the biggest page."""
    biggest_at: str


def size_of(site: Path, search: str) -> Size:
    """Measure a site whose search index is in the folder (or file) `search`."""
    total = files = indexed = pages = biggest = 0
    biggest_at = ""
    stack = [site]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(Path(entry.path))
                    continue
                size = entry.stat(follow_symlinks=False).st_size
                total += size
                files += 1
                path = os.path.relpath(entry.path, site)
                if path.startswith(search):
                    indexed += size
                if path.endswith(".html"):
                    pages += 1
                    if size > biggest:
                        biggest, biggest_at = size, path
    return Size(total, files, indexed, pages, biggest, biggest_at)

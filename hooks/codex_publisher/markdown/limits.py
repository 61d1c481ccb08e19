"""What a process that works on strangers' texts may take, and how it is held to that.

Time is the processor's, not the clock's: how busy the machine is does not decide what is on a page. The
system ends a process that takes more, whatever it is in the middle of. Memory is limited where the system
can do that, which is on Linux; macOS knows the limit and does not keep it.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1 << 20
TIME_IS_UP: Final = getattr(signal, "SIGPROF", None)
"""What ends a process that has used its time; None where the system has no such thing, as Windows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one note may take."""

    seconds: float = 5.0
    """Of processor time."""
    memory: int = 512 * MEGABYTE
    """Bytes, beyond what the process has before it begins."""
    patience: float = 120.0
    """Seconds by the clock after which a process is ended that uses no processor time either."""

    @property
    def too_slow(self) -> str:
        """What is said of a note that takes too long."""
        return f"rendering it takes more than {self.seconds:g} seconds"

    @property
    def too_large(self) -> str:
        """What is said of a note that takes too much memory, or ends its process in another way.

        Which of the two it was cannot always be told: the engine ends the process when it gets no memory.
        """
        return f"rendering it takes more than {self.memory // MEGABYTE} MB of memory, or stops the renderer"


def confine(limits: Limits) -> None:
    """Hold this process to its limits. Called once, before it sees the first text."""
    # Ctrl+C reaches it as well, whose end the process that started it sees to.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, TIME_IS_UP):
        if number is not None:
            signal.signal(number, signal.SIG_DFL)
    faulthandler.disable()
    nothing = os.open(os.devnull, os.O_RDWR)
    # What a library says as it crashes may quote the text, and is of no use to whoever builds the site.
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # Windows has no such module

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # A container may forbid it; the limit of time is left then.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (_used() + limits.memory,) * 2)


def _used() -> int:
    """Bytes that this process holds of the sort that the limit is about."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """A time that ends the process if it uses the processor for longer."""
    if TIME_IS_UP is None:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)

"""Signals that end a build: they are obeyed in order, and by one process for all."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def end_in_order() -> None:
    """Have the usual signals end the process as Ctrl+C does, so that what is half done is cleared away.

    Who has told the process otherwise, as `nohup` does, is listened to.
    """
    if threading.current_thread() is threading.main_thread():
        for number in _ENDING:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    # Clearing away takes a moment, and is not to be ended in its turn.
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


@contextmanager
def unheard_by_children() -> Iterator[None]:
    """Keep Ctrl+C from processes that are started meanwhile, whose end this process sees to.

    One that has hardly begun would answer it with a page of where it was.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

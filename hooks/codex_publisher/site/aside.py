"""Waiting for another program in a thread that does not keep the process from ending."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")


def begin_aside(name: str, work: Callable[[Given], Result], given: Given) -> Future[Result]:
    """Have `work(given)` done while this thread goes on.

    Not by an executor, whose threads are waited for at the end of the process, also when it is told to end.
    """
    future: Future[Result] = Future()
    Thread(target=_do, args=(future, work, given), name=name, daemon=True).start()
    return future


def _do(future: Future[Result], work: Callable[[Given], Result], given: Given) -> None:
    try:
        future.set_result(work(given))
    except BaseException as error:
        future.set_exception(error)

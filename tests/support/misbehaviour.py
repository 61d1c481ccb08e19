"""Work that does to its process what no renderer should, in a module that every process can import."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

MARK = "do: "


def obey(text: str) -> str:
    """The text in capitals, unless it says `do: ` and something worse."""
    if not text.startswith(MARK):
        return text.upper()
    order, *rest = text.removeprefix(MARK).split()
    return str(_ORDERS[order](*rest) or "survived")


def _spin() -> None:
    while True:
        pass


def _fail() -> None:
    raise LookupError("it cannot be worked out")


def _say() -> None:
    os.write(1, b"noise")
    os.write(2, b"noise")


def _die_once(mark: str) -> None:
    if not Path(mark).exists():
        Path(mark).touch()
        os.abort()


_ORDERS: Final[Mapping[str, Callable[..., object]]] = {
    "spin": _spin,
    "wait": signal.pause,
    "eat": lambda: len(bytearray(2 << 30)),
    "abort": os.abort,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "vanish": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "fail": _fail,
    "say": _say,
    "die-once": _die_once,
    "who": os.getpid,
}

"""Other processes of this program: how they are started, how they behave, and what may pass to them."""

from __future__ import annotations

import io
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.context import ForkProcess, SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, Final

from codex_publisher.model.catalogue import RULES
from codex_publisher.model.kinds import KINDS, Kind
from codex_publisher.model.problems import Rule

HOOKS: Final = Path(__file__).resolve().parents[2]
"""The folder that this package lies in."""
_ONE_AT_A_TIME: Final = threading.Lock()


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class FrugalContext(SpawnContext):
    """Starts processes for `multiprocessing` by a fork where that is safe, else as new interpreters.

    A fork takes a hundredth of the time of a new interpreter, which must import everything anew. But it
    may copy a lock that another thread holds, and on macOS the system's own libraries have such threads.
    """

    @staticmethod
    def Process(*args: Any, **options: Any) -> BaseProcess:  # type: ignore[override]  # noqa: N802
        """A process that is not started yet."""
        may_fork = sys.platform == "linux" and threading.active_count() == 1
        return ForkProcess(*args, **options) if may_fork else _Spawned(*args, **options)


class _Spawned(SpawnProcess):
    def start(self) -> None:
        with a_clean_start():
            super().start()


@contextmanager
def a_clean_start() -> Iterator[None]:
    """What is true while a new interpreter is started, so that it imports this package and little else."""
    with _ONE_AT_A_TIME, _package_importable(), _without_script():
        yield


@contextmanager
def _without_script() -> Iterator[None]:
    """A new process would import the script that started this one, and all of MkDocs with it."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


@contextmanager
def _package_importable() -> Iterator[None]:
    """A new process gets this one's `sys.path`, from which MkDocs has taken the hooks' folder again."""
    if str(HOOKS) in sys.path:
        yield
        return
    sys.path.append(str(HOOKS))
    try:
        yield
    finally:
        sys.path.remove(str(HOOKS))


def behave() -> None:
    """What a process does first of all that works for another."""
    # Ctrl+C reaches it as well, whose end the process that started it sees to.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that was killed cannot end its worker, which would wait for work for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def packed(result: object) -> bytes:
    """A result as bytes that another process makes the same result of."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {
        MappingProxyType: lambda mapping: (_frozen, (dict(mapping),)),
        # Kinds and rules are compared by identity, so their names are sent.
        Kind: lambda kind: (_kind, (kind.name,)),
        Rule: lambda rule: (_rule, (rule.code,)),
    }
    pickler.dump(result)
    return stream.getvalue()


def unpacked(result: bytes) -> Any:
    """What `packed` was given, in a process of the same program."""
    return pickle.loads(result)  # noqa: S301  # our own process wrote it


def _frozen(mapping: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(mapping)


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def _rule(code: str) -> Rule:
    return RULES[code]

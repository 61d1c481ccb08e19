"""A batch of work done by a process of its own, for engines whose workers are not ours to end.

A worker of somebody's cluster must outlive a note that hangs or crashes, so the task that it is given starts
a new interpreter, and ends it when it has taken too much. That takes a quarter of a second.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final, TypeVar

from codex_publisher.repository.limits import Limits, confine, run_batch
from codex_publisher.repository.processes import HOOKS

Given = TypeVar("Given")
_RENDERERS: Final = ("codex-publisher", "comrak", "lxml", "nh3", "pygments")


class SpoiledError(Exception):
    """A batch holds something that takes more than it may. The text says how its process ended."""


class OtherVersionsError(Exception):
    """What is rendered there would not be what is rendered here. The text is a sentence that says so."""


def versions() -> tuple[str, ...]:
    """What decides how a note is rendered: the versions of this program and of what it renders with."""
    return tuple(f"{name} {_version(name)}" for name in _RENDERERS)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def run_apart(
    work: Callable[[Given], object],
    items: Sequence[Given],
    seconds: float,
    limits: Limits,
    wanted: tuple[str, ...],
) -> bytes:
    """What `run_batch` gives, by a new process. Raises SpoiledError, or OtherVersionsError."""
    if (here := versions()) != wanted:
        lacking = ", ".join(sorted(set(wanted) - set(here)))
        raise OtherVersionsError(f"Its workers have other versions; this build has {lacking}.")
    path = os.pathsep.join(filter(None, (str(HOOKS), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=pickle.dumps((work, items, seconds, limits.memory)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.patience,
            check=False,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired as error:
        raise SpoiledError(f"nothing came of it in {limits.patience:g} seconds") from error
    if done.returncode:
        raise SpoiledError(f"its process ended with {done.returncode}")
    return done.stdout


def main() -> None:
    """What the new process does: read a task, do it, and write what came of it."""
    task = sys.stdin.buffer.read()
    answer = os.dup(1)
    work, items, seconds, memory = pickle.loads(task)  # noqa: S301  # `run_apart` wrote it
    confine(memory)
    result = run_batch(work, items, seconds)
    with os.fdopen(answer, "wb") as stream:
        stream.write(result)


if __name__ == "__main__":
    main()

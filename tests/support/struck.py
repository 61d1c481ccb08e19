"""Builds that something happens to: they are killed, told to end, or find the disk full.

Run as a script, this is a process that has imported everything and makes a new one for each build, which
then begins at once. So fifty builds take a minute. All else is as in `mkdocs build`: the settings are read,
the hook file is imported, workers are started, and the process ends by itself or by what happens to it.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import Any, Final

from mkdocs.__main__ import cli

from codex_publisher.site import build, output

NEEDED: Final = (build, output)
"""What each build would have to import, if it were not here."""
Site = Mapping[str, bytes]
"""The files of a site."""
MARK: Final = "CODEX_TESTS_BUILDER"
"""A variable that tells the processes of one builder, in whatever way they were started."""
_CHANGES: Final = frozenset(
    {"os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "shutil.rmtree"}
    | {"sqlite3.connect", "subprocess.Popen"}
)
_TAKES_ROOM: Final = frozenset({"open", "os.mkdir"})
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_SIGNALS: Final = {"kill": "SIGKILL", "interrupt": "SIGINT", "terminate": "SIGTERM"}


@dataclass(frozen=True, slots=True)
class Order:
    """One build, and what happens to it."""

    settings: Path
    site: Path
    strike: str = ""
    """One of `kill`, `interrupt`, `terminate` and `full`; empty for nothing."""
    at: int = 0
    """At which change of the disk it happens, counted from one."""
    on: str = ""
    """Or when the site is renamed: `away`, or `into` its place."""
    after: float = 0.0
    """Or after how many seconds it is killed."""
    in_two_steps: bool = False
    """Whether the system cannot exchange two folders at once."""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build has ended."""

    code: int
    """Negative for the signal that killed it."""
    said: str


class Builder:
    """The process that makes the builds, seen from a test."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._mark = str(folder)
        self._number = 0
        everything = {**os.environ, **environment, MARK: self._mark}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=everything,
        )

    def build(self, *orders: Order) -> Sequence[Ended]:
        """Have sites built, all at once, and wait until all have ended."""
        assert self._process.stdin
        assert self._process.stdout
        lines = [self._line(order) for order in orders]
        self._process.stdin.write(json.dumps(lines) + "\n")
        self._process.stdin.flush()
        codes = json.loads(self._process.stdout.readline())
        return [self._ended(line, code) for line, code in zip(lines, codes, strict=True)]

    def _line(self, order: Order) -> dict[str, Any]:
        self._number += 1
        said = self._folder / f"said-{self._number}"
        return {
            **{name: getattr(order, name) for name in ("strike", "at", "on", "after", "in_two_steps")},
            "environment": dict(order.environment),
            "arguments": ["build", "--quiet", "-f", str(order.settings), "-d", str(order.site)],
            "said": str(said),
            "site": str(order.site),
        }

    @staticmethod
    def _ended(line: Mapping[str, Any], code: int) -> Ended:
        return Ended(code, Path(line["said"]).read_text("utf-8", "replace"))

    def left_processes(self) -> list[str]:
        """The commands of processes of these builds that do not end, though they get a while."""
        until = monotonic() + 30
        while (found := list(self._processes())) and monotonic() < until:
            sleep(0.02)
        return found

    def _processes(self) -> Iterator[str]:
        mark = f"{MARK}={self._mark}".encode()
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal() and int(folder.name) != self._process.pid:
                with suppress(OSError):
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        yield (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@contextmanager
def builder(folder: Path, **environment: str) -> Iterator[Builder]:
    """A builder whose temporary and kept files are below `folder`, in `tmp`, `cache` and `home`."""
    places = {"TMPDIR": "tmp", "CODEX_CACHE": "cache", "HOME": "home", "XDG_STATE_HOME": "home/state"}
    for name in places.values():
        (folder / name).mkdir(parents=True, exist_ok=True)
    own = Builder(folder, {**{key: str(folder / name) for key, name in places.items()}, **environment})
    try:
        yield own
    finally:
        own.close()


class _Blow:
    """Counts what a build changes on the disk, and strikes when its moment has come."""

    def __init__(self, line: Mapping[str, Any]) -> None:
        self._strike: str = line["strike"]
        self._at: int = line["at"]
        self._here = os.getpid()
        self._renaming = (("away", "into").index(line["on"]), line["site"]) if line["on"] else None
        self._changes = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not _changes(event, arguments) or os.getpid() != self._here:
            return
        self._changes += 1
        if self._strike == "full":
            if self._changes >= self._at and event in _TAKES_ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
        elif self._strike and (self._changes == self._at or self._is_renaming(event, arguments)):
            os.kill(self._here, getattr(signal, _SIGNALS[self._strike]))

    def _is_renaming(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if self._renaming is None or event != "os.rename":
            return False
        which, site = self._renaming
        return bool(os.fspath(arguments[which]) == site)


def _changes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event != "open":
        return event in _CHANGES
    path, _, flags = arguments
    # What is said, and what Python keeps of modules, is not the build's.
    return bool(flags & _WRITING) and isinstance(path, str | bytes) and os.fspath(path) != os.devnull


def _serve() -> None:
    """Take orders, one line of several builds at a time, and tell how they have ended."""
    for line in sys.stdin:
        builds = []
        for order in json.loads(line):
            process = os.fork()
            if not process:
                sys.exit(_build(order))
            timer = Timer(order["after"], os.kill, (process, signal.SIGKILL)) if order["after"] else None
            if timer:
                timer.start()
            builds.append((process, timer))
        codes = []
        for process, timer in builds:
            status = os.waitpid(process, 0)[1]
            if timer:
                timer.cancel()
            codes.append(os.waitstatus_to_exitcode(status))
        sys.stdout.write(json.dumps(codes) + "\n")
        sys.stdout.flush()


def _cannot(*_: object) -> bool:
    return False


def _build(order: Mapping[str, Any]) -> int | str | None:
    """What a new process does; gives what it ends with."""
    os.environ.update(order["environment"])
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT, 0o666)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, here in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(descriptor, here)
    if order["in_two_steps"]:
        setattr(output, "exchange", _cannot)  # noqa: B010  # nobody else may have this name from there
    sys.addaudithook(_Blow(order))
    try:
        cli.main(order["arguments"])
    except SystemExit as ended:
        return ended.code
    return 0


if __name__ == "__main__":
    _serve()

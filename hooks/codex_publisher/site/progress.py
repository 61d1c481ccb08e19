"""What a build is doing, told to whoever waits for it, and where its time went.

On a terminal a bar shows the stage; elsewhere, as in the log of a workflow, each stage is a line when it is
done.
With `mkdocs build --quiet` nothing is told, unless a table of all stages was asked for.
"""

from __future__ import annotations

import logging
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TextIO

import click
from tqdm import tqdm

log = logging.getLogger("mkdocs.hooks.codex")
LONG_ENOUGH: Final = 0.05
"""Seconds; what is done sooner is no line of a log."""
BAR: Final = "{desc}: {percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt}"
WITHOUT_END: Final = "{desc}…"
COUNTED: Final = "{desc}… {n_fmt}"


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a build that is over."""

    name: str
    seconds: float
    processor: float
    """Seconds of processor time, of this process only."""


class _Bar(tqdm):  # type: ignore[type-arg]  # generic for the type checker only
    # Otherwise a thread of its own looks after the bars, and processes could no longer be forked.
    monitor_interval = 0


class Progress:
    """The stages of one build."""

    def __init__(
        self,
        is_profiled: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Nothing is begun yet. With `is_profiled`, all stages are told at the end."""
        self._is_profiled = is_profiled
        self._stream = stream or sys.stderr
        self._clock = clock
        self._stages: list[Stage] = []
        self._name = ""
        self._began = self._processor = 0.0
        self._bar: _Bar | None = None

    def begin(self, name: str, total: int = 0) -> None:
        """A stage begins, and the one before is over. `total` is the number of its steps, if it is known."""
        self._close()
        self._name = name
        self._began, self._processor = self._clock(), time.process_time()
        if log.isEnabledFor(logging.INFO) and self._stream.isatty():
            self._bar = _Bar(
                desc=name,
                total=total or None,
                file=self._stream,
                leave=False,
                dynamic_ncols=True,
                bar_format=BAR if total else WITHOUT_END,
            )

    def step(self, count: int = 1) -> None:
        """So many steps of the stage are done."""
        if self._bar is not None:
            if not self._bar.total:
                self._bar.bar_format = COUNTED
            self._bar.update(count)

    def end(self) -> None:
        """All is done."""
        self._close()
        if self._is_profiled:
            click.echo(_table(self._stages), file=self._stream)
        self._stages = []

    def abandon(self) -> None:
        """The build has failed; what it says of that is not to stand behind a bar."""
        self._is_profiled = False
        self.end()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        if self._name:
            stage = Stage(self._name, self._clock() - self._began, time.process_time() - self._processor)
            self._stages.append(stage)
            if self._bar is None and stage.seconds >= LONG_ENOUGH:
                log.info("%s: %.1f s", stage.name, stage.seconds)
        self._name, self._bar = "", None


def _table(stages: list[Stage]) -> str:
    """Where the time went, a line a stage, and how much other processes worked meanwhile."""
    whole = sum(stage.seconds for stage in stages) or 1.0
    own = sum(stage.processor for stage in stages)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    width = max((len(stage.name) for stage in stages), default=0)
    lines = [f"{'stage':{width}}  seconds  share  processor time"]
    lines += [
        f"{stage.name:{width}}  {stage.seconds:7.2f}  {stage.seconds / whole:5.0%}  {stage.processor:14.2f}"
        for stage in stages
    ]
    lines.append(f"{'':{width}}  {whole:7.2f}   100%  {own:14.2f}")
    ended = others.ru_utime + others.ru_stime
    lines.append(f"Processor time of the other processes, as far as they have ended: {ended:.2f} s.")
    return "\n".join(lines)

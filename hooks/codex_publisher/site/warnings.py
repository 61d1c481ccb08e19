"""Whether anything was warned of during a build, by MkDocs or by this program."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from mkdocs.utils import CountHandler

from codex_publisher.site.report import Line


class Warnings:
    """Listens to MkDocs' log from when it is made until its end, also where the log is to be quiet."""

    def __init__(self) -> None:
        self._counter = CountHandler()
        self._counter.setLevel(logging.WARNING)
        self._log = logging.getLogger("mkdocs")
        self._level = self._log.level
        self._handlers: list[tuple[logging.Handler, int]] = []
        if self._log.getEffectiveLevel() > logging.WARNING:
            self._listen_in_spite_of(self._log.getEffectiveLevel())
        self._log.addHandler(self._counter)

    def _listen_in_spite_of(self, level: int) -> None:
        """Have those who print hold to the level, which would keep warnings from those who count as well."""
        self._handlers = [
            (handler, handler.level)
            for handler in self._log.handlers
            if not isinstance(handler, CountHandler)
        ]
        for handler, own in self._handlers:
            handler.setLevel(max(level, own))
        self._log.setLevel(logging.WARNING)

    @property
    def were_given(self) -> bool:
        """Whether there were any so far."""
        return self._number > 0

    @property
    def _number(self) -> int:
        return sum(number for _, number in self._counter.get_counts())

    def end(self, said_again: Iterable[Line] = ()) -> bool:
        """Listen no longer; tell whether there were any but those that are said again by each build."""
        self._log.removeHandler(self._counter)
        for handler, own in self._handlers:
            handler.setLevel(own)
        if self._handlers or self._log.level == logging.WARNING:
            self._log.setLevel(self._level)
        self._handlers = []
        return self._number > sum(line.level >= logging.WARNING for line in said_again)

"""Whether anything was warned of during a build, by MkDocs or by this program."""

from __future__ import annotations

import logging

from mkdocs.utils import CountHandler


class Warnings:
    """Listens to MkDocs' log from when it is made until its end."""

    def __init__(self) -> None:
        self._counter = CountHandler()
        self._counter.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._counter)

    @property
    def were_given(self) -> bool:
        """Whether there were any so far."""
        return bool(self._counter.get_counts())

    def end(self) -> bool:
        """Listen no longer, and tell whether there were any."""
        logging.getLogger("mkdocs").removeHandler(self._counter)
        return self.were_given

"""One worker process for the builds of many tests: each that is started imports scikit-learn for a second."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

import pytest

from codex_publisher.site.background import Background

_start_worker = Background._worker
_end_worker = Background.close


class OneWorker:
    """Stands for the workers of all builds."""

    def __init__(self) -> None:
        self._shared = Background()

    @contextmanager
    def instead(self) -> Iterator[None]:
        """Have builds use it. When one ends its worker, what it has begun and not finished is dropped."""

        def lend(background: Background) -> ProcessPoolExecutor:
            background._pool = _start_worker(self._shared)
            return background._pool

        def take_back(background: Background) -> None:
            for future in background._begun:
                future.cancel()
            if background._pool is not None and getattr(background._pool, "_broken", False):
                self.end()
            background._pool = None

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Background, "_worker", lend)
            patch.setattr(Background, "close", take_back)
            yield

    def end(self) -> None:
        """End the process."""
        _end_worker(self._shared)

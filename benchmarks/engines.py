"""What rendering takes in one process, in several, and on a cluster of Dask's on the same machine.

    python benchmarks/engines.py ../some-codex [times]

The notes are rendered `times` over, ten by default, to have as many as a large codex. A cluster on the same
machine is never quicker than the machine alone; what it tells is how much of the work stays here when others
do the rest, which is what a cluster cannot make any quicker.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "hooks"))

from codex_publisher.model.discovery import discover  # noqa: E402
from codex_publisher.model.note import Note  # noqa: E402
from codex_publisher.model.slugs import NotePath  # noqa: E402
from codex_publisher.repository.engines import Engine  # noqa: E402
from codex_publisher.repository.loading import read_file  # noqa: E402
from codex_publisher.repository.rendering import render_all  # noqa: E402
from codex_publisher.site.engine import open_engine  # noqa: E402


def main(codex: Path, times: int) -> None:
    """Render in each way and print what it took."""
    read = [read_file(codex, path, []) for path in discover(codex, (), frozenset()).notes]
    notes = [replace(note, path=NotePath(f"{n}/{note.path}")) for n in range(times) for note in read]
    _say(f"{len(notes):,} notes")
    for count in sorted({1, 2, os.cpu_count() or 1}):
        with Engine(count) as engine:
            _render(f"{count} of this machine's processes", notes, engine)
    with _cluster() as address, open_engine(address) as engine:
        _render("2 workers of Dask", notes, engine)


def _render(by: str, notes: list[Note], engine: Engine) -> None:
    started, used = time.perf_counter(), time.process_time()
    render_all(notes, engine)
    taken, here = time.perf_counter() - started, time.process_time() - used
    _say(f"{by}: {taken:.1f} s; {1000 * here / len(notes):.2f} ms of this process's own for each note")


@contextmanager
def _cluster() -> Iterator[str]:
    from distributed import LocalCluster  # noqa: PLC0415  # only this part needs it

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.ERROR
    ) as cluster:
        yield cluster.scheduler_address


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 10)

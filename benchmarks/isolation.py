"""What it costs a build that notes are rendered by processes which can be stopped.

    python benchmarks/isolation.py [notes, or the folder of a codex] [times]

Cold builds with and without such processes take turns, so that whatever else the machine does befalls both.
Of each sort, the quickest is compared: what makes a build slower than that is not the build.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus import codex_named

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "hooks"))


class SameProcess:
    """Stands in for the engine: whatever hangs, hangs the build."""

    def work_through(
        self, work: Callable[[Any], Any], items: Iterable[Any], weight: Callable[[Any], int]
    ) -> Iterator[tuple[Any, Any]]:
        """Each item with what `work` makes of it."""
        return ((item, work(item)) for item in items)

    def prepare(self) -> None:
        """There is nothing to start."""

    def close(self) -> None:
        """There is nothing to end."""


def build(is_isolated: bool) -> None:
    """One build by this process, as the environment says, and what it took."""
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    from codex_publisher.site import build as building  # noqa: PLC0415

    if not is_isolated:
        vars(building)["open_engine"] = lambda address: SameProcess()
    started = time.perf_counter()
    config = load_config(str(PROJECT / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build_site(config)
    config.plugins.on_shutdown()
    taken = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    _say(f"{taken:.3f} {sum(one.ru_utime + one.ru_stime for one in used):.3f}")


def main(codex: str, times: int) -> None:
    """Build so often in each way, by turns, and compare."""
    taken: dict[str, list[tuple[float, float]]] = {"apart": [], "together": []}
    with tempfile.TemporaryDirectory() as folder:
        root = codex_named(codex, Path(folder))
        for number in range(times):
            for way, found in taken.items():
                found.append(_timed(root, Path(folder) / f"{way}{number}", way))
                clock, processor = found[-1]
                _say(f"{way:10}{clock:6.2f} s, {processor:6.2f} s of processor time")
    for number, what in enumerate(("by the clock", "of processor time")):
        apart, together = (min(each[number] for each in taken[way]) for way in ("apart", "together"))
        _say(f"{what}: {apart:.2f} s against {together:.2f} s, {100 * (apart / together - 1):+.1f} %")


def _timed(codex: Path, site: Path, way: str) -> tuple[float, float]:
    environment = {
        **os.environ,
        "CODEX_ROOT": str(codex),
        "CODEX_SITE": str(site),
        "CODEX_CACHE": "false",
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        [sys.executable, __file__, "--build", way],
        cwd=PROJECT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    clock, processor = done.stdout.split()[-2:]
    return float(clock), float(processor)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(sys.argv[2] == "apart")
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else "1300", int(sys.argv[2]) if len(sys.argv) > 2 else 5)

"""What a build of a codex takes, and how large its site is.

    python benchmarks/build.py ../some-codex [times]

Each build is cold: into a folder that is not there yet, by a process of its own.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MEGABYTE = 1_000_000


def main(codex: str, times: int) -> None:
    """Build `times` times and print what each took, then what the site is."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(times):
            site = Path(folder) / str(number)
            started = time.perf_counter()
            _build(Path(codex).resolve(), site)
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            _say(
                f"{time.perf_counter() - started:.1f} s; processor time of all builds so far "
                f"{used.ru_utime + used.ru_stime:.1f} s; largest process {used.ru_maxrss / 1024:.0f} MB"
            )
        _measure(site)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _build(codex: Path, site: Path) -> None:
    environment = {
        **os.environ,
        "CODEX_ROOT": str(codex),
        "CODEX_SITE": str(site),
        "NO_MKDOCS_2_WARNING": "1",
    }
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=PROJECT, env=environment, check=True
    )


def _measure(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    notes = [path.with_name("index.html").stat().st_size for path in site.rglob("index.md")]
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    _say(f"{sum(path.stat().st_size for path in files) / MEGABYTE:.1f} MB in {len(files):,} files")
    _say(f"{len(notes):,} pages of notes, median {statistics.median(notes) / 1000:.1f} kB")
    _say(f"{len(pages):,} pages, largest {max(pages) / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)

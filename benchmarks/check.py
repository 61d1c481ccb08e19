"""How long `codex check` takes, the first time and when nothing has changed since.

    python benchmarks/check.py [notes, or the folder of a codex] [times]

The first time is measured with a cache that is empty, each time anew.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from corpus import codex_named

PROGRAM: Final = Path(sys.executable).with_name("codex")
PROBLEMS: Final = 1
"""What the command ends with where notes have errors."""


def main(what: str, times: int) -> None:
    """Check so often, and print what it took."""
    first, later = [], []
    with tempfile.TemporaryDirectory() as name:
        codex = codex_named(what, Path(name))
        _check(codex, Path(name) / "to have the program's own files at hand")
        for number in range(times):
            cache = Path(name) / f"cache{number}"
            first.append(_check(codex, cache))
            later.append(_check(codex, cache))
    for when, taken in (("the first time", first), ("later", later)):
        median, worst = statistics.median(taken), max(taken)
        sys.stdout.write(f"{when}: median {median:.2f} s, best {min(taken):.2f} s, worst {worst:.2f} s\n")


def _check(codex: Path, cache: Path) -> float:
    environment = {**os.environ, "CODEX_CACHE": str(cache)}
    started = time.perf_counter()
    done = subprocess.run(
        [str(PROGRAM), "-C", str(codex), "check"], env=environment, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode not in (0, PROBLEMS):
        sys.exit("The check failed.")
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "1300", int(sys.argv[2]) if len(sys.argv) > 2 else 10)

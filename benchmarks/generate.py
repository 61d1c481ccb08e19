"""Makes a codex of any size that is like a real one: `python benchmarks/generate.py 10000 /tmp/codex`.

With a third argument, the folder of a real codex, it holds the figures of both against each other.
The same number gives the same files.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from corpus import write_codex


def main(notes: int, folder: str, real: str = "") -> None:
    """Make it, and compare it if asked to."""
    target = Path(folder)
    if target.exists() and any(target.iterdir()):
        sys.exit(f"{folder} is not empty")
    started = time.perf_counter()
    write_codex(target, notes)
    sys.stdout.write(f"{notes:,} notes in {time.perf_counter() - started:.1f} s\n")
    if real:
        # It imports the publisher, which making notes has no need of.
        from figures import figures_of, side_by_side  # noqa: PLC0415

        sys.stdout.write(f"\n{side_by_side(figures_of(target), figures_of(Path(real)))}\n")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(int(sys.argv[1]), *sys.argv[2:4])

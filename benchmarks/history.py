"""How long reading a history takes: `.venv/bin/python benchmarks/history.py [notes] [commits]`.

Makes a repository with that many notes (1,300) and commits (3,000) in a temporary folder, reads it as a
build does, and prints time, memory and what was found. The same repository every time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hooks"))

from codex_publisher.site.history import read_history

DAY = 86_400
BEGIN = 1_700_000_000
CONFIDENCES = ("speculative", "experimental", "likely", "proven")


def _note(number: int, version: int) -> tuple[str, str]:
    """A path and a text: claims grow surer, sources go from the queue to the archive."""
    text = f"Sentence {number} of version {version} says something. " * 60
    if number % 2:
        confidence = CONFIDENCES[min(3, version // 2)]
        return f"claims/claim {number}.md", f"---\ntype: claim\nconfidence: {confidence}\n---\n\n{text}\n"
    folder, status = ("archive", "processed") if version > 1 else ("queue", "unprocessed")
    return f"inbox/{folder}/source-{number}.md", f"---\ntype: source\nstatus: {status}\n---\n\n{text}\n"


def make_repository(folder: Path, notes: int, commits: int) -> None:
    """Write the repository by one `git fast-import`."""
    random = Random(7)  # noqa: S311  # the same every time
    versions: dict[int, int] = {}
    lines: list[bytes] = []
    for commit in range(commits):
        lines.append(
            f"commit refs/heads/main\ncommitter Ann <a@b> {BEGIN + commit * DAY // 8} +0000".encode()
        )
        lines.append(b"data 0")
        # Every note is added once, a few with each commit, the first hundred at once.
        added = range(len(versions), min(notes, 100 + (notes * commit) // commits))
        changed = random.sample(range(len(versions)), min(3, len(versions)))
        for number in {*added, *changed}:
            version = versions[number] = versions.get(number, -1) + 1
            path, text = _note(number, version)
            if version and (before := _note(number, version - 1)[0]) != path:
                lines.append(f'D "{before}"'.encode())
            lines.append(f'M 100644 inline "{path}"\ndata {len(text)}\n{text}'.encode())
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    command = ["git", "-C", str(folder), "fast-import", "--quiet"]
    subprocess.run(command, input=b"\n".join(lines) + b"\n", check=True)


def main(notes: int = 1_300, commits: int = 3_000) -> None:
    """Make, read, tell."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_repository(folder, notes, commits)
        began, processor = time.perf_counter(), time.process_time()
        history = read_history(folder)
        took, own = time.perf_counter() - began, time.process_time() - processor
        tracemalloc.start()
        kept = read_history(folder)
        size, peak = (number / 2**20 for number in tracemalloc.get_traced_memory())
        del kept
    counts = Counter(change.what.value for change in history.news)
    sys.stdout.write(
        f"{notes:,} notes, {commits:,} commits: {took:.2f} s, of which {own:.2f} s here;"
        f" {size:.1f} MB kept, {peak:.1f} MB at most\n"
        f"{len(history.last):,} files, {len(history.news):,} changes: {dict(counts)}\n"
    )


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:3]))

"""How time, memory and the site grow with the notes: `python benchmarks/scale.py 1000 10000 50000 100000`.

For each size a codex is made (corpus.py) and built by processes of their own: cold, with nothing changed, and
after an edit of one note. Prints tables in Markdown, and whether what is promised is kept. `--cold` builds
each size once. What it makes goes into a temporary folder, or into the one that `--in` names, where codices
that are there are used again. 100,000 notes need 15 GB there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corpus import write_codex
from measuring import Run, Size, run, size_of

PROJECT: Final = Path(__file__).resolve().parents[1]
SIZES: Final = (1_000, 10_000, 50_000, 100_000)
SEARCH: Final = "search"
MEGABYTE: Final = 1_000_000
BIGGEST_PAGE: Final = 300_000
MOST_MEMORY: Final = 4_000 * MEGABYTE
MOST_GROWTH: Final = 1.5


@dataclass
class Measured:
    """A codex of one size."""

    notes: int
    runs: dict[str, Run] = field(default_factory=dict)
    size: Size | None = None


def main(arguments: Sequence[str]) -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--in", dest="folder", help="a folder for codices and sites, which stay there")
    parser.add_argument("--cold", action="store_true", help="build each once, without a cache")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(given.folder or temporary)
        measured = [_measure(notes, folder, is_cold=given.cold) for notes in sorted(given.sizes)]
    _say(_times(measured))
    _say(_sites(measured))
    for line in _verdicts(measured):
        _say(line)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _measure(notes: int, folder: Path, is_cold: bool) -> Measured:
    codex, site, cache = (folder / f"{what}-{notes}" for what in ("codex", "site", "cache"))
    if not codex.is_dir():
        write_codex(codex, notes)
    for old in (site, cache):
        shutil.rmtree(old, ignore_errors=True)
    result = Measured(notes)

    def build(name: str) -> None:
        result.runs[name] = found = _build(codex, site, cache)
        parts = ", ".join(
            f"{process} {size / MEGABYTE:,.0f} MB" for process, size in found.of_process.items()
        )
        _say(
            f"{notes:,} notes, {name}: {found.failure or f'{found.seconds:.1f} s'},"
            f" {found.processor:.1f} s of processor time, {found.peak / MEGABYTE:,.0f} MB at most ({parts})"
        )

    build("cold")
    if site.is_dir():
        result.size = size_of(site, SEARCH)
    if not is_cold:
        build("unchanged")
        edited = max(codex.rglob("*.md"))
        before = edited.read_bytes()
        edited.write_bytes(before + b"\nOne more sentence.\n")
        build("one edit")
        edited.write_bytes(before)
    return result


def _build(codex: Path, site: Path, cache: Path) -> Run:
    return run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        PROJECT,
        {
            "CODEX_ROOT": str(codex),
            "CODEX_SITE": str(site),
            "CODEX_CACHE": str(cache),
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONUNBUFFERED": "1",
        },
    )


def _times(measured: Sequence[Measured]) -> str:
    names = list(measured[0].runs)
    lines = [
        f"\n| notes | {' | '.join(names)} | per note, cold | memory at most | largest process |",
        f"|---:|{'---:|' * (len(names) + 3)}",
    ]
    for one in measured:
        cold = one.runs["cold"]
        times = " | ".join(_time(one.runs[name]) for name in names)
        peak = max(found.peak for found in one.runs.values())
        largest = max(found.largest for found in one.runs.values())
        lines.append(
            f"| {one.notes:,} | {times} | {1000 * cold.seconds / one.notes:.1f} ms"
            f" | {peak / MEGABYTE:,.0f} MB | {largest / MEGABYTE:,.0f} MB |"
        )
    return "\n".join(lines)


def _time(found: Run) -> str:
    return found.failure or f"{found.seconds:.1f} s"


def _sites(measured: Sequence[Measured]) -> str:
    lines = [
        "\n| notes | pages | files | site | per note | search index | biggest page |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {one.notes:,} | {size.pages:,} | {size.files:,} | {size.total / MEGABYTE:,.0f} MB"
        f" | {size.total / one.notes / 1000:.0f} kB | {size.search / MEGABYTE:,.1f} MB"
        f" | {size.biggest / 1000:.0f} kB (`{size.biggest_at}`) |"
        for one in measured
        if (size := one.size)
    ]
    return "\n".join(lines)


def _verdicts(measured: Sequence[Measured]) -> list[str]:
    """Whether what is promised is kept."""
    first, last = measured[0], measured[-1]
    growth = (last.runs["cold"].seconds / last.notes) / (first.runs["cold"].seconds / first.notes)
    peak = max(found.peak for one in measured for found in one.runs.values())
    biggest = max((one.size.biggest for one in measured if one.size), default=0)
    return [
        f"\nA note of {last.notes:,} takes {growth:.2f} times as long as one of {first.notes:,}: "
        f"{_kept(growth <= MOST_GROWTH)} (at most {MOST_GROWTH}).",
        f"At most {peak / MEGABYTE:,.0f} MB of memory: {_kept(peak <= MOST_MEMORY)} (at most 4,000 MB).",
        f"The biggest page has {biggest / 1000:.0f} kB: {_kept(biggest <= BIGGEST_PAGE)} (at most 300 kB).",
        f"{os.cpu_count()} processors.",
    ]


def _kept(is_kept: bool) -> str:
    return "kept" if is_kept else "NOT KEPT"


if __name__ == "__main__":
    main(sys.argv[1:])

"""What is written elsewhere first, and then put into the folder that is served."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from codex_publisher.site.workplace import Workplace


@contextmanager
def scratch_folder(site: Path) -> Iterator[Path]:
    """An empty folder beside the site, on the same disk, for as long as it is needed."""
    # As a build has it, so that what a killed server leaves is removed by the next build.
    workplace = Workplace(site)
    workplace.staging.mkdir()
    try:
        yield workplace.staging
    finally:
        workplace.remove()


def files_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, as a relative path."""
    pending = [""]
    while pending:
        here = pending.pop()
        for entry in os.scandir(folder / here):
            if entry.is_dir(follow_symlinks=False):
                pending.append(f"{here}{entry.name}/")
            else:
                yield here + entry.name


def changed(names: Iterable[str], scratch: Path, site: Path) -> Iterator[str]:
    """Those of the files that differ from what is there."""
    for name in names:
        target = site / name
        if not target.is_file() or not filecmp.cmp(scratch / name, target, shallow=False):
            yield name


def move(names: Iterable[str], scratch: Path, site: Path) -> None:
    """Move files to where they are served, so that nobody sees half of one."""
    for name in names:
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(scratch / name, target)  # noqa: PTH105  # as pathlib does it, which first looks at both


def keep_only(names: Collection[str], site: Path) -> None:
    """Remove all other files, and the folders that are empty then."""
    for name in [name for name in files_below(site) if name not in names]:
        (site / name).unlink(missing_ok=True)
        for folder in (site / name).parents:
            if folder == site or any(folder.iterdir()):
                break
            folder.rmdir()

"""The search index of a served site, which is exchanged while readers use it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from codex_publisher.site.search.index import FOLDER
from codex_publisher.site.serving.scratch import changed, files_below, move

_ENTRY: Final = "pagefind-entry.json"


class OldSearch:
    """The parts of the index before this one, for pages that began to search in it. They are small files."""

    def __init__(self) -> None:
        """There was none."""
        self._files: dict[str, bytes] = {}

    def find(self, name: str) -> bytes | None:
        """A file of the index before, by its address on the site."""
        return self._files.get(name)

    def exchange(self, made: Path, site: Path) -> None:
        """Put the index of the folder `made` in the place of that of `site`, if there is one."""
        if not (made / FOLDER / _ENTRY).is_file():
            return
        names = [f"{FOLDER}/{name}" for name in files_below(made / FOLDER)]
        there = site / FOLDER
        old = {f"{FOLDER}/{name}" for name in files_below(there)} if there.is_dir() else set()
        gone = old - set(names)
        self._files = {name: (site / name).read_bytes() for name in gone}
        # The file that names all others comes last, so nobody is led to one that is not there.
        in_order = sorted(names, key=lambda name: name.endswith(_ENTRY))
        move(changed(in_order, made, site), made, site)
        for name in gone:
            (site / name).unlink(missing_ok=True)

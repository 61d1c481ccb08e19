"""Which tests run in the same process, where several processes run them.

The groups of xdist's own `loadgroup` are not used: xdist 3.8 puts them into a place that pytest 9.2 no longer
reads, so that each test was by itself, and what the tests of a file share was made in each process.
"""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling

TOGETHER: Final = ("tests/security/",)
"""Folders whose files share what takes long to make, too: one site of hostile notes."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Gives each process whole files, and whole folders of those in `TOGETHER`."""

    def _split_scope(self, nodeid: str) -> str:
        """What a test is kept together with; xdist has this method overridden for that."""
        file = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)

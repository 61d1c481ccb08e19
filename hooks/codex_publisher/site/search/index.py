"""The search index, made by Pagefind in a process of its own while the pages are written.

Its documented command is used, not its Python interface: that one waits a tenth of a second for each
note (https://pagefind.app/docs/py-api/).
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from codex_publisher.site.render import Renderer
from codex_publisher.site.search.records import SearchRecord
from codex_publisher.site.search.reproducible import make_reproducible

log = logging.getLogger("mkdocs.hooks.codex")
FOLDER: Final = "search"
"""Where the index is on the site."""
_NEEDLESS: Final = (
    *("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css"),
    *("pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js"),
)
"""Pagefind's own search boxes; this site has one that fits it."""


class SearchIndex:
    """An index that is being made."""

    def __init__(self, language: str) -> None:
        """Nothing is begun yet. Words are stemmed by `language`, an ISO 639-1 code."""
        self._language = language
        self._records: Path | None = None
        self._process: subprocess.Popen[str] | None = None

    def begin(self, records: Iterable[SearchRecord], renderer: Renderer, site: Path) -> None:
        """Write the records to a place of their own and have them indexed into the folder `site`."""
        self._records = Path(tempfile.mkdtemp(prefix="codex-search-"))
        for record in records:
            # Not a folder for each: making one takes longer than writing the file. The script on the
            # pages makes an address of the name again.
            page = self._records / f"{record.permalink.rstrip('/')}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(renderer.search_record(record, self._language), "utf-8")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pagefind", "--silent"),
                *("--site", str(self._records), "--output-path", str(site / FOLDER)),
                *("--force-language", self._language, "--exclude-selectors", ".headerlink"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def finish(self, site: Path) -> None:
        """Wait for the index. When it cannot be made, say so: the site is whole but for its search."""
        if self._process is None:
            return
        said, _ = self._process.communicate()
        if self._process.returncode:
            log.warning("The site has no search, since Pagefind could not index the notes: %s", said.strip())
        else:
            make_reproducible(site / FOLDER)
        for name in _NEEDLESS:
            (site / FOLDER / name).unlink(missing_ok=True)
        self._clear()

    def abandon(self) -> None:
        """Stop, and leave nothing behind."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._clear()

    def _clear(self) -> None:
        self._process = None
        if self._records is not None:
            shutil.rmtree(self._records, ignore_errors=True)
            self._records = None

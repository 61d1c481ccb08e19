"""The search index, made by Pagefind in a process of its own while the pages are written.

Its documented command is used, not its Python interface: that one waits a tenth of a second for each
note (https://pagefind.app/docs/py-api/).
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from codex_publisher.site.last_site import LastSite
from codex_publisher.site.render import Renderer
from codex_publisher.site.search.records import SearchRecord
from codex_publisher.site.search.reproducible import make_reproducible

log = logging.getLogger("mkdocs.hooks.codex")
FOLDER: Final = "search"
"""Where the index is on the site."""
TIMEOUT_SECONDS: Final = 600
"""Indexing 5,000 notes of 700 words takes twenty."""
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
        self._records: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[str] | None = None
        self._contents = hashlib.blake2b(digest_size=16)

    @property
    def waits(self) -> bool:
        """Whether the records are written and nothing indexes them yet."""
        return self._records is not None and self._process is None

    def prepare(self, records: Iterable[SearchRecord], renderer: Renderer) -> None:
        """Write the records to a place of their own."""
        self._records = tempfile.TemporaryDirectory(prefix="codex-search-")
        for record in records:
            # Not a folder for each: making one takes longer than writing the file. The script on the
            # pages makes an address of the name again.
            page = Path(self._records.name) / f"{record.permalink.rstrip('/')}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            data = renderer.search_record(record, self._language).encode()
            page.write_bytes(data)
            self._contents.update(f"{page.name} {len(data)} ".encode())
            self._contents.update(data)

    @property
    def contents(self) -> bytes:
        """A digest of all that is indexed, and of how."""
        return self._contents.digest() + self._language.encode()

    def take(self, last_site: LastSite, site: Path) -> bool:
        """Have the index of the last site in `site`, if it is of the same contents."""
        taken = last_site.take_folder(FOLDER, self.contents, site)
        if taken:
            self._clear()
        return taken

    def begin(self, site: Path) -> None:
        """Have the records indexed into the folder `site`. Raises ValueError when there are none."""
        if self._records is None:
            raise ValueError("nothing is prepared for the search index")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pagefind", "--silent"),
                *("--site", self._records.name, "--output-path", str(site / FOLDER)),
                *("--force-language", self._language, "--exclude-selectors", ".headerlink"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def remember(self, last_site: LastSite, site: Path) -> None:
        """Have the next build know what the index in `site` was made of."""
        last_site.remember_folder(FOLDER, self.contents, site)

    def finish(self, site: Path) -> None:
        """Wait for the index. When it cannot be made, say so: the site is whole but for its search."""
        if self._process is None:
            return
        fault = _wait(self._process)
        if fault:
            log.warning("The site has no search, since Pagefind could not index the notes: %s", fault)
            shutil.rmtree(site / FOLDER, ignore_errors=True)
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
            self._records.cleanup()
            self._records = None


def _wait(process: subprocess.Popen[str]) -> str:
    """What went wrong, as far as it is told; empty when nothing did."""
    try:
        said, _ = process.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return f"it took more than {TIMEOUT_SECONDS} seconds."
    return (said.strip() or f"it ended with {process.returncode}.") if process.returncode else ""

"""The search index, made by Pagefind in a process of its own while the pages are written.

Its service is asked, which takes notes in the order in which they are told. Its command numbers them in the
order in which the disk lists files, so that two kinds of disk would make two indexes of the same notes. It is
not asked by Pagefind's Python interface, which waits a tenth of a second for each note
(https://pagefind.app/docs/py-api/).
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from codex_publisher.site.render import Renderer
from codex_publisher.site.search.leashed import LAST
from codex_publisher.site.search.records import SearchRecord
from codex_publisher.site.search.reproducible import make_reproducible

log = logging.getLogger("mkdocs.hooks.codex")
LEASHED: Final = Path(__file__).with_name("leashed.py")
FOLDER: Final = "search"
"""Where the index is on the site."""
TIMEOUT_SECONDS: Final = 600
"""Indexing 5,000 notes of 700 words takes twenty."""
_MESSAGES: Final = "messages"
_NEEDLESS: Final = (
    *("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css"),
    *("pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js"),
)
"""Pagefind's own search boxes; this site has one that fits it."""


class SearchIndex:
    """An index that is being made."""

    def __init__(self, language: str, workplace: Path | None = None, folder: str = FOLDER) -> None:
        """Nothing is begun yet. Words are stemmed by `language`, an ISO 639-1 code.

        `workplace` is a folder for what is needed meanwhile; without one, it is the system's. `folder` is
        where on the site the index will be.
        """
        self._language = language
        self._workplace = workplace
        self.folder = folder
        self._records: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[str] | None = None
        self._contents = hashlib.blake2b(digest_size=16)
        self._leash: int | None = None
        """The end of a pipe that the process lives by; the system closes it when this one is killed."""

    @property
    def waits(self) -> bool:
        """Whether the records are written and nothing indexes them yet."""
        return self._records is not None and self._process is None

    @property
    def is_running(self) -> bool:
        """Whether the records are being indexed just now."""
        return self._process is not None and self._process.poll() is None

    def prepare(self, records: Iterable[SearchRecord], renderer: Renderer) -> None:
        """Write down what Pagefind is told of the records, in their order."""
        self._records = tempfile.TemporaryDirectory(prefix="codex-search-", dir=self._workplace)
        with self._messages().open("wb") as messages:
            settings = {"force_language": self._language, "exclude_selectors": [".headerlink"]}
            _tell(messages, 1, type="NewIndex", config=settings)
            for number, record in enumerate(records, 2):
                # The script on the pages makes an address of the name again.
                name = f"{record.permalink.rstrip('/')}.html"
                page = renderer.search_record(record, self._language)
                _tell(messages, number, type="AddFile", index_id=0, file_path=name, file_contents=page)
                self._contents.update(f"{name} {len(page)} ".encode())
                self._contents.update(page.encode())
            _tell(messages, LAST, type="GetFiles", index_id=0)

    def _messages(self) -> Path:
        if self._records is None:
            raise ValueError("nothing is prepared for the search index")
        return Path(self._records.name) / _MESSAGES

    @property
    def contents(self) -> bytes:
        """A digest of all that is indexed, and of how."""
        return self._contents.digest() + self._language.encode()

    def begin(self, site: Path) -> None:
        """Have the records indexed into the folder `site`. Raises ValueError when there are none."""
        messages = str(self._messages())
        ours, self._leash = os.pipe()
        self._process = subprocess.Popen(
            [
                *(sys.executable, str(LEASHED), messages, str(site / self.folder)),
                *(sys.executable, "-m", "pagefind", "--service"),
            ],
            stdin=ours,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        os.close(ours)

    def finish(self, site: Path) -> None:
        """Wait for the index. When it cannot be made, say so: the site is whole but for its search."""
        if self._process is None:
            return
        fault = self._wait(self._process)
        if fault:
            log.warning("The site has no search, since Pagefind could not index the notes: %s", fault)
            shutil.rmtree(site / self.folder, ignore_errors=True)
        else:
            _make_reproducible(site / self.folder)
        for name in _NEEDLESS:
            (site / self.folder / name).unlink(missing_ok=True)
        self._clear()

    def abandon(self) -> None:
        """Stop, and leave nothing behind."""
        if self._process is not None:
            self._let_go()
            self._process.communicate()
        self._clear()

    def _wait(self, process: subprocess.Popen[str]) -> str:
        """What went wrong, as far as it is told; empty when nothing did."""
        try:
            said, _ = process.communicate(timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            self._let_go()
            process.communicate()
            return f"it took more than {TIMEOUT_SECONDS} seconds."
        return (said.strip() or f"it ended with {process.returncode}.") if process.returncode else ""

    def _let_go(self) -> None:
        """Have what runs on the leash end."""
        if self._leash is not None:
            os.close(self._leash)
            self._leash = None

    def _clear(self) -> None:
        self._let_go()
        self._process = None
        if self._records is not None:
            self._records.cleanup()
            self._records = None


def _tell(messages: BinaryIO, number: int, **message: object) -> None:
    """Write down a message as Pagefind's service takes it: JSON in Base64, with a comma behind it."""
    messages.write(b64encode(msgspec.json.encode({"message_id": number, "payload": message})) + b",")


def _make_reproducible(index: Path) -> None:
    try:
        make_reproducible(index)
    except (KeyError, TypeError, ValueError, OSError) as error:
        log.warning(
            "The search index is not of the form that is known, so it differs from build to build: %s", error
        )

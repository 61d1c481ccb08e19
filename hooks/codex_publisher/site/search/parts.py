"""The search index of a codex of any size: in parts, as Pagefind needs up to 440 KB of memory for a note.

A part holds notes that are next to one another in time, the newest in the first. So the script on the pages
knows the order of what several parts find. Only the first part has Pagefind's program; the others lie in
folders below it. They are made one after the other.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import cbor2

from codex_publisher.site.last_site import LastSite
from codex_publisher.site.render import Renderer
from codex_publisher.site.search import records
from codex_publisher.site.search.index import FOLDER, SearchIndex
from codex_publisher.site.search.records import NOT_WAITING, SearchRecord

ENTRY: Final = "pagefind-entry.json"
WAITING: Final = "waiting.json"
"""The notes that wait, the longest first: parts are made by time, so of this order they know nothing."""
_PROGRAM: Final = ("pagefind.js", "pagefind-worker.js", "wasm.*.pagefind")
_MARK: Final = len(b"pagefind_dcd")
_PAGES, _SORTS = 1, 4
"""Where they stand in Pagefind's meta file."""


class SearchParts:
    """An index that is being made, of one part or several."""

    def __init__(self, language: str, workplace: Path | None = None) -> None:
        """Nothing is begun yet. Words are stemmed by `language`, an ISO 639-1 code.

        `workplace` is a folder for what is needed meanwhile; without one, it is the system's.
        """
        self._language = language
        self._workplace = workplace
        self._prepared: tuple[SearchIndex, ...] = ()
        """All parts, also when they are made."""
        self._parts: list[SearchIndex] = []
        self._waiting: list[list[str]] = []
        """For each part the keys by which its notes are sorted, as they came."""
        self._begun = 0
        self._last_site: LastSite | None = None

    @property
    def contents(self) -> bytes:
        """A digest of all that is indexed, and of how."""
        return b"".join(part.contents for part in self._prepared)

    def take(self, last_site: LastSite, site: Path) -> bool:
        """Have the index of the last site in `site`, if it is of the same contents."""
        taken = last_site.take_folder(FOLDER, self.contents, site)
        if taken:
            self.abandon()
        return taken

    def remember(self, last_site: LastSite, site: Path) -> None:
        """Have the next build know what the index in `site` was made of, and each part of it."""
        last_site.remember_folder(FOLDER, self.contents, site)
        for number, part in enumerate(self._prepared[1:], 1):
            last_site.remember_folder(_folder(number), part.contents, site)

    def another(self, workplace: Path) -> SearchParts:
        """One of the same language, for which nothing is begun."""
        return SearchParts(self._language, workplace)

    @property
    def is_running(self) -> bool:
        """Whether a part is being indexed just now."""
        return any(part.is_running for part in self._parts)

    @property
    def waits(self) -> bool:
        """Whether the records are written and nothing indexes them yet."""
        return bool(self._parts) and not self._begun

    def prepare(self, written: Iterable[SearchRecord], renderer: Renderer) -> None:
        """Write down the records, the newest first if there are more than a part holds."""
        rest = iter(written)
        while group := _next_group(rest):
            part = SearchIndex(self._language, self._workplace, _folder(len(self._parts)))
            keys: list[str] = []
            part.prepare(_noting(group, keys), renderer)
            self._parts.append(part)
            self._waiting.append(keys)
        self._prepared = tuple(self._parts)

    def begin(self, site: Path, last_site: LastSite | None = None) -> None:
        """Have the first part indexed into the folder `site`. Raises ValueError when nothing is prepared.

        Others are taken from the last site when their turn comes, if they are of the same contents there.
        """
        if not self._parts:
            raise ValueError("nothing is prepared for the search index")
        self._last_site = last_site
        self._begin_next(site)

    def go_on(self, site: Path) -> None:
        """Have the next part indexed if the one before is done."""
        if 0 < self._begun < len(self._parts) and not self._parts[self._begun - 1].is_running:
            self._begin_next(site)

    def _begin_next(self, site: Path) -> None:
        number, part = self._begun, self._parts[self._begun]
        self._begun += 1
        # The folder of the first holds all others, so it is taken with them or not at all.
        last_site = self._last_site if number else None
        if last_site and last_site.take_folder(_folder(number), part.contents, site):
            part.abandon()
        else:
            part.begin(site)

    def finish(self, site: Path) -> None:
        """Wait for the index. What cannot be made is left out, and said."""
        if not self._begun:
            return
        for number, part in enumerate(self._parts):
            if number == self._begun:
                self._begin_next(site)
            part.finish(site)
        if len(self._parts) > 1:
            self._connect(site)
        self._clear()

    def abandon(self) -> None:
        """Stop, and leave nothing behind."""
        for part in self._parts:
            part.abandon()
        self._clear()

    def _clear(self) -> None:
        self._parts, self._waiting, self._begun = [], [], 0

    def _connect(self, site: Path) -> None:
        """Tell the first part of the others, of which it then needs no program."""
        entry = site / FOLDER / ENTRY
        if not entry.is_file():
            return
        known = json.loads(entry.read_text("utf-8"))
        folders = [_folder(number) for number in range(1, len(self._parts))]
        known["parts"] = [
            folder.removeprefix(f"{FOLDER}/") for folder in folders if (site / folder / ENTRY).is_file()
        ]
        entry.write_text(json.dumps(known, ensure_ascii=False, separators=(",", ":")), "utf-8")
        for folder in folders:
            for name in _PROGRAM:
                for file in (site / folder).glob(name):
                    file.unlink()
        order = sorted(self._longest_waiting(site))
        (site / FOLDER / WAITING).write_text(json.dumps([name for _, _, _, name in order]), "utf-8")

    def _longest_waiting(self, site: Path) -> Iterator[tuple[int, int, int, str]]:
        """Each waiting note: how long it waits (less than zero), its part, its place there, its name."""
        for number, keys in enumerate(self._waiting):
            # Pagefind lists the pages from the least key to the greatest, so their keys are known without
            # looking which page is which.
            ordered = sorted(keys)
            for place, name in enumerate(_pages_in_order(site / _folder(number), "waiting")):
                if ordered[place] != NOT_WAITING:
                    yield -int(ordered[place]), number, place, name


def _next_group(rest: Iterator[SearchRecord]) -> Iterator[SearchRecord] | None:
    """The next records that make a part; None when there are no more."""
    first = next(rest, None)
    if first is None:
        return None
    return _joined(first, islice(rest, records.NOTES_OF_A_PART - 1))


def _joined(first: SearchRecord, others: Iterable[SearchRecord]) -> Iterator[SearchRecord]:
    yield first
    yield from others


def _noting(group: Iterable[SearchRecord], keys: list[str]) -> Iterator[SearchRecord]:
    for record in group:
        keys.append(record.waiting)
        yield record


def _folder(number: int) -> str:
    return FOLDER if not number else f"{FOLDER}/{number + 1}"


def _pages_in_order(index: Path, sort: str) -> Sequence[str]:
    """The names of a part's pages, from the least key of a sort to the greatest."""
    for file in index.glob("pagefind.*.pf_meta"):
        meta: Any = cbor2.loads(gzip.decompress(file.read_bytes())[_MARK:])
        places = next((places for name, places in meta[_SORTS] if name == sort), ())
        return [meta[_PAGES][place][0] for place in places]
    return ()

"""From an edition of which no page is made to the folder that a whole build would leave."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from time import sleep
from typing import Final, TypeVar

from codex_publisher.site.background import Background
from codex_publisher.site.beside_pages import published_of, write_beside_pages
from codex_publisher.site.duplicate_views import DUPLICATES
from codex_publisher.site.graph_data import GRAPH_FILE, graph_json, graph_of
from codex_publisher.site.output import ROBOTS
from codex_publisher.site.related import relate
from codex_publisher.site.render import Renderer
from codex_publisher.site.search.index import FOLDER as SEARCH
from codex_publisher.site.search.parts import SearchParts
from codex_publisher.site.search.records import search_records
from codex_publisher.site.serving.scratch import changed, files_below, keep_only, move, scratch_folder
from codex_publisher.site.serving.search import OldSearch
from codex_publisher.site.serving.served import PAGE, ServedSite, put
from codex_publisher.site.sitemap import NAME as SITEMAP

Item = TypeVar("Item")
log = logging.getLogger("mkdocs.hooks.codex")
_SECONDS: Final = 0.05
"""Between two looks at another process, and at whether anything has changed meanwhile."""


class BringingUp:
    """Brings up one edition after another. When a newer one comes, SupersededError is raised."""

    def __init__(
        self,
        site: ServedSite,
        background: Background,
        search: SearchParts,
        old_search: OldSearch,
        build_whole: Callable[[], None],
    ) -> None:
        """`build_whole` is called when only a build of the whole site can bring it up."""
        self._site = site
        self._background = background
        self._search = search
        self._old_search = old_search
        self._build_whole = build_whole

    def __call__(self, number: int) -> None:
        """Bring up the edition of this number, what readers see soonest first."""
        if not self._site.stage.has_navigation_of(self._site.edition.plan):
            self._build_whole()
            return
        pages = self._show_pages(number)
        beside = self._write_beside_pages(pages, number)
        number = self._compare_notes(pages, number)
        self._index(number)
        self._remove_others(beside, pages, number)
        log.info("All %s pages are up to date", f"{len(pages):,}")

    def _pause(self, number: int) -> None:
        """Let those go first who wait for a page."""
        self._site.wait_for_calm()
        self._site.check(number)

    def _wait_while(self, is_busy: Callable[[], bool], number: int) -> None:
        while is_busy():
            sleep(_SECONDS)
            self._pause(number)

    def _show_pages(self, number: int) -> frozenset[str]:
        """Write the pages, and give the addresses of all."""
        site, edition = self._site, self._site.edition
        pages = []
        for planned in edition.plan.in_order_of_writing():
            if planned.permalink not in edition.hand_written:
                self._pause(number)
                site.show(planned, number)
                pages.append(planned.permalink)
        for address in edition.hand_written:
            self._pause(number)
            site.show_hand_written(address, number)
        return frozenset((*pages, *edition.hand_written))

    def _write_beside_pages(self, pages: frozenset[str], number: int) -> frozenset[str]:
        """Write what is beside the pages, and give the names of the files."""
        site, edition, site_url = self._site, self._site.edition, self._site.stage.config.site_url
        published = published_of(edition.codex, edition.settings, edition.history, site_url)
        with scratch_folder(site.folder) as scratch:
            for _ in write_beside_pages(published, edition.merges(), pages, site_url, scratch):
                self._pause(number)
            site.settle(pages, number)
            # As in a whole build, which of these alone writes no second one.
            own = {ROBOTS, SITEMAP}.intersection(site.stage.files())
            names = frozenset(files_below(scratch)) - own
            for name in changed(self._pausing(names, number), scratch, site.folder):
                with site.writing(number) as (folder, _):
                    move([name], scratch, folder)
        return names

    def _compare_notes(self, pages: frozenset[str], number: int) -> int:
        """Have another process find what is alike and lay out the graph; show what differs by it.

        Gives the number of the edition that is complete.
        """
        site = self._site
        codex, before = site.edition.codex, site.edition.related.all()
        related = relate(codex, self._background)
        graph = self._background.start("The picture of the graph", graph_json, graph_of(codex), "")
        self._wait_while(lambda: not self._background.is_idle, number)
        found = related.all()
        stale: list[str] = [
            codex.permalinks[path] for path in codex.notes if found.get(path, ()) != before.get(path, ())
        ]
        stale += sorted(address for address in pages if address.startswith(DUPLICATES))
        edition = site.edition.with_related(related)
        number = site.amend(edition, stale, number)
        for address in stale:
            self._pause(number)
            if planned := edition.plan.find(address):
                site.show(planned, number)
        with site.writing(number) as (folder, _):
            if text := graph.result():
                put(folder / GRAPH_FILE, text.encode("ascii"))
        return number

    def _index(self, number: int) -> None:
        """Have the notes indexed, and put the index into its place when it is whole."""
        edition = self._site.edition
        with scratch_folder(self._site.folder) as scratch:
            # Where a build has it: Pagefind numbers notes in the order in which that disk lists files.
            index = self._search.another(scratch.parent)
            try:
                records = search_records(edition.codex, edition.plan.queue.waiting)
                index.prepare(self._pausing(records, number), Renderer())
                index.begin(scratch)
                self._wait_while(lambda: index.is_running, number)
                index.finish(scratch)
                with self._site.writing(number) as (folder, _):
                    self._old_search.exchange(scratch, folder)
            finally:
                index.abandon()

    def _pausing(self, items: Iterable[Item], number: int) -> Iterator[Item]:
        for item in items:
            self._pause(number)
            yield item

    def _remove_others(self, beside: frozenset[str], pages: frozenset[str], number: int) -> None:
        with self._site.writing(number) as (folder, stage):
            shown = {f"{address}{PAGE}" for address in pages}
            index = {name for name in files_below(folder) if name.startswith(f"{SEARCH}/")}
            keep_only(beside | shown | index | {GRAPH_FILE, *stage.files()}, folder)

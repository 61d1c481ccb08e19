"""One build of the site, from settings to finished files."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from codex_publisher.model.codex import Codex
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.loading import Files as NoteFiles
from codex_publisher.repository.loading import codex_of, introduction, read_files
from codex_publisher.repository.notebook import RENDERED, Notebook
from codex_publisher.repository.store import Store
from codex_publisher.site import output, sitemap
from codex_publisher.site.background import Background, Task
from codex_publisher.site.beside_pages import published_of, write_beside_pages
from codex_publisher.site.content_policy import policy_of
from codex_publisher.site.docs_links import WikiLinks
from codex_publisher.site.docs_tables import FramedTables
from codex_publisher.site.ending import end_workers
from codex_publisher.site.engine import open_engine
from codex_publisher.site.exports import schema_files
from codex_publisher.site.exports.merges import Merge
from codex_publisher.site.exports.merges import begin_reading as begin_reading_merges
from codex_publisher.site.frame import frame_of, is_foreseeable, program_of_site
from codex_publisher.site.graph_data import graph_json, graph_of, write_graph
from codex_publisher.site.guide import keep_guide
from codex_publisher.site.hand_written import is_unused, publishable, without_folder_links
from codex_publisher.site.history import History, begin_reading
from codex_publisher.site.last_build import LastBuild, digest_of_everything, digest_of_notes
from codex_publisher.site.last_site import LastSite
from codex_publisher.site.page_writer import PageWriter
from codex_publisher.site.pages import site_path
from codex_publisher.site.past import PastReading
from codex_publisher.site.past import begin_reading as begin_reading_past
from codex_publisher.site.plan import Plan, plan
from codex_publisher.site.planned_files import PlannedFiles, nothing_to_make
from codex_publisher.site.progress import Progress
from codex_publisher.site.queue import Queue
from codex_publisher.site.related import Comparison, Related, prepare_to_relate, relate
from codex_publisher.site.remembered import Results, digest_of_data
from codex_publisher.site.render import Renderer
from codex_publisher.site.report import Line, report, say
from codex_publisher.site.search.parts import SearchParts
from codex_publisher.site.search.records import search_records
from codex_publisher.site.settings import Settings, read_settings
from codex_publisher.site.warnings import Warnings
from codex_publisher.site.watching import Watcher
from codex_publisher.site.workplace import new_workplace
from codex_publisher.site.writing import write_pages

log = logging.getLogger("mkdocs.hooks.codex")
FEW_NOTES = 200
"""So few are indexed beside all else, since neither takes much memory."""
GRAPH_NAME = "The picture of the graph"


class Build:
    """The state of one build, made anew for each."""

    codex: Codex
    history: History
    graph: Task[str]
    past: PastReading
    plan: Plan
    files: PlannedFiles
    nav: Navigation
    environment: Environment
    last_site: LastSite
    last_build: LastBuild | None = None
    unchanged: list[Line] | None = None
    """What the build before this one said, when nothing has changed since and its site stays."""
    related: Related
    merges: Future[tuple[Merge, ...]]
    hand_written: dict[str, str]
    """The sources of the pages that are not made of notes, by their addresses."""
    writer: PageWriter
    shown: dict[str, str]
    """For each address of a page that is written the digest of its view."""
    page_under_way: Page | None = None
    """The page whose Markdown MkDocs is rendering."""
    is_over = False
    """Whether the site is finished, or given up."""

    def __init__(self, config: MkDocsConfig, before: Build | None = None, is_served: bool = False) -> None:
        """Check the settings and prepare MkDocs. Raises ConfigurationError before anything is written.

        `before` is the build before this one in the same process, whose server goes on. What is served by
        `mkdocs serve` gets an inline script of MkDocs' own, so its pages cannot forbid inline scripts.
        """
        self._warnings = Warnings()
        self.settings: Settings = read_settings(config)
        self.progress = Progress(self.settings.profile)
        self.progress.begin("Reading")
        self._before_past = getattr(before, "past", None)
        self._is_served = is_served
        self.watcher: Watcher | None = before.watcher if before else None
        # The first build ends its worker early, for its memory. Who builds twice, as `mkdocs serve` does,
        # builds again, and then the worker has imported all it needs.
        self.background: Background = before.background if before else Background()
        self._is_first = before is None
        self.engine: Engine = before.engine if before else open_engine(self.settings.engine)
        # A process of its own, which has ended before the other one needs its memory.
        self._historian = Background()
        self.store = Store(self.settings.cache)
        self.notebook: Notebook = before.notebook if before else Notebook(self.store, RENDERED)
        self.content_policy = (
            "" if is_served else policy_of(map(str, config.extra_javascript), config.extra_css)
        )
        self.renderer = Renderer()
        self.site = Path(config.site_dir)
        self.workplace = new_workplace(self.site)
        self.staging = self.workplace.staging
        # Words are stemmed by the language, an ISO 639-1 code, of which Material knows more variants.
        language = str(config.theme["language"]).partition("-")[0]
        self.search = SearchParts(language, self.workplace.folder)
        self._docs_dir = config.docs_dir
        without_folder_links(config, self.settings.own_docs, self.workplace.folder)
        self._page_addresses: set[str] = set()
        config.site_dir = str(self.staging)
        # Material prints the name unescaped in some places; where it is escaped, this is left as it is.
        config.site_name = escape(self.settings.name)
        config.site_description = self.settings.description
        config.theme.static_templates.discard(sitemap.NAME)
        self._is_foreseeable = is_foreseeable(config)
        # MkDocs' types allow names only; Python-Markdown takes extensions themselves as well.
        extensions: list[Any] = config.markdown_extensions
        extensions += [WikiLinks(lambda: self.codex, self._source_under_way), FramedTables()]

    def _source_under_way(self) -> str:
        return self.page_under_way.file.src_uri if self.page_under_way else ""

    def add_pages(self, files: Files, config: MkDocsConfig) -> Files:
        """Read the codex and plan a page for each note and index, unless the site is what it would be."""
        hand_written = publishable(files, config, self.settings.own_docs)
        hand_written = keep_guide(hand_written, config, self.settings)
        own = [file for file in hand_written if file.src_dir == config.docs_dir]
        notes = read_files(self.settings.root, self.settings.only, self.settings.skipped)
        # Nothing is looked up where nothing is kept, so nobody asks what the program is.
        results = Results(self.store, program_of_site() if self.store.is_kept else b"")
        if self._is_unchanged(notes, own, results.program, config):
            return nothing_to_make(config)
        self.hand_written = {
            site_path(file): file.src_uri for file in hand_written if file.is_documentation_page()
        }
        # The front page is always the codex's own.
        self.hand_written.pop("", None)
        self._taken = self.hand_written.keys()
        # Before anything that starts a thread: from then on, no process can be forked.
        self.engine.prepare()
        if not self.settings.description:
            self.settings = replace(self.settings, description=introduction(self.settings.root, self.engine))
            config.site_description = self.settings.description
        self._plan(notes, results)
        if not self._is_served:
            self.engine.close()
        kept = [file for file in hand_written if not is_unused(file, config)]
        self.files = PlannedFiles([*kept, *schema_files(config)], self._title_at, config)
        return self.files

    def _is_unchanged(
        self, notes: NoteFiles, own: Iterable[File], program: bytes, config: MkDocsConfig
    ) -> bool:
        """Whether the site that is there is what would be made. If not, finds out what of it serves again."""
        is_known = self._is_foreseeable and self.store.is_kept
        frame = frame_of(config, self.settings, own, program) if is_known else None
        self.last_site = LastSite(self.site, self.store, frame)
        if frame is None or self._is_served:
            return False
        everything = digest_of_everything(frame, notes, self.settings)
        self.last_build = LastBuild(self.store, self.site, everything)
        self.unchanged = self.last_build.report()
        return self.unchanged is not None

    def _plan(self, notes: NoteFiles, results: Results) -> None:
        settings = self.settings
        comparison = Comparison(results, digest_of_notes(notes))
        if not comparison.is_known:
            prepare_to_relate(self.background)
        history = begin_reading(settings.root)
        self._results = results
        self.read_past(self._before_past)
        self.codex = self.connect(notes, history.result)
        self.progress.begin("Planning")
        self.related = relate(self.codex, self.background, comparison, self.workplace.folder)
        graph = graph_of(self.codex)
        key = results.key(GRAPH_NAME, digest_of_data(graph))
        self.graph = results.start(self.background, key, GRAPH_NAME, graph_json, graph, "")
        self.history = history.result()
        self.merges = begin_reading_merges(settings.root, bool(self.history.last))
        # What was read stays until the end of the build, so the collector need not look at it again.
        gc.freeze()
        queue = Queue(self.codex, settings, self.history)
        self.begin_search(queue)
        self.plan = plan(
            self.codex, settings, self.history, self.related, queue, self._taken, self.past.result
        )

    def read_past(self, before: PastReading | None = None) -> None:
        """Have the health on earlier days read, unless that is what was read before."""
        self.past = begin_reading_past(self.settings, self._historian, before, self._results)

    def connect(self, notes: NoteFiles, history: Callable[[], History], before: Codex | None = None) -> Codex:
        """The codex of these notes. `before` is the one of a little earlier, if there is one."""
        policy, taken = self.settings.policy, self._taken
        kept = (self.notebook, self.progress, self.engine)
        return codex_of(notes, taken, policy, lambda path: history().added(path), *kept, before)

    def _title_at(self, permalink: str) -> str | None:
        return self.plan.title_at(permalink)

    def begin_search(self, queue: Queue) -> None:
        """Write down what of the notes is indexed, which is done while the pages are written."""
        self.search.prepare(search_records(self.codex, queue.waiting), self.renderer)
        if len(self.codex.notes) <= FEW_NOTES:
            self._index()

    def _index(self) -> None:
        if not self.search.take(self.last_site, self.staging):
            self.search.begin(self.staging, self.last_site)

    def between_pages(self) -> None:
        """Have the notes indexed when the worker has done its work and its memory is free."""
        if not self._historian.is_ended and self._historian.is_idle:
            self._historian.close()
        if self.search.waits and self.background.is_idle:
            if self._is_first:
                self.background.close()
            self._index()
        self.search.go_on(self.staging)

    def finish(self, config: MkDocsConfig) -> None:
        """Write all pages and what is none, put the site in its place, and say what was done."""
        if self.unchanged is not None:
            self._leave(self.unchanged, config)
            return
        self._write_pages(config)
        self.progress.begin("Exporting")
        self._write_the_rest(config)
        self.between_pages()
        self.progress.begin("Indexing")
        self.search.finish(self.staging)
        self.progress.begin("Finishing")
        if self._is_first:
            self.background.close()
        gc.unfreeze()
        said = list(report(self.codex, self._page_addresses))
        say(said)
        self._settle(said, config)
        self.progress.end()

    def _write_pages(self, config: MkDocsConfig) -> None:
        self.writer = PageWriter(config, self.environment, self.nav, self.files, self.renderer)
        planned = self.plan.in_order_of_writing()
        written = write_pages(
            planned, self._taken, self.writer, self.last_site, self.staging, self.between_pages
        )
        self.progress.begin("Writing pages")
        self.shown = {}
        for address, shown in written:
            self.shown[address] = shown
            self.progress.step()
        self._page_addresses = {*self._taken, *self.shown}

    def _write_the_rest(self, config: MkDocsConfig) -> None:
        published = published_of(self.codex, self.settings, self.history, config.site_url)
        beside = write_beside_pages(
            published, self.merges.result(), self._page_addresses, config.site_url, self.staging
        )
        for _ in beside:
            self.between_pages()
        write_graph(self.graph.result(), self.staging)

    def _settle(self, said: list[Line], config: MkDocsConfig) -> None:
        """Put the new site where the old one was, and know it for the next build."""
        self.search.remember(self.last_site, self.staging)
        self.last_site.keep()
        self.store.trim()
        if config.strict and self._warnings.were_given:
            # MkDocs is about to end this build as failed, and a failed build leaves the last good site.
            self.abandon()
        else:
            output.swap(self.staging, self.site)
            # What was warned of is said again, and what was left out is tried again, by the next build.
            if self.last_build and not self._warnings.end(said_again=said):
                self.last_build.keep(said)
            self._clear_away()
        config.site_dir, config.docs_dir = str(self.site), self._docs_dir
        if self.watcher:
            self.watcher.look(self.settings)

    def _leave(self, said: list[Line], config: MkDocsConfig) -> None:
        """Leave the site as it is: this build would make the same."""
        self._clear_away()
        config.site_dir, config.docs_dir = str(self.site), self._docs_dir
        self._warnings.end()
        self.progress.end()
        say(said)
        log.info("Nothing has changed since the last build, and its site is as it was left")

    def watch(self, server: LiveReloadServer) -> None:
        """Have `mkdocs serve` call its builder when a note changes."""
        self.watcher = Watcher(server)
        self.watcher.look(self.settings)

    def close(self) -> None:
        """End the workers: no build follows."""
        self.engine.close()
        self._historian.close()
        self.background.close()

    def _clear_away(self) -> None:
        self.workplace.remove()
        self.is_over = True

    def abandon(self) -> None:
        """Throw away a half-written site; the old one stays as it was."""
        end_workers()
        self.progress.abandon()
        self.engine.close()
        self.background.close()
        self._historian.close()
        self.search.abandon()
        self._warnings.end()
        gc.unfreeze()
        self._clear_away()

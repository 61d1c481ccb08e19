"""One build of the site, from settings to finished files."""

from __future__ import annotations

import gc
import logging
import shutil
from collections.abc import Iterable
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
from codex_publisher.model.slugs import NotePath, slugify
from codex_publisher.repository.loading import Files as NoteFiles
from codex_publisher.repository.loading import codex_of, introduction, read_files
from codex_publisher.repository.notebook import RENDERED, Notebook
from codex_publisher.repository.store import Store
from codex_publisher.site import output, sitemap
from codex_publisher.site.background import Background, Task
from codex_publisher.site.content_policy import policy_of
from codex_publisher.site.docs_links import WikiLinks
from codex_publisher.site.docs_tables import FramedTables
from codex_publisher.site.exports import schema_files, write_exports
from codex_publisher.site.exports.addresses import site_address
from codex_publisher.site.exports.merges import begin_reading as begin_reading_merges
from codex_publisher.site.exports.published import Published
from codex_publisher.site.frame import frame_of, is_foreseeable, program_of_site
from codex_publisher.site.graph_data import graph_json, graph_of, write_graph
from codex_publisher.site.guide import keep_guide
from codex_publisher.site.history import History, begin_reading
from codex_publisher.site.home_view import introduction_to
from codex_publisher.site.last_build import LastBuild, digest_of_everything, digest_of_notes
from codex_publisher.site.last_site import LastSite
from codex_publisher.site.page_writer import PageWriter
from codex_publisher.site.pages import site_path
from codex_publisher.site.past import PastReading
from codex_publisher.site.past import begin_reading as begin_reading_past
from codex_publisher.site.plan import Plan, plan
from codex_publisher.site.planned_files import PlannedFiles
from codex_publisher.site.queue import Queue
from codex_publisher.site.related import Comparison, prepare_to_relate, relate
from codex_publisher.site.remembered import Results, digest_of_data
from codex_publisher.site.render import Renderer
from codex_publisher.site.report import Line, report
from codex_publisher.site.search.index import SearchIndex
from codex_publisher.site.search.records import search_records
from codex_publisher.site.settings import Settings, read_settings
from codex_publisher.site.warnings import Warnings
from codex_publisher.site.watching import Watcher
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
    page_under_way: Page | None = None
    """The page whose Markdown MkDocs is rendering."""

    def __init__(self, config: MkDocsConfig, before: Build | None = None, is_served: bool = False) -> None:
        """Check the settings and prepare MkDocs. Raises ConfigurationError before anything is written.

        `before` is the build before this one in the same process, whose server goes on. What is served by
        `mkdocs serve` gets an inline script of MkDocs' own, so its pages cannot forbid inline scripts.
        """
        self._warnings = Warnings()
        self.settings: Settings = read_settings(config)
        self._before_past = getattr(before, "past", None)
        self._is_served = is_served
        self.watcher: Watcher | None = before.watcher if before else None
        # The first build ends its worker early, for its memory. Who builds twice, as `mkdocs serve` does,
        # builds again, and then the worker has imported all it needs.
        self.background: Background = before.background if before else Background()
        self._is_first = before is None
        # A process of its own, which has ended before the other one needs its memory.
        self._historian = Background()
        self.store = Store(self.settings.cache)
        self.notebook: Notebook = before.notebook if before else Notebook(self.store, RENDERED)
        self.content_policy = (
            "" if is_served else policy_of(map(str, config.extra_javascript), config.extra_css)
        )
        # Words are stemmed by the language, an ISO 639-1 code, of which Material knows more variants.
        self.search = SearchIndex(str(config.theme["language"]).partition("-")[0])
        self.renderer = Renderer()
        self.site = Path(config.site_dir)
        self.staging = output.staging_folder(self.site)
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
        hand_written = [file for file in files if not self._is_note(file)]
        hand_written = keep_guide(hand_written, config, self.settings)
        kept = [file for file in hand_written if not (_is_refused(file) or _is_unused(file))]
        if not self.settings.description:
            self.settings = replace(self.settings, description=introduction(self.settings.root))
            config.site_description = self.settings.description
        notes = read_files(self.settings.root, self.settings.only, self.settings.skipped)
        results = Results(self.store, program_of_site())
        if self._is_unchanged(notes, kept, results.program, config):
            return _nothing_to_make(config)
        self._taken = {site_path(file) for file in hand_written if file.is_documentation_page()} - {""}
        self._plan(notes, results)
        self.files = PlannedFiles([*kept, *schema_files(config)], self._title_at, config)
        return self.files

    def _is_unchanged(
        self, notes: NoteFiles, hand_written: Iterable[File], program: bytes, config: MkDocsConfig
    ) -> bool:
        """Whether the site that is there is what would be made. If not, finds out what of it serves again."""
        frame = frame_of(config, self.settings, hand_written, program) if self._is_foreseeable else None
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
        self.past = begin_reading_past(settings, self._historian, self._before_past, results)
        self.codex = codex_of(
            notes, self._taken, settings.policy, lambda path: history.result().added(path), self.notebook
        )
        related = relate(self.codex, self.background, comparison)
        graph = graph_of(self.codex)
        key = results.key(GRAPH_NAME, digest_of_data(graph))
        self.graph = results.start(self.background, key, GRAPH_NAME, graph_json, graph, "")
        self.history = history.result()
        self._merges = begin_reading_merges(settings.root, bool(self.history.last))
        # What was read stays until the end of the build, so the collector need not look at it again.
        gc.freeze()
        queue = Queue(self.codex, settings, self.history)
        self.begin_search(queue)
        self.plan = plan(self.codex, settings, self.history, related, queue, self._taken, self.past.result)

    def _title_at(self, permalink: str) -> str | None:
        page = self.plan.find(permalink)
        return page.title if page else None

    def _is_note(self, file: File) -> bool:
        return file.src_uri.startswith(self.settings.own_docs) if self.settings.own_docs else False

    def begin_search(self, queue: Queue) -> None:
        """Write down what of the notes is indexed, which is done while the pages are written."""
        self.search.prepare(search_records(self.codex, queue.waiting), self.renderer)
        if len(self.codex.notes) <= FEW_NOTES:
            self._index()

    def _index(self) -> None:
        if not self.search.take(self.last_site, self.staging):
            self.search.begin(self.staging)

    def between_pages(self) -> None:
        """Have the notes indexed when the worker has done its work and its memory is free."""
        if not self._historian.is_ended and self._historian.is_idle:
            self._historian.close()
        if self.search.waits and self.background.is_idle:
            if self._is_first:
                self.background.close()
            self._index()

    def finish(self, config: MkDocsConfig) -> None:
        """Write all pages and what is none, put the site in its place, and say what was done."""
        if self.unchanged is not None:
            self._leave(self.unchanged, config)
            return
        output.remove_abandoned(self.site)
        self._write_pages(config)
        self._write_the_rest(config)
        self.between_pages()
        self.search.finish(self.staging)
        if self._is_first:
            self.background.close()
        gc.unfreeze()
        said = list(report(self.codex, self._page_addresses, config.strict))
        _say(said)
        self._settle(said, config)

    def _write_pages(self, config: MkDocsConfig) -> None:
        writer = PageWriter(config, self.environment, self.nav, self.files, self.renderer)
        planned = self.plan.in_order_of_writing()
        written = write_pages(planned, self._taken, writer, self.last_site, self.staging, self.between_pages)
        self._page_addresses = {*self._taken, *written}

    def _write_the_rest(self, config: MkDocsConfig) -> None:
        output.write_raw_notes(self.codex, self.staging)
        output.copy_attachments(self.codex, self.settings.root, self.staging)
        output.write_redirects(self.codex, self.staging, self._page_addresses, self._redirects())
        output.write_robots(self.staging, config.site_url)
        sitemap.write_sitemap(sorted(self._page_addresses), config.site_url, self.staging)
        write_exports(self._published(config), self._merges.result(), self.staging)
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
            if self.last_build and not self._warnings.end():
                self.last_build.keep(said)
        config.site_dir = str(self.site)
        if self.watcher:
            self.watcher.look(self.settings)

    def _leave(self, said: list[Line], config: MkDocsConfig) -> None:
        """Leave the site as it is: this build would make the same."""
        shutil.rmtree(self.staging, ignore_errors=True)
        config.site_dir = str(self.site)
        self._warnings.end()
        _say(said)
        log.info("Nothing has changed since the last build, and its site is as it was left")

    def _published(self, config: MkDocsConfig) -> Published:
        settings = replace(self.settings, description=introduction_to(self.codex, self.settings))
        return Published(self.codex, settings, self.history, site_address(config.site_url))

    def _redirects(self) -> dict[str, NotePath]:
        """An address for each alias of each note that has one, the first note in path order winning."""
        found: dict[str, NotePath] = {}
        for note in self.codex.notes.values():
            for alias in note.aliases:
                slug = slugify(alias)
                root = note.kind.plural
                found.setdefault(f"{root}/{slug}/", note.path)
        return found

    def watch(self, server: LiveReloadServer) -> None:
        """Have `mkdocs serve` rebuild when a note changes."""
        self.watcher = Watcher(server)
        self.watcher.look(self.settings)

    def close(self) -> None:
        """End the workers: no build follows."""
        self._historian.close()
        self.background.close()

    def abandon(self) -> None:
        """Throw away a half-written site; the old one stays as it was."""
        self.background.close()
        self._historian.close()
        self.search.abandon()
        self._warnings.end()
        gc.unfreeze()
        shutil.rmtree(self.staging, ignore_errors=True)


class Session:
    """What lives as long as the process, which makes many builds under `mkdocs serve`."""

    build: Build

    def __init__(self) -> None:
        """No build has begun."""
        self.is_serving = False

    def begin(self, config: MkDocsConfig) -> None:
        """Begin a build. Raises ConfigurationError, and then the last build is still the one there is."""
        self.build = Build(config, getattr(self, "build", None), self.is_serving)

    def end(self) -> None:
        """End what outlives a build: no other follows."""
        if build := getattr(self, "build", None):
            build.close()

    def abandon(self) -> None:
        """Throw away what a build that failed has written, if one has begun."""
        if build := getattr(self, "build", None):
            build.abandon()


def _say(said: Iterable[Line]) -> None:
    for line in said:
        log.log(line.level, "%s", line.text)


def _nothing_to_make(config: MkDocsConfig) -> Files:
    """What MkDocs is given when the site stays: no page, and so no navigation and no templates."""
    config.nav = None
    config.extra_templates = []
    config.theme.static_templates.clear()
    return Files([])


def _is_refused(file: File) -> bool:
    """Whether a file of `docs/` is a symbolic link, which could show what lies outside."""
    if file.abs_src_path is None or not Path(file.abs_src_path).is_symlink():
        return False
    log.warning("%s is a symbolic link and is not published; put a copy of the file there.", file.src_uri)
    return True


def _is_unused(file: File) -> bool:
    """Whether a file of Material's serves only its developers, or search in languages that are not set."""
    return file.src_uri.endswith((".js.map", ".css.map")) or file.src_uri.startswith(
        "assets/javascripts/lunr/"
    )

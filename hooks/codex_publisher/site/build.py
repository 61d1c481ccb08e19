"""One build of the site, from settings to finished files."""

from __future__ import annotations

import gc
import logging
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from codex_publisher.model.codex import Codex
from codex_publisher.model.problems import Severity
from codex_publisher.model.slugs import NotePath, slugify
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.loading import introduction, load_codex
from codex_publisher.site import output
from codex_publisher.site.background import Background, Task
from codex_publisher.site.content_policy import policy_of
from codex_publisher.site.docs_links import WikiLinks
from codex_publisher.site.docs_tables import FramedTables
from codex_publisher.site.engine import open_engine
from codex_publisher.site.exports import schema_files, write_exports
from codex_publisher.site.exports.addresses import site_address
from codex_publisher.site.exports.merges import begin_reading as begin_reading_merges
from codex_publisher.site.exports.published import Published
from codex_publisher.site.graph_data import graph_json, graph_of, write_graph
from codex_publisher.site.guide import keep_guide
from codex_publisher.site.history import History, begin_reading
from codex_publisher.site.home_view import introduction_to
from codex_publisher.site.pages import make_file, site_path
from codex_publisher.site.past import PastReading
from codex_publisher.site.past import begin_reading as begin_reading_past
from codex_publisher.site.plan import plan
from codex_publisher.site.queue import Queue
from codex_publisher.site.related import prepare_to_relate, relate
from codex_publisher.site.render import Renderer
from codex_publisher.site.search.index import SearchIndex
from codex_publisher.site.search.records import search_records
from codex_publisher.site.settings import Settings, read_settings
from codex_publisher.site.watching import Watcher

log = logging.getLogger("mkdocs.hooks.codex")
MAX_LOGGED = 20
FEW_NOTES = 200
"""So few are indexed beside all else, since neither takes much memory."""


class Build:
    """The state of one build, made anew for each."""

    codex: Codex
    history: History
    graph: Task[str]
    past: PastReading
    page_under_way: Page | None = None
    """The page whose Markdown MkDocs is rendering."""

    def __init__(self, config: MkDocsConfig, before: Build | None = None, is_served: bool = False) -> None:
        """Check the settings and prepare MkDocs. Raises ConfigurationError before anything is written.

        `before` is the build before this one in the same process, whose server goes on. What is served by
        `mkdocs serve` gets an inline script of MkDocs' own, so its pages cannot forbid inline scripts.
        """
        self.watcher: Watcher | None = before.watcher if before else None
        self.settings: Settings = read_settings(config)
        # The first build ends its worker early, for its memory. Who builds twice, as `mkdocs serve` does,
        # builds again, and then the worker has imported all it needs.
        self.background: Background = before.background if before else Background()
        self._is_first = before is None
        # Before anything that starts a thread: from then on, no process can be forked.
        self.engine: Engine = before.engine if before else open_engine(self.settings.engine)
        self._is_served = is_served
        # A process of its own, which has ended before the other one needs its memory.
        self._historian = Background()
        self.content_policy = (
            "" if is_served else policy_of(map(str, config.extra_javascript), config.extra_css)
        )
        # Words are stemmed by the language, an ISO 639-1 code, of which Material knows more variants.
        self.search = SearchIndex(str(config.theme["language"]).partition("-")[0])
        self.site = Path(config.site_dir)
        self.staging = output.staging_folder(self.site)
        self._page_addresses: frozenset[str] = frozenset()
        config.site_dir = str(self.staging)
        # Material prints the name unescaped in some places; where it is escaped, this is left as it is.
        config.site_name = escape(self.settings.name)
        config.site_description = self.settings.description
        # MkDocs' types allow names only; Python-Markdown takes extensions themselves as well.
        extensions: list[Any] = config.markdown_extensions
        extensions += [WikiLinks(lambda: self.codex, self._source_under_way), FramedTables()]
        prepare_to_relate(self.background)
        self.past = begin_reading_past(self.settings, self._historian, before.past if before else None)

    def _source_under_way(self) -> str:
        return self.page_under_way.file.src_uri if self.page_under_way else ""

    def add_pages(self, files: Files, config: MkDocsConfig) -> Files:
        """Read the codex and give MkDocs a page for each note and each index."""
        hand_written = [file for file in files if not self._is_note(file)]
        hand_written = keep_guide(hand_written, config, self.settings)
        taken = {site_path(file) for file in hand_written if file.is_documentation_page()} - {""}
        history = begin_reading(self.settings.root)
        settings = self.settings
        self.codex = load_codex(
            settings.root,
            settings.only,
            settings.skipped,
            taken,
            settings.policy,
            lambda path: history.result().added(path),
            self.engine,
        )
        related = relate(self.codex, self.background)
        self.graph = self.background.start("The picture of the graph", graph_json, graph_of(self.codex), "")
        self.history = history.result()
        if not self.settings.description:
            self.settings = replace(self.settings, description=introduction(self.settings.root, self.engine))
            config.site_description = self.settings.description
        if not self._is_served:
            self.engine.close()
        self._merges = begin_reading_merges(self.settings.root, bool(self.history.last))
        # What was read stays until the end of the build, so the collector need not look at it again.
        gc.freeze()
        renderer = Renderer()
        queue = Queue(self.codex, self.settings, self.history)
        self.begin_search(renderer, queue)
        kept = Files([file for file in hand_written if not (self._is_refused(file) or _is_unused(file))])
        pages = [
            page
            for page in plan(self.codex, self.settings, self.history, related, queue, taken, self.past.result)
            if page.permalink not in taken
        ]
        self._page_addresses = frozenset(taken) | {page.permalink for page in pages}
        # Notes last: what another process works out for them is then ready when their turn comes.
        for page in sorted(pages, key=lambda page: (page.is_late, page.note is not None)):
            kept.append(make_file(page, config, renderer))
        for file in schema_files(config):
            kept.append(file)
        return kept

    def _is_note(self, file: File) -> bool:
        return file.src_uri.startswith(self.settings.own_docs) if self.settings.own_docs else False

    @staticmethod
    def _is_refused(file: File) -> bool:
        """Whether a file of `docs/` is a symbolic link, which could show what lies outside."""
        if file.abs_src_path is None or not Path(file.abs_src_path).is_symlink():
            return False
        log.warning("%s is a symbolic link and is not published; put a copy of the file there.", file.src_uri)
        return True

    def begin_search(self, renderer: Renderer, queue: Queue) -> None:
        """Write down what of the notes is indexed, which is done while the pages are written."""
        self.search.prepare(search_records(self.codex, queue.waiting), renderer)
        if len(self.codex.notes) <= FEW_NOTES:
            self.search.begin(self.staging)

    def between_pages(self) -> None:
        """Have the notes indexed when the worker has done its work and its memory is free."""
        if not self._historian.is_ended and self._historian.is_idle:
            self._historian.close()
        if self.search.waits and self.background.is_idle:
            if self._is_first:
                self.background.close()
            self.search.begin(self.staging)

    def finish(self, config: MkDocsConfig) -> None:
        """Add what is not a page, put the site in its place, and say what was done."""
        self.between_pages()
        output.remove_abandoned(self.site)
        output.write_raw_notes(self.codex, self.staging)
        output.copy_attachments(self.codex, self.settings.root, self.staging)
        output.write_redirects(self.codex, self.staging, self._page_addresses, self._redirects())
        output.write_robots(self.staging, config.site_url)
        write_exports(self._published(config), self._merges.result(), self.staging)
        write_graph(self.graph.result(), self.staging)
        self.between_pages()
        self.search.finish(self.staging)
        if self._is_first:
            self.background.close()
        gc.unfreeze()
        self._report(config)
        if config.strict and _has_warnings():
            # MkDocs is about to end this build as failed, and a failed build leaves the last good site.
            self.abandon()
        else:
            output.swap(self.staging, self.site)
        config.site_dir = str(self.site)
        if self.watcher:
            self.watcher.look(self.settings)

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

    def _report(self, config: MkDocsConfig) -> None:
        codex = self.codex
        errors = [problem for problem in codex.problems if problem.severity is Severity.ERROR]
        # MkDocs counts warnings and ends a strict build because of them; otherwise a note never ends a build.
        level = logging.WARNING if config.strict else logging.INFO
        for problem in errors[:MAX_LOGGED]:
            log.log(level, "%s", problem)
        if len(errors) > MAX_LOGGED:
            log.log(level, "and %d more errors; all are on the page problems/", len(errors) - MAX_LOGGED)
        read = len(codex.notes)
        published = sum(1 for path in codex.notes if codex.permalinks[path] in self._page_addresses)
        log.info(
            "%s notes read, %s published, %s with problems",
            f"{read:,}",
            f"{published:,}",
            codex.notes_with_problems(),
        )
        if codex.problems:
            log.info("What to mend is listed on the site's page problems/")

    def watch(self, server: LiveReloadServer) -> None:
        """Have `mkdocs serve` rebuild when a note changes."""
        self.watcher = Watcher(server)
        self.watcher.look(self.settings)

    def close(self) -> None:
        """End the workers: no build follows."""
        self.engine.close()
        self._historian.close()
        self.background.close()

    def abandon(self) -> None:
        """Throw away a half-written site; the old one stays as it was."""
        self.engine.close()
        self.background.close()
        self._historian.close()
        self.search.abandon()
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


def _is_unused(file: File) -> bool:
    """Whether a file of Material's serves only its developers, or search in languages that are not set."""
    return file.src_uri.endswith((".js.map", ".css.map")) or file.src_uri.startswith(
        "assets/javascripts/lunr/"
    )


def _has_warnings() -> bool:
    """Whether MkDocs has counted anything that makes a strict build fail."""
    counters = (
        handler for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler)
    )
    return any(counter.get_counts() for counter in counters)

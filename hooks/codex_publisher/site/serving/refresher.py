"""What `mkdocs serve` does when a file has changed."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils import get_build_datetime

from codex_publisher.model.codex import Codex
from codex_publisher.model.discovery import Discovery
from codex_publisher.repository.loading import Files, read_contents
from codex_publisher.repository.past import head_of
from codex_publisher.site.build import Build
from codex_publisher.site.exports.merges import begin_reading as begin_reading_merges
from codex_publisher.site.history import read_history
from codex_publisher.site.listing import count_of
from codex_publisher.site.serving.application import Application
from codex_publisher.site.serving.bringing_up import BringingUp
from codex_publisher.site.serving.catching_up import CatchingUp
from codex_publisher.site.serving.edition import Edition
from codex_publisher.site.serving.search import OldSearch
from codex_publisher.site.serving.seen import Seen, look
from codex_publisher.site.serving.served import ServedSite
from codex_publisher.site.serving.stage import Stage
from codex_publisher.site.watching import QuickObserver, watch_quickly

log = logging.getLogger("mkdocs.hooks.codex")
DELAY: Final = 0.03
"""Seconds without a further change after which one is looked at. Editors are done with a file in far less."""
LONGEST_STEP: Final = 30.0
"""Seconds that a thread may take to notice that the server ends."""


def must_be_whole(config: MkDocsConfig) -> bool:
    """Whether each change asks for a whole build.

    A strict one fails by what only it counts, and what others' plugins make of the pages is not known here.
    """
    return config.strict or len(config.plugins) > 1


class Refresher:
    """Keeps what is served up to date: by a refresh where only notes have changed, else by a whole build."""

    def __init__(self, build: Build, latest: Callable[[], Build], build_whole: Callable[[], None]) -> None:
        """`build` is what is served. After `build_whole`, `latest` gives what was built."""
        self._latest = latest
        self._build_whole = build_whole
        self._wake: Callable[[], None] = _nobody
        self._must_be_whole = False
        self._build: Build
        self._seen: Seen
        self._head: str
        self._bringing_up: BringingUp
        self._old_search = OldSearch()
        self.site = ServedSite(build.site)
        self._take(build, look(build.settings, build.writer.config))
        self.catching_up = CatchingUp(self.site, self._bring_up)

    def _bring_up(self, number: int) -> None:
        self._bringing_up(number)

    def attach(self, server: LiveReloadServer) -> None:
        """Be what a server calls when a file has changed, and what answers its browsers."""
        quick: QuickObserver = watch_quickly(server)
        self._wake = quick.wake
        self._build.watch(server)
        server.builder = self
        server.build_delay = DELAY
        server.set_app(Application(server.serve_request, self.site, self._old_search, server.mount_path))

    def __call__(self) -> None:
        """Show what has changed."""
        if self._refreshed():
            return
        try:
            self._build_all()
        except MkDocsException as error:
            # MkDocs prints a traceback of all that is no Abort, and each of these is a sentence by itself.
            raise error if isinstance(error, Abort) else Abort(f"Error: {error}") from error

    def end(self) -> None:
        """Bring up nothing more."""
        self.site.supersede()
        self.catching_up.wait(LONGEST_STEP)

    def _refreshed(self) -> bool:
        """Whether no whole build was needed."""
        if self._must_be_whole or get_build_datetime().date() != self._build.settings.today:
            return False
        try:
            # While files are looked at too: the interpreter goes to another thread at each of them, and would
            # come back only when that one has had its turn.
            with self.site.asked():
                return self._shows_what_is_there()
        except Exception:
            log.exception("What has changed could not be shown alone, so the whole site is built")
            return False

    def _shows_what_is_there(self) -> bool:
        """Look at the files and refresh what has changed; False where it is more than notes."""
        seen = look(self._build.settings, self.site.stage.config)
        head = head_of(self._build.settings.root)
        if seen.others != self._seen.others:
            return False
        if (seen, head) != (self._seen, self._head):
            self._refresh(seen, head)
            self._seen, self._head = seen, head
        return True

    def _refresh(self, seen: Seen, head: str) -> None:
        """Read and connect what has changed. All pages are then stale, and made again when asked for."""
        begun = perf_counter()
        build, before = self._build, self.site.edition
        gc.disable()
        try:
            edition = before if head == self._head else self._with_history(before)
            files = self._read(seen, before.codex)
            codex = build.connect(files, lambda: edition.history, before.codex)
            build.progress.end()
            edition = edition.with_notes(codex)
            build.codex, build.plan = codex, edition.plan
            self.site.turn_to(edition)
        finally:
            gc.enable()
        self.catching_up.begin()
        if build.watcher:
            build.watcher.look(build.settings)
        changed = count_of(_changes(before.codex, codex), "change")
        log.info(
            "%s among %s notes, read in %.2f s", changed, f"{len(codex.notes):,}", perf_counter() - begun
        )

    def _read(self, seen: Seen, before: Codex) -> Files:
        """The files of the codex, of which only those are read that have changed."""
        problems = list(seen.found.problems)
        same = {
            path: note.digest_source
            for path, note in before.notes.items()
            # One that could not be read is empty too.
            if note.digest_source and seen.codex.get(path, 0) == self._seen.codex.get(path)
        }
        other = [path for path in seen.found.notes if path not in same]
        read = read_contents(self._build.settings.root, other, problems)
        contents = {path: same.get(path, read.get(path, b"")) for path in seen.found.notes}
        return Files(contents, seen.found.attachments, tuple(problems))

    def _with_history(self, edition: Edition) -> Edition:
        """The same with what Git tells now, since there is a new commit."""
        root = edition.settings.root
        history = read_history(root)
        merges = begin_reading_merges(root, bool(history.last))
        self._build.read_past()
        return replace(edition, history=history, merges=merges.result, past=self._build.past.result)

    def _build_all(self) -> None:
        self.site.supersede()
        # It uses the same workers as the build.
        self.catching_up.wait()
        try:
            seen = look(self._build.settings, self.site.stage.config)
        except OSError:
            # The build says what is wrong. If it succeeds all the same, the next change has another one.
            seen = Seen(Discovery((), (), ()), {}, {})
        with self.site.closed():
            self._build_whole()
        self._take(self._latest(), seen)

    def _take(self, build: Build, seen: Seen) -> None:
        """Serve what was built."""
        self._build, self._seen, self._head = build, seen, build.past.head
        self._must_be_whole = False
        self._bringing_up = BringingUp(
            self.site, build.background, build.search, self._old_search, self._ask_for_whole
        )
        edition = Edition(
            build.codex,
            build.settings,
            build.history,
            build.merges.result,
            build.past.result,
            build.related,
            build.hand_written,
        )
        self.site.take(edition, Stage(build.writer), build.shown)
        # What was built stays until the next whole build, so the collector need not look at it again.
        gc.freeze()

    def _ask_for_whole(self) -> None:
        self._must_be_whole = True
        self._wake()


def _changes(before: Codex, after: Codex) -> int:
    """How many notes came, went or are different."""
    changed = {path for path, note in after.notes.items() if before.notes.get(path) is not note}
    return len(changed | (before.notes.keys() - after.notes.keys()))


def _nobody() -> None:
    """There is no server yet."""

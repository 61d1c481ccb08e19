"""What lives as long as the process, which makes many builds under `mkdocs serve`."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from codex_publisher.site.build import Build
from codex_publisher.site.serving.refresher import Refresher, must_be_whole


class Session:
    """What lives as long as the process, which makes many builds under `mkdocs serve`."""

    build: Build

    def __init__(self) -> None:
        """No build has begun."""
        self.is_serving = False
        self.is_dirty = False
        self._refresher: Refresher | None = None

    def start(self, *, is_serving: bool, is_dirty: bool) -> None:
        """Know what MkDocs was asked to do."""
        self.is_serving = is_serving
        self.is_dirty = is_dirty

    def begin(self, config: MkDocsConfig) -> None:
        """Begin a build. Raises ConfigurationError, and then the last build is still the one there is."""
        self.build = Build(config, getattr(self, "build", None), self.is_serving)

    def serve(self, server: LiveReloadServer, config: MkDocsConfig, build_whole: Callable[[], None]) -> None:
        """Keep what the server shows up to date."""
        if self.is_dirty or not self.is_serving or must_be_whole(config):
            self.build.watch(server)
            return
        self._refresher = Refresher(self.build, lambda: self.build, build_whole)
        self._refresher.attach(server)

    def end(self) -> None:
        """End what outlives a build, and one that was told to end: no other follows."""
        if self._refresher:
            self._refresher.end()
        if build := getattr(self, "build", None):
            if not build.is_over:
                build.abandon()
            build.close()

    def abandon(self) -> None:
        """Throw away what a build that failed has written, if one has begun."""
        if build := getattr(self, "build", None):
            build.abandon()

"""What lives as long as the process, which makes many builds under `mkdocs serve`."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from codex_publisher.site.build import Build


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
        """End what outlives a build, and one that was told to end: no other follows."""
        if build := getattr(self, "build", None):
            if not build.is_over:
                build.abandon()
            build.close()

    def abandon(self) -> None:
        """Throw away what a build that failed has written, if one has begun."""
        if build := getattr(self, "build", None):
            build.abandon()

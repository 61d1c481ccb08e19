"""What `mkdocs serve` watches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from codex_publisher.model.discovery import BUILD_FOLDERS
from codex_publisher.site.settings import Settings


class Watcher:
    """Has a server watch the folders of notes, and those that come later as well."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._server = server
        self._watched: set[Path] = set()

    def look(self, settings: Settings) -> None:
        """Watch what is not watched yet: the folders of notes, not those of Git or a virtual environment."""
        if not settings.only and settings.root not in self._watched:
            self._watched.add(settings.root)
            self._server.watch(str(settings.root), recursive=False)
        for folder in _folders(settings):
            if folder not in self._watched and folder.is_dir():
                self._watched.add(folder)
                self._server.watch(str(folder))


def _folders(settings: Settings) -> Iterator[Path]:
    if settings.only:
        yield from (settings.root / folder for folder in settings.only)
        return
    for entry in sorted(settings.root.iterdir()):
        if entry.is_dir() and not entry.name.startswith(".") and entry.name not in BUILD_FOLDERS:
            yield entry

"""What `mkdocs serve` watches, and how it learns of changes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch
from watchdog.observers.polling import PollingObserver

from codex_publisher.model.discovery import BUILD_FOLDERS
from codex_publisher.site.settings import Settings

log = logging.getLogger("mkdocs.hooks.codex")
_CHANGES: Final[list[type[FileSystemEvent]]] = [
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Systems also tell that a file was opened or read, as the publisher itself does with each."""
_SECONDS: Final = 0.5
"""Between two looks where the system does not tell, as in MkDocs itself."""


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


class QuickObserver:
    """In the place of MkDocs' observer, which looks at all files twice a second: asks the system to tell.

    It looks for itself only at single files, which many editors replace by others, and where the system
    cannot tell, since too much is watched already or the disk is of a kind that cannot.
    """

    def __init__(self) -> None:
        """Nothing is watched yet."""
        self._polling = PollingObserver(timeout=_SECONDS)
        # Started now, so that what cannot be watched is known when it is asked for.
        self.told_by_system = Observer()
        self.told_by_system.start()
        self._handlers: list[FileSystemEventHandler] = []

    def schedule(
        self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> ObservedWatch:
        """Have a handler told of changes."""
        self._handlers.append(handler)
        if Path(path).is_dir():
            try:
                return self.told_by_system.schedule(handler, path, recursive=recursive, event_filter=_CHANGES)
            except (OSError, RuntimeError) as error:
                log.info("%s is looked at twice a second, since the system does not tell: %s", path, error)
        return self._polling.schedule(handler, path, recursive=recursive)

    def unschedule(self, watch: ObservedWatch) -> None:
        """Tell no more."""
        for observer in (self.told_by_system, self._polling):
            with suppress(KeyError):
                observer.unschedule(watch)

    @property
    def watched(self) -> list[ObservedWatch]:
        """All that is watched."""
        return [one.watch for observer in (self.told_by_system, self._polling) for one in observer.emitters]

    def wake(self) -> None:
        """Have it believed that something has changed."""
        for handler in self._handlers[:1]:
            handler.dispatch(FileModifiedEvent(""))

    def start(self) -> None:
        """Begin to look; being told has begun already."""
        self._polling.start()

    def stop(self) -> None:
        """Watch no more."""
        self.told_by_system.stop()
        if self._polling.is_alive():
            self._polling.stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end."""
        for observer in (self.told_by_system, self._polling):
            with suppress(RuntimeError):
                observer.join(timeout)


def watch_quickly(server: LiveReloadServer) -> QuickObserver:
    """Give a server an observer that is told of changes, and what its own one watched already."""
    watched = dict(_may_be_watched(server))
    quick = QuickObserver()
    place: Any = server
    place.observer = quick
    for path, is_recursive in watched.items():
        for _ in range(_unwatch(server, path)):
            server.watch(path, recursive=is_recursive)
    return quick


def _may_be_watched(server: LiveReloadServer) -> Iterator[tuple[str, bool]]:
    """All paths that may be watched, and whether with what is below them."""
    for emitter in server.observer.emitters:
        path, is_recursive = str(emitter.watch.path), emitter.watch.is_recursive
        yield path, is_recursive
        if not is_recursive and Path(path).is_dir():
            # A single file is watched by way of its folder.
            yield from ((str(file), True) for file in sorted(Path(path).iterdir()) if file.is_file())


def _unwatch(server: LiveReloadServer, path: str) -> int:
    """Have a path watched no more; how often that had been asked for."""
    times = 0
    with suppress(KeyError):
        while True:
            server.unwatch(path)
            times += 1
    return times

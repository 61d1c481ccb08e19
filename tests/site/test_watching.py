"""How `mkdocs serve` learns of changes: from the system where it tells, else by looking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from codex_publisher.site.watching import QuickObserver, watch_quickly

SECONDS = 60
"""After which something is wrong, on however slow a machine."""


class _Listener(FileSystemEventHandler):
    def __init__(self) -> None:
        self.told = Event()
        self.paths: set[str] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.paths.add(Path(str(event.src_path)).name)
            self.told.set()


@pytest.fixture
def observer() -> Iterator[QuickObserver]:
    made = QuickObserver()
    yield made
    made.stop()
    made.join(SECONDS)


def test_a_change_is_told_and_a_reading_is_not(observer: QuickObserver, tmp_path: Path) -> None:
    old, new, later = tmp_path / "old.md", tmp_path / "new.md", tmp_path / "later.md"
    old.write_text("old", "utf-8")
    listener = _Listener()
    observer.schedule(listener, str(tmp_path), recursive=True)
    observer.start()
    old.read_text("utf-8")
    new.write_text("new", "utf-8")
    assert listener.told.wait(SECONDS)
    listener.told.clear()
    new.rename(later)
    assert listener.told.wait(SECONDS)
    assert "old.md" not in listener.paths


def test_where_the_system_cannot_tell_files_are_looked_at(
    observer: QuickObserver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(observer.told_by_system, "schedule", fail)
    listener = _Listener()
    observer.schedule(listener, str(tmp_path), recursive=True)
    observer.start()
    (tmp_path / "new.md").write_text("new", "utf-8")
    assert listener.told.wait(SECONDS)


def test_a_single_file_that_is_replaced_is_still_watched(observer: QuickObserver, tmp_path: Path) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("a: 1", "utf-8")
    listener = _Listener()
    watch = observer.schedule(listener, str(settings))
    observer.start()
    for text in ("a: 22", "a: 333"):
        listener.told.clear()
        other = tmp_path / "other"
        other.write_text(text, "utf-8")
        other.replace(settings)
        assert listener.told.wait(SECONDS)
    observer.unschedule(watch)


def test_a_server_goes_on_watching_what_it_watched(tmp_path: Path) -> None:
    folder, twice = tmp_path / "docs", tmp_path / "twice"
    folder.mkdir()
    twice.mkdir()
    server = LiveReloadServer(lambda: None, "127.0.0.1", 8000, str(tmp_path))
    for path in (folder, twice, twice):
        server.watch(str(path))
    quick = watch_quickly(server)
    try:
        assert {watch.path for watch in quick.watched} == {str(folder), str(twice)}
        server.unwatch(str(twice))
        assert {watch.path for watch in quick.watched} == {str(folder), str(twice)}
        server.unwatch(str(twice))
        assert {watch.path for watch in quick.watched} == {str(folder)}
    finally:
        server.shutdown()


def _edited(file: Path, told: Event) -> bool:
    with file.open("a", encoding="utf-8") as text:
        text.write("# more\n")
    return told.wait(1)


def test_a_server_goes_on_watching_single_files_of_one_folder(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("mkdocs.yml", "other.yml")]
    for file in files:
        file.write_text("a: 1", "utf-8")
    told = Event()
    server = LiveReloadServer(told.set, "127.0.0.1", 0, str(tmp_path))
    for file in files:
        server.watch(str(file))
    watch_quickly(server)
    serving = Thread(target=server.serve, daemon=True)
    serving.start()
    try:
        for file in files:
            told.clear()
            # Again and again, since nobody says when the first look has been taken.
            assert any(_edited(file, told) for _ in range(SECONDS))
    finally:
        server.shutdown()
        serving.join(SECONDS)

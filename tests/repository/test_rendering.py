"""The same documents, however many processes make them, and wherever."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from codex_publisher.markdown.render import outline, render
from codex_publisher.model.discovery import discover
from codex_publisher.model.note import Note
from codex_publisher.repository.engines import Batch, Engine
from codex_publisher.repository.loading import read_file
from codex_publisher.repository.rendering import outline_all, render_all
from support.sites import PROJECT


@pytest.fixture(scope="module")
def notes() -> list[Note]:
    """Those of the sample, and the guide as if it were notes."""
    folder = PROJECT / "docs"
    return [read_file(folder, path, []) for path in discover(folder, (), frozenset()).notes]


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_the_number_of_processes_changes_nothing(notes: list[Note], processes: int) -> None:
    wanted = {note.path: render(note.body, note.body_line, note.title) for note in notes}
    with Engine(processes) as engine:
        documents = render_all(notes, engine)
    assert documents == wanted
    assert list(documents) == list(wanted)


def test_new_interpreters_make_the_same_as_forks(notes: list[Note], monkeypatch: pytest.MonkeyPatch) -> None:
    with Engine(1) as forked:
        wanted = render_all(notes, forked)
    monkeypatch.setattr(sys, "platform", "darwin")
    with Engine(1) as started:
        assert render_all(notes, started) == wanted


def test_another_executor_makes_the_same(notes: list[Note]) -> None:
    wanted = {note.path: outline(note.body, note.body_line, note.title) for note in notes}
    with ThreadPoolExecutor(2) as threads, Engine(1, threads, elsewhere=Batch(20, 1 << 30)) as engine:
        assert outline_all(notes, engine) == wanted
        assert engine.is_elsewhere

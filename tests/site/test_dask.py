"""Notes rendered by a cluster: by two workers of Dask on this machine, with the same site as without them."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from codex_publisher.markdown.limits import Limits
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.engines import ELSEWHERE, Batch, Engine
from codex_publisher.repository.rendering import render_all
from codex_publisher.site.engine import open_engine
from support.built import built, contents
from support.enormous import HOSTILE
from support.notes import with_fields
from support.sites import write_codex

BODIES = ["Some **words** with [[a link]].\n", "# Head\n\n```python\nx = 1\n```\n", "| a | b |\n|---|---|\n"]
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.ERROR,
    ) as running:
        yield running


def _workers(cluster: LocalCluster) -> set[str]:
    assert cluster.scheduler
    return set(cluster.scheduler.workers)


def _notes(count: int) -> list[Note]:
    return [
        read_note(NotePath(f"claims/note {number}.md"), f"{BODIES[number % 3]}\n{number}\n".encode())
        for number in range(count)
    ]


def test_it_renders_what_this_machine_renders(cluster: LocalCluster) -> None:
    notes = _notes(40)
    with Engine(1) as here:
        wanted = render_all(notes, here)
    with open_engine(cluster.scheduler_address) as there:
        assert render_all(notes, there) == wanted


def test_it_is_given_whole_batches_and_a_note_that_hangs_does_not_harm_it(cluster: LocalCluster) -> None:
    limits = Limits(seconds=0.1)
    bomb = read_note(NotePath("claims/bomb.md"), HOSTILE["ten thousand headings"]().encode())
    notes = [*_notes(20), bomb]
    workers = _workers(cluster)
    with (
        Client(cluster.scheduler_address, set_as_default=False) as client,  # type: ignore[no-untyped-call]
        Engine(1, client.get_executor(), limits, Batch(7, 1 << 30)) as engine,
    ):
        documents = render_all(notes, engine)
        assert engine.is_elsewhere
    assert documents[bomb.path].fallback == limits.too_slow
    assert len(documents) == 21
    assert not any(documents[note.path].fallback for note in notes[:-1])
    assert _workers(cluster) == workers


def test_a_site_is_the_same(cluster: LocalCluster, tmp_path: Path) -> None:
    notes = {
        f"claims/note {number}.md": with_fields("type: claim", body=f"{BODIES[number % 3]}\n{number}\n")
        for number in range(ELSEWHERE.items + 20)
    }
    codex = write_codex(tmp_path / "codex", notes)
    here = built(codex, tmp_path / "here")
    there = built(codex, tmp_path / "there", engine=cluster.scheduler_address)
    assert contents(there.site) == contents(here.site)
    assert not any("WARNING" in line for line in there.said)


def test_where_nobody_answers_this_machine_does_it_and_says_so(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codex_publisher.site.engine.SECONDS_TO_CONNECT", 1)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        with caplog.at_level(logging.WARNING, "mkdocs.hooks.codex"), open_engine(address) as engine:
            notes = _notes(ELSEWHERE.items + 1)
            assert len(render_all(notes, engine)) == len(notes)
    assert [record.getMessage() for record in caplog.records if "engine" in record.getMessage()] == [
        "The engine that the settings name cannot be used, so notes are rendered on this machine: "
        f"No engine answers at {address}."
    ]

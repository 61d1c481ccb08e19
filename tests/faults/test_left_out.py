"""What a site lacks when something that helps to make it is missing or breaks, and that it says so."""

from __future__ import annotations

import signal
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from codex_publisher.site import build as building
from codex_publisher.site.search import index
from support.built import Built, built, contents
from support.sites import write_codex


def _left_out(site: Built) -> list[str]:
    return [line for line in site.said if line.startswith("WARNING")]


@pytest.fixture
def codex(tmp_path: Path) -> Path:
    return write_codex(tmp_path / "codex", {"a.md": "# A\n\n[[b]]\n", "b.md": "# B\n"})


def test_a_worker_that_crashes_costs_what_it_worked_out(
    codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "graph_of", lambda _: int(signal.SIGSEGV))
    monkeypatch.setattr(building, "graph_json", signal.raise_signal)
    site = built(codex, tmp_path / "site", guide=[])
    assert [line for line in _left_out(site) if "The picture of the graph is left out of the site" in line]
    assert len(list(site.note_pages())) == 2
    assert (site.site / "search/pagefind.js").is_file()


REFUSAL = b64encode(b'{"message_id": 0, "payload": {"type": "Error", "message": "it has no ink"}}').decode()


@pytest.mark.skipif(sys.platform == "win32", reason="writes programs for a shell")
@pytest.mark.parametrize(
    ("program", "patience", "why"),
    [
        ("echo it broke; mkdir -p $(dirname $0)/../site; exit 3", 600, "it broke"),
        ("kill -9 $$", 600, "it ended with 137"),
        ("exec sleep 1000", 0.1, "it took more than"),
        (f"echo {REFUSAL},; exec sleep 1000", 600, "it has no ink"),
    ],
)
def test_pagefind_that_breaks_or_hangs_costs_the_search(
    program: str, patience: float, why: str, codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write_codex(tmp_path / "programs", {"pagefind": f"#!/bin/sh\n{program}\n"}) / "pagefind"
    place.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(place))
    monkeypatch.setattr(index, "TIMEOUT_SECONDS", patience)
    site = built(codex, tmp_path / "site", guide=[])
    (line,) = _left_out(site)
    assert "The site has no search" in line
    assert why in line
    assert not (site.site / "search").exists()
    assert len(list(site.note_pages())) == 2


def test_an_index_of_another_form_is_published_as_it_is(
    codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_another_form(_: Path) -> None:
        raise KeyError("languages")

    monkeypatch.setattr(index, "make_reproducible", of_another_form)
    site = built(codex, tmp_path / "site", guide=[])
    (line,) = _left_out(site)
    assert "differs from build to build" in line
    assert (site.site / "search/pagefind.js").is_file()


def test_names_that_are_not_read_as_utf_8_are_warned_of(
    codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = contents(built(codex, tmp_path / "site", guide=[]).site)
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "iso8859-1")
    site = built(codex, tmp_path / "site", guide=[])
    (line,) = _left_out(site)
    assert "PYTHONUTF8=1" in line
    assert contents(site.site) == plain

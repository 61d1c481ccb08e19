"""`mkdocs serve` as it is started: by its command, on a port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.projects import write_project
from support.small_codex import NAPS, SMALL_CODEX

SECONDS = 240
"""After which something is wrong, on however slow a machine."""


class _Server:
    def __init__(self, settings: Path, temporary: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log = settings.with_name("log")
        environment = {**os.environ, "TMPDIR": str(temporary), "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", self.address]
        with self.log.open("w") as said:
            self.process = subprocess.Popen(
                [*command, "--config-file", str(settings)], env=environment, stdout=said, stderr=said
            )
        self.wait_until(lambda: "Serving on" in self.said)

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        while not is_so():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.02)

    def wait_for_error(self, said: str) -> None:
        self.wait_until(lambda: said in self.said and self.said.endswith("are resolved.\n"))

    def wait_for_build(self, number: int) -> None:
        built = "Documentation built in"
        self.wait_until(
            lambda: (
                self.said.count(built) == number
                and "Reloading browsers" in self.said[self.said.rfind(built) :]
            )
        )

    def get(self, page: str) -> str:
        try:
            with urllib.request.urlopen(f"http://{self.address}/{page}", timeout=SECONDS) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return str(error.code)

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[_Server]:
    folders = sorted({name.partition("/")[0] for name in SMALL_CODEX if "/" in name})
    (tmp_path / "temporary").mkdir()
    settings = write_project(tmp_path / "project", SMALL_CODEX, {"notes": folders}, site_url="")
    made = _Server(settings, tmp_path / "temporary")
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_what_is_saved_is_soon_served(server: _Server, tmp_path: Path) -> None:
    note = tmp_path / "project" / NAPS
    page = "claims/short-naps-improve-recall-in-adults/"
    assert "Five trials" not in server.get(page)
    note.write_text(note.read_text("utf-8").replace("Three trials", "Five trials"), "utf-8")
    server.wait_until(lambda: "Five trials" in server.get(page))
    # As many editors save: beside it first, and then in its place.
    other = note.with_name("draft")
    other.write_text(note.read_text("utf-8").replace("Five trials", "Six trials"), "utf-8")
    other.replace(note)
    server.wait_until(lambda: "Six trials" in server.get(page))
    # In a folder that was not there when the server began.
    new = tmp_path / "project" / "claims" / "new" / "naps are short.md"
    new.parent.mkdir()
    new.write_text("---\ntype: claim\n---\n\nSee [[sleep-lab]].\n", "utf-8")
    server.wait_until(lambda: "Naps are short" in server.get("entities/sleep-lab/"))
    note.unlink()
    server.wait_until(lambda: server.get(page) == "404")
    assert server.said.count("Documentation built in") == 1
    server.wait_until(
        lambda: server.said.rfind("are up to date") > server.said.rfind("Detected file changes")
    )
    assert "Naps are short" in server.get("api/notes.json")
    server.end()
    assert "Traceback" not in server.said
    assert list((tmp_path / "temporary").iterdir()) == []


def test_of_a_wrong_setting_only_the_sentence_is_seen_and_the_next_save_puts_it_right(
    server: _Server, tmp_path: Path
) -> None:
    settings = tmp_path / "project" / "mkdocs.yml"
    right = settings.read_text("utf-8")
    extra = "extra:\n  codex:\n"
    assert extra in right
    for wrong, said in (
        (right.replace(extra, f"{extra}    notes_per_page: 3\n"), "`extra.codex.notes_per_page` is 3"),
        (right.replace(extra, f"{extra}    notes_per_pag: 30\n"), "Did you mean `notes_per_page`?"),
        (f"{right}\nplugins: 3\n", "Error: "),
    ):
        settings.write_text(wrong, "utf-8")
        server.wait_for_error(said)
        assert "Traceback" not in server.said
        errors = server.said.count("An error happened")
        settings.write_text(right, "utf-8")
        server.wait_for_build(errors + 1)
    server.end()
    assert "Traceback" not in server.said

"""How soon `mkdocs serve` shows what is saved.

    python benchmarks/serve.py [notes, or the folder of a codex] [edits]

A codex that is there is doubled first, each copy under a name and a title of its own and linked with the
other copies, since a codex grows. Then notes are saved, and their pages asked for until they show it: first
with another text, then with another title, which changes the page of a note that it links to and an index
as well.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from corpus import write_codex

PROJECT = Path(__file__).resolve().parents[1]
SECONDS_TO_WAIT = 300
SECONDS_BETWEEN = 2.0
"""Between two edits, as somebody takes who writes."""
LOOKS_PER_SECOND = 100
COPY = " twin"
MAX_STEM = 240
"""Bytes, so that the suffix and the mark of a copy still go into a file's name."""


@dataclass(frozen=True)
class Chosen:
    """A note to edit, with the addresses that show its title."""

    path: Path
    page: str
    linked: str
    index: str


def main(codex: str, edits: int) -> None:
    """Double the codex, serve it, edit it, and print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "codex"
        if codex.isdecimal():
            count = int(codex)
            write_codex(root, count)
        else:
            count = _double(Path(codex).resolve(), root)
        with _served(root, Path(folder)) as (get, log):
            _say(f"{count:,} notes; the first build took {_built(log)} s")
            chosen = list(_chosen(root, get, edits))
            texts = [_save(get, one, number, in_title=False) for number, one in enumerate(chosen)]
            titles = [_save(get, one, number, in_title=True) for number, one in enumerate(chosen)]
            begun = time.perf_counter()
            _wait(lambda: _last_said(log, "pages are up to date", "Detected file changes"))
            _say(f"everything is up to date {time.perf_counter() - begun:.1f} s after the last page")
    _tell("another text: its page", [shown["page"] for shown in texts])
    for name in ("page", "linked", "index"):
        where = {"page": "its page", "linked": "a note that it links to", "index": "an index"}[name]
        _tell(f"another title: {where}", [shown[name] for shown in titles])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell(what: str, seconds: list[float]) -> None:
    _say(f"{what}: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s of {len(seconds)}")


def _double(codex: Path, root: Path) -> int:
    shutil.copytree(codex, root, ignore=shutil.ignore_patterns(".*"))
    notes = [path for path in root.rglob("*.md") if path.parent != root]
    stems = {path.stem for path in notes}
    for path in notes:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        text = re.sub(r"\[\[([^\]|#\n]+)", lambda found: found[0] + COPY * (found[1] in stems), text)
        text = re.sub(r"(?m)^(title: *)(.*?)([\"']?)$", rf"\1\2{COPY}\3", text, count=1)
        stem = path.stem.encode()[:MAX_STEM].decode("utf-8", "ignore")
        path.with_name(f"{stem}{COPY}.md").write_bytes(text.encode("utf-8", "surrogateescape"))
    return 2 * len(notes)


@contextmanager
def _served(root: Path, folder: Path) -> Iterator[tuple[_Get, Path]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "CODEX_ROOT": str(root), "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
    log = folder / "log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("w") as said:
        server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=said, stderr=said)
    try:
        _wait(lambda: "Serving on" in log.read_text("utf-8"))
        yield _Get(port), log
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(SECONDS_TO_WAIT)


class _Get:
    """Asks the server for pages."""

    def __init__(self, port: int) -> None:
        self._port = port

    def __call__(self, address: str) -> str:
        """A page; empty when there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/{quote(address)}") as answer:
                return str(answer.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError:
            return ""


def _wait(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS_TO_WAIT
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"nothing came of it in {SECONDS_TO_WAIT} seconds")
        time.sleep(1 / LOOKS_PER_SECOND)


def _built(log: Path) -> str:
    found = re.search(r"Documentation built in ([\d.]+)", log.read_text("utf-8"))
    return found[1] if found else "?"


def _last_said(log: Path, one: str, other: str) -> bool:
    text = log.read_text("utf-8")
    return text.rfind(one) > text.rfind(other)


def _chosen(root: Path, get: _Get, count: int) -> Iterator[Chosen]:
    """Notes of all parts of the codex that link to others and stand on the first page of an index."""
    notes = {one["path"]: one for one in json.loads(get("api/notes.json"))["notes"]}
    edges = json.loads(get("api/graph.json"))["edges"]
    links = {edge["source"]: edge["target"] for edge in edges if edge["stated_in"] == "source"}
    found = 0
    for path, note in list(notes.items())[:: max(1, len(notes) // (8 * count))]:
        linked = notes.get(links.get(path, ""))
        if not linked or linked["counts"]["backlinks"] > 15 or (root / path).read_bytes()[:4] != b"---\n":
            continue
        for index in (
            *(f"tags/{tag}/" for tag in note["tags"]),
            *(f"domains/{one}/" for one in note["domains"]),
        ):
            if note["url"] in get(index):
                yield Chosen(root / path, note["url"], linked["url"], index)
                found += 1
                break
        if found == count:
            return


def _save(get: _Get, one: Chosen, number: int, in_title: bool) -> dict[str, float]:
    """Save a note and give the seconds after which each of its addresses showed it."""
    time.sleep(SECONDS_BETWEEN)
    mark = f"Edit number {number} of this {'title' if in_title else 'text'}"
    text = one.path.read_bytes().decode("utf-8", "surrogateescape")
    if in_title:
        text = re.sub(r"(?m)^title:.*\n", "", text, count=1).replace("---\n", f"---\ntitle: {mark}\n", 1)
    else:
        text += f"\n\n{mark}\n"
    one.path.write_bytes(text.encode("utf-8", "surrogateescape"))
    begun = time.perf_counter()
    places = {"page": one.page}
    if in_title:
        places |= {"linked": one.linked, "index": one.index}
    return {name: _shown(get, address, mark) - begun for name, address in places.items()}


def _shown(get: _Get, address: str, mark: str) -> float:
    """When a page has the mark."""
    _wait(lambda: mark in get(address))
    return time.perf_counter()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "1300", int(sys.argv[2]) if len(sys.argv) > 2 else 10)

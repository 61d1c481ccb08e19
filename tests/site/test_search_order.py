"""The search index is the same whatever the order in which a disk lists files."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cbor2
import pytest

from codex_publisher.site.render import Renderer
from codex_publisher.site.search.index import FOLDER, SearchIndex
from codex_publisher.site.search.records import SearchRecord, search_records
from support.built import contents
from support.notes import with_fields
from support.sites import build_site, codex_of, write_codex

MARK = len(b"pagefind_dcd")
IN_MEMORY = Path("/dev/shm")
FOLDERS = ("claims", "entities", "inbox/queue")
NOTES = {
    f"{folder}/note {number}.md": with_fields(
        f"title: Note {number} of {folder}", f"tags: [tag {number % 3}]", body="The same words in each.\n"
    )
    for folder in FOLDERS
    for number in range(8)
}


def _indexed(records: Sequence[SearchRecord], workplace: Path) -> Path:
    index = SearchIndex("en", workplace)
    index.prepare(records, Renderer())
    index.begin(workplace / "site")
    index.finish(workplace / "site")
    return workplace / "site" / FOLDER


def _pages_in_order(index: Path) -> Iterator[str]:
    """The addresses of the pages by their numbers."""
    (file,) = index.glob("pagefind.*.pf_meta")
    meta: Any = cbor2.loads(gzip.decompress(file.read_bytes())[MARK:])
    for page in meta[1]:
        fragment = gzip.decompress((index / "fragment" / f"{page[0]}.pf_fragment").read_bytes())
        yield json.loads(fragment[MARK:])["url"].strip("/").removesuffix(".html")


@pytest.mark.parametrize("is_reversed", [False, True])
def test_notes_are_numbered_in_the_order_in_which_they_are_told(tmp_path: Path, is_reversed: bool) -> None:
    records = list(search_records(codex_of(NOTES), {}))
    if is_reversed:
        records.reverse()
    index = _indexed(records, tmp_path)
    assert list(_pages_in_order(index)) == [record.permalink.rstrip("/") for record in records]


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder on another kind of disk, which lists files in another order."""
    if not IN_MEMORY.is_dir() or IN_MEMORY.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs two kinds of disk")
    folder = Path(tempfile.mkdtemp(prefix="codex-test-", dir=IN_MEMORY))
    yield folder
    shutil.rmtree(folder)


def test_two_kinds_of_disk_make_the_same_site(tmp_path: Path, in_memory: Path) -> None:
    here = write_codex(tmp_path / "codex", NOTES)
    there = write_codex(in_memory / "codex", dict(reversed(NOTES.items())))
    first = contents(build_site(here, tmp_path / "site"))
    second = contents(build_site(there, in_memory / "site"))
    assert second.keys() == first.keys()
    assert [name for name in first if first[name] != second[name]] == []

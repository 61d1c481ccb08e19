"""A real codex, where there is one beside this repository: a thousand notes by many hands and machines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from codex_publisher.markdown import render
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import REPOSITORY_PAPERS, discover
from codex_publisher.model.links import Leads
from codex_publisher.model.note import read_note
from support.built import Built, contents
from support.crawl import dead_links
from support.sites import PROJECT, REAL_CODEX
from support.words import out_of_order, shown_words, written_words

pytestmark = pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="there is no real codex here")

LARGEST_PAGE = 300_000
LARGEST_MEDIAN = 30_000
LARGEST_SITE = 72 * 2**20


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """The site built twice at the same time, by processes that order their hashes differently."""
    folder = tmp_path_factory.mktemp("real")
    processes = []
    for seed in ("1", "2"):
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-f", str(PROJECT / "mkdocs.yml")]
        processes.append(
            subprocess.Popen(
                [*mkdocs, "-d", str(folder / seed)],
                env={**os.environ, "CODEX_ROOT": str(REAL_CODEX), "PYTHONHASHSEED": seed},
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    answers = [process.communicate(timeout=300)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], answers
    first, second = (
        Built(folder / seed, tuple(said.splitlines())) for seed, said in zip(("1", "2"), answers, strict=True)
    )
    return first, second


@pytest.fixture(scope="module")
def site(sites: tuple[Built, Built]) -> Built:
    return sites[0]


@pytest.fixture(scope="module")
def codex() -> Codex:
    found = discover(REAL_CODEX)
    notes = [read_note(path, (REAL_CODEX / path).read_bytes()) for path in found.notes]
    documents = {note.path: render(note.body, note.body_line, note.title) for note in notes}
    return build_codex(notes, documents, found.attachments)


def _files() -> list[Path]:
    """Every Markdown file, found without the publisher's help."""
    return sorted(
        path
        for path in REAL_CODEX.rglob("*.md")
        if not path.is_symlink()
        and not any(part.startswith(".") for part in path.relative_to(REAL_CODEX).parts)
        and not (path.parent == REAL_CODEX and path.stem.casefold() in REPOSITORY_PAPERS)
    )


def test_every_file_is_published_with_its_text_beside_it(site: Built) -> None:
    files = _files()
    published = [path.read_bytes() for path in site.site.rglob("index.md")]
    assert sorted(published) == sorted(path.read_bytes() for path in files)
    for raw in site.site.rglob("index.md"):
        assert raw.with_name("index.html").is_file()


def test_every_word_of_every_note_is_on_its_page(site: Built) -> None:
    for page in site.note_pages():
        raw = (site.site / page.address / "index.md").read_bytes()
        typed = written_words(raw.decode("utf-8", "replace"))
        shown = shown_words([page.one("codex-title"), page.one("codex-body")])
        assert not out_of_order(typed, shown), page.address


def test_the_build_says_that_it_published_every_note(site: Built) -> None:
    (line,) = [said for said in site.said if "notes read" in said]
    number = len(_files())
    assert f"{number:,} notes read, {number:,} published" in line


def test_no_link_of_any_page_is_dead(site: Built) -> None:
    assert dead_links(site.site)[:10] == []


def test_a_wiki_link_that_names_a_note_by_its_stem_or_title_leads_to_one(codex: Codex) -> None:
    names = {note.stem for note in codex.notes.values()} | {note.title for note in codex.notes.values()}
    checked = 0
    for path in codex.notes:
        for link, to in zip(codex.documents[path].links, codex.destinations[path], strict=True):
            if link.form in ("wiki", "embed") and link.target in names:
                assert to.leads is Leads.NOTE, f"{path}:{link.line}: {link.target}"
                checked += 1
    assert checked


def test_no_wiki_link_is_left_as_brackets_in_running_text(site: Built) -> None:
    for page in site.note_pages():
        body = page.one("codex-body")
        for code in body.xpath(".//pre | .//code | .//textarea"):
            code.clear(keep_tail=True)
        left = re.findall(r"\[\[[^\[\]\n]+\]\]", body.text_content())
        assert not left, f"{page.address}: {left}"


def test_two_builds_are_byte_identical(sites: tuple[Built, Built]) -> None:
    first, second = (contents(one.site) for one in sites)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_no_page_is_large_and_the_whole_site_is_small(site: Built) -> None:
    sizes = {path: path.stat().st_size for path in site.site.rglob("*") if path.is_file()}
    pages = {path: size for path, size in sizes.items() if path.suffix == ".html"}
    assert max(pages.values()) <= LARGEST_PAGE
    notes = [size for path, size in pages.items() if path.with_name("index.md").is_file()]
    assert median(notes) <= LARGEST_MEDIAN
    assert sum(sizes.values()) <= LARGEST_SITE

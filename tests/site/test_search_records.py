"""What the search knows of a note, and what becomes of it when it cannot be made."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Waiting
from codex_publisher.site.render import Renderer
from codex_publisher.site.search.index import SearchIndex
from codex_publisher.site.search.records import (
    SEARCH_FACETS,
    SearchRecord,
    search_records,
    spaced,
    spaced_html,
)
from support.notes import with_fields
from support.sites import build_site, codex_of

CLAIM = with_fields(
    "type: claim",
    "title: naps help",
    "description: A short one.",
    "confidence: likely",
    "domain: sleep",
    "secondary_domains: [memory]",
    "date: 2026-03",
    "aliases: [Power naps]",
    'tags: [rest, "say \\"when\\""]',
    body="# Naps help\n\n## Why\n\nThey do.\n",
)


def _record(text: str, waiting: Mapping[NotePath, Waiting] | None = None) -> SearchRecord:
    (record,) = search_records(codex_of({"claims/a.md": text}), waiting or {})
    return record


def test_a_note_is_found_by_its_title_its_words_its_names_and_its_facets() -> None:
    record = _record(CLAIM)
    assert (record.permalink, record.title, record.description) == ("claims/a/", "Naps help", "A short one.")
    assert record.names == 'Power naps · rest · say "when"'
    assert "They do." in record.body
    assert 'id="' in record.body
    assert dict.fromkeys(facet for facet, _ in record.filters).keys() <= {one.name for one in SEARCH_FACETS}
    assert [label for facet, label in record.filters if facet == "domain"] == ["sleep", "memory"]
    assert ("confidence", "likely") in record.filters
    assert ("year", "2026") in record.filters
    assert (record.date, record.newest) == ("March 2026", "2026-03-01")


def test_no_filter_holds_what_the_engine_would_take_for_the_end_of_it() -> None:
    for _, label in _record(CLAIM).filters:
        assert not set(label) & set('"\\')


def test_every_note_can_be_sorted_even_one_without_a_date_or_that_does_not_wait() -> None:
    bare = _record("Words\n")
    waits = _record("Words\n", {NotePath("claims/a.md"): Waiting(12, 14)})
    long = _record("Words\n", {NotePath("claims/a.md"): Waiting(3650, 14)})
    assert "" < bare.newest < _record(CLAIM).newest
    assert bare.waiting < waits.waiting < long.waiting


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("chain-of-thought", "chain-of-thought"),
        ("可解释性", "可 解 释 性"),
        ("用GPT做研究。한국어", "用 GPT 做 研 究 。 한국어"),
        ("ひらがなカタカナー", "ひ ら が な カ タ カ ナ ー"),
        ("한국어 문장", "한국어 문장"),
        ("可 解", "可 解"),
    ],
)
def test_scripts_without_spaces_are_parted_into_characters(text: str, apart: str) -> None:
    assert spaced(text) == apart


@given(st.text())
def test_parting_adds_nothing_but_spaces_and_does_it_once(text: str) -> None:
    apart = spaced(text)
    assert apart.replace(" ", "") == text.replace(" ", "")
    assert spaced(apart) == apart


def test_parting_leaves_tags_alone() -> None:
    assert spaced_html('<h2 id="n-可解释">可解</h2>') == '<h2 id="n-可解释">可 解</h2>'


def test_a_record_is_written_with_every_value_escaped() -> None:
    evil = with_fields("type: claim", """title: '"><script>alert(1)</script>'""", "tags: [<b>x]")
    page = Renderer().search_record(_record(evil), "en")
    assert "<script" not in page
    assert "<b>" not in page
    assert len(re.findall("<h1 ", page)) == 1


def _entry(site: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((site / "search/pagefind-entry.json").read_text("utf-8"))
    return found


def test_a_site_has_an_index_of_its_notes_and_only_the_files_that_its_pages_use(
    tmp_path: Path, small_codex: Path
) -> None:
    site = build_site(small_codex, tmp_path / "site")
    languages = _entry(site)["languages"]
    assert isinstance(languages, dict)
    assert languages["en"]["page_count"] == len(list(site.rglob("index.md")))
    assert not list((site / "search").glob("*ui*"))


def test_without_an_engine_the_site_is_whole_but_for_its_search_and_says_so(
    tmp_path: Path, small_codex: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "false")
    with caplog.at_level(logging.WARNING, "mkdocs.hooks.codex"):
        site = build_site(small_codex, tmp_path / "site")
    assert "The site has no search" in caplog.text
    assert (site / "explore/index.html").is_file()


def test_an_engine_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nexec tail -f /dev/null\n", "utf-8")
    endless.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(endless))
    monkeypatch.setattr("codex_publisher.site.search.index.TIMEOUT_SECONDS", 0.1)
    index = SearchIndex("en")
    index.begin([_record(CLAIM)], Renderer(), tmp_path / "site")
    with caplog.at_level(logging.WARNING, "mkdocs.hooks.codex"):
        index.finish(tmp_path / "site")
    assert "it took more than" in caplog.text


def test_an_abandoned_index_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    index = SearchIndex("en")
    index.begin([_record(CLAIM)], Renderer(), tmp_path / "site")
    index.abandon()
    assert not list(tmp_path.glob("codex-search-*"))
    index.finish(tmp_path / "site")

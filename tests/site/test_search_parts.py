"""The search of a codex that is so large that its index has several parts, as a reader meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from codex_publisher.site.search import records
from codex_publisher.site.search.index import SearchIndex
from support.browser import CHROMIUM, serving, visiting
from support.built import built, contents
from support.notes import with_fields
from support.sites import build_site, write_codex

OF_A_PART = 5
CODEX = {
    **{
        f"claims/kiwi {day}.md": with_fields(
            "type: claim", f"confidence: {'likely' if day % 3 else 'proven'}", f"date: 2026-01-{day:02}",
            body=f"# Kiwi of day {day}\n\nA kiwi {'sings ' * (1 + day % 4)}here.\n",
        )
        for day in range(1, 15)
    },
    # These wait in another order than that of their dates.
    **{
        f"inbox/queue/{name}.md": with_fields(
            "type: source", f"title: Waits {name}", "status: unprocessed", f"created: {since}",
            f"date: {date}", body="Zebras stand.\n",
        )
        for name, since, date in (
            ("longest", "2020-01-01", "2025-12-01"),
            ("shortest", "2026-03-01", "2019-05-01"),
            ("long", "2023-01-01", "2026-01-08"),
        )
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    write_codex(folder / "codex", CODEX)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "NOTES_OF_A_PART", OF_A_PART)
        # Below a path of its own, as on GitHub Pages.
        return built(folder / "codex", folder / "served" / "notes").site


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    with serving(site.parent) as address:
        yield f"{address}notes/"


def test_parts_follow_one_another_and_share_the_program(site: Path) -> None:
    entry = json.loads((site / "search/pagefind-entry.json").read_text("utf-8"))
    assert entry["parts"] == ["2", "3", "4"]
    sizes = [
        sum(1 for _ in (site / "search" / part / "fragment").iterdir()) for part in (".", *entry["parts"])
    ]
    assert sizes == [5, 5, 5, 2]
    assert len(list((site / "search").rglob("*.js"))) == 2
    assert len(list((site / "search").rglob("wasm*"))) == 2


def test_the_parts_are_the_same_in_each_build(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "NOTES_OF_A_PART", OF_A_PART)
    again = built(site.parents[1] / "codex", tmp_path / "again").site
    assert contents(again / "search") == contents(site / "search")


def test_only_parts_with_something_new_are_indexed_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "NOTES_OF_A_PART", OF_A_PART)
    indexed: list[str] = []
    begin = SearchIndex.begin

    def noting(index: SearchIndex, into: Path) -> None:
        begin(index, into)
        indexed.append(index.folder)

    monkeypatch.setattr(SearchIndex, "begin", noting)
    write_codex(tmp_path / "codex", CODEX)
    cache = str(tmp_path / "cache")
    first = build_site(tmp_path / "codex", tmp_path / "site", cache=cache)
    assert indexed == ["search", "search/2", "search/3", "search/4"]
    assert contents(first / "search") == contents(site / "search")
    indexed.clear()
    third_part = tmp_path / "codex/claims/kiwi 4.md"
    third_part.write_text(third_part.read_text("utf-8").replace("sings", "whistles"), "utf-8")
    edited = contents(build_site(tmp_path / "codex", tmp_path / "site", cache=cache) / "search")
    assert indexed == ["search", "search/3"]
    assert edited == contents(build_site(tmp_path / "codex", tmp_path / "anew", cache=False) / "search")


def test_few_notes_have_an_index_of_one_part(tmp_path: Path) -> None:
    write_codex(tmp_path / "codex", {"a.md": "Words.\n"})
    site = built(tmp_path / "codex", tmp_path / "site").site
    assert "parts" not in json.loads((site / "search/pagefind-entry.json").read_text("utf-8"))
    assert not (site / "search/2").exists()
    assert not (site / "search/waiting.json").exists()


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def _titles(page: Page) -> list[str]:
    return page.locator(".codex-explore .codex-row__title").all_inner_texts()


@pytest.mark.browser
@needs_browser
def test_the_newest_notes_of_all_parts_come_first(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/") as visit:
        expect(visit.page.locator("[role=status]").last).to_have_text("17 notes, newest first.")
        days = [title.removeprefix("Kiwi of day ") for title in _titles(visit.page)]
        assert days == [
            *("14", "13", "12", "11", "10", "9"),
            *(("8", "Waits long") if days[6] == "8" else ("Waits long", "8")),
            *("7", "6", "5", "4", "3", "2", "1", "Waits longest", "Waits shortest"),
        ]
        assert visit.complaints == []


@pytest.mark.browser
@needs_browser
def test_words_are_found_in_all_parts_and_sorted_when_asked_to(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/?q=sings&sort=newest") as visit:
        expect(visit.page.locator("[role=status]").last).to_have_text("14 notes, newest first.")
        assert _titles(visit.page) == [f"Kiwi of day {day}" for day in range(14, 0, -1)]
    with visiting(browser, f"{home}explore/?q=sings") as visit:
        expect(visit.page.locator("[role=status]").last).to_have_text("14 notes, best match first.")
        assert sorted(_titles(visit.page)) == sorted(f"Kiwi of day {day}" for day in range(1, 15))


@pytest.mark.browser
@needs_browser
def test_what_waits_longest_comes_first_whatever_its_part(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/?sort=waiting") as visit:
        expect(visit.page.locator("[role=status]").last).to_have_text("17 notes, longest waiting first.")
        assert _titles(visit.page)[:4] == ["Waits longest", "Waits long", "Waits shortest", "Kiwi of day 14"]


@pytest.mark.browser
@needs_browser
def test_counts_of_facets_are_those_of_all_parts(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/?confidence=proven") as visit:
        expect(visit.page.locator("[role=status]").last).to_have_text("4 notes, newest first.")
        box = visit.page.locator('[data-facet="confidence"] li', has_text="likely")
        expect(box.locator(".codex-count")).to_have_text("10")
        assert visit.complaints == []


@pytest.mark.browser
@needs_browser
def test_the_box_in_the_header_searches_all_parts(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        expect(visit.page.locator(".codex-found")).to_be_attached()
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("zebras")
        expect(visit.page.locator(".codex-found .codex-row")).to_have_count(3)
        assert visit.complaints == []

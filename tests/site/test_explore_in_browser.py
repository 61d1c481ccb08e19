"""Exploring as a reader does: by boxes, by keyboard, by an address that somebody sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import CHROMIUM, TOO_WIDE, visiting
from support.searching import searchable, type_into_search

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with searchable(tmp_path_factory.mktemp("search")) as address:
        yield address


def _titles(page: Page) -> list[str]:
    return page.locator(".codex-explore .codex-row__title").all_inner_texts()


def test_explore_does_not_jump_while_its_notes_arrive(browser: Browser, home: str) -> None:
    watch = """() => { window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(
        one => { window.shift += one.value; })).observe({type: "layout-shift", buffered: true}); }"""
    with visiting(browser, f"{home}explore/", first=f"({watch})()") as visit:
        expect(visit.page.locator(".codex-explore .codex-row")).to_have_count(20)
        assert visit.page.evaluate("window.shift") < 0.02


def test_more_than_fits_is_one_step_away_in_explore(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        type_into_search(page, "kiwi")
        page.locator(".codex-found__all").click()
        expect(page.locator(".codex-explore__field")).to_have_value("kiwi")
        expect(page.locator(".codex-explore .codex-row")).to_have_count(20)
        page.locator(".codex-explore__more").click()
        expect(page.locator(".codex-explore .codex-row")).to_have_count(24)
        expect(page.locator(".codex-explore__more")).to_be_hidden()
        assert visit.complaints == []


def test_values_of_a_facet_add_up_and_facets_narrow_each_other(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/") as visit:
        page = visit.page
        status = page.locator(".codex-explore__results [role=status]")
        expect(status).to_have_text("28 notes, newest first.")
        page.get_by_role("checkbox", name="proven").check()
        expect(status).to_have_text("8 notes, newest first.")
        page.get_by_role("checkbox", name="likely").check()
        expect(status).to_have_text("26 notes, newest first.")
        page.get_by_role("checkbox", name="birds").check()
        expect(status).to_have_text("12 notes, newest first.")
        box = page.locator("[data-facet=domain] label", has_text="fruit")
        expect(box.locator(".codex-count")).to_have_text("12")
        assert page.locator("[data-facet=confidence] label").all_inner_texts()[0].startswith("proven")
        page.get_by_role("button", name="Leave out birds").click()
        expect(status).to_have_text("26 notes, newest first.")
        assert visit.complaints == []


def test_an_address_brings_back_what_was_chosen_and_the_back_button_takes_back_a_step(
    browser: Browser, home: str
) -> None:
    with visiting(browser, f"{home}explore/?q=kiwi&domain=birds&confidence=proven&sort=newest") as visit:
        page = visit.page
        status = page.locator(".codex-explore__results [role=status]")
        expect(status).to_have_text("4 notes, newest first.")
        expect(page.get_by_role("checkbox", name="birds")).to_be_checked()
        assert _titles(page) == [f"Kiwi number {number}" for number in (18, 12, 6, 0)]
        page.get_by_role("checkbox", name="proven").uncheck()
        expect(status).to_have_text("12 notes, newest first.")
        assert "confidence" not in page.url
        page.go_back()
        expect(status).to_have_text("4 notes, newest first.")
        expect(page.get_by_role("checkbox", name="proven")).to_be_checked()
        page.go_forward()
        expect(status).to_have_text("12 notes, newest first.")
        assert visit.complaints == []


def test_what_waits_longest_can_come_first(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/") as visit:
        page = visit.page
        expect(page.locator(".codex-explore .codex-row").first).to_be_visible()
        page.locator("select[name=sort]").select_option("waiting")
        expect(page.locator(".codex-explore .codex-row__title").first).to_have_text("A long wait")
        assert _titles(page)[:2] == ["A long wait", "A short wait"]
        assert "sort=waiting" in page.url


def test_an_empty_result_says_what_to_loosen_and_does_it(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/?q=zebras&kind=claim") as visit:
        page = visit.page
        status = page.locator(".codex-explore__results [role=status]")
        expect(status).to_have_text("No note fits all of this.")
        loosen = page.locator(".codex-explore__loosen")
        assert loosen.all_inner_texts() == [
            "Leave out the words “zebras”: 26 notes",
            "Leave out the filter kind: 2 notes",
        ]
        loosen.last.click()
        expect(status).to_have_text("2 notes, best match first.")
        assert visit.complaints == []


def test_a_tag_with_quotes_can_be_chosen(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/") as visit:
        page = visit.page
        page.locator("[data-facet=tag] summary").click()
        page.locator("[data-facet=tag] label", has_text="quoted").click()
        expect(page.locator(".codex-explore__results [role=status]")).to_have_text("1 note, newest first.")


def test_an_index_leads_to_its_notes_in_explore(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}domains/birds/") as visit:
        visit.page.get_by_role("link", name="Narrow down").click()
        expect(visit.page.get_by_role("checkbox", name="birds")).to_be_checked()
        expect(visit.page.locator(".codex-explore__results [role=status]")).to_have_text(
            "12 notes, newest first."
        )


def test_on_a_phone_the_facets_open_as_a_sheet(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/", width=390) as visit:
        page = visit.page
        facets = page.locator(".codex-explore__facets")
        expect(page.locator(".codex-explore .codex-row").first).to_be_visible()
        expect(facets).to_be_hidden()
        page.get_by_role("button", name="Filters").click()
        page.get_by_role("checkbox", name="source").check()
        page.get_by_role("button", name="Show notes").click()
        expect(facets).to_be_hidden()
        expect(page.locator(".codex-explore .codex-row")).to_have_count(2)
        assert page.evaluate(TOO_WIDE) == []
        assert visit.complaints == []


def test_the_keyboard_comes_from_the_field_past_the_filters_to_the_results(
    browser: Browser, home: str
) -> None:
    with visiting(browser, f"{home}explore/?q=kiwi") as visit:
        page = visit.page
        expect(page.locator(".codex-explore .codex-row")).to_have_count(20)
        skip = page.get_by_role("link", name="Skip the filters")
        page.locator(".codex-explore__field").focus()
        page.keyboard.press("Tab")
        expect(page.locator("select[name=sort]")).to_be_focused()
        hidden = skip.evaluate("link => getComputedStyle(link).clipPath")
        page.keyboard.press("Tab")
        expect(skip).to_be_focused()
        assert skip.evaluate("link => getComputedStyle(link).clipPath") == "none" != hidden
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Results")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator(".codex-explore .codex-rows a").first).to_be_focused()
        assert page.url.endswith("explore/?q=kiwi")
        assert visit.complaints == []
    with visiting(browser, f"{home}explore/?q=kiwi", width=390) as visit:
        page = visit.page
        expect(page.locator(".codex-explore .codex-row")).to_have_count(20)
        page.locator("select[name=sort]").focus()
        page.keyboard.press("Tab")
        filters = page.get_by_role("button", name="Filters")
        expect(filters).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".codex-explore__facets")).to_be_hidden()
        expect(page.get_by_role("region", name="Results")).to_be_focused()


def test_without_scripts_explore_says_where_else_to_look(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}explore/", scripts=False) as visit:
        expect(visit.page.locator(".codex-empty")).to_contain_text("Exploring needs JavaScript")
        visit.page.locator(".codex-empty a").click()
        expect(visit.page.locator("h1")).to_have_text("Browse")

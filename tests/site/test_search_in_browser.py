"""Searching and exploring as a reader does: by keyboard, by boxes, by an address that somebody sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import CHROMIUM, TOO_WIDE, serving, visiting
from support.built import built
from support.notes import with_fields
from support.sites import write_codex

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
MANY = {
    f"docs/claims/kiwi {number}.md": with_fields(
        "type: claim", f"confidence: {'likely' if number % 3 else 'proven'}",
        f"domain: {'fruit' if number % 2 else 'birds'}", f"date: 2026-01-{number + 1:02}",
        body=f"# Kiwi number {number}\n\n## Where kiwis live\n\nA kiwi lives here.\n",
    )
    for number in range(24)
}  # fmt: skip
CODEX = {
    **MANY,
    "inbox/queue/old.md": with_fields(
        "type: source", "title: A long wait", "status: unprocessed", "priority: high", "created: 2020-01-01",
        "date: 2019-05", "tags: ['quoted \"tag\"', rest]", body="# A long wait\n\nZebras stand.\n",
    ),
    "inbox/queue/new.md": with_fields(
        "type: source", "title: A short wait", "status: unprocessed", "created: 2026-11-01",
        "date: 2026-10-30", "tags: [rest]", body="# A short wait\n\nZebras run.\n",
    ),
    "docs/claims/words.md": with_fields(
        "type: claim", "title: Words of the world", "confidence: likely",
        body="# Words\n\n机械可解释性是一个新兴领域。日本語の研究ノート。한국어 문장을 찾습니다.\n\n"
        "Schrödinger's café and chain-of-thought prompting.\n",
    ),
    "docs/claims/evil.md": with_fields(
        "type: claim", "title: '<img src=x onerror=alert(1)> wombat'", "confidence: likely",
        body="# Evil\n\nA wombat &lt;script&gt;alert(1)&lt;/script&gt; says `<b>hi</b>`.\n",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("search")
    write_codex(folder / "codex", CODEX)
    # Below a path of its own, as on GitHub Pages.
    built(folder / "codex", folder / "served" / "notes")
    with serving(folder / "served") as address:
        yield f"{address}notes/"


def _type(page: Page, words: str) -> None:
    expect(page.locator(".codex-found")).to_be_attached()
    page.keyboard.press("/")
    expect(page.locator(".codex-find__field")).to_be_focused()
    page.keyboard.type(words)


def _titles(page: Page) -> list[str]:
    return page.locator(".codex-explore .codex-row__title").all_inner_texts()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("key", ["/", "s", "Control+k", "Meta+k"])
def test_a_key_opens_the_search_and_escape_closes_it(
    key: str, width: int, browser: Browser, home: str
) -> None:
    with visiting(browser, home, width=width) as visit:
        page = visit.page
        field, found = page.locator(".codex-find__field"), page.locator(".codex-found")
        expect(found).to_be_attached()
        page.keyboard.press(key)
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        page.keyboard.type("zebra")
        expect(found.locator(".codex-row")).to_have_count(2)
        expect(found.locator("[role=status]")).to_have_text("2 notes")
        assert page.evaluate(TOO_WIDE) == []
        page.keyboard.press("Escape")
        expect(found).to_be_hidden()
        expect(field).not_to_be_focused()
        assert visit.complaints == []


def test_arrows_walk_through_what_is_found_and_enter_opens_it(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        _type(page, "kiwi number 7")
        expect(page.locator(".codex-found .codex-row__title").first).to_have_text("Kiwi number 7")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".codex-found .codex-row__title").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        section = page.locator(".codex-found .codex-hit__section").first
        expect(section).to_be_focused()
        expect(section).to_have_text("Where kiwis live")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.locator(".codex-find__field")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("h1.codex-title")).to_have_text("Kiwi number 7")
        assert page.url.endswith("/claims/kiwi-7/#n-where-kiwis-live")
        assert visit.complaints == []


def test_what_is_found_tells_what_it_is_and_marks_the_words(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        _type(visit.page, "stand zebras")
        row = visit.page.locator(".codex-found .codex-row")
        expect(row).to_have_count(1)
        expect(row.locator(".codex-row__facts")).to_contain_text("source")
        expect(row.locator(".codex-row__facts")).to_contain_text("May 2019")
        expect(row.locator(".codex-chip--status")).to_have_text("unprocessed")
        expect(row.locator(".codex-priority--high")).to_be_visible()
        assert set(row.locator("mark").all_inner_texts()) == {"Zebras", "stand."}


@pytest.mark.parametrize(
    "words",
    ["可解释", "机械", "研究", "日本語", "한국어", "문장", "cafe", "café", "Schrodinger", "chain-of-thought",
     "chain of thought", "thought prompting", "领域 cafe"],
)  # fmt: skip
def test_words_of_every_script_with_and_without_accents_and_hyphens_are_found(
    words: str, browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        _type(visit.page, words)
        expect(visit.page.locator(".codex-found .codex-row__title")).to_have_text("Words of the world")
        assert visit.page.locator(".codex-found mark").count()


def test_what_is_shown_of_chinese_has_no_spaces_in_it(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        _type(visit.page, "可解释")
        expect(visit.page.locator(".codex-found .codex-row")).to_contain_text("机械可解释性是一个新兴领域")


def test_a_note_cannot_put_markup_into_what_is_found(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        _type(visit.page, "wombat")
        row = visit.page.locator(".codex-found .codex-row")
        expect(row.locator("a").first).to_have_text("<img src=x onerror=alert(1)> wombat")
        expect(row).to_contain_text("<script>alert(1)</script>")
        assert row.locator("img, script, b").count() == 0
        assert visit.complaints == []


def test_what_is_not_found_is_said(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        _type(visit.page, "xyzzyplugh")
        expect(visit.page.locator(".codex-found [role=status]")).to_contain_text("No note has “xyzzyplugh”")


def test_a_word_that_only_begins_like_others_is_told_from_one_that_notes_have(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        _type(visit.page, "kiwis")
        status = visit.page.locator(".codex-found [role=status]")
        expect(status).to_have_text("24 notes")
        visit.page.locator(".codex-find__field").fill("runway")
        expect(status).to_contain_text("No note has “runway”. 1 note with words that begin like it")
        visit.page.locator(".codex-find__field").fill("standing")
        expect(status).to_have_text("1 note")


def test_whoever_types_fast_is_led_to_the_best_note_too(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        _type(visit.page, "wombat")
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("h1.codex-title")).to_contain_text("wombat")
        assert "claims/evil/" in visit.page.url


def test_on_a_phone_the_search_can_be_closed_by_a_finger(browser: Browser, home: str) -> None:
    with visiting(browser, home, width=390) as visit:
        _type(visit.page, "zebra")
        expect(visit.page.locator(".codex-found .codex-row").first).to_be_visible()
        visit.page.get_by_role("button", name="Close").click()
        expect(visit.page.locator(".codex-found")).to_be_hidden()


def test_explore_does_not_jump_while_its_notes_arrive(browser: Browser, home: str) -> None:
    watch = """() => { window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(
        one => { window.shift += one.value; })).observe({type: "layout-shift", buffered: true}); }"""
    with visiting(browser, f"{home}explore/", first=f"({watch})()") as visit:
        expect(visit.page.locator(".codex-explore .codex-row")).to_have_count(20)
        assert visit.page.evaluate("window.shift") < 0.02


def test_more_than_fits_is_one_step_away_in_explore(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        _type(page, "kiwi")
        page.locator(".codex-found__all").click()
        expect(page.locator(".codex-explore__field")).to_have_value("kiwi")
        expect(page.locator(".codex-explore .codex-row")).to_have_count(20)
        page.locator(".codex-explore__more").click()
        expect(page.locator(".codex-explore .codex-row")).to_have_count(24)
        expect(page.locator(".codex-explore__more")).to_be_hidden()
        assert visit.complaints == []


def test_nothing_of_the_engine_is_loaded_before_it_is_used(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        expect(page.locator(".codex-found")).to_be_attached()
        loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
        assert not [name for name in loaded if "/search/" in name]
        with page.expect_response(re.compile("pagefind")):
            page.keyboard.press("/")


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


def test_when_the_index_is_missing_the_box_says_so(browser: Browser, tmp_path: Path, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        page.route("**/pagefind.js", lambda route: route.abort())
        _type(page, "kiwi")
        expect(page.locator(".codex-found [role=status]")).to_contain_text("could not be loaded")

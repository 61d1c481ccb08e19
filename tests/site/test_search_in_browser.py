"""The search box as a reader meets it: by keyboard, by finger, in every script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

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
        type_into_search(page, "kiwi number 7")
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
        type_into_search(visit.page, "stand zebras")
        row = visit.page.locator(".codex-found .codex-row")
        expect(row).to_have_count(1)
        expect(row.locator(".codex-row__facts")).to_contain_text("source")
        expect(row.locator(".codex-row__facts")).to_contain_text("May 2019")
        expect(row.locator(".codex-chip--status")).to_have_text("unprocessed")
        expect(row.locator(".codex-priority--high")).to_be_visible()
        assert set(row.locator("mark").all_inner_texts()) == {"Zebras", "stand."}


WORDS = (
    "可解释", "机械", "研究", "日本語", "한국어", "문장", "cafe", "café", "Schrodinger", "chain-of-thought",
    "chain of thought", "thought prompting", "领域 cafe",
)  # fmt: skip


def test_words_of_every_script_with_and_without_accents_and_hyphens_are_found(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        page, found = visit.page, visit.page.locator(".codex-found")
        type_into_search(page, "xyzzyplugh")
        for words in WORDS:
            # What is found next is not what was found before.
            expect(found.locator(".codex-row")).to_have_count(0)
            expect(found.locator("[role=status]")).to_contain_text("No note has “xyzzyplugh”")
            page.locator(".codex-find__field").clear()
            page.keyboard.type(words)
            expect(found.locator(".codex-row__title"), words).to_have_text("Words of the world")
            assert found.locator("mark").count(), words
            page.locator(".codex-find__field").fill("xyzzyplugh")


def test_what_is_shown_of_chinese_has_no_spaces_in_it(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        type_into_search(visit.page, "可解释")
        expect(visit.page.locator(".codex-found .codex-row")).to_contain_text("机械可解释性是一个新兴领域")


def test_a_note_cannot_put_markup_into_what_is_found(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        type_into_search(visit.page, "wombat")
        row = visit.page.locator(".codex-found .codex-row")
        expect(row.locator("a").first).to_have_text("<img src=x onerror=alert(1)> wombat")
        expect(row).to_contain_text("<script>alert(1)</script>")
        assert row.locator("img, script, b").count() == 0
        assert visit.complaints == []


def test_what_is_not_found_is_said(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        type_into_search(visit.page, "xyzzyplugh")
        expect(visit.page.locator(".codex-found [role=status]")).to_contain_text("No note has “xyzzyplugh”")


def test_a_word_that_only_begins_like_others_is_told_from_one_that_notes_have(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        type_into_search(visit.page, "kiwis")
        status = visit.page.locator(".codex-found [role=status]")
        expect(status).to_have_text("24 notes")
        visit.page.locator(".codex-find__field").fill("runway")
        expect(status).to_contain_text("No note has “runway”. 1 note with words that begin like it")
        visit.page.locator(".codex-find__field").fill("standing")
        expect(status).to_have_text("1 note")


def test_whoever_types_fast_is_led_to_the_best_note_too(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        type_into_search(visit.page, "wombat")
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("h1.codex-title")).to_contain_text("wombat")
        assert "claims/evil/" in visit.page.url


def test_on_a_phone_the_search_can_be_closed_by_a_finger(browser: Browser, home: str) -> None:
    with visiting(browser, home, width=390) as visit:
        type_into_search(visit.page, "zebra")
        expect(visit.page.locator(".codex-found .codex-row").first).to_be_visible()
        visit.page.get_by_role("button", name="Close").click()
        expect(visit.page.locator(".codex-found")).to_be_hidden()


def test_nothing_of_the_engine_is_loaded_before_it_is_used(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        expect(page.locator(".codex-found")).to_be_attached()
        loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
        assert not [name for name in loaded if "/search/" in name]
        with page.expect_response(re.compile("pagefind")):
            page.keyboard.press("/")


def test_when_the_index_is_missing_the_box_says_so(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        page.route("**/pagefind.js", lambda route: route.abort())
        type_into_search(page, "kiwi")
        expect(page.locator(".codex-found [role=status]")).to_contain_text("could not be loaded")

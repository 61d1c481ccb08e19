"""Previews of what links lead to, as somebody with a mouse or a keyboard meets them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from support.browser import CHROMIUM, FAINT, TOO_WIDE, Scheme, Visit, serving, visiting, wait_until
from support.built import Built, built
from support.notes import with_fields
from support.sites import write_codex

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
LONG = " ".join(f"Sentence number {number} goes on." for number in range(200))
NAPS = with_fields(
    "type: claim",
    "title: Naps help memory",
    "confidence: likely",
    "domain: sleep",
    "description: Rests on three trials.",
    body=f"Three trials agree.\n\n![a graph](no-such.png)\n\n## Evidence\n\nSlow waves matter.\n\n"
    f"## Limits\n\nOnly by day.\n\n{LONG}\n",
)
READER = with_fields(
    "type: claim",
    "title: A claim with links",
    "domain: sleep",
    body="It rests on [[naps|short naps]] and [[naps#Evidence|its evidence]], not on [[nothing at all]].\n\n"
    "[Elsewhere](https://example.org/) there is more, and [below](#last-words).\n\n"
    f"{LONG}\n\n## Last words\n\nThey stand at the end: [[naps|by day]].\n",
)
ADDRESS = "claims/reader/"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site below a folder of its host, as on GitHub Pages."""
    folder = tmp_path_factory.mktemp("previews")
    codex = write_codex(folder / "codex", {"claims/naps.md": NAPS, "claims/reader.md": READER})
    built(codex, folder / "host" / "some" / "where")
    with serving(folder / "host") as address:
        yield f"{address}some/where/"


@pytest.fixture
def visit(browser: Browser, home: str) -> Iterator[Visit]:
    with visiting(browser, home + ADDRESS) as visit:
        yield visit
        assert visit.complaints == []


def _link(page: Page, words: str) -> Locator:
    return page.locator(".codex-body").get_by_role("link", name=words, exact=True)


def _card(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def test_resting_on_a_link_shows_title_chips_and_first_lines_of_the_note(visit: Visit) -> None:
    _link(visit.page, "short naps").hover()
    card = _card(visit.page)
    expect(card).to_be_visible()
    for words in ("Naps help memory", "likely", "sleep", "Rests on three trials.", "Three trials agree."):
        expect(card).to_contain_text(words)
    expect(card).not_to_contain_text("Sentence number 190")
    assert card.locator("a, img, [id], [href], [src], [onclick]").count() == 0


def _note_request(asked: list[str], request: Request) -> None:
    """Note what is asked for. The browser asks for the site's icon when it pleases."""
    if "favicon" not in request.url:
        asked.append(request.url)


def test_nothing_is_asked_for_before_and_each_page_only_once(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", partial(_note_request, asked))
    for words in ("short naps", "its evidence", "short naps"):
        assert len(asked) <= 1
        _link(visit.page, words).hover()
        expect(_card(visit.page)).to_be_visible()
        visit.page.mouse.move(640, 790)
        expect(_card(visit.page)).to_have_count(0)
    assert [url.rpartition("claims/")[2] for url in asked] == ["naps/"]


def test_a_link_to_a_section_shows_that_section(visit: Visit) -> None:
    _link(visit.page, "its evidence").hover()
    card = _card(visit.page)
    expect(card).to_contain_text("Evidence")
    expect(card).to_contain_text("Slow waves matter.")
    expect(card).to_contain_text("Naps help memory")
    expect(card).not_to_contain_text("Three trials agree.")
    expect(card).not_to_contain_text("Only by day.")


def test_a_link_to_a_section_of_the_same_page_shows_it_without_asking(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", partial(_note_request, asked))
    _link(visit.page, "below").hover()
    expect(_card(visit.page)).to_contain_text("They stand at the end")
    assert asked == []


def test_the_card_stays_while_the_pointer_is_on_it_and_goes_when_it_leaves(visit: Visit) -> None:
    _link(visit.page, "short naps").hover()
    card = _card(visit.page)
    card.hover()
    visit.page.mouse.move(3, 790)
    expect(card).to_have_count(0)
    _link(visit.page, "short naps").hover()
    card.hover()
    # Longer than it takes to close once the pointer is on neither.
    visit.page.evaluate("() => new Promise(done => setTimeout(done, 400))")
    expect(card).to_be_visible()


def test_the_tab_key_shows_a_preview_that_describes_the_link_and_escape_closes_it(visit: Visit) -> None:
    page = visit.page
    link = _link(page, "short naps")
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    card = _card(page)
    expect(card).to_be_visible()
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link).to_be_focused()
    assert link.get_attribute("aria-describedby") is None
    page.keyboard.press("Tab")
    expect(_card(page)).to_contain_text("Slow waves matter.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/naps/#n-evidence")


@pytest.mark.parametrize("words", ["short naps", "by day"])
@pytest.mark.parametrize("width", [1280, 480])
def test_the_card_lies_inside_the_window_and_moves_nothing(
    words: str, width: int, browser: Browser, home: str
) -> None:
    with visiting(browser, home + ADDRESS, width=width) as visit:
        link = _link(visit.page, words)
        link.scroll_into_view_if_needed()
        height = "document.documentElement.scrollHeight"
        before = link.bounding_box(), visit.page.evaluate(height)
        link.hover()
        expect(_card(visit.page)).to_be_visible()
        assert (link.bounding_box(), visit.page.evaluate(height)) == before
        box = _card(visit.page).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
        assert visit.page.evaluate(TOO_WIDE) == []


def test_links_to_lists_and_to_other_hosts_have_no_preview(visit: Visit) -> None:
    page = visit.page
    asked: list[str] = []
    page.on("request", partial(_note_request, asked))
    for link in (
        page.locator(".codex-body .codex-outward"),
        page.locator(".codex-chip").first,
    ):
        link.hover()
    # Its preview would have come after theirs.
    _link(page, "below").hover()
    expect(_card(page)).to_contain_text("They stand at the end")
    assert asked == []


def test_a_screen_that_is_touched_shows_none(browser: Browser, home: str) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(home + ADDRESS)
    asked: list[str] = []
    page.on("request", partial(_note_request, asked))
    _link(page, "short naps").hover()
    _link(page, "short naps").focus()
    page.evaluate("() => new Promise(done => setTimeout(done, 500))")
    expect(_card(page)).to_have_count(0)
    assert asked == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_words_are_legible(scheme: Scheme, browser: Browser, home: str) -> None:
    with visiting(browser, home + ADDRESS, scheme) as visit:
        _link(visit.page, "short naps").hover()
        expect(_card(visit.page)).to_be_visible()
        wait_until(visit.page, "() => document.getAnimations().every(one => one.playState === 'finished')")
        assert visit.page.evaluate(FAINT) == []


def test_hand_written_pages_have_previews_too(browser: Browser, sample: Built) -> None:
    with serving(sample.site) as home, visiting(browser, f"{home}about/") as visit:
        link = visit.page.locator('.md-content article a[href$="writing-notes/"]').first
        link.hover()
        expect(_card(visit.page)).to_be_visible()
        assert visit.complaints == []

"""The sample site in a browser: quiet, legible, usable by keyboard, and whole without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.browser import (
    CHROMIUM,
    FAINT,
    TOO_WIDE,
    Scheme,
    barriers_on,
    serving,
    visiting,
)
from support.built import Built, built
from support.sites import write_codex

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LONG = "unbroken" * 40
CELLS = " | ".join("b" * 30)
UNBROKEN = f"""\
---
type: source
title: {LONG}
author: {LONG}
domain: {LONG}
tags: [{LONG}]
url: https://example.org/{LONG}
depends_on: [{LONG}]
---

{LONG} `{LONG}` <https://example.org/{LONG}> [[a {LONG}]]

## {LONG}

| {CELLS} |
|{"---|" * 30}
| {LONG} | {CELLS} |

```python
x = "{LONG}"
```

- {LONG}

> {LONG}
"""
OUTLINE = "element => (style => [style.outlineStyle, style.outlineWidth])(getComputedStyle(element))"
ADDRESSES = "links => links.map(link => link.href)"
WIDTHS = (1280, 390, 360)
FIXED = {
    "home": "",
    "new": "new/",
    "queue": "queue/",
    "wanted": "wanted/",
    "stale": "stale/",
    "duplicates": "duplicates/",
    "problems": "problems/",
    "health": "health/",
    "browse": "browse/",
    "guide": "writing-notes/",
    "explore": "explore/",
    "404": "404.html",
}
PAGES = ("source", "claim", "domain", "tag", *FIXED)


@pytest.fixture(scope="module")
def home(sample: Built) -> Iterator[str]:
    with serving(sample.site) as address:
        yield address


@pytest.fixture(scope="module")
def addresses(home: str, sample: Built) -> dict[str, str]:
    """One page of each sort: of several, the one with the most on it."""

    def richest(root: str) -> str:
        pages = [path for path in (sample.site / root).glob("*/index.html") if path.parent.name != "page"]
        largest = max(pages, key=lambda path: (path.stat().st_size, path))
        return f"{largest.parent.relative_to(sample.site).as_posix()}/"

    found = {"source": "sources", "claim": "claims", "domain": "domains", "tag": "tags"}
    whole = {**FIXED, **{name: richest(root) for name, root in found.items()}}
    return {name: home + whole[name] for name in PAGES}


@dataclass(frozen=True)
class Look:
    """A page in one scheme: its words, and what was wrong with it."""

    words: str
    complaints: list[str]
    too_wide: dict[int, list[str]]
    faint: list[str]
    barriers: list[str]


@pytest.fixture(scope="module")
def look(browser: Browser, addresses: dict[str, str]) -> Callable[[str, Scheme], Look]:
    """Looks at each page once in each scheme."""

    @cache
    def look(name: str, scheme: Scheme) -> Look:
        with visiting(browser, addresses[name], scheme) as visit:
            text = visit.page.locator(".md-content").inner_text()
            faint = visit.page.evaluate(FAINT)
            too_wide = {}
            for width in WIDTHS:
                visit.page.set_viewport_size({"width": width, "height": 800})
                too_wide[width] = visit.page.evaluate(TOO_WIDE)
            complaints = list(visit.complaints)
            return Look(text, complaints, too_wide, faint, barriers_on(visit.page))

    return look


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_an_error_and_asks_nothing_of_other_hosts(
    name: str, scheme: Scheme, look: Callable[[str, Scheme], Look]
) -> None:
    assert look(name, scheme).complaints == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_window_without_scrolling_sideways(
    name: str, scheme: Scheme, look: Callable[[str, Scheme], Look]
) -> None:
    assert look(name, scheme).too_wide == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier_on_a_page(
    name: str, scheme: Scheme, look: Callable[[str, Scheme], Look]
) -> None:
    assert look(name, scheme).barriers == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_a_page_can_be_told_from_what_is_behind_it(
    name: str, scheme: Scheme, look: Callable[[str, Scheme], Look]
) -> None:
    assert look(name, scheme).faint == []


def test_long_words_wide_tables_and_code_never_widen_a_page(browser: Browser, tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "codex", {f"inbox/queue/{'name' * 40}.md": UNBROKEN})
    site = built(codex, tmp_path / "site")
    (source,) = site.note_pages()
    assert list(source.tree.iter("table"))
    with serving(site.site) as home:
        for address in (source.address, "", "queue/", "wanted/", "problems/", "health/", "tags/", "sources/"):
            with visiting(browser, home + address, width=360) as visit:
                assert visit.page.evaluate(TOO_WIDE) == [], address


def test_what_is_faint_too_wide_or_from_elsewhere_would_be_noticed(browser: Browser, home: str) -> None:
    harm = """() => document.querySelector(".codex-page").insertAdjacentHTML("beforeend", `
      <p data-harm="color: rgba(0, 0, 0, 0.4)">faint</p><p data-harm="width: 2000px">wide</p>
      <p data-harm="white-space: nowrap">${"long ".repeat(400)}</p>
      <img src="http://127.0.0.1:1/x.png">`) ?? document.querySelectorAll("[data-harm]")
      // Not as attributes, which the page's own policy would not let count.
      .forEach(element => element.style.cssText = element.dataset.harm)"""
    with visiting(browser, home) as visit:
        with visit.page.expect_event("requestfailed"):
            visit.page.evaluate(harm)
        (faint,) = visit.page.evaluate(FAINT)
        assert faint.endswith("faint")
        too_wide = " ".join(visit.page.evaluate(TOO_WIDE))
        assert "wide" in too_wide
        assert "long" in too_wide
        assert any("another host" in one for one in visit.complaints)
        assert any(one.startswith("image-alt") for one in barriers_on(visit.page))


STORED = "() => [localStorage.a, sessionStorage.b, document.cookie, innerWidth, scrollY]"


def test_a_window_that_is_used_again_remembers_nothing(browser: Browser, home: str) -> None:
    with visiting(browser, home, "dark", width=390) as visit:
        window = visit.page
        window.route("**/*.json", lambda route: route.abort())
        window.evaluate(
            "() => { localStorage.a = sessionStorage.b = document.cookie = 'c=d'; scrollTo(0, 99); }"
        )
        window.locator("a").last.hover()
        window.evaluate("() => console.error('told')")
        assert visit.complaints
    with visiting(browser, home) as visit:
        assert visit.page is window
        assert visit.page.evaluate(STORED) == [None, None, "", 1280, 0]
        assert visit.page.locator("a:hover").count() == 0
        assert visit.page.evaluate("async () => (await fetch('search/pagefind-entry.json')).status") == 200
        assert visit.complaints == []


@pytest.mark.parametrize("name", [name for name in PAGES if name != "explore"])
def test_without_scripts_a_page_shows_the_same_words_and_its_links_lead_on(
    name: str, browser: Browser, addresses: dict[str, str], look: Callable[[str, Scheme], Look]
) -> None:
    with visiting(browser, addresses[name], scripts=False) as visit:
        assert visit.page.locator(".md-content").inner_text() == look(name, "light").words
        links = visit.page.locator('.md-content a[href$="/"]:not(.codex-outward):visible')
        to = next(to for to in reversed(links.evaluate_all(ADDRESSES)) if to != addresses[name])
        links.nth(links.evaluate_all(ADDRESSES).index(to)).click()
        visit.page.wait_for_url(to)
        expect(visit.page.locator("h1")).to_be_visible()
        assert visit.complaints == []


@pytest.mark.parametrize(("name", "scheme"), [("home", "light"), ("domain", "dark"), ("queue", "light")])
def test_the_tab_key_reaches_the_first_note_of_a_list_and_one_sees_where_one_is(
    name: str, scheme: Scheme, browser: Browser, addresses: dict[str, str]
) -> None:
    with visiting(browser, addresses[name], scheme) as visit:
        page = visit.page
        first = page.locator(".codex-row__title").first
        for _ in range(80):
            page.keyboard.press("Tab")
            if first.evaluate("element => element === document.activeElement"):
                break
        expect(first).to_be_focused()
        expect(first).to_be_in_viewport()
        style, width = first.evaluate(OUTLINE)
        assert style not in ("none", "hidden")
        assert float(width.removesuffix("px")) >= 1
        page.keyboard.press("Enter")
        expect(page.locator(".codex-note h1")).to_be_visible()

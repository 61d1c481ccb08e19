"""A note on paper: its argument and where its links lead, without the furniture, black on white."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.browser import CHROMIUM, serving, visiting
from support.built import built
from support.sites import write_codex

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
SECTION = "## Section {}\n\n" + "A sentence that takes some room on the page of a claim. " * 40 + "\n\n"
NOTES: dict[str, str | bytes] = {
    "claims/a.md": f"""\
---
type: claim
title: Naps help recall
confidence: likely
domain: sleep
priority: high
tags: [memory, sleep]
url: https://example.org/paper?a=1&b=2
depends_on: ["[[b]]", "[[nobody wrote this]]"]
---

As [the survey](https://example.org/survey) and <https://example.org/bare?x=1&y=2> say.
Write to <ann@example.org>.

<details><summary>More</summary>

Folded away

</details>

```python
x = "code"
```

{"".join(SECTION.format(number) for number in range(6))}
""",
    "claims/b.md": "---\ntype: claim\ntitle: Rest restores\n---\n\nSee [[a|another]], which rests on this.\n",
}
FURNITURE = (
    ".md-header",
    ".md-tabs",
    ".md-sidebar",
    ".md-footer",
    ".codex-crumbs",
    ".codex-neighbours",
    ".codex-problems",
    ".headerlink",
    ".codex-meter",
    ".md-clipboard",
)
COLOURS = """() => {
  const seen = {visibilityProperty: true, opacityProperty: true};
  const words = element => [...element.childNodes].some(one => one.nodeType === 3 && one.data.trim());
  const dark = colour => (colour.match(/[\\d.]+/g) || []).slice(0, 3).every(part => part < 110);
  const white = colour => (colour.match(/[\\d.]+/g) || []).every(part => part > 250 || part == 1);
  const clear = colour => /, 0\\)$/.test(colour) || white(colour);
  const faults = [];
  for (const element of document.querySelectorAll("body, body *")) {
    if (!element.checkVisibility(seen)) continue;
    const style = getComputedStyle(element);
    if (words(element) && !dark(style.color)) faults.push(`${element.className} is ${style.color}`);
    if (!clear(style.backgroundColor)) faults.push(`${element.className} is on ${style.backgroundColor}`);
  }
  return faults;
}"""
"""What is not dark on white."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("print")
    with serving(built(write_codex(folder / "codex", NOTES), folder / "site").site) as address:
        yield address


@pytest.fixture
def paper(browser: Browser, site: str) -> Iterator[Page]:
    """A claim, as it would be printed from the dark scheme."""
    with visiting(browser, f"{site}claims/a/", "dark") as visit:
        visit.page.emulate_media(media="print", color_scheme="dark")
        yield visit.page


def _after(page: Page, selector: str) -> str:
    found = page.locator(selector).first.evaluate("link => getComputedStyle(link, '::after').content")
    assert isinstance(found, str)
    return found


def test_the_furniture_stays_on_the_screen(paper: Page) -> None:
    for selector in FURNITURE:
        assert paper.locator(f"{selector}:visible").count() == 0, selector


def test_the_argument_and_its_relations_are_printed_under_one_title(paper: Page) -> None:
    assert paper.locator("h1:visible").all_inner_texts() == ["Naps help recall"]
    shown = paper.locator("body").inner_text()
    assert shown.count("Naps help recall") == 1
    for words in ("What it rests on", "Rest restores", "Section 5", "likely", "nobody wrote this"):
        assert words in shown
    assert paper.get_by_text("Folded away").bounding_box()


def test_where_links_lead_is_spelled_out_once(paper: Page) -> None:
    assert "https://example.org/survey" in _after(paper, ".codex-body a[href$=survey]")
    assert "https://example.org/paper?a=1&b=2" in _after(paper, ".codex-facts a[href*=paper]")
    assert _after(paper, ".codex-body a[href*=bare]") == "none"
    assert _after(paper, ".codex-body a[href^=mailto]") == "none"


def test_from_the_dark_scheme_too_it_is_dark_on_white(paper: Page) -> None:
    assert paper.evaluate(COLOURS) == []


def test_no_heading_stands_alone_at_the_foot_of_a_page(paper: Page) -> None:
    rules = "element => (style => [style.breakAfter, style.breakInside])(getComputedStyle(element))"
    for heading in paper.locator(".codex-note :is(h1, h2):visible").all():
        assert heading.evaluate(rules) == ["avoid", "avoid"]
    for item in paper.locator(".codex-relation li").all():
        assert item.evaluate(rules)[1] == "avoid"
    # Nothing above it keeps the page from being divided.
    broken = """element => {
      const found = [];
      for (let one = element; one !== document.documentElement; one = one.parentElement) {
        const style = getComputedStyle(one);
        if (style.display !== "block" || style.overflow !== "visible") found.push(one.className);
      }
      return found;
    }"""
    assert paper.locator(".codex-body").evaluate(broken) == []

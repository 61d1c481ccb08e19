"""The pages of upkeep with much on them, as a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.browser import FAINT, TOO_WIDE, Scheme, barriers_on, serving, visiting
from support.built import built
from support.notes import with_fields
from support.sites import write_codex

FILES = {
    "claims/short naps improve recall in adults.md": with_fields(
        "type: claim", "confidence: proven", body="[[naps lower the pulse of adults]]\n"
    ),
    "claims/short naps improve recall in the adult.md": with_fields("type: claim", "tags: [a, a"),
    "claims/sleep.md": with_fields("type: claim", "title: Sleep is when memory is made"),
    "domains/sleep/sleep.md": with_fields("type: claim", f"title: {'Memory' * 40} is made in dreams"),
    "entities/Lab One.md": with_fields("type: entity", "last_updated: 2026-01-01"),
    "inbox/queue/2026-01-01-naps.md": with_fields("type: source", "priority: high", "created: 2026-01-01"),
}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
ADDRESSES = (
    *("wanted/", "stale/", "duplicates/"),
    *("problems/", "problems/warnings/", "problems/claims/", "problems/l101/"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("upkeep")
    codex = write_codex(root / "codex", FILES)
    site = built(codex, root / "site", repository="https://github.com/ann/notes")
    with serving(site.site) as address:
        yield address


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_read_by_everybody_in_every_window(
    address: str, scheme: Scheme, browser: Browser, home: str
) -> None:
    with visiting(browser, home + address, scheme) as visit:
        expect(visit.page.locator(".codex-empty")).to_have_count(0)
        assert visit.page.evaluate(FAINT) == []
        assert barriers_on(visit.page) == []
        visit.page.set_viewport_size({"width": 360, "height": 800})
        assert visit.page.evaluate(TOO_WIDE) == []
        assert visit.complaints == []


def test_a_reader_goes_from_all_problems_to_a_part_and_to_what_a_rule_is_about(
    browser: Browser, home: str
) -> None:
    with visiting(browser, f"{home}problems/") as visit:
        visit.page.get_by_role("link", name="warnings (").click()
        expect(visit.page.get_by_role("heading", level=1)).to_have_text("Warnings")
        expect(visit.page.locator(".codex-filters [aria-current=page]")).to_contain_text("warnings (")
        visit.page.get_by_role("link", name="what L101 is about").click()
        expect(visit.page.locator("#l101")).to_be_in_viewport()


def test_a_wanted_note_leads_to_the_form_in_which_it_can_be_written(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}wanted/") as visit:
        link = visit.page.get_by_role("link", name="Write it: naps lower the pulse of adults")
        href = link.get_attribute("href") or ""
        assert href.startswith("https://github.com/ann/notes/new/main?filename=claims/naps+lower+the+pulse")

"""What a reader with a phone meets: whole claims, no stray points, and tables that show that they go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.browser import CHROMIUM, Scheme, serving, visiting
from support.built import built
from support.notes import with_fields
from support.sites import write_codex

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
PHONE = 390
CLAIM = (
    "short naps of twenty minutes improve recall in adults who slept too little the night before because the "
    "first stage of sleep already clears what would otherwise crowd out what was learned in the morning"
)
TABLE = f"| {' | '.join(f'column {number}' for number in range(20))} |\n{'|---' * 20}|\n{'| value ' * 20}|\n"
FILES = {
    f"claims/{CLAIM}.md": with_fields("type: claim", "domain: sleep", "confidence: likely", body=TABLE),
    "inbox/queue/2026-01-01-naps.md": with_fields(
        *(
            "type: source",
            "priority: high",
            "created: 2026-01-01",
            "domain: the science of sleep and of rest",
        ),
        "author: Bartholomew Featherstonehaugh-Cholmondeley, Ann Lee",
    ),
}
IS_WHOLE = "title => title.scrollHeight <= title.clientHeight + 1"
BARE = """frame => {
  const bare = { color: "transparent", border: "0" };
  for (const { style } of frame.querySelectorAll("*")) Object.assign(style, bare);
}"""
POINTS = """lines => lines.flatMap(line => [...line.children].map((fact, number) => {
  const style = getComputedStyle(fact, "::before");
  if (style.content === "none") return number === 0 ? "first" : "missing";
  const clip = -parseFloat(getComputedStyle(line).clipPath.match(/[-\\d.]+(?=px\\))/)[0]);
  const box = line.getBoundingClientRect(), at = fact.getBoundingClientRect().left + parseFloat(style.left);
  const isFirstOfLine = fact.getBoundingClientRect().left < box.left + 1;
  const isSeen = at + parseFloat(style.width) > box.left - clip;
  return isFirstOfLine === isSeen ? "stray" : isFirstOfLine ? "cut" : "seen";
}))"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("narrow")
    codex = write_codex(root / "codex", FILES)
    with serving(built(codex, root / "site").site) as address:
        yield address


@pytest.mark.parametrize("address", ["", "claims/", "domains/sleep/", "explore/"])
def test_a_claim_can_be_read_whole_in_a_list(address: str, browser: Browser, home: str) -> None:
    with visiting(browser, home + address, width=PHONE) as visit:
        title = visit.page.locator(".codex-row__title", has_text="short naps").first
        expect(title).to_be_visible()
        assert title.evaluate(IS_WHOLE)


@pytest.mark.parametrize("width", [PHONE, 320, 1280])
def test_a_point_stands_between_two_facts_and_at_no_end_of_a_line(
    width: int, browser: Browser, home: str
) -> None:
    with visiting(browser, home, width=width) as visit:
        lines = visit.page.locator(".codex-row__facts, .codex-pointed")
        seen = lines.evaluate_all(POINTS)
        assert set(seen) <= {"first", "seen", "cut"}
        assert "seen" in seen
        if width < PHONE:
            assert "cut" in seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_that_goes_on_has_a_shade_at_that_side(scheme: Scheme, browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}claims/", scheme, PHONE) as visit:
        visit.page.locator("a.codex-row__title").first.click()
        table = visit.page.locator(".codex-table")
        assert table.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        # The table's own words and lines left aside, what changes with its end is the shade.
        table.evaluate(BARE)
        begun = table.screenshot()
        table.evaluate("frame => frame.scrollTo(frame.scrollWidth / 3, 0)")
        amid = table.screenshot()
        table.evaluate("frame => frame.scrollTo(frame.scrollWidth, 0)")
        ended = table.screenshot()
        assert len({begun, amid, ended}) == 3

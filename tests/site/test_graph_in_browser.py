"""The picture of the graph: what it shows, finds, leaves out and leads to."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from codex_publisher.site.graph_data import GRAPH_FILE
from support.browser import CHROMIUM, FAINT, TOO_WIDE, Scheme, serving, visiting, wait_until
from support.built import Built, words
from support.graph import INK, RECORD, SEEN, canvas_of, changed, drawn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def home(sample: Built) -> Iterator[str]:
    with serving(sample.site) as address:
        yield address


def test_a_note_is_found_by_words_of_its_title_and_opened_by_a_key_or_a_click(
    browser: Browser, home: str, sample: Built
) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    title, address = data["titles"][3], data["addresses"][3]
    for opens in ("key", "click"):
        with visiting(browser, f"{home}graph/") as visit:
            page = visit.page
            canvas = canvas_of(page)
            page.get_by_label("Find a note").fill(title)
            page.keyboard.press("Enter")
            expect(page.get_by_role("status").filter(has_text=title)).to_be_visible()
            if opens == "key":
                canvas.focus()
                page.keyboard.press("Enter")
            else:
                box = canvas.bounding_box()
                assert box
                canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
            page.wait_for_url(f"{home}{address}")
            assert visit.complaints == []


def test_the_legend_takes_links_and_notes_out_of_the_picture(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        canvas = canvas_of(visit.page)
        seen = canvas.evaluate(SEEN)
        for name in ("relation", "kind"):
            for box in visit.page.locator(f"input[name={name}]").all():
                box.uncheck()
            seen = changed(canvas, seen)
        wait_until(visit.page, f"() => !({INK})()")


def test_the_count_follows_what_the_legend_takes_out(browser: Browser, home: str, sample: Built) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    notes, links = len(data["titles"]), len(data["links"]) // 3
    relation = data["links"][1]
    fewer = sum(one != relation for one in data["links"][1::3])
    kind = data["kinds"][0]
    left = {at for at, one in enumerate(data["kinds"]) if one != kind}
    with visiting(browser, f"{home}graph/") as visit:
        canvas_of(visit.page)
        count = visit.page.locator(".codex-graph__legend output")
        expect(count).to_have_text(f"{notes} notes, {links} links shown")
        visit.page.locator(f"input[name=relation][value='{relation}']").uncheck()
        expect(count).to_have_text(f"{notes} notes, {fewer} of {links} links shown")
        visit.page.locator(f"input[name=relation][value='{relation}']").check()
        visit.page.locator(f"input[name=kind][value='{kind}']").uncheck()
        triples = zip(data["links"][::3], data["links"][2::3], strict=True)
        both = sum(one in left and other in left for one, other in triples)
        expect(count).to_have_text(f"{len(left)} of {notes} notes, {both} of {links} links shown")


def test_a_domain_of_the_list_lights_its_notes_while_it_is_pointed_at_or_has_the_focus(
    browser: Browser, home: str
) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        canvas = canvas_of(visit.page)
        whole = canvas.evaluate(SEEN)
        domains = visit.page.locator("[data-codex-domains] a")
        domains.nth(0).hover()
        first = changed(canvas, whole)
        domains.nth(1).hover()
        second = changed(canvas, first)
        assert second != whole
        canvas.hover(position={"x": 2, "y": 2})
        assert changed(canvas, second) == whole
        domains.nth(0).focus()
        assert changed(canvas, whole) == first
        assert visit.complaints == []


def test_a_search_for_a_note_without_links_says_why_it_is_not_drawn(
    browser: Browser, home: str, sample: Built
) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    data["alone"] = {"titles": ["A Lonely Note"], "addresses": [data["addresses"][0]]}
    with visiting(browser, f"{home}graph/") as visit:
        visit.page.route(f"**/{GRAPH_FILE}", lambda route: route.fulfill(json=data))
        visit.page.reload()
        canvas_of(visit.page)
        visit.page.get_by_label("Find a note").fill("a lonely note")
        visit.page.keyboard.press("Enter")
        told = visit.page.locator(".codex-graph__told")
        expect(told).to_contain_text("has no links, so it is not in the picture.")
        told.get_by_role("link").click()
        visit.page.wait_for_url(f"{home}{data['addresses'][0]}")


def test_the_first_tap_of_a_finger_shows_a_link_that_opens_the_note(
    browser: Browser, home: str, sample: Built
) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    try:
        page = context.new_page()
        page.goto(f"{home}graph/?note={data['addresses'][3]}")
        canvas = canvas_of(page)
        told = page.locator(".codex-graph__told")
        expect(told).to_contain_text(data["titles"][3])
        box = canvas.bounding_box()
        assert box
        canvas.press("Escape")
        expect(told).to_have_text("")
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        told.get_by_role("link", name=data["titles"][3]).tap()
        page.wait_for_url(f"{home}{data['addresses'][3]}")
    finally:
        context.close()


def test_a_note_leads_to_its_place_in_the_graph(browser: Browser, home: str, sample: Built) -> None:
    page = next(page for page in sample.note_pages() if page.all("codex-around"))
    with visiting(browser, f"{home}{page.address}") as visit:
        visit.page.get_by_role("link", name="In the whole graph").click()
        expect(visit.page.locator(".codex-graph__told")).to_contain_text(words(page.one("codex-title"))[:40])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_fit_a_phone_and_can_be_read(
    browser: Browser, home: str, sample: Built, scheme: Scheme
) -> None:
    note = next(page for page in sample.note_pages() if page.all("codex-around"))
    for address in ("graph/", note.address):
        with visiting(browser, home + address, scheme, width=390) as visit:
            assert visit.page.evaluate(TOO_WIDE) == []
            assert visit.page.evaluate(FAINT) == []
            assert visit.complaints == []
            if address != "graph/":
                expect(visit.page.locator(".codex-around svg")).to_be_visible()


def test_without_scripts_the_lists_stay_and_no_dead_controls_are_shown(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}graph/", scripts=False) as visit:
        expect(visit.page.locator("canvas")).to_be_hidden()
        expect(visit.page.locator(".codex-row__title").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_titles_cover_no_dot_and_no_other_title(browser: Browser, home: str, width: int) -> None:
    with visiting(browser, f"{home}graph/", width=width, first=f"({RECORD})()") as visit:
        page = visit.page
        canvas = canvas_of(page)
        for _ in range(3):
            found = drawn(page)
            titles = [one for one in found["words"] if "600" not in one["font"]]
            assert titles
            assert len(found["dots"]) > len(titles)
            boxes = [(one["x"] - one["half"], one["x"] + one["half"], one["y"]) for one in titles]
            for left, right, y in boxes:
                under = [
                    dot
                    for dot in found["dots"]
                    if left < dot["x"] < right and abs(dot["y"] - y) < dot["size"] + 5
                ]
                assert under == []
            for at, (left, right, y) in enumerate(boxes):
                beneath = [other for other in boxes[:at] if other[0] < right and other[1] > left]
                assert not [other for other in beneath if abs(other[2] - y) < 10]
            seen = canvas.evaluate(SEEN)
            page.get_by_role("button", name="Nearer").click()
            changed(canvas, seen)


def test_names_of_domains_keep_apart_and_leave_a_phone_its_picture(browser: Browser, home: str) -> None:
    names = {}
    for width in (1280, 390):
        with visiting(browser, f"{home}graph/", width=width, first=f"({RECORD})()") as visit:
            canvas_of(visit.page)
            found = [one for one in drawn(visit.page)["words"] if "600" in one["font"]]
            for at, one in enumerate(found):
                for other in found[:at]:
                    is_beside = abs(one["x"] - other["x"]) >= one["half"] + other["half"]
                    assert is_beside or abs(one["y"] - other["y"]) >= 20
            names[width] = len(found)
    assert 0 < names[390] <= names[1280]
    assert names[390] <= 8


def test_the_domain_that_is_pointed_at_is_the_one_that_is_lit(
    browser: Browser, home: str, sample: Built
) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    with visiting(browser, f"{home}graph/", first=f"({RECORD})()") as visit:
        page = visit.page
        canvas = canvas_of(page)
        for number, (name, hue) in enumerate(data["domains"][:3]):
            seen = canvas.evaluate(SEEN)
            link = page.locator("[data-codex-domains] a").nth(number)
            expect(link).to_contain_text(name)
            link.hover()
            changed(canvas, seen)
            found = drawn(page)
            lit = [dot for dot in found["dots"] if dot["alpha"] == 1]
            assert len(lit) == data["domainOf"].count(number)
            colour = page.evaluate(
                f"getComputedStyle(document.body).getPropertyValue('--codex-hue-{hue}').trim()"
            )
            assert {dot["colour"] for dot in lit} == {colour}
            assert name in [one["words"] for one in found["words"]]

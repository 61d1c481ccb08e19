"""The page of the whole graph: its facts in words, its data, and its picture in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect, sync_playwright

from codex_publisher.site.graph_data import GRAPH_FILE, graph_json, graph_of
from codex_publisher.site.views import GraphView
from support.browser import ARGUMENTS, CHROMIUM, FAINT, TOO_WIDE, Scheme, serving, visiting, wait_until
from support.built import Built, words
from support.notes import with_fields
from support.sites import codex_of
from support.views import views_of

FILES = {
    "claims/base.md": with_fields("type: claim", "domain: bees", "title: </script><b>Base"),
    "claims/top.md": with_fields("type: claim", "domain: ants", 'depends_on: ["[[base]]"]'),
    "claims/side.md": with_fields("type: claim", "domain: bees", body="See [[base]].\n"),
    "claims/alone.md": with_fields("type: claim"),
}
INK = """() => {
  const canvas = document.querySelector(".codex-graph canvas");
  const pen = canvas.getContext("2d");
  return pen.getImageData(0, 0, canvas.width, canvas.height).data.some(part => part);
}"""
SEEN = "canvas => canvas.toDataURL()"
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def _view() -> GraphView:
    view = views_of(codex_of(FILES))["graph/"]
    assert isinstance(view, GraphView)
    return view


def test_the_page_says_what_is_drawn_and_what_is_not() -> None:
    said = "3 notes and 2 links between them. 1 note without a link to or from another is not drawn."
    assert _view().summary == said


def test_the_most_linked_notes_come_first_with_their_links_by_relation() -> None:
    first, *others = _view().linked
    assert (first.note.to, first.count) == ("claims/base/", "2 links")
    assert first.relations == "1 rest on it, mentioned by 1"
    assert [one.relations for one in others] == ["mentions 1", "rests on 1"]


def test_links_that_cross_between_domains_are_counted() -> None:
    ((one, other, count),) = _view().crossings
    assert ({one.text, other.text}, count) == ({"ants", "bees"}, 1)


def test_the_legend_has_the_kinds_and_relations_that_occur() -> None:
    assert [name for _, name in _view().kinds] == ["Claims"]
    assert [name for _, name in _view().relations] == ["Rests on", "Mentions"]


def test_a_codex_without_links_has_a_page_that_says_so() -> None:
    view = views_of(codex_of({"a.md": "Text.\n"}))["graph/"]
    assert isinstance(view, GraphView)
    assert view.empty.startswith("No note links to another yet.")
    assert json.loads(graph_json(graph_of(codex_of({}))))["titles"] == []


def test_the_data_name_each_linked_note_once_and_are_the_same_each_time() -> None:
    text = graph_json(graph_of(codex_of(FILES)))
    assert text == graph_json(graph_of(codex_of(dict(reversed(FILES.items())))))
    data = json.loads(text)
    assert data["addresses"] == ["claims/base/", "claims/side/", "claims/top/"]
    assert data["titles"][0] == "</script><b>Base"
    assert [data["domains"][at][0] for at in data["domainOf"]] == ["bees", "bees", "ants"]
    assert data["alone"] == {"titles": ["Alone"], "addresses": ["claims/alone/"]}
    assert len(data["places"]) == 6
    assert len(data["links"]) == 6
    assert text.isascii()


def test_the_domains_of_the_data_are_those_of_the_list_in_its_order() -> None:
    data = json.loads(graph_json(graph_of(codex_of(FILES))))
    assert data["domains"] == [[row.text, row.hue] for row in _view().domains]


def test_every_address_of_the_data_is_a_page(sample: Built) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    assert len(data["addresses"]) > 40
    for address in data["addresses"]:
        assert (sample.site / address / "index.html").is_file()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def home(sample: Built) -> Iterator[str]:
    with serving(sample.site) as address:
        yield address


def _canvas(page: Page) -> Locator:
    canvas = page.locator(".codex-graph canvas")
    expect(canvas).to_be_visible()
    wait_until(page, INK)
    return canvas


def _changes(canvas: Locator, before: str) -> str:
    changed = "before => document.querySelector('.codex-graph canvas').toDataURL() !== before"
    wait_until(canvas.page, changed, before)
    return str(canvas.evaluate(SEEN))


@in_a_browser
@pytest.mark.browser
def test_the_picture_zooms_and_moves_by_wheel_pointer_buttons_and_keys(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        canvas = _canvas(visit.page)
        seen = canvas.evaluate(SEEN)
        visit.page.get_by_role("button", name="Nearer").click()
        seen = _changes(canvas, seen)
        canvas.hover(position={"x": 5, "y": 5})
        visit.page.mouse.down()
        visit.page.mouse.move(300, 500)
        visit.page.mouse.up()
        seen = _changes(canvas, seen)
        canvas.focus()
        for key in ("ArrowLeft", "ArrowDown", "+", "-", "0"):
            visit.page.keyboard.press(key)
            seen = _changes(canvas, seen)
        assert visit.page.url.endswith("graph/")
        assert visit.complaints == []


SCROLLED = "() => scrollY > 0"


@in_a_browser
@pytest.mark.browser
def test_the_wheel_scrolls_the_page_until_the_picture_is_clicked_into_or_a_key_asks_to_zoom(
    browser: Browser, home: str
) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        page = visit.page
        canvas = _canvas(page)
        seen = canvas.evaluate(SEEN)
        canvas.hover(position={"x": 5, "y": 5})
        page.keyboard.down("Control")
        page.mouse.wheel(0, -200)
        page.keyboard.up("Control")
        seen = _changes(canvas, seen)
        assert not page.evaluate(SCROLLED)
        page.mouse.down()
        page.mouse.up()
        page.mouse.wheel(0, -200)
        seen = _changes(canvas, seen)
        assert not page.evaluate(SCROLLED)
        page.keyboard.press("Escape")
        page.mouse.wheel(0, 200)
        wait_until(page, SCROLLED)
        assert canvas.evaluate(SEEN) == seen


@in_a_browser
@pytest.mark.browser
def test_one_finger_scrolls_the_page_past_the_picture_and_two_zoom_it(browser: Browser, home: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    try:
        page = context.new_page()
        page.goto(f"{home}graph/")
        canvas = _canvas(page)
        seen = canvas.evaluate(SEEN)
        box = canvas.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch = partial(_touch, context.new_cdp_session(page))
        touch("touchStart", (x - 40, y), (x + 40, y))
        for gap in range(50, 130, 10):
            touch("touchMove", (x - gap, y + gap), (x + gap, y + gap))
        touch("touchEnd")
        seen = _changes(canvas, seen)
        assert not page.evaluate(SCROLLED)
        touch("touchStart", (x, y))
        for way in range(10, 200, 10):
            touch("touchMove", (x, y - way))
        touch("touchEnd")
        wait_until(page, SCROLLED)
    finally:
        context.close()


def _touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    fingers = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


@in_a_browser
@pytest.mark.browser
def test_a_note_is_found_by_words_of_its_title_and_opened_by_a_key_or_a_click(
    browser: Browser, home: str, sample: Built
) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    title, address = data["titles"][3], data["addresses"][3]
    for opens in ("key", "click"):
        with visiting(browser, f"{home}graph/") as visit:
            page = visit.page
            canvas = _canvas(page)
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


@in_a_browser
@pytest.mark.browser
def test_the_legend_takes_links_and_notes_out_of_the_picture(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        canvas = _canvas(visit.page)
        seen = canvas.evaluate(SEEN)
        for name in ("relation", "kind"):
            for box in visit.page.locator(f"input[name={name}]").all():
                box.uncheck()
            seen = _changes(canvas, seen)
        wait_until(visit.page, f"() => !({INK})()")


@in_a_browser
@pytest.mark.browser
def test_the_count_follows_what_the_legend_takes_out(browser: Browser, home: str, sample: Built) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    notes, links = len(data["titles"]), len(data["links"]) // 3
    relation = data["links"][1]
    fewer = sum(one != relation for one in data["links"][1::3])
    kind = data["kinds"][0]
    left = {at for at, one in enumerate(data["kinds"]) if one != kind}
    with visiting(browser, f"{home}graph/") as visit:
        _canvas(visit.page)
        count = visit.page.locator(".codex-graph__legend output")
        expect(count).to_have_text(f"{notes} notes, {links} links shown")
        visit.page.locator(f"input[name=relation][value='{relation}']").uncheck()
        expect(count).to_have_text(f"{notes} notes, {fewer} of {links} links shown")
        visit.page.locator(f"input[name=relation][value='{relation}']").check()
        visit.page.locator(f"input[name=kind][value='{kind}']").uncheck()
        triples = zip(data["links"][::3], data["links"][2::3], strict=True)
        both = sum(one in left and other in left for one, other in triples)
        expect(count).to_have_text(f"{len(left)} of {notes} notes, {both} of {links} links shown")


@in_a_browser
@pytest.mark.browser
def test_a_domain_of_the_list_lights_its_notes_while_it_is_pointed_at_or_has_the_focus(
    browser: Browser, home: str
) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        canvas = _canvas(visit.page)
        whole = canvas.evaluate(SEEN)
        domains = visit.page.locator("[data-codex-domains] a")
        domains.nth(0).hover()
        first = _changes(canvas, whole)
        domains.nth(1).hover()
        second = _changes(canvas, first)
        assert second != whole
        canvas.hover(position={"x": 2, "y": 2})
        assert _changes(canvas, second) == whole
        domains.nth(0).focus()
        assert _changes(canvas, whole) == first
        assert visit.complaints == []


@in_a_browser
@pytest.mark.browser
def test_a_search_for_a_note_without_links_says_why_it_is_not_drawn(
    browser: Browser, home: str, sample: Built
) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    data["alone"] = {"titles": ["A Lonely Note"], "addresses": [data["addresses"][0]]}
    with visiting(browser, f"{home}graph/") as visit:
        visit.page.route(f"**/{GRAPH_FILE}", lambda route: route.fulfill(json=data))
        visit.page.reload()
        _canvas(visit.page)
        visit.page.get_by_label("Find a note").fill("a lonely note")
        visit.page.keyboard.press("Enter")
        told = visit.page.locator(".codex-graph__told")
        expect(told).to_contain_text("has no links, so it is not in the picture.")
        told.get_by_role("link").click()
        visit.page.wait_for_url(f"{home}{data['addresses'][0]}")


@in_a_browser
@pytest.mark.browser
def test_the_first_tap_of_a_finger_shows_a_link_that_opens_the_note(
    browser: Browser, home: str, sample: Built
) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    try:
        page = context.new_page()
        page.goto(f"{home}graph/?note={data['addresses'][3]}")
        canvas = _canvas(page)
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


@in_a_browser
@pytest.mark.browser
def test_a_note_leads_to_its_place_in_the_graph(browser: Browser, home: str, sample: Built) -> None:
    page = next(page for page in sample.note_pages() if page.all("codex-around"))
    with visiting(browser, f"{home}{page.address}") as visit:
        visit.page.get_by_role("link", name="In the whole graph").click()
        expect(visit.page.locator(".codex-graph__told")).to_contain_text(words(page.one("codex-title"))[:40])


@in_a_browser
@pytest.mark.browser
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


@in_a_browser
@pytest.mark.browser
def test_without_scripts_the_lists_stay_and_no_dead_controls_are_shown(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}graph/", scripts=False) as visit:
        expect(visit.page.locator("canvas")).to_be_hidden()
        expect(visit.page.locator(".codex-row__title").first).to_be_visible()

"""The picture of the graph moves and zooms, and lets the page scroll past it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, CDPSession

from support.browser import CHROMIUM, serving, visiting, wait_until
from support.built import Built
from support.graph import SEEN, canvas_of, changed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def home(sample: Built) -> Iterator[str]:
    with serving(sample.site) as address:
        yield address


def test_the_picture_zooms_and_moves_by_wheel_pointer_buttons_and_keys(browser: Browser, home: str) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        canvas = canvas_of(visit.page)
        seen = canvas.evaluate(SEEN)
        visit.page.get_by_role("button", name="Nearer").click()
        seen = changed(canvas, seen)
        canvas.hover(position={"x": 5, "y": 5})
        visit.page.mouse.down()
        visit.page.mouse.move(300, 500)
        visit.page.mouse.up()
        seen = changed(canvas, seen)
        canvas.focus()
        for key in ("ArrowLeft", "ArrowDown", "+", "-", "0"):
            visit.page.keyboard.press(key)
            seen = changed(canvas, seen)
        assert visit.page.url.endswith("graph/")
        assert visit.complaints == []


SCROLLED = "() => scrollY > 0"


def test_the_wheel_scrolls_the_page_until_the_picture_is_clicked_into_or_a_key_asks_to_zoom(
    browser: Browser, home: str
) -> None:
    with visiting(browser, f"{home}graph/") as visit:
        page = visit.page
        canvas = canvas_of(page)
        seen = canvas.evaluate(SEEN)
        canvas.hover(position={"x": 5, "y": 5})
        page.keyboard.down("Control")
        page.mouse.wheel(0, -200)
        page.keyboard.up("Control")
        seen = changed(canvas, seen)
        assert not page.evaluate(SCROLLED)
        page.mouse.down()
        page.mouse.up()
        page.mouse.wheel(0, -200)
        seen = changed(canvas, seen)
        assert not page.evaluate(SCROLLED)
        page.keyboard.press("Escape")
        page.mouse.wheel(0, 200)
        wait_until(page, SCROLLED)
        assert canvas.evaluate(SEEN) == seen


def test_one_finger_scrolls_the_page_past_the_picture_and_two_zoom_it(browser: Browser, home: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    try:
        page = context.new_page()
        page.goto(f"{home}graph/")
        canvas = canvas_of(page)
        seen = canvas.evaluate(SEEN)
        box = canvas.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch = partial(_touch, context.new_cdp_session(page))
        touch("touchStart", (x - 40, y), (x + 40, y))
        for gap in range(50, 130, 10):
            touch("touchMove", (x - gap, y + gap), (x + gap, y + gap))
        touch("touchEnd")
        seen = changed(canvas, seen)
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

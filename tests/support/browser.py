"""A Chromium that looks at a built site on this machine, and notices what a visitor would."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM: Final = next((found for name in _NAMES if (found := shutil.which(name))), None)
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Each window would load two hidden pages for its own address bar, and keep a process in reserve. Chromium
    # heeds the last such list alone, so what Playwright turns off for quiet's sake is named again.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,"
    "PaintHolding,HttpsUpgrades,MediaRouter,OptimizationHints,LensOverlay,DestroyProfileOnBrowserClose",
)
Scheme = Literal["light", "dark"]

TOO_WIDE: Final = """() => {
  const wide = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) wide.push(`the page: ${root.scrollWidth} > ${root.clientWidth}`);
  const frame = element => element.matches(".md-content, .md-footer");
  const scrolls = element => getComputedStyle(element).overflowX !== "visible";
  const range = document.createRange();
  const end = text => (range.selectNode(text), range.getBoundingClientRect().right);
  for (const element of document.querySelectorAll(".md-content *, .md-footer *")) {
    const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    const words = scrolls(element) ? [] : own.map(end);
    const right = Math.max(element.getBoundingClientRect().right, ...words);
    if (!element.checkVisibility() || right <= innerWidth + 0.5) continue;
    let parent = element.parentElement;
    while (!frame(parent) && !scrolls(parent)) parent = parent.parentElement;
    if (frame(parent)) wide.push(element.outerHTML.slice(0, 120));
  }
  return wide;
}"""
"""What reaches beyond the window and does not scroll inside itself."""

FAINT: Final = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const parts = colour => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, {rgb: [r, g, b], alpha: a / 255});
    }
    return known.get(colour);
  };
  const over = (top, alpha, below) => top.map((part, at) => part * alpha + below[at] * (1 - alpha));
  const behind = element => {
    if (!element) return [255, 255, 255];
    const {rgb, alpha} = parts(getComputedStyle(element).backgroundColor);
    return alpha === 1 ? rgb : over(rgb, alpha, behind(element.parentElement));
  };
  const opacity = element => element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
  const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [[r, 0.2126], [g, 0.7152], [b, 0.0722]]
    .reduce((sum, [part, weight]) => sum + weight * linear(part / 255), 0);
  const words = element => [...element.childNodes]
    .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join("").trim();
  const seen = {visibilityProperty: true, opacityProperty: true};
  const faint = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (!words(element) || !element.checkVisibility(seen)) continue;
    const {rgb, alpha} = parts(getComputedStyle(element).color);
    const ground = behind(element);
    const [one, two] = [over(rgb, alpha * opacity(element), ground), ground].map(light);
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (contrast < 4.5) faint.add(`${contrast.toFixed(2)} .${element.className} ${words(element)}`);
  }
  return [...faint];
}"""
"""Words whose contrast with what is behind them is less than 4.5, by the formula of WCAG 2."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """One Chromium for many tests; each opens windows of its own."""
    with _no_thread_for_children(), sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@contextmanager
def _no_thread_for_children() -> Iterator[None]:
    """Have no thread wait for the end of a process that asyncio starts, as Python 3.12 does by itself.

    Where there is a thread, whatever renders notes in this process starts new interpreters instead of
    forks, and Playwright's stays as long as its Chromium.
    """
    if sys.version_info >= (3, 12) or not hasattr(os, "pidfd_open"):
        yield
        return

    class Watcher(asyncio.PidfdChildWatcher):
        def is_active(self) -> bool:
            if not super().is_active():
                self.attach_loop(asyncio.get_running_loop())
            return True

    before = asyncio.get_child_watcher()
    asyncio.set_child_watcher(Watcher())
    try:
        yield
    finally:
        asyncio.set_child_watcher(before)


def wait_until(page: Page, holds: str, given: str = "") -> None:
    """Wait until a JavaScript function, given as text, gives something true of what it is `given`.

    Playwright's own way compiles the text again and again, which the pages' policy forbids.
    """
    waiting = f"""async given => {{
      const holds = {holds};
      const end = performance.now() + 30_000;
      while (!holds(given)) {{
        if (performance.now() > end) throw new Error("waited in vain for " + holds);
        await new Promise(requestAnimationFrame);
      }}
    }}"""
    page.evaluate(waiting, given)


def barriers_on(page: Page) -> list[str]:
    """What axe-core finds on a page that keeps somebody out, by rule."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]


@dataclass
class Visit:
    """A page in a window, with what went wrong while it was looked at."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visiting(
    browser: Browser,
    address: str,
    scheme: Scheme = "light",
    width: int = 1280,
    scripts: bool = True,
    first: str | None = None,
) -> Iterator[Visit]:
    """Open an address in a window that remembers nothing, and gather its complaints.

    `first` is a script that runs before any of the page's.
    """
    # Opening a window takes longer than most visits. One with a script of the test's own is not used again.
    kept = _left_open(browser, scripts) if first is None else []
    page = kept.pop() if kept else browser.new_context(java_script_enabled=scripts).new_page()
    ended_well = False
    visit = Visit(page)
    listeners: dict[str, Callable[..., None]] = {
        "console": lambda message: visit.complaints.append(f"{message.type}: {message.text}"),
        "pageerror": lambda error: visit.complaints.append(f"error: {error}"),
        "requestfailed": lambda request: visit.complaints.append(f"failed: {request.url}"),
        "request": partial(_complain_of_strangers, visit.complaints, "/".join(address.split("/")[:3]) + "/"),
    }
    try:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, media="screen")
        if first is not None:
            page.add_init_script(first)
        for event, listener in listeners.items():
            _events(page).on(event, listener)
        page.goto(address)
        if scripts:
            # Material's script has begun its work.
            page.wait_for_selector("html.js")
            wanted = "slate" if scheme == "dark" else "default"
            page.wait_for_selector(f"body[data-md-color-scheme={wanted}]")
        yield visit
        ended_well = True
    finally:
        if ended_well and first is None:
            for event, listener in listeners.items():
                _events(page).remove_listener(event, listener)
            _forget(page)
            _left_open(browser, scripts).append(page)
        else:
            page.context.close()


@cache
def _left_open(browser: Browser, scripts: bool) -> list[Page]:
    """The windows of a browser, with scripts or without, through which nobody looks now."""
    return []


def _events(page: Page) -> Any:
    """A page as something that tells of events whose names are not known before."""
    return page


def _forget(page: Page) -> None:
    """Make a window like a new one: nothing stored, intercepted, pointed at, or shown."""
    page.unroute_all()
    page.mouse.move(-1, -1)
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.context.clear_cookies()
    page.goto("about:blank")
    for other in page.context.pages:
        if other is not page:
            other.close()


def _complain_of_strangers(complaints: list[str], home: str, request: Request) -> None:
    if not request.url.startswith(home):
        complaints.append(f"asked another host: {request.url}")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's own name
        """Say nothing."""


@contextmanager
def serving(site: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """The address of a server for a built site, on this machine alone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

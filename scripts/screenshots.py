"""Makes the pictures of the README and of the reader's guide: `make screenshots`.

Builds the sample codex as of a fixed day, opens pages in a headless Chromium, and writes what it shows into
`docs/images/`. Needs Playwright and a Chromium.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "hooks"), str(PROJECT / "tests")]

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from support.browser import ARGUMENTS, CHROMIUM, serving  # noqa: E402
from support.sites import build_site  # noqa: E402

IMAGES: Final = PROJECT / "docs" / "images"
DAY: Final = "1795305600"
"""On which the sample is built: 22 November 2026, in seconds since 1970."""
COLOURS: Final = 64
"""Pages are of few colours, so a palette makes their pictures a third as large."""
CLAIM: Final = "claims/sparse-autoencoder-features-are-easier-to-interpret-than-neurons/"


def _as_it_is(page: Page) -> None:
    """The page itself is the picture."""


def _search(page: Page) -> None:
    page.locator(".codex-found").wait_for(state="attached")
    page.keyboard.press("/")
    page.keyboard.type("sparse autoencoders")
    page.locator(".codex-found .codex-row").first.wait_for()


def _explore(page: Page) -> None:
    page.locator(".codex-explore .codex-row").first.wait_for()


def _graph(page: Page) -> None:
    page.wait_for_load_state("networkidle")


@dataclass(frozen=True)
class Picture:
    """A page in a window of a size."""

    name: str
    address: str
    width: int = 1280
    height: int = 800
    dark: bool = False
    prepare: Callable[[Page], None] = _as_it_is


PICTURES: Final = (
    Picture("home", "", height=1000),
    Picture("claim", CLAIM, height=1000),
    Picture("claim-phone", CLAIM, width=390, height=844),
    Picture("search", "", height=640, prepare=_search),
    Picture("explore", "explore/?kind=source&domain=interpretability", dark=True, prepare=_explore),
    Picture("graph", "graph/", height=900, prepare=_graph),
    Picture("queue", "queue/"),
)


def _take(browser: Browser, home: str, picture: Picture) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    answer = page.goto(home + picture.address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.address} is not on the site of the sample.")
    page.wait_for_load_state("networkidle")
    picture.prepare(page)
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(PROJECT)}: {path.stat().st_size / 1000:.0f} kB\n")


def main() -> None:
    """Make all pictures anew."""
    os.environ["SOURCE_DATE_EPOCH"] = DAY
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_site(PROJECT, Path(folder) / "site")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with serving(site) as home:
            for picture in PICTURES:
                _take(browser, home, picture)
        browser.close()


if __name__ == "__main__":
    main()

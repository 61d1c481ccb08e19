"""Makes the pictures of the README and the guide from the sample codex: `make screenshots`.

Builds the sample as it would be on a certain day and without its Git history, so that the same notes make
the same pictures, looks at it with a Chromium, and writes `docs/images/` anew. Fonts are the machine's own;
the pictures there were made on Debian with its Chromium. Fails if a picture is larger than a page should
have to load.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "tests")]

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from support.browser import ARGUMENTS, CHROMIUM, Scheme, serving  # noqa: E402

IMAGES: Final = PROJECT / "docs" / "images"
DAY: Final = "1795305600"
"""22 November 2026, in seconds since 1970."""
COLOURS: Final = 160
"""As many as can be told apart on these pages, at a third of the bytes."""
LARGEST: Final = 120_000
CLAIM: Final = "claims/sparse-autoencoder-features-are-easier-to-interpret-than-neurons/"


def _nothing(page: Page) -> None:
    """The page as it opens."""


def _search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("baselines")
    page.locator(".codex-found .codex-hit__section").first.wait_for()


def _listed(page: Page) -> None:
    page.locator(".codex-explore__chosen li").first.wait_for()
    page.locator(".codex-explore .codex-row").first.wait_for()


def _relations(page: Page) -> None:
    page.locator("#rests-on").evaluate("heading => scrollTo(0, heading.getBoundingClientRect().top - 120)")


def _drawn(page: Page) -> None:
    page.wait_for_selector(".codex-graph__told:not(:empty)")
    page.locator(".codex-graph__tool").evaluate("tool => scrollTo(0, tool.getBoundingClientRect().top - 100)")


def _preview(page: Page) -> None:
    page.locator(".codex-body a[href]").first.hover()
    page.locator(".codex-preview").wait_for()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it shows, of which page, after what was done there."""

    name: str
    address: str
    height: int = 800
    width: int = 1280
    scheme: Scheme = "light"
    scale: int = 1
    prepare: Callable[[Page], None] = _nothing


PICTURES: Final = (
    Picture("home", "", 860),
    Picture("claim", CLAIM, 900),
    Picture("relations", CLAIM, 900, prepare=_relations),
    Picture("search", CLAIM, 720, prepare=_search),
    Picture("explore", "explore/?q=features&kind=claim&confidence=likely", prepare=_listed),
    Picture("graph", f"graph/?note={CLAIM}", 860, prepare=_drawn),
    Picture("queue", "queue/", 860),
    Picture("preview-dark", CLAIM, 720, scheme="dark", prepare=_preview),
    Picture("phone", CLAIM, 844, 390, scale=2),
)


def main() -> None:
    """Build the sample and take all pictures of it."""
    if CHROMIUM is None:
        sys.exit("There is no Chromium on this machine. Install one and try again.")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(_build(Path(folder))) as home,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        sizes = [_take(browser, home, picture) for picture in PICTURES]
        browser.close()
    sys.stdout.write(f"{sum(sizes) // 1000} KB in all\n")
    if max(sizes) > LARGEST:
        sys.exit(f"A picture has more than {LARGEST // 1000} KB. Show less on it.")


def _build(folder: Path) -> Path:
    """The site of a copy of the sample that Git knows nothing of: each commit would make other pictures."""
    copy, site = folder / "sample", folder / "site"
    for name in ("docs", "hooks", "inbox"):
        shutil.copytree(PROJECT / name, copy / name)
    shutil.copy(PROJECT / "mkdocs.yml", copy)
    settings = {"CODEX_ROOT": ".", "CODEX_SITE": str(site), "SOURCE_DATE_EPOCH": DAY}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=copy, env=os.environ | settings, check=True)
    return site


def _take(browser: Browser, home: str, picture: Picture) -> int:
    """Take one picture and say how many bytes it has."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    page.goto(home + picture.address, wait_until="networkidle")
    picture.prepare(page)
    page.evaluate("document.fonts.ready")
    seen = page.screenshot(animations="disabled", caret="hide")
    context.close()
    # Without dithering, plain areas stay plain; by coverage, a colour of few pixels keeps its hue.
    image = Image.open(BytesIO(seen)).convert("RGB")
    target = IMAGES / f"{picture.name}.png"
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    sys.stdout.write(f"{target.relative_to(PROJECT)}: {size // 1000} KB\n")
    return size


if __name__ == "__main__":
    main()

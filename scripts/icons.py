"""Makes the pictures of the mark from its drawing: `.venv/bin/python scripts/icons.py`.

The idea of the mark: the brackets of a wiki link, slanted, are the leaves of an open book, and between
them stands one note. The drawing is `theme/.icons/codex/mark.svg`; the header shows it in the colour of
its text, `favicon.svg` in the accent of the scheme. What is made here is for those who take no SVG: a
favicon of 32 pixels, whose colour stands out on light and on dark, an icon for the home screens of
phones, and a picture for cards. Needs Playwright and a Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

THEME = Path(__file__).resolve().parents[1] / "hooks" / "codex_publisher" / "theme"
IMAGES = THEME / "assets" / "images"
DRAWING = (THEME / ".icons" / "codex" / "mark.svg").read_text("utf-8")
SURE_EVERYWHERE = "#1b86a3"
PAGE = """\
<style>
  html, body {{ margin: 0; background: {ground}; color: {colour} }}
  body {{ display: grid; place-items: center; height: 100vh }}
  svg {{ width: {share}%; height: {share}% }}
</style>
{drawing}
"""


def paint(browser: Browser, name: str, size: int, colour: str, ground: str, share: int) -> None:
    """Write one picture of `size` pixels, of which the mark takes a share of so many per cent."""
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(PAGE.format(colour=colour, ground=ground, share=share, drawing=DRAWING))
    page.screenshot(path=IMAGES / name, omit_background=True)
    page.close()


def main() -> None:
    """Paint all."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium on this machine. Install one and try again.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        paint(browser, "favicon.png", 32, SURE_EVERYWHERE, "transparent", 100)
        paint(browser, "apple-touch-icon.png", 180, "#ffffff", "#0b5c73", 66)
        paint(browser, "codex-512.png", 512, "#ffffff", "#0b5c73", 60)
        browser.close()


if __name__ == "__main__":
    main()

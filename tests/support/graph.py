"""The picture of the graph in a browser, as tests look at it."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Locator, Page, expect

from support.browser import wait_until

INK: Final = """() => {
  const canvas = document.querySelector(".codex-graph canvas");
  const pen = canvas.getContext("2d");
  return pen.getImageData(0, 0, canvas.width, canvas.height).data.some(part => part);
}"""
"""Whether anything is drawn."""
SEEN: Final = "canvas => canvas.toDataURL()"
RECORD: Final = """() => {
  const pen = CanvasRenderingContext2D.prototype, path = Path2D.prototype;
  const {clearRect, fill, fillText} = pen, {arc} = path;
  window.drawn = {dots: [], words: []};
  pen.clearRect = function (...box) {
    window.drawn = {dots: [], words: []};
    return clearRect.apply(this, box);
  };
  path.arc = function (x, y, size, ...angles) {
    (this.dots ??= []).push({x, y, size});
    return arc.call(this, x, y, size, ...angles);
  };
  pen.fill = function (shape) {
    const {globalAlpha: alpha, fillStyle: colour} = this;
    for (const dot of shape.dots) drawn.dots.push({...dot, alpha, colour});
    return fill.call(this, shape);
  };
  pen.fillText = function (words, x, y) {
    drawn.words.push({words, x, y, font: this.font, half: this.measureText(words).width / 2});
    return fillText.call(this, words, x, y);
  };
}"""
"""Has the page keep what it drew last: dots with their places and colours, words with their widths."""


def canvas_of(page: Page) -> Locator:
    """The picture, once something is drawn in it."""
    canvas = page.locator(".codex-graph canvas")
    expect(canvas).to_be_visible()
    wait_until(page, INK)
    return canvas


def changed(canvas: Locator, before: str) -> str:
    """What the picture looks like, once that is not what it was."""
    other = "before => document.querySelector('.codex-graph canvas').toDataURL() !== before"
    wait_until(canvas.page, other, before)
    return str(canvas.evaluate(SEEN))


def drawn(page: Page) -> dict[str, list[dict[str, Any]]]:
    """What was drawn last, where `RECORD` ran before the page's own scripts."""
    found: dict[str, list[dict[str, Any]]] = page.evaluate("window.drawn")
    return found

"""How long the graph of a large codex takes: `python benchmarks/graph.py [notes]` (default 20,000).

Says how long the layout takes, how large its data are, and how long a headless Chromium needs from opening
the page to its first picture, and for each picture after that while it is zoomed and moved.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "hooks"), str(PROJECT / "tests")]

from playwright.sync_api import sync_playwright  # noqa: E402

from codex_publisher.model.slugs import NotePath  # noqa: E402
from codex_publisher.site.graph_data import GRAPH_FILE, Graph, graph_json  # noqa: E402
from codex_publisher.site.render import THEME  # noqa: E402
from support.browser import ARGUMENTS, CHROMIUM, serving  # noqa: E402

SCRIPTS = ("assets/javascripts/codex-graph.js", "assets/javascripts/codex-graph-drawing.js")
PAGE = """<!doctype html>
<body style="--codex-muted:#666;--md-default-fg-color:#000;--md-default-bg-color:#fff">
<div data-codex-graph="assets/codex-graph.json" data-root=""><input type="search"><datalist></datalist>
<canvas style="width:1200px;height:700px"></canvas><p role="status"></p>
<div class="codex-graph__legend"><output></output></div></div>
<script type="module" src="assets/javascripts/codex-graph.js"></script>
"""
DRAWN = """() => {
  const canvas = document.querySelector("canvas");
  return canvas.width > 300 && canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height).data.some(part => part);
}"""
FRAMES = """async () => {
  const canvas = document.querySelector("canvas");
  const times = [];
  for (let at = 0; at < 60; at++) {
    const deltaY = at % 20 < 10 ? -60 : 60;
    canvas.dispatchEvent(new WheelEvent("wheel", {deltaY, cancelable: true, ctrlKey: true}));
    const begun = performance.now();
    await new Promise(requestAnimationFrame);
    canvas.getContext("2d").getImageData(0, 0, 1, 1);
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b);
}"""


def synthetic(count: int) -> Graph:
    """Notes of twelve domains, with three links each."""
    dice = random.Random(1)  # noqa: S311
    numbers = range(count)
    paths = tuple(NotePath(f"claims/note-{at}.md") for at in numbers)
    nodes = tuple(
        (f"A claim of some length, number {at}", f"claims/note-{at}/", 1, at % 12) for at in numbers
    )
    links = {
        (at, dice.randrange(7), max(0, at - 12 * dice.randrange(1, 40))) for at in numbers for _ in "123"
    }
    groups = tuple(f"domains/{at % 12}/" for at in numbers)
    domains = tuple((f"domain {at}", at + 1) for at in range(12))
    return Graph(paths, groups, nodes, tuple(sorted(one for one in links if one[0] != one[2])), domains)


def main(count: int) -> None:
    """Measure a codex of so many notes and say what came out."""
    say = sys.stdout.write
    begun = time.perf_counter()
    text = graph_json(synthetic(count))
    say(f"{count:,} notes: layout {time.perf_counter() - begun:.2f} s, data {len(text) / 1024:,.0f} KB\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, content in {
            "index.html": PAGE,
            GRAPH_FILE: text,
            **{name: (THEME / name).read_text("utf-8") for name in SCRIPTS},
        }.items():
            target = Path(folder) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, "utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        with serving(Path(folder)) as home:
            begun = time.perf_counter()
            page.goto(home)
            page.wait_for_function(DRAWN)
            say(f"opened and drawn in {time.perf_counter() - begun:.2f} s\n")
            times = page.evaluate(FRAMES)
        say(f"a picture takes {times[30]:.0f} ms (median), {times[57]:.0f} ms (one in twenty)\n")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

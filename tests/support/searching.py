"""A codex to search and to explore: many notes that are alike, and some that ought to be found by a word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from support.browser import serving
from support.built import built
from support.notes import with_fields
from support.sites import write_codex

MANY = {
    f"docs/claims/kiwi {number}.md": with_fields(
        "type: claim", f"confidence: {'likely' if number % 3 else 'proven'}",
        f"domain: {'fruit' if number % 2 else 'birds'}", f"date: 2026-01-{number + 1:02}",
        body=f"# Kiwi number {number}\n\n## Where kiwis live\n\nA kiwi lives here.\n",
    )
    for number in range(24)
}  # fmt: skip
CODEX = {
    **MANY,
    "inbox/queue/old.md": with_fields(
        "type: source", "title: A long wait", "status: unprocessed", "priority: high", "created: 2020-01-01",
        "date: 2019-05", "tags: ['quoted \"tag\"', rest]", body="# A long wait\n\nZebras stand.\n",
    ),
    "inbox/queue/new.md": with_fields(
        "type: source", "title: A short wait", "status: unprocessed", "created: 2026-11-01",
        "date: 2026-10-30", "tags: [rest]", body="# A short wait\n\nZebras run.\n",
    ),
    "docs/claims/words.md": with_fields(
        "type: claim", "title: Words of the world", "confidence: likely",
        body="# Words\n\n机械可解释性是一个新兴领域。日本語の研究ノート。한국어 문장을 찾습니다.\n\n"
        "Schrödinger's café and chain-of-thought prompting.\n",
    ),
    "docs/claims/evil.md": with_fields(
        "type: claim", "title: '<img src=x onerror=alert(1)> wombat'", "confidence: likely",
        body="# Evil\n\nA wombat &lt;script&gt;alert(1)&lt;/script&gt; says `<b>hi</b>`.\n",
    ),
}  # fmt: skip


@contextmanager
def searchable(folder: Path) -> Iterator[str]:
    """The address of its site, below a path of its own, as on GitHub Pages."""
    write_codex(folder / "codex", CODEX)
    built(folder / "codex", folder / "served" / "notes")
    with serving(folder / "served") as address:
        yield f"{address}notes/"


def type_into_search(page: Page, words: str) -> None:
    """Open the search by its key, and type."""
    expect(page.locator(".codex-found")).to_be_attached()
    page.keyboard.press("/")
    expect(page.locator(".codex-find__field")).to_be_focused()
    page.keyboard.type(words)

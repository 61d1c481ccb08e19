"""An outline is the document without what only readers need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.markdown.links import NO_CITATION
from codex_publisher.markdown.render import outline, render
from codex_publisher.model.discovery import discover
from codex_publisher.model.document import Document
from codex_publisher.repository.loading import read_file
from support.sites import PROJECT, REAL_CODEX

PIECES = st.sampled_from(
    [
        "# Bees\n", "## Agent Notes\n", "## Curator Notes\n", "PRIMARY CONNECTION: Bees sleep\n",
        "**Grounding:** [[bees sleep]]\n", "- [[bees#Proof|there]]\n", "CLAIM CANDIDATE: Bees do sleep.\n",
        "[x](y.md)", "![a](b.png)", "<a href='z.md'>z</a>", "B4 ", "```py\nx = [[1]]\n```\n", "<!-- never\n",
        "| a | b |\n|---|---|\n| [[c\\|d]] | e |\n", "> [!NOTE]\n> text\n", "text^name\n",
        "> [!faq]- [[a]]\n> [[b]]\n", "[^1]\n\n[^1]: foot\n",
        "\n\n", "`[[code]]`", "<pre>[[x]]</pre>", "*", "_", "<div>", "</div>", "text. More text. ", "  - ",
    ]
)  # fmt: skip


def _told(document: Document) -> tuple[object, ...]:
    links = tuple(replace(link, text="", citation=NO_CITATION) for link in document.links)
    return links, document.headings, document.block_ids, document.remarks, document.fallback


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["", "Bees"]))
def test_an_outline_tells_the_same_of_links_and_headings(text: str, title: str) -> None:
    assert _told(outline(text, 7, title)) == _told(render(text, 7, title))


def test_an_outline_of_what_becomes_too_large_says_so_too() -> None:
    text = "```c\n" + "&;" * 24_000 + "\n```\n"
    assert render(text).fallback
    assert _told(outline(text)) == _told(render(text))


@pytest.mark.parametrize(
    "root", [PROJECT / "inbox", PROJECT / "docs", REAL_CODEX], ids=lambda root: root.name
)
def test_outlines_of_real_notes_tell_the_same(root: Path) -> None:
    if not root.is_dir():
        pytest.skip("the real codex is not on this machine")
    for path in discover(root).notes:
        note = read_file(root, path, [])
        text = (note.body, note.body_line, note.title)
        assert _told(outline(*text)) == _told(render(*text)), path

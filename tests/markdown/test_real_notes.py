"""A real codex, where there is one beside this repository: nothing lost, everything placed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from codex_publisher.markdown import render
from codex_publisher.markdown.engine import to_html
from codex_publisher.model.document import LinkForm
from support.sites import REAL_CODEX

NOTES = sorted(REAL_CODEX.rglob("*.md"))
OPENINGS: dict[LinkForm, tuple[str, ...]] = {
    LinkForm.WIKI: ("[[",),
    LinkForm.EMBED: ("![[",),
    LinkForm.IMAGE: ("![", "<img"),
    LinkForm.MARKDOWN: ("[", "<", "http", "www."),
}

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(not NOTES, reason=f"no notes in {REAL_CODEX}"),
]


def _body(note: Path) -> tuple[str, int]:
    text = note.read_text("utf-8", errors="replace")
    matter = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    return (text[matter.end() :], matter[0].count("\n") + 1) if matter else (text, 1)


def test_no_word_is_lost(count_words: Callable[[str], Counter[str]]) -> None:
    for note in NOTES:
        text, _ = _body(note)
        document = render(text)
        assert not document.fallback, note
        before = count_words(to_html(text).replace("(structured handoff for extractor)", ""))
        after = count_words(document.html)
        assert not before - after, note
        # Only a link without words gets some: its address.
        assert after == before or "[](" in text, note


def test_every_link_stands_where_it_says() -> None:
    for note in NOTES:
        text, first_line = _body(note)
        lines = text.split("\n")
        for link in render(text, first_line).links:
            rest = lines[link.line - first_line][link.column - 1 :]
            opening = OPENINGS.get(link.form, (link.target[:20],))
            assert rest.startswith(opening) or "@" in rest, (note, link)


def test_every_link_has_its_words_in_its_sentence() -> None:
    for note in NOTES:
        for link in render(_body(note)[0]).links:
            assert link.text or link.form is LinkForm.IMAGE, (note, link)
            assert len(str(link.citation)) <= len(link.text) + 330, (note, link)

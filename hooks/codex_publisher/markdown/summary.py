"""The first words of a body, for previews and lists."""

from __future__ import annotations

from codex_publisher.markdown.labels import list_label
from codex_publisher.markdown.tree import Element, classes, inline_items, items_text, text_of

LIMIT = 300
"""Longest summary, in characters, its ellipsis included."""

_NOT_PROSE = frozenset({"codex-field__label", "codex-candidate__label", "admonition-title"})


def summarise(body: Element) -> str:
    """Take a finished tree and give the text of its first paragraph, or else of its first list item."""
    paragraphs = [*body.iterchildren("p"), *body.iter("p")]
    for paragraph in paragraphs:
        if not classes(paragraph) & _NOT_PROSE and not list_label(paragraph):
            text = text_of(paragraph)
            if text:
                return shorten(text)
    for item in body.iter("li"):
        text = items_text(inline_items(item))
        if text:
            return shorten(text)
    return ""


def shorten(text: str, limit: int = LIMIT) -> str:
    """Take text and give it cut at a word, with an ellipsis, if it is longer than the limit."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:—–-") + "…"

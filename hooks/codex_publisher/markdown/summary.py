"""The first words of a body, for previews and lists."""

from __future__ import annotations

from codex_publisher.markdown.labels import list_label
from codex_publisher.markdown.tree import Element, classes, inline_items, items_text, text_of

LIMIT = 300
"""Longest summary, in characters, its ellipsis included."""

_NOT_PROSE = frozenset({"codex-field__label", "codex-candidate__label", "admonition-title"})


def summarise(body: Element) -> str:
    """Take a finished tree and give the text of its first paragraph, or else of its first list item."""
    for paragraph in (*body.iterchildren("p"), *body.iter("p")):
        if _is_prose(paragraph):
            return shorten(text_of(paragraph))
    for item in body.iter("li"):
        text = items_text(inline_items(item))
        if text:
            return shorten(text)
    return ""


def _is_prose(paragraph: Element) -> bool:
    """Whether a paragraph says something in words of its own, which a lone picture or a label does not."""
    if classes(paragraph) & _NOT_PROSE or list_label(paragraph):
        return False
    return any(not text.isspace() for text in paragraph.itertext())


def shorten(text: str, limit: int = LIMIT) -> str:
    """Take text and give it cut at a word, with an ellipsis, if it is longer than the limit."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:—–-") + "…"

"""Callouts, as Obsidian writes alerts: of more kinds than GitHub's, and some of them folded.

The kinds and their other names are those of https://help.obsidian.md/callouts.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from codex_publisher.markdown.labels import join_lines, split_lines, trim
from codex_publisher.markdown.source import Source
from codex_publisher.markdown.tree import (
    POS,
    Element,
    classes,
    extend,
    inline_items,
    items_text,
    make,
    remove,
    seeker,
    take_inline,
)

_KINDS: Final = MappingProxyType(
    {
        name: kind
        for kind, names in {
            "abstract": "abstract summary tldr",
            "info": "info todo",
            "tip": "hint",
            "success": "success check done",
            "question": "question help faq",
            "warning": "attention",
            "failure": "failure fail missing",
            "danger": "danger error",
            "bug": "bug",
            "example": "example",
            "quote": "quote cite",
        }.items()
        for name in names.split()
    }
)
"""Material's admonitions by what a callout is called. GitHub's five are the engine's business."""

_HEAD: Final = re.compile(r"\[!([A-Za-z]+)\]([+-]?)(?:[ \t]+|(?=\n)|\Z)")
_FOLD: Final = re.compile(r"(?:[ \t]*>)*[ \t]*\[!(\w+)\]([+-])")
_SIGNS: Final = "+- \t"
_ADMONITIONS: Final = seeker("descendant::div[starts-with(@class, 'admonition ')]")


def call_out(body: Element, source: Source) -> None:
    """Take a tree whose alerts are admonitions; make such of callouts, and fold those that say so."""
    if "[!" not in source.text:
        return
    for alert in _ADMONITIONS(body):
        _fold_alert(alert, source)
    for quote in list(body.iter("blockquote")):
        _set_callout(quote)


def _fold_alert(alert: Element, source: Source) -> None:
    """To the engine, the sign behind an alert's kind is the beginning of its title."""
    start = source.start(alert.get(POS))
    found = _FOLD.match(source.text, start) if start is not None else None
    title = alert[0] if len(alert) else None
    if not found or title is None or "admonition-title" not in classes(title):
        return
    title.text = (title.text or "").lstrip(_SIGNS)
    kind = (alert.get("class") or "").split()[-1]
    if not items_text(inline_items(title)):
        title.text = found[1].capitalize()
    _make_foldable(alert, title, kind, is_open=found[2] == "+")


def _set_callout(quote: Element) -> None:
    first = quote[0] if len(quote) and not (quote.text or "").strip() else None
    head = _HEAD.match(first.text or "") if first is not None and first.tag == "p" else None
    kind = _KINDS.get(head[1].lower()) if head else None
    if first is None or head is None or kind is None:
        return
    words, *others = split_lines(take_inline(first))
    words = trim([str(words[0])[head.end() :], *words[1:]])
    title = make("p", *(words or [head[1].capitalize()]), class_="admonition-title")
    first.addprevious(title)
    rest = join_lines(others)
    if rest or len(first):
        extend(first, rest)
    else:
        remove(first)
    quote.tag = "div"
    quote.set("class", f"admonition {kind}")
    if head[2]:
        _make_foldable(quote, title, kind, is_open=head[2] == "+")


def _make_foldable(box: Element, title: Element, kind: str, *, is_open: bool) -> None:
    """A box that opens and closes without a script: what Material shows like an admonition."""
    box.tag, title.tag = "details", "summary"
    box.set("class", kind)
    del title.attrib["class"]
    if is_open:
        box.set("open", "")

"""Alerts, task lists, tables, footnotes and `^block` marks, as the theme expects them."""

from __future__ import annotations

import re

from codex_publisher.markdown.source import Source
from codex_publisher.markdown.tree import (
    Element,
    classes,
    dissolve,
    drop_dissolved,
    extend,
    last_text,
    make,
    remove,
    replace,
    seeker,
    set_last_text,
    take,
)
from codex_publisher.markdown.vocabulary import PREFIX

_ALERTS = {
    "note": "note",
    "tip": "tip",
    "important": "info",
    "warning": "warning",
    "caution": "danger",
}
"""GitHub's alerts by the Material admonition that looks like them."""

_BOXES = seeker("descendant::div[@class]")
_DRESSED_PARAGRAPHS = seeker("descendant::p[@class]")

_BLOCK_MARK = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]{1,80})\s*\Z")
_ADDRESSED = ("p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")


def admonish(body: Element) -> None:
    """Turn alerts into Material's admonitions; their titles stay."""
    for alert in _BOXES(body):
        names = classes(alert)
        if "markdown-alert" in names:
            kind = next((_ALERTS[name] for name in _ALERTS if f"markdown-alert-{name}" in names), "note")
            alert.set("class", f"admonition {kind}")
    for title in _DRESSED_PARAGRAPHS(body):
        if "markdown-alert-title" in classes(title):
            title.set("class", "admonition-title")


def show_tasks(body: Element) -> None:
    """Turn the boxes of task lists into Material's; any other input goes."""
    for box in list(body.iter("input")):
        item = box.getparent()
        if item is None or item.tag != "li" or box is not item[0] or (item.text or "").strip():
            dissolve(box)
            continue
        checked = {"checked": ""} if box.get("checked") is not None else {}
        state = make("input", type="checkbox", disabled="", **checked)
        control = make("label", state, make("span", class_="task-list-indicator"), class_="task-list-control")
        item.set("class", "task-list-item")
        replace(box, control)
        _join_paragraph(item, control)
        parent = item.getparent()
        if parent is not None:
            parent.set("class", "task-list")
    drop_dissolved(body)


def _join_paragraph(item: Element, control: Element) -> None:
    """In a loose list the words are a paragraph, and the box belongs on its first line."""
    follows = control.getnext()
    if follows is not None and follows.tag == "p" and not (control.tail or "").strip():
        words = take(follows)
        control.tail = None
        item.remove(control)
        extend(follows, [control, " ", *words])


def frame_tables(body: Element) -> None:
    """Put each table in a box in which it scrolls, also by keyboard, when it is wider than the page."""
    for table in list(body.iter("table")):
        frame = make("div", class_="codex-table")
        frame.set("tabindex", "0")
        replace(table, frame)
        frame.append(table)


def set_footnotes(body: Element) -> None:
    """Give footnotes the classes that Material knows."""
    for section in body.iter("section"):
        if "footnotes" in classes(section):
            section.set("class", "footnote")
    for reference in list(body.iter("sup")):
        if "footnote-ref" in classes(reference):
            del reference.attrib["class"]
            for link in reference.iter("a"):
                link.set("class", "footnote-ref")


def name_blocks(body: Element, source: Source) -> tuple[str, ...]:
    """Give blocks that end in ` ^name` that id instead; take tree and source, give the names in order.

    A mark that stands alone names the block before it, which is how lists and tables are named.
    """
    names: dict[str, None] = {}
    if "^" not in source.text:
        return ()
    for block in list(body.iter(*_ADDRESSED)):
        text = last_text(block)
        found = _BLOCK_MARK.search(text) if "^" in text else None
        if not found or found[1] in names:
            continue
        set_last_text(block, text[: found.start()])
        names[found[1]] = None
        before = block.getprevious()
        if before is not None and block.tag == "p" and not len(block) and not (block.text or "").strip():
            remove(block)
            _give_id(before, f"{PREFIX}block-{found[1]}")
        else:
            _give_id(block, f"{PREFIX}block-{found[1]}")
    return tuple(names)


def _give_id(block: Element, identity: str) -> None:
    """A block with an id already keeps it, and gets an empty anchor for the second."""
    if block.get("id") is None:
        block.set("id", identity)
        return
    words = take(block)
    extend(block, [make("span", id=identity), *words])

"""Wiki links that the engine does not see: embeds, and links inside raw HTML blocks."""

from __future__ import annotations

import re
from typing import NamedTuple

from codex_publisher.markdown.source import Source
from codex_publisher.markdown.tree import BLOCKS, FORM, POS, Element, Item, fold, make, rewrite_text
from codex_publisher.model.document import LinkForm

_WIKI = re.compile(r"(!?)\[\[([^\[\]]{1,1000})\]\]")
_IMAGE = re.compile(r"\.(?:apng|avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp)\Z", re.IGNORECASE)
_SIZE = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?\Z")
_NEAR = 50
"""How many elements are looked at for one with a place. Without a limit, each of ten thousand links
would look at all the elements before it."""
_SKIP = frozenset({"a", "code", "pre", "textarea", "kbd", "samp"})


def link_wiki_text(body: Element, source: Source) -> None:
    """Take a tree and its source and make links of `![[…]]` in text and `[[…]]` in raw HTML blocks."""
    # What else is written `[[…]]` is a link already, and most notes have nothing but that.
    if "![[" in source.text or "<" in source.text:
        rewrite_text(body, _WIKI, _SKIP, _WikiText(source).rewrite)


def address_parts(written: str) -> tuple[str, str]:
    """Take a wiki link's address; give target and fragment, white space folded."""
    target, _, fragment = written.partition("#")
    return fold(target), fold(fragment)


def shown_label(target: str, fragment: str) -> str:
    """Take the parts of a wiki link's address and give what a reader sees when it has no text."""
    if not fragment or fragment.startswith("^"):
        return target or fragment.lstrip("^")
    return f"{target} › {fragment}" if target else fragment


class _WikiText:
    """Makes links of text, remembering how far it has read: texts come in the order of the source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reached = 0

    def rewrite(self, text: str, element: Element) -> list[Item]:
        """The text with its links made; `[[x]]` in Markdown is still text only if it was escaped."""
        where = _where(element)
        content: list[Item] = []
        at = 0
        for found in _WIKI.finditer(text):
            place = self._locate(found[0], where) if found[1] or where.is_raw else None
            if place is not None:
                self._reached = place + 2
                content += [text[at : found.start()], _link(found, place)]
                at = found.end()
        return [*content, text[at:]]

    def _locate(self, written: str, where: _Where) -> int | None:
        """Where a link is written; nothing if it is not, which means that it was escaped."""
        place = where.block.get(POS) if where.block is not None else None
        start, end = self._source.start(place) or 0, self._source.end(place)
        if not where.is_raw:
            return self._find(written, start, end)
        # The block before may have the same link; but raw HTML may also be a torn-off part of it.
        behind = self._find(written, end, None) if where.is_behind and end is not None else None
        return self._find(written, start, None) if behind is None else behind

    def _find(self, written: str, start: int, end: int | None) -> int | None:
        if end is None or start <= self._reached <= end:
            start = max(start, self._reached)
        for spelling in (written, written.replace("|", "\\|")):
            place = self._source.find(spelling, start, end)
            if place is not None and not self._source.text.startswith("\\", max(place - 1, 0)):
                return place
        return None


class _Where(NamedTuple):
    """What is known of the place of a text."""

    block: Element | None
    """The nearest block around that has a place, or, in raw HTML, a near one before or around it."""
    is_raw: bool
    is_behind: bool = False
    """Whether the text stands behind that block, and not in it."""


def _where(element: Element) -> _Where:
    around: Element | None = element
    while around is not None and around.tag not in BLOCKS:
        around = around.getparent()
    if around is not None and around.get(POS):
        return _Where(around, is_raw=False)
    # What stood before the text is in the element already; the rest is put in behind it.
    last = next(element.iterchildren(reversed=True), None)
    if last is not None and last.get(POS):
        return _Where(last, is_raw=True, is_behind=True)
    is_behind = False
    for _ in range(_NEAR):
        if around is None or around.get(POS):
            break
        before = around.getprevious()
        is_behind = before is not None
        around = before if before is not None else around.getparent()
    return _Where(around, is_raw=True, is_behind=is_behind)


def _link(found: re.Match[str], place: int) -> Element:
    address, bar, label = found[2].partition("|")
    target, fragment = address_parts(address)
    shown = fold(label) or shown_label(target, fragment)
    form = LinkForm.EMBED if found[1] else LinkForm.WIKI
    marks = {FORM: form.value, "data-at": str(place), "data-target": target, "data-fragment": fragment}
    if found[1] and _IMAGE.search(target):
        size = _SIZE.match(fold(label))
        alt = target.rpartition("/")[2] if size or not bar else shown
        image = make("img", **marks, alt=alt)
        if size:
            image.set("width", size[1])
            if size[2]:
                image.set("height", size[2])
        return image
    link = make("a", shown, **marks)
    return make("span", link, class_="codex-embed") if found[1] else link

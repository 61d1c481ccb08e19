"""The body as a tree of elements, and the few moves that every transform is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import TypeAlias, cast

from lxml import etree
from lxml.etree import _Element

from codex_publisher.markdown.guards import MAX_DEPTH, UnrenderableError
from codex_publisher.markdown.source import clean

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol"})
_BLOCK_NAMES = (
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer "
    "header hgroup hr li main nav p pre section summary table tbody td tfoot th thead tr"
)
BLOCKS = HEADINGS | LISTS | frozenset(_BLOCK_NAMES.split())
"""Elements that end a line of text: their words never belong to the sentence around them."""

POS = "data-sourcepos"
FORM = "data-codex-form"
"""Marks an `<a>` that a transform made, with its `LinkForm`. No note can write it: see `scrub`."""
CLAIM = "data-codex-claim"
"""Marks an element that shows a candidate claim, and holds the proposition's text."""

Element: TypeAlias = _Element
Item: TypeAlias = str | Element
"""One piece of what is in an element: text, or an element without its tail."""

_OWN = (POS, FORM, CLAIM, "data-at", "data-target", "data-fragment", "data-wikilink")

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_UNSEEN = frozenset({"footnote-ref", "footnote-backref", "headerlink"})
_TOLD_OTHERWISE = frozenset({"img", "br"})
"""Elements whose text is not what is in them."""
_DISSOLVED = "dissolved"
_TOO_DEEP = "/".join("*" * (MAX_DEPTH + 1))
_IS_TOO_DEEP = etree.XPath(f"boolean({_TOO_DEEP})")
_UP_TO = etree.XPath(f"(self::*|ancestor::*|preceding::*)[@{POS}][last()]/@{POS}")


def seeker(path: str) -> Callable[[Element], list[Element]]:
    """What gives the elements of an XPath, in order: for a few of many, far faster than looking at each."""
    return cast(Callable[[Element], list[Element]], etree.XPath(path))


_NAMED = seeker("descendant-or-self::*[@id]")


def parse(html: str) -> Element:
    """Take the engine's HTML and give its `<body>`; raise `UnrenderableError` if it is nested too deep."""
    html = clean(html)
    if "&#" in html:
        # The parser takes `&#1;` at its word, and the tree then refuses that character when it moves.
        html = _REFERENCE.sub(_spell_reference, html)
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        body = etree.fromstring(f"<html><body>{html}</body></html>", parser).find("body")
    except etree.XMLSyntaxError as error:
        # There is no HTML that this parser refuses. It gives up without a word where memory is lacking.
        if not parser.error_log:
            raise MemoryError from error
        raise
    if body is None:
        return etree.Element("body")
    if _IS_TOO_DEEP(body):
        deep = seeker(f"({_TOO_DEEP})[1]")(body)[0]
        raise UnrenderableError(
            f"elements are nested more than {MAX_DEPTH} deep", sourcepos=nearest_position(deep)
        )
    return body


def nearest_position(element: Element) -> str | None:
    """Where an element was written, as the engine says it; for a typed one, the last place that is known."""
    known = cast(list[str], _UP_TO(element))
    return str(known[0]) if known else None


def serialise(body: Element) -> str:
    """Take a `<body>` and give its HTML, with the `<body>` tags around it."""
    return etree.tostring(body, method="html", encoding="unicode", with_tail=False)


def drop_marks(body: Element) -> None:
    """Take the transforms' own attributes out of a finished tree, so that nobody has to read them again."""
    etree.strip_attributes(body, *_OWN)


def make(tag: str, *content: Item, **attributes: str) -> Element:
    """Take a tag, content and attributes (`class_` for `class`); give a new element."""
    element = etree.Element(tag)
    for name, value in attributes.items():
        element.set(name.rstrip("_"), value)
    extend(element, content)
    return element


def extend(element: Element, content: Iterable[Item]) -> None:
    """Put text and elements at the end of an element, in order; tails come as text of their own."""
    # `len(element)` counts the children each time, so the last one is remembered instead.
    last = next(element.iterchildren(reversed=True), None)
    for item in content:
        if not isinstance(item, str):
            item.tail = None
            element.append(item)
            last = item
        elif last is not None:
            last.tail = (last.tail or "") + item
        else:
            element.text = (element.text or "") + item


def take(element: Element) -> list[Item]:
    """Empty an element of its text and children and give them in order, each without its tail."""
    content: list[Item] = [element.text] if element.text else []
    element.text = None
    for child in list(element):
        tail, child.tail = child.tail, None
        element.remove(child)
        content.append(child)
        if tail:
            content.append(tail)
    return content


def take_inline(element: Element) -> list[Item]:
    """Like `take`, but only up to the first block inside the element, which stays with what follows."""
    content = inline_items(element)
    element.text = None
    for item in content:
        if not isinstance(item, str):
            element.remove(item)
            item.tail = None
    return content


def inline_items(element: Element) -> list[Item]:
    """Give an element's text and children up to its first block, leaving them where they are."""
    content: list[Item] = [element.text] if element.text else []
    for child in takewhile(lambda each: each.tag not in BLOCKS, element):
        content.append(child)
        if child.tail:
            content.append(child.tail)
    return content


def ids_in(body: Element) -> list[str]:
    """Give every id of a body, in order. Few elements have one, so the tree itself looks for them."""
    return [identity for element in _NAMED(body) if (identity := str(element.get("id")))]


def words_of(item: Element) -> Element:
    """Give the element that holds a list item's first words: its paragraph in a loose list, else itself."""
    loose = len(item) and item[0].tag == "p" and not (item.text or "").strip()
    return item[0] if loose else item


def prepend(element: Element, content: Iterable[Item]) -> None:
    """Put text and elements at the start of an element, before what is in it."""
    extend(element, [*content, *take(element)])


def replace(element: Element, *content: Item) -> None:
    """Put text and elements in an element's place, before whatever text follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, element.tail = element.tail or "", None
    for item in (*content, tail):
        if not isinstance(item, str):
            element.addprevious(item)
            continue
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + item
        else:
            parent.text = (parent.text or "") + item
    parent.remove(element)


def inherit(element: Element, blocks: list[Element]) -> None:
    """Give the place of an element to the blocks that are made of it, and its id to the last."""
    for block in blocks:
        if element.get(POS):
            block.set(POS, str(element.get(POS)))
    if element.get("id") and blocks:
        blocks[-1].set("id", str(element.get("id")))


def dissolve(element: Element, text: str | None = None) -> None:
    """Mark an element to be taken away, leaving what is in it, or a text in place of that.

    `drop_dissolved` then does so for all at once: joining the words of ten thousand elements one by
    one copies the paragraph ten thousand times.
    """
    if text is not None:
        take(element)
        element.text = text
    element.tag = _DISSOLVED


def drop_dissolved(body: Element) -> None:
    """Take away every element that `dissolve` marked."""
    etree.strip_tags(body, _DISSOLVED)


def remove(element: Element) -> None:
    """Take an element away with all that is in it, but not the text that follows it."""
    replace(element)


def classes(element: Element) -> frozenset[str]:
    """Give the class names of an element."""
    return frozenset((element.get("class") or "").split())


def last_text(block: Element) -> str:
    """Give the last of a block's own text, before any block inside it."""
    last = _last_inline(block)
    return (block.text if last is None else last.tail) or ""


def set_last_text(block: Element, text: str) -> None:
    """Put text where `last_text` found it."""
    last = _last_inline(block)
    if last is None:
        block.text = text
    else:
        last.tail = text


def walk_text(element: Element) -> Iterator[str]:
    """Give the text a reader sees in an element, in pieces: no footnote numbers, an image's `alt`."""
    if element.tag == "img":
        yield element.get("alt") or ""
    elif element.tag == "br":
        yield " "
    if element.text:
        yield element.text
    for child in element:
        if not (child.get("class") and classes(child) & _UNSEEN):
            yield from walk_text(child)
        if child.tail:
            yield child.tail


def text_of(element: Element) -> str:
    """Give the text a reader sees in an element, white space folded."""
    if not len(element) and element.tag not in _TOLD_OTHERWISE:
        return fold(element.text or "")
    return fold("".join(walk_text(element)))


def items_text(content: Iterable[Item]) -> str:
    """Give the text a reader sees in a run of text and elements, white space folded."""
    return fold("".join(item if isinstance(item, str) else "".join(walk_text(item)) for item in content))


def fold(text: str) -> str:
    """Give text with each run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def rewrite_text(
    root: Element,
    wanted: re.Pattern[str],
    skip: frozenset[str],
    rewrite: Callable[[str, Element], list[Item]],
) -> None:
    """Let `rewrite` replace each piece of text that has what is `wanted`, given its element as well.

    Text inside elements of the `skip` tags is left alone. `rewrite` gives `[text]` for no change.
    """
    for element in list(root.iter(etree.Element)):
        texts = (element.text, *(child.tail for child in element))
        if any(text and wanted.search(text) for text in texts):
            if element.tag in skip or any(above.tag in skip for above in element.iterancestors()):
                continue
            # All content is taken out and put back, since putting each piece in its place would
            # count the pieces before it each time.
            for item in take(element):
                extend(element, rewrite(item, element) if isinstance(item, str) else [item])


def _last_inline(block: Element) -> Element | None:
    return next(reversed(list(takewhile(lambda child: child.tag not in BLOCKS, block))), None)


def _spell_reference(found: re.Match[str]) -> str:
    digits = (found[1] or found[2])[-8:]
    number = int(digits, 16 if found[1] else 10)
    safe = number < 0x110000 and clean(chr(number)) == chr(number)
    return found[0] if safe else "\ufffd"

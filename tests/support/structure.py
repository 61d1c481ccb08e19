"""HTML as what a reader gets of it: its elements, their attributes and its text, in order.

Two pieces of HTML are compared by it. It is made of html5lib's tree, which is a browser's, so that neither
the order of attributes nor the spelling of entities counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib

from codex_publisher.markdown.vocabulary import ATTRIBUTES, FORBIDDEN, KNOWN, LITERAL, PREFIX, TAGS
from codex_publisher.model.document import Document, Link

Piece = tuple[str, ...]
"""Of a shape: a tag with its attributes, the end of one, or a text."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?-->)|<(/?)([a-zA-Z][^\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|<\?|<!\[|<![^>]*>", re.DOTALL
)
_CLOSED = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in FORBIDDEN}
_ENGINE_CLASS = re.compile(r"language-[\w+#.-]{1,40}\Z")
_NOT_FOLLOWED = re.compile(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ENDS_WITH_ITS_PARAGRAPH = ("a", "b", "em", "i", "strong")
_PLACEHOLDER = re.compile(r"codex:(\d+)\Z")
_LINE_ENDS = re.compile(r"[\t\n\r]+")


def shape(html: str) -> list[Piece]:
    """The shape of HTML as it stands."""
    return _shape(_tree(html))


def shape_of(document: Document) -> list[Piece]:
    """The shape of a note's page without what the publisher adds: frames, colours, permalinks, ids."""
    tree = _tree(document.html)
    _without_additions(tree, document.links)
    return _shape(tree)


def shape_by_policy(html: str) -> list[Piece]:
    """The shape of HTML once it has lost what no note may have, by the rules that `docs/` tells.

    It says the rules a second time, by other means than the sanitiser: raw HTML that is not HTML is shown as
    it was typed, what is forbidden goes, attributes are cut down, and only addresses of the web are links.
    Where there is a heading of the first level, all are lowered by one, since a page has one, its title.
    """
    tree = _tree(_permitted(html))
    for parent in list(tree.iter()):
        for element in list(parent):
            _restrict(parent, element)
    if any(element.tag == "h1" for element in tree.iter()):
        for element in tree.iter():
            if element.tag in HEADINGS:
                element.tag = HEADINGS[min(HEADINGS.index(element.tag) + 1, 5)]
    return _shape(tree)


def _tree(html: str) -> Element:
    tree: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return tree


def _permitted(html: str) -> str:
    """HTML in which tags that no note may have are text, or gone with what is in them."""
    pieces: list[str] = []
    opened: list[str] = []
    at = 0
    while found := _MARKUP.search(html, at):
        pieces.append(html[at : found.start()])
        at = found.end()
        name = (found[2] or "").lower()
        closed = _CLOSED[name].search(html, at) if name in FORBIDDEN and not found[1] else None
        if closed:
            at = closed.end()
        elif found[0].startswith("<!") and not found[0].startswith("<!["):
            continue
        elif name in KNOWN - LITERAL - FORBIDDEN:
            if name in _ENDS_WITH_ITS_PARAGRAPH and not found[0].endswith("/>"):
                opened[:] = [each for each in opened if each != name] if found[1] else [*opened, name]
            elif name == "p" and found[1]:
                pieces += [f"</{each}>" for each in reversed(opened)]
                opened.clear()
            pieces.append(found[0])
            if name in _ENDS_WITH_ITS_PARAGRAPH and found[0].endswith("/>"):
                pieces.append(f"</{name}>")
        else:
            pieces.append(escape(found[0], quote=False))
    return "".join([*pieces, html[at:]])


def _restrict(parent: Element, element: Element) -> None:
    """Take from an element what no note may have, and the element itself if it may not be one."""
    if element.tag not in TAGS:
        _dissolve(parent, element)
        return
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())
    for name, value in list(element.attrib.items()):
        if name not in allowed or (name == "class" and not _ENGINE_CLASS.match(value)):
            del element.attrib[name]
        elif name == "id":
            element.set("id", PREFIX + value)
    address = element.get("href")
    if element.tag == "a" and address is not None:
        if _NOT_FOLLOWED.match(address):
            _dissolve(parent, element)
        elif not "".join(element.itertext()).strip() and not len(element):
            element.text = _LINE_ENDS.sub("", address)


def _without_additions(tree: Element, links: Sequence[Link]) -> None:
    for parent, element, names in _classed(tree):
        if names & {"headerlink", "task-list-indicator"}:
            element.text = None
            _dissolve(parent, element)
    for parent, element, names in _classed(tree):
        if names & {"task-list-control", "codex-table", "codex-embed"}:
            _dissolve(parent, element)
        elif "highlight" in names:
            _restore_code(element)
            _dissolve(parent, element)
    for element in tree.iter():
        for name in ("href", "src"):
            if found := _PLACEHOLDER.match(element.get(name) or ""):
                link = links[int(found[1])]
                element.set(name, f"{link.target}#{link.fragment}" if link.fragment else link.target)
        element.attrib.pop("loading", None)
        if (element.get("class") or "").startswith("task-list"):
            del element.attrib["class"]


def _classed(tree: Element) -> list[tuple[Element, Element, set[str]]]:
    """Every element that has a class, with the element around it, the innermost first."""
    found = [(parent, element) for parent in tree.iter() for element in parent if element.get("class")]
    return [(parent, element, set(str(element.get("class")).split())) for parent, element in reversed(found)]


def _restore_code(frame: Element) -> None:
    """Code without its colours, and with its language where the specification has it."""
    block = frame[0]
    block.remove(block[0])  # Pygments' empty span
    for parent in list(block.iter()):
        for span in reversed(
            [each for each in parent if each.tag == "span" and set(each.attrib) == {"class"}]
        ):
            _dissolve(parent, span)
    for name in str(frame.get("class")).split():
        if name.startswith("language-"):
            block[0].set("class", name)


def _dissolve(parent: Element, element: Element) -> None:
    """Put what is in an element in its place."""
    place = list(parent).index(element)
    children = list(element)
    parent.remove(element)
    _add_text(parent, place, element.text)
    for offset, child in enumerate(children):
        parent.insert(place + offset, child)
    _add_text(parent, place + len(children), element.tail)


def _add_text(parent: Element, place: int, text: str | None) -> None:
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")


def _shape(tree: Element) -> list[Piece]:
    pieces: list[Piece] = []
    for piece in _pieces(tree, in_code=False):
        if piece[0] == "text" and pieces and pieces[-1][0] == "text":
            pieces[-1] = ("text", pieces[-1][1] + piece[1])
        else:
            pieces.append(piece)
    return list(_trimmed(pieces))


def _pieces(element: Element, in_code: bool) -> Iterator[Piece]:
    if element.text:
        yield "text", element.text if in_code else _SPACE.sub(" ", element.text)
    for child in element:
        if isinstance(child.tag, str):
            # Whether the words of a `<pre>` are in a `<code>` of their own is nothing to a reader.
            is_frame = child.tag == "code" and element.tag == "pre"
            is_code = in_code or child.tag == "pre"
            attributes = sorted(f"{name}={_value(name, value)}" for name, value in child.attrib.items())
            if not is_frame or attributes:
                yield "tag", child.tag, *(each for each in attributes if not _is_heading_id(child, each))
            yield from _pieces(child, is_code)
            if not is_frame or attributes:
                yield "end", child.tag
        if child.tail:
            yield "text", child.tail if in_code else _SPACE.sub(" ", child.tail)


def _trimmed(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces without white space at the edges of blocks, where no browser shows it."""
    depth = 0
    for place, piece in enumerate(pieces):
        depth += {"tag": 1, "end": -1}.get(piece[0], 0) if piece[1] == "pre" else 0
        if piece[0] != "text":
            yield piece
            continue
        text = piece[1]
        if depth:
            text = text.removeprefix("\n")
        else:
            text = text.lstrip(" ") if place == 0 or _is_block(pieces[place - 1]) else text
            text = text.rstrip(" ") if place + 1 == len(pieces) or _is_block(pieces[place + 1]) else text
        if text:
            yield "text", text


def _is_block(piece: Piece) -> bool:
    return piece[0] != "text" and (piece[1] not in _INLINE or piece[1] == "br")


def _is_heading_id(element: Element, attribute: str) -> bool:
    return element.tag in HEADINGS and attribute.startswith("id=")


def _value(name: str, value: str) -> str:
    return unquote(_LINE_ENDS.sub("", value)) if name in ("href", "src") else value

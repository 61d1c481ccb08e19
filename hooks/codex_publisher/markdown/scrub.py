"""What a note wrote as raw HTML, cut down to what it may contain, before anything of ours is added.

After this, every class, id and `data-` attribute in the tree is the engine's or ours, so later
steps may rely on them. The sanitiser looks at all of it again at the very end.
"""

from __future__ import annotations

import re

from lxml import etree

from codex_publisher.markdown.tree import POS, Element, seeker
from codex_publisher.markdown.vocabulary import ATTRIBUTES, FORBIDDEN, PREFIX, TAGS

_ENGINE_CLASS = re.compile(
    r"(?:markdown-alert(?:-\w+)?|footnotes|footnote-(?:ref|backref)|language-[\w+#.-]{1,40})\Z"
)
_ENGINE_ATTRIBUTES = frozenset({POS, "data-wikilink"})
_ATTRIBUTED = seeker(f"descendant::*[count(@*) > count(@{POS})]")
"""Elements with more than their place in the source, which is all that most have."""
_ID = re.compile(r"\S+\Z")


def scrub(body: Element) -> None:
    """Take a tree fresh from the parser and leave only tags, attributes and classes that are known."""
    unknown = {str(element.tag) for element in body.iterdescendants(etree.Element)} - TAGS
    etree.strip_elements(body, *(unknown & FORBIDDEN), with_tail=False)
    etree.strip_tags(body, *(unknown - FORBIDDEN))
    body.attrib.clear()
    seen: set[str] = set()
    for element in _ATTRIBUTED(body):
        _scrub_attributes(element, seen)


def _scrub_attributes(element: Element, seen: set[str]) -> None:
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(str(element.tag), frozenset()) | _ENGINE_ATTRIBUTES
    written = {str(name): str(value) for name, value in element.attrib.items()}
    identity = written.get("id") or (written.get("name") if element.tag == "a" else None)
    kept = {name: value for name, value in written.items() if name in allowed and name != "id"}
    if len(kept) < len(written):
        # All go and some come back, since `{}x` is the name of an attribute that cannot go by its name.
        element.attrib.clear()
        for name, value in kept.items():
            element.set(name, value)
    if "class" in kept:
        _scrub_classes(element, kept["class"])
    if identity and _ID.match(identity) and identity not in seen:
        seen.add(identity)
        element.set("id", f"{PREFIX}{identity}")


def _scrub_classes(element: Element, written: str) -> None:
    names = [name for name in written.split() if _ENGINE_CLASS.match(name)]
    if names:
        element.set("class", " ".join(names))
    else:
        del element.attrib["class"]

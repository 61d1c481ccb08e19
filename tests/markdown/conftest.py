"""An independent reading of HTML: html5lib parses as browsers do, and shares no code with the engine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib
import pytest


@dataclass(frozen=True)
class Tag:
    """One element as a browser would have it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""


ReadHtml = Callable[[str], list[Tag]]
CountWords = Callable[[str], Counter[str]]


def _elements(html: str) -> Element:
    root: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return root


def _tags(root: Element) -> Iterator[Tag]:
    for element in root.iter():
        if element is not root:
            yield Tag(str(element.tag), dict(element.attrib), "".join(element.itertext()))


@pytest.fixture(scope="session")
def read_html() -> ReadHtml:
    """Gives a function from HTML to its elements, in order."""
    return lambda html: list(_tags(_elements(html)))


@pytest.fixture(scope="session")
def count_words() -> CountWords:
    """Gives a function from HTML to the words in it, in small letters, single digits left out."""

    def count(html: str) -> Counter[str]:
        root = _elements(html)
        for element in list(root.iter()):
            if not isinstance(element.tag, str):  # a comment
                element.text = ""
        text = " ".join(root.itertext()).casefold()
        return Counter(word for word in re.findall(r"\w+", text) if not re.fullmatch(r"\d", word))

    return count

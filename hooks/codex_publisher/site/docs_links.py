"""`[[Wiki links]]` in the hand-written pages under `docs/`, resolved like those in notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from codex_publisher.model.codex import Codex
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.model.wiki_links import WikiLink, parse_wiki_link
from codex_publisher.site.urls import source_link
from markdown import Markdown

PATTERN: Final = r"!?\[\[([^\[\]\n]{1,1000})\]\]"
_ESCAPED: Final = re.compile("\x02(\\d+)\x03")
"""How Python-Markdown has set aside what stood after a backslash, such as the `\\|` of a table."""
BEFORE_LINKS: Final = 165
"""Above Python-Markdown's own links (160) and below its code spans (190)."""


class WikiLinks(Extension):
    """A Python-Markdown extension. It asks for the codex and the page's source when it needs them."""

    def __init__(self, codex: Callable[[], Codex], page: Callable[[], str]) -> None:
        super().__init__()
        self._codex = codex
        self._page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Register with Python-Markdown."""
        md.inlinePatterns.register(_Processor(md, self._codex, self._page), "codex-wiki-links", BEFORE_LINKS)


class _Processor(InlineProcessor):
    def __init__(self, md: Markdown, codex: Callable[[], Codex], page: Callable[[], str]) -> None:
        super().__init__(PATTERN, md)
        self._codex = codex
        self._page = page

    def handleMatch(  # type: ignore[override]  # noqa: N802  # Python-Markdown's base class has fewer arguments
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """The link, and where in the text it ends; see InlineProcessor in Python-Markdown's documentation."""
        inner = _ESCAPED.sub(lambda escaped: chr(int(escaped[1])), self.unescape(m.group(1)))
        return self._element(parse_wiki_link(inner)), m.start(0), m.end(0)

    def _element(self, link: WikiLink) -> Element:
        codex = self._codex()
        note = codex.find(link.target, NotePath(""))
        # MkDocs ends the build at an `a` that has no address.
        element = Element("a" if note else "span")
        element.text = link.text
        if note is None:
            element.set("class", "codex-wanted")
            element.set("title", "Not written yet")
            return element
        headings = codex.documents[note.path].headings
        fragment = next(
            (one.id for one in headings if link.fragment and fold(one.text) == fold(link.fragment)), ""
        )
        # Written as a link between sources, which MkDocs itself makes into one between pages.
        element.set("href", source_link(self._page(), codex.permalinks[note.path], fragment))
        return element

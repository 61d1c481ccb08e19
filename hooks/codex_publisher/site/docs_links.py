"""`[[Wiki links]]` in the hand-written pages under `docs/`, resolved like those in notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from codex_publisher.model.codex import Codex
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.model.wiki_links import WikiLink, parse_wiki_link
from codex_publisher.site.urls import href
from markdown import Markdown

PATTERN: Final = r"\[\[([^\[\]\n]{1,1000})\]\]"
BEFORE_LINKS: Final = 165
"""Above Python-Markdown's own links (160) and below its code spans (190)."""


class WikiLinks(Extension):
    """A Python-Markdown extension. It asks for the codex and the page's address when it needs them."""

    def __init__(self, codex: Callable[[], Codex], page: Callable[[], str]) -> None:
        super().__init__()
        self._codex = codex
        self._page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Register with Python-Markdown."""
        md.inlinePatterns.register(_Processor(self._codex, self._page), "codex-wiki-links", BEFORE_LINKS)


class _Processor(InlineProcessor):
    def __init__(self, codex: Callable[[], Codex], page: Callable[[], str]) -> None:
        super().__init__(PATTERN)
        self._codex = codex
        self._page = page

    def handleMatch(self, m, data):  # type: ignore[no-untyped-def,override]  # noqa: N802
        return self._element(parse_wiki_link(m.group(1))), m.start(0), m.end(0)

    def _element(self, link: WikiLink) -> Element:
        element = Element("a")
        element.text = link.text
        codex = self._codex()
        note = codex.find(link.target, NotePath(""))
        if note is None:
            element.set("class", "codex-wanted")
            element.set("title", "Not written yet")
            return element
        headings = codex.documents[note.path].headings
        fragment = next(
            (one.id for one in headings if link.fragment and fold(one.text) == fold(link.fragment)), ""
        )
        element.set("href", href(self._page(), codex.permalinks[note.path], fragment))
        return element

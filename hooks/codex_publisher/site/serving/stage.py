"""What MkDocs makes pages with, kept after a build to make single ones anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from mkdocs.commands.build import get_context
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.nav import Link
from mkdocs.structure.pages import Page

from codex_publisher.site.page_writer import PageWriter
from codex_publisher.site.pages import CodexPage, title_of
from codex_publisher.site.plan import Plan
from codex_publisher.site.views import View

_DRAFT: Final = (
    '<div class="mkdocs-draft-marker" title="This page will not be included into the built site.">DRAFT</div>'
)


class Stage:
    """The settings, navigation, files and templates of a build. Used by one thread at a time."""

    def __init__(self, writer: PageWriter) -> None:
        """Keep what a build wrote its pages with."""
        self._writer = writer
        self.config = writer.config

    def turn(self) -> None:
        """Know that other pages may be there than before."""
        self._writer.files.keep_only(self._writer.nav.pages)

    def page_of(self, view: View) -> bytes:
        """The page that shows a view."""
        return self._writer.bytes_of(view)

    def hand_written(self, source: str) -> tuple[str, bytes] | None:
        """A page that comes from a file of `docs_dir`: where it is on the site, and the page.

        MkDocs makes such pages in functions of its own that are not public, so what they do with one page is
        done here, by what is public and with the same events.
        """
        file = self._writer.files.get_file_from_path(source)
        # A file that was refused, such as a symbolic link, has no page of its own.
        if file is None or file.page is None or isinstance(file.page, CodexPage):
            return None
        self._read(file.page)
        if file.inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT):
            file.page.content = _DRAFT + (file.page.content or "")
        return file.dest_uri, self._written(file.page)

    def _read(self, page: Page) -> None:
        config, files, events = self.config, self._writer.files, self.config.plugins
        page = events.on_pre_page(page, config=config, files=files) or page
        page.read_source(config)
        page.markdown = events.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = events.on_page_content(page.content or "", page=page, config=config, files=files)

    def _written(self, page: Page) -> bytes:
        config, nav, events = self.config, self._writer.nav, self.config.plugins
        pages = self._writer.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        page.active = True
        try:
            context = get_context(nav, pages, config, page)
            template = self._writer.environment.get_template(page.meta.get("template", "main.html"))
            context = events.on_page_context(context, page=page, config=config, nav=nav)
            output = events.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False
        return (output or "").encode("utf-8", errors="xmlcharrefreplace")

    def files(self) -> Iterator[str]:
        """The files of the site that MkDocs has written and that come from no note, by their places on it."""
        yield from (file.dest_uri for file in self._writer.files)
        yield from self.config.theme.static_templates
        yield from self.config.extra_templates

    def has_navigation_of(self, plan: Plan) -> bool:
        """Whether the navigation, which stands on every page, is that of these pages too."""
        nav = self._writer.nav
        for page in nav.pages:
            if isinstance(page, CodexPage):
                planned = plan.find(page.permalink)
                if planned is None or page.title != title_of(page.permalink, planned.title):
                    return False
        sources = (link.url.removesuffix(".md") for link in _links(nav.items) if link.url.endswith(".md"))
        return not any(plan.find("" if stem == "index" else f"{stem}/") for stem in sources)


def _links(items: Iterable[Any]) -> Iterator[Link]:
    """What the navigation names and what was no page."""
    for item in items:
        if isinstance(item, Link):
            yield item
        yield from _links(item.children or ())

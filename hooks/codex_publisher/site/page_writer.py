"""Finished pages from views: what stands round them is MkDocs' and Material's, as for any page."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from codex_publisher.site.planned_files import PlannedFiles
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import View


@dataclass(frozen=True, slots=True)
class PageWriter:
    """Makes pages by what MkDocs has prepared in a build."""

    config: MkDocsConfig
    environment: Environment
    nav: Navigation
    files: PlannedFiles
    renderer: Renderer

    def bytes_of(self, view: View) -> bytes:
        """The file of a view's page. Plugins of MkDocs are asked as they are for every page."""
        page = self.files.page_at(view.permalink, view.title)
        events = self.config.plugins
        page.put_on(view, self.config, self.renderer)
        page.active = True
        try:
            context = get_context(self.nav, self.files, self.config, page)
            context = events.on_page_context(context, page=page, config=self.config, nav=self.nav)
            html = self.environment.get_template("main.html").render(context)
            html = events.on_post_page(html, page=page, config=self.config)
        finally:
            page.active = False
            page.take_off()
        # As MkDocs itself writes pages.
        return (html or "").encode("utf-8", errors="xmlcharrefreplace")

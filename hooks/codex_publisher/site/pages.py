"""MkDocs pages that are made from views instead of Markdown files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from codex_publisher.site.alternates import links_to_alternates
from codex_publisher.site.metadata import head_of, site_of
from codex_publisher.site.shells import squeeze
from codex_publisher.site.urls import source_of
from codex_publisher.site.views import NoteView, View

if TYPE_CHECKING:
    from codex_publisher.site.render import Renderer

HOME_TITLE: Final = "Home"
MAX_DESCRIPTION: Final = 300
MIN_TOC: Final = 2
MAX_TOC: Final = 100


class CodexPage(Page):
    """A page whose content comes from a view.

    Nothing of a note's front matter gets into `meta`: Material prints what it finds there unescaped.
    The title is escaped here for the same reason.
    """

    def __init__(self, permalink: str, title: str, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(title if permalink else HOME_TITLE), file, config)
        self.markdown = ""
        self.meta = {"hide": ["navigation"]}
        self.edit_url = None
        self.present_anchor_ids = None
        self.take_off()

    def put_on(self, view: View, config: MkDocsConfig, renderer: Renderer) -> None:
        """Be a view's page until `take_off`: make its HTML, and what stands round it."""
        self.content = renderer.render(view)
        self.aside = renderer.render_aside(view)
        self.toc = _table_of_contents(view)
        # Notes keep the column of contents even when empty, so that their text never jumps sideways.
        hidden = ["navigation"] if isinstance(view, NoteView) else ["navigation", "toc"]
        self.meta = {"hide": hidden, "codex": type(view).__name__.removesuffix("View").lower()}
        site = site_of(config.site_name, config.site_url)
        self.codex_head = head_of(view, _description(view), site) + links_to_alternates(view)

    def take_off(self) -> None:
        """Hold nothing more of a view. A site has many pages, of which the navigation knows a few."""
        self.content = ""
        self.aside = ""
        self.toc = TableOfContents([])
        self.codex_head = ""
        """What its `<head>` tells machines, as HTML."""

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown file to read."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """There is no Markdown to render."""


def _description(view: View) -> str:
    text: str = getattr(view, "standfirst", "") or getattr(view, "summary", "") or view.title
    return text[:MAX_DESCRIPTION]


def _table_of_contents(view: View) -> TableOfContents:
    if not isinstance(view, NoteView):
        return TableOfContents([])
    items: list[AnchorLink] = []
    for heading in view.headings[:MAX_TOC]:
        if not heading.text.strip():
            continue
        link = AnchorLink(str(escape(heading.text)), str(escape(heading.id)), heading.level)
        if heading.level <= 2 or not items:
            items.append(link)
        elif heading.level == 3:
            items[-1].children.append(link)
    items.extend(AnchorLink(str(escape(group.title)), group.id, 2) for group in view.relations)
    if view.related:
        items.append(AnchorLink("Related, not linked", "related", 2))
    return TableOfContents(items if len(items) >= MIN_TOC else [])


def make_page(permalink: str, title: str, config: MkDocsConfig) -> CodexPage:
    """The page at an address, with a file of MkDocs that is outside the navigation unless that names it."""
    file = File.generated(config, source_of(permalink), content="", inclusion=InclusionLevel.NOT_IN_NAV)
    # MkDocs takes README and index at the end of a path for the folder's own page.
    file.dest_uri = f"{permalink}index.html"
    page = CodexPage(permalink, title, file, config)
    file.page = page
    return page


def without_indentation(html: str, page: Page) -> str:
    """A finished hand-written page without the indentation of Material's templates.

    The page's own content, where white space may matter, is left as it is. Pages in shells have none.
    """
    if isinstance(page, CodexPage):
        return html
    before, content, after = html.partition(page.content or "\0")
    return squeeze(before) + content + squeeze(after)


def site_path(file: File) -> str:
    """A file's address as the planner writes it: without percent-encoding, empty for the home page."""
    url = unquote(file.url)
    return "" if url in (".", "./") else url

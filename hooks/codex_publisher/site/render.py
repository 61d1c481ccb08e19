"""From a view to the HTML of a page's middle, by templates that escape every value."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from codex_publisher.site.search.records import SearchRecord
from codex_publisher.site.urls import href
from codex_publisher.site.views import (
    BrowseView,
    DuplicatesView,
    ExploreView,
    FacetView,
    GraphView,
    HealthView,
    HomeView,
    IndexView,
    NewsView,
    NoteView,
    ProblemsView,
    QueueView,
    Row,
    View,
    WantedView,
)

THEME: Final = Path(__file__).resolve().parent.parent / "theme"
TEMPLATES: Final = {
    NoteView: "note.html",
    IndexView: "index.html",
    FacetView: "facet.html",
    BrowseView: "browse.html",
    QueueView: "queue.html",
    WantedView: "wanted.html",
    ProblemsView: "problems.html",
    DuplicatesView: "duplicates.html",
    ExploreView: "explore.html",
    HomeView: "home.html",
    NewsView: "new.html",
    GraphView: "graph.html",
    HealthView: "health.html",
}


ROWS_KEPT: Final = 1 << 14


def code_spans(text: str) -> Markup:
    """A message for people, escaped, with what stands between backticks as code."""
    parts = [escape(part) for part in text.split("`")]
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)
    )


class Renderer:
    """Renders views. Its environment escapes everything but what the Markdown room made safe."""

    def __init__(self) -> None:
        """Load the theme's templates."""
        self._environment = Environment(
            loader=FileSystemLoader(THEME / "codex"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )

        self._environment.filters["code_spans"] = code_spans
        # Imported once here, since each template that imports it would have it made anew for each page.
        self._parts = self._environment.get_template("parts.html").module
        self._charts = self._environment.get_template("charts.html").module
        # A note's row stands on a dozen pages, and differs only by how deep they lie.
        self._row = lru_cache(maxsize=ROWS_KEPT)(self._write_row)

    def _write_row(self, row: Row, depth: int) -> Markup:
        return Markup(self._parts.row(row, partial(href, "/" * depth)))  # type: ignore[attr-defined]  # noqa: S704

    def render(self, view: View) -> str:
        """The HTML of a view."""
        template = self._environment.get_template(TEMPLATES[type(view)])
        depth = view.permalink.count("/")
        context: dict[str, object] = {
            "view": view,
            "parts": self._parts,
            "charts": self._charts,
            "url": partial(href, view.permalink),
            "row": lambda row: self._row(row, depth),
        }
        if isinstance(view, NoteView):
            context["body"] = Markup(view.body)  # noqa: S704  # sanitised by the Markdown room, last of all
        if isinstance(view, IndexView):
            context["map_body"] = Markup(view.map_body)  # noqa: S704  # likewise
        return template.render(context)

    def search_record(self, record: SearchRecord, language: str) -> str:
        """A page that only the search engine reads."""
        template = self._environment.get_template("search_record.html")
        body = Markup(record.body)  # noqa: S704  # sanitised by the Markdown room, last of all
        return template.render(record=record, body=body, language=language)

    def render_aside(self, view: View) -> str:
        """The HTML of what stands beside the page's text; empty when nothing does."""
        if not isinstance(view, NoteView) or view.graph is None:
            return ""
        template = self._environment.get_template("local_graph.html")
        return template.render(view=view, graph=view.graph, url=partial(href, view.permalink))

"""The other forms of a page, as its head names them for programs."""

from __future__ import annotations

from typing import Final, NamedTuple

from markupsafe import Markup

from codex_publisher.site.urls import href
from codex_publisher.site.views import NoteView, View

LINK: Final = Markup('<link rel="alternate " type="{}" href="{}">')
"""Without the space, which HTML passes over, Material's script takes the file for a translation of the page
and asks for a sitemap beside it."""


class Alternate(NamedTuple):
    """A file that says the same as a page, or tells what is new on it."""

    type: str
    to: str
    """As it stands in `href`, seen from the page."""


def alternates_of(view: View) -> tuple[Alternate, ...]:
    """The Markdown and the data of a note, or the feeds of a list."""
    if isinstance(view, NoteView):
        return Alternate("text/markdown", "index.md"), Alternate("application/json", "index.json")
    feed: str = getattr(view, "feed", "")
    if not feed:
        return ()
    return (
        Alternate("application/atom+xml", href(view.permalink, f"{feed}.xml")),
        Alternate("application/feed+json", href(view.permalink, f"{feed}.json")),
    )


def links_to_alternates(view: View) -> str:
    """The HTML of a page's `<head>` that names its other forms."""
    return "".join(f"\n{LINK.format(*one)}" for one in alternates_of(view))

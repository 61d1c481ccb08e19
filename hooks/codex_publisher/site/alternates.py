"""The other forms of a page, as its head names them for programs."""

from __future__ import annotations

from typing import NamedTuple

from codex_publisher.site.urls import href
from codex_publisher.site.views import NoteView, View


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

"""Everything that a page shows, as plain data. A page is a function of its view and the theme alone."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from codex_publisher.site.views.charts import Bar, Columns, Share
from codex_publisher.site.views.health import GainRow, HealthView, ScoreRow
from codex_publisher.site.views.pages import (
    BrowseView,
    DuplicatesView,
    ExploreView,
    FacetView,
    GraphView,
    HomeView,
    IndexView,
    NewsView,
    NoteView,
    ProblemsView,
    QueueView,
    WantedView,
)
from codex_publisher.site.views.parts import (
    Chip,
    Cited,
    CitedGroup,
    ExploreFacet,
    Fact,
    Figure,
    GraphGroup,
    GraphNode,
    HealthPart,
    Linked,
    LinkTo,
    LocalGraph,
    Neighbours,
    NewsDay,
    NewsEntry,
    NoteAbout,
    Pagination,
    Provenance,
    RelatedNote,
    Row,
    RowGroup,
    ValueRow,
)
from codex_publisher.site.views.upkeep import (
    ProblemGroup,
    ProblemLine,
    RuleRow,
    Twin,
    TwinGroup,
    Twins,
    WantedRow,
)

__all__ = [
    "Bar",
    "BrowseView",
    "Chip",
    "Cited",
    "CitedGroup",
    "Columns",
    "DuplicatesView",
    "ExploreFacet",
    "ExploreView",
    "FacetView",
    "Fact",
    "Figure",
    "GainRow",
    "GraphGroup",
    "GraphNode",
    "GraphView",
    "HealthPart",
    "HealthView",
    "HomeView",
    "IndexView",
    "LinkTo",
    "Linked",
    "LocalGraph",
    "Neighbours",
    "NewsDay",
    "NewsEntry",
    "NewsView",
    "NoteAbout",
    "NoteView",
    "Pagination",
    "ProblemGroup",
    "ProblemLine",
    "ProblemsView",
    "Provenance",
    "QueueView",
    "RelatedNote",
    "Row",
    "RowGroup",
    "RuleRow",
    "ScoreRow",
    "Share",
    "Twin",
    "TwinGroup",
    "Twins",
    "ValueRow",
    "View",
    "WantedRow",
    "WantedView",
    "digest",
]

View = (
    NoteView
    | IndexView
    | FacetView
    | BrowseView
    | QueueView
    | WantedView
    | ProblemsView
    | DuplicatesView
    | ExploreView
    | HomeView
    | NewsView
    | GraphView
    | HealthView
)


_PLAIN: Final = msgspec.msgpack.Encoder(order="deterministic")


def digest(view: View) -> str:
    """A fingerprint of everything that the view shows: the same view always has the same one.

    Together with a digest of all that pages share it says whether a page is still the same.
    """
    try:
        plain = _PLAIN.encode(view)
    except UnicodeEncodeError:
        # Half a character, in the name of a file.
        plain = repr(view).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(type(view).__name__.encode() + b"\0" + plain, digest_size=16).hexdigest()

"""Everything that a page shows, as plain data. A page is a function of its view and the theme alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from codex_publisher.site.views.pages import (
    BrowseView,
    FacetView,
    GraphView,
    HomeView,
    IndexView,
    NoteView,
    ProblemsView,
    QueueView,
    WantedView,
)
from codex_publisher.site.views.parts import (
    Chip,
    Cited,
    CitedGroup,
    Fact,
    Figure,
    GraphGroup,
    GraphNode,
    HealthPart,
    Linked,
    LinkTo,
    LocalGraph,
    Neighbours,
    Pagination,
    ProblemGroup,
    ProblemLine,
    Provenance,
    Row,
    RowGroup,
    RuleRow,
    ValueRow,
    WantedRow,
)

__all__ = [
    "BrowseView",
    "Chip",
    "Cited",
    "CitedGroup",
    "FacetView",
    "Fact",
    "Figure",
    "GraphGroup",
    "GraphNode",
    "GraphView",
    "HealthPart",
    "HomeView",
    "IndexView",
    "LinkTo",
    "Linked",
    "LocalGraph",
    "Neighbours",
    "NoteView",
    "Pagination",
    "ProblemGroup",
    "ProblemLine",
    "ProblemsView",
    "Provenance",
    "QueueView",
    "Row",
    "RowGroup",
    "RuleRow",
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
    | HomeView
    | GraphView
)


def digest(view: View) -> str:
    """A fingerprint of everything that the view shows: the same view always has the same one.

    Together with the theme's it is what a cache of pages may be keyed by.
    """
    plain = json.dumps(asdict(view), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(
        f"{type(view).__name__}\0{plain}".encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()

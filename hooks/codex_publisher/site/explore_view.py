"""The Explore page as a view."""

from __future__ import annotations

from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import CONFIDENCE, DOMAIN, KIND, PRIORITY, STATUS, Facet, FacetValue
from codex_publisher.site.index_views import BROWSE
from codex_publisher.site.listing import count_of, value_label
from codex_publisher.site.search.records import SEARCH_FACETS, filter_label
from codex_publisher.site.views import ExploreFacet, ExploreView

EXPLORE: Final = "explore/"
OPEN: Final = (KIND, DOMAIN, STATUS, PRIORITY, CONFIDENCE)
"""Facets with few values, shown at once; the others open when asked."""
FEW: Final = 8
"""Values of a facet shown at first, as in theme/assets/javascripts/explore.js."""


def explore_view(codex: Codex) -> ExploreView:
    """Every facet by which the search finds notes."""
    return ExploreView(
        EXPLORE,
        "Explore",
        (BROWSE,),
        f"{count_of(len(codex.notes), 'note')}.",
        tuple(_facet(codex, facet) for facet in SEARCH_FACETS if codex.values(facet)),
        "" if codex.notes else "There are no notes yet. Put the first into inbox/queue/.",
    )


def _facet(codex: Codex, facet: Facet) -> ExploreFacet:
    values = list(codex.values(facet).values())
    shown = len(values) if len(values) <= FEW + 2 else FEW
    return ExploreFacet(
        facet.name,
        facet.name.capitalize(),
        f"{facet.root}/",
        tuple(_label(value) for spelling in facet.order if (value := codex.value(facet, spelling))),
        facet in OPEN,
        tuple((_label(value), len(value.notes)) for value in values[:shown]),
        len(values),
    )


def _label(value: FacetValue) -> str:
    return filter_label(value_label(value))

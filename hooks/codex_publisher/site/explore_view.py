"""The Explore page as a view."""

from __future__ import annotations

from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import CONFIDENCE, DOMAIN, KIND, PRIORITY, STATUS
from codex_publisher.site.index_views import BROWSE
from codex_publisher.site.listing import count_of, value_label
from codex_publisher.site.search.records import SEARCH_FACETS, filter_label
from codex_publisher.site.views import ExploreFacet, ExploreView

OPEN: Final = (KIND, DOMAIN, STATUS, PRIORITY, CONFIDENCE)
"""Facets with few values, shown at once; the others open when asked."""


def explore_view(codex: Codex) -> ExploreView:
    """Every facet by which the search finds notes."""
    return ExploreView(
        "explore/",
        "Explore",
        (BROWSE,),
        f"{count_of(len(codex.notes), 'note')}.",
        tuple(
            ExploreFacet(
                facet.name,
                facet.name.capitalize(),
                f"{facet.root}/",
                tuple(
                    filter_label(value_label(value))
                    for spelling in facet.order
                    if (value := codex.value(facet, spelling))
                ),
                facet in OPEN,
            )
            for facet in SEARCH_FACETS
            if codex.values(facet)
        ),
        "" if codex.notes else "There are no notes yet. Put the first into inbox/queue/.",
    )

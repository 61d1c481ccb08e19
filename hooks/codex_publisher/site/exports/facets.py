"""The values of all facets: what the slugs in other files mean, and where their pages and feeds are."""

from __future__ import annotations

from codex_publisher.model.facets import FACETS, TAG, Facet
from codex_publisher.site.exports.published import Published, Record
from codex_publisher.site.feed_addresses import feed_of


def facets(published: Published) -> Record:
    """The content of `api/facets.json`."""
    return {
        **published.head(),
        "facets": [
            {
                "name": facet.name,
                "plural": facet.plural,
                "url": published.address.known(f"{facet.root}/"),
                "values": _values(published, facet),
            }
            for facet in FACETS
        ],
    }


def tags(published: Published) -> Record:
    """The content of `api/tags.json`: that one facet alone, since it is the most asked for."""
    return {**published.head(), "tags": _values(published, TAG)}


def _values(published: Published, facet: Facet) -> list[Record]:
    return [
        {
            "slug": value.slug,
            "label": value.label,
            "count": len(value.notes),
            "url": published.address.known(value.permalink),
            "feed": published.address.known(f"{feed}.json") if (feed := feed_of(value)) else "",
        }
        for value in published.codex.values(facet).values()
    ]

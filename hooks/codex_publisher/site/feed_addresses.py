"""Which pages have feeds: two files beside the page, `feed.xml` (Atom) and `feed.json` (JSON Feed)."""

from __future__ import annotations

from typing import Final

from codex_publisher.model.facets import DOMAIN, KIND, TAG, FacetValue
from codex_publisher.model.kinds import CLAIM

EVERYTHING: Final = "feed"
"""The address of the feed of all notes, without a suffix, like those of all feeds."""
QUEUE: Final = "queue/feed"
CLAIMS: Final = f"{CLAIM.plural}/feed"


def feed_of(value: FacetValue) -> str:
    """The address of the feeds of a facet's value; empty when it has none."""
    has_one = value.facet in (DOMAIN, TAG) or (value.facet is KIND and value.slug == CLAIM.name)
    return f"{value.permalink}feed" if has_one else ""

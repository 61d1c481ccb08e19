"""The pictures of index pages: a value's notes over time, and how sure the notes of each domain are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import CONFIDENCE, DOMAIN, STATUS, TAG, FacetValue
from codex_publisher.site.charts import columns_of, stack_of
from codex_publisher.site.listing import shorten, value_label
from codex_publisher.site.views import Bar, Columns

MIN_NOTES: Final = 4
"""Fewer can be read off their rows."""
SHOWN_DOMAINS: Final = 12


def notes_over_time(codex: Codex, value: FacetValue, today: date) -> Columns | None:
    """When the notes of a domain, a tag or a status are from, if there are several."""
    if value.facet not in (DOMAIN, TAG, STATUS):
        return None
    dates = [found for path in value.notes if (found := codex.notes[path].date)]
    return columns_of(dates, today) if len(dates) >= MIN_NOTES else None


def confidence_by_domain(codex: Codex) -> Iterable[Bar]:
    """How many notes of each of the largest domains have each confidence."""
    names = {str(slug): shorten(value_label(value), 40) for slug, value in codex.values(CONFIDENCE).items()}
    for domain in list(codex.values(DOMAIN).values())[:SHOWN_DOMAINS]:
        counts = Counter(
            str(level.slug)
            for path in domain.notes
            if (level := codex.value(CONFIDENCE, codex.notes[path].confidence))
        )
        ordered = {slug: counts[slug] for slug in names if counts[slug]}
        if ordered:
            yield stack_of(shorten(domain.label, 60), domain.permalink, ordered, names)

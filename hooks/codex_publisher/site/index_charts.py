"""The pictures of index pages: a value's notes over time, and how sure the notes of each domain are."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import CONFIDENCE, DOMAIN, STATUS, TAG, FacetValue
from codex_publisher.model.slugs import Slug
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


def confidence_by_domain(codex: Codex) -> tuple[Bar, ...]:
    """How many notes of each domain, the first that they name, have each confidence; the largest domains."""
    names = {str(slug): shorten(value_label(value), 40) for slug, value in codex.values(CONFIDENCE).items()}
    counts: dict[Slug, Counter[str]] = defaultdict(Counter)
    for note in codex.notes.values():
        level, domain = codex.value(CONFIDENCE, note.confidence), codex.value(DOMAIN, note.domain)
        if level and domain:
            counts[domain.slug][str(level.slug)] += 1
    largest = sorted(counts, key=lambda slug: (-counts[slug].total(), slug))[:SHOWN_DOMAINS]
    return tuple(
        stack_of(
            shorten(domain.label, 60),
            domain.permalink,
            {slug: counts[domain.slug][slug] for slug in names if counts[domain.slug][slug]},
            names,
        )
        for domain in (codex.values(DOMAIN)[slug] for slug in largest)
    )

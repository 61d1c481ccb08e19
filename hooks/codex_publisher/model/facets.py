"""The facets by which notes are indexed. One type serves them all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

from codex_publisher.model.slugs import NotePath, Slug

if TYPE_CHECKING:
    from codex_publisher.model.note import Note

STATUSES: Final = ("unprocessed", "processing", "processed", "null-result")
"""A source's way through the codex, in order."""
PRIORITIES: Final = ("high", "medium", "low")
CONFIDENCES: Final = ("proven", "likely", "experimental", "speculative")


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to sort notes: what it is called, where its pages are, and how a note's values are read."""

    name: str
    plural: str
    root: str
    """The first part of its pages' addresses."""
    values_of: Callable[[Note], tuple[str, ...]]
    order: tuple[str, ...] = ()
    """Values in their natural order; others follow, the commonest first."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with the notes that have it."""

    facet: Facet
    slug: Slug
    """Its address; values that differ only in what slugs leave out, as C and C++ do, have different ones."""
    label: str
    """The commonest spelling."""
    notes: tuple[NotePath, ...]
    """Newest first."""
    permalink: str
    colour: int = 0
    """Which of the theme's muted colours stands for it, from 1; 0 for facets without colours."""


_SEPARATORS: Final = re.compile(r"[\s_-]+")


@lru_cache(maxsize=1 << 16)
def value_key(spelling: str) -> str:
    """What two spellings of a facet's value share: case, spaces, hyphens and underscores do not matter."""
    return _SEPARATORS.sub("-", unicodedata.normalize("NFKC", spelling).casefold()).strip("-")


_AUTHORS: Final = re.compile(r"\s*(?:;|,(?![^(]*\))|&(?![^(]*\))|\band\b(?![^(]*\)))\s*")
_ET_AL: Final = re.compile(r",?\s+et al\.?(?=\s|$)", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\s*\([^()]*\)$")
_NOT_A_NAME: Final = re.compile(
    r"^(?:(?:(?:over )?\d+(?= )|and|et al\.?|others|other authors|various|jr\.?|sr\.?|inc\.?|phd|md)\s*)*$",
    re.IGNORECASE,
)


def split_authors(text: str) -> tuple[str, ...]:
    """The people or organisations of an `author` field: `A, B and C (@c)` names A, B and C.

    A handle or an affiliation in brackets is left out, so that a person is one author in the index.
    """
    parts = (_ET_AL.sub("", part.strip()) for part in _AUTHORS.split(text))
    names = (_ASIDE.sub("", part) or part for part in parts)
    return tuple(dict.fromkeys(name for name in names if not _NOT_A_NAME.match(name)))


COLOURS: Final = 12


def colours(sizes: Mapping[Slug, int]) -> Mapping[Slug, int]:
    """A colour for each slug, given how many notes it has, so that the largest never share one.

    In order of size each gets its own by preference, else the next free one. When all are taken,
    they are given out once more.
    """
    chosen: dict[Slug, int] = {}
    free: set[int] = set()
    for slug in sorted(sizes, key=lambda slug: (-sizes[slug], slug)):
        free = free or set(range(COLOURS))
        preferred = crc32(slug.encode()) % COLOURS
        number = min(free, key=lambda number: (number - preferred) % COLOURS)
        free.remove(number)
        chosen[slug] = number + 1
    return chosen


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


TAG: Final = Facet("tag", "tags", "tags", lambda note: note.tags)
DOMAIN: Final = Facet("domain", "domains", "domains", lambda note: note.domains)
PRIORITY: Final = Facet("priority", "priorities", "priority", lambda note: _one(note.priority), PRIORITIES)
STATUS: Final = Facet("status", "statuses", "status", lambda note: _one(note.status), STATUSES)
CONFIDENCE: Final = Facet(
    "confidence", "confidence levels", "confidence", lambda note: _one(note.confidence), CONFIDENCES
)
KIND: Final = Facet("kind", "kinds", "kinds", lambda note: (note.kind.name,))
FORMAT: Final = Facet("format", "formats", "formats", lambda note: _one(note.format))
AUTHOR: Final = Facet("author", "authors", "authors", lambda note: note.authors)
AGENT: Final = Facet("agent", "agents", "agents", lambda note: note.agents)
YEAR: Final = Facet("year", "years", "years", lambda note: (str(note.date.year),) if note.date else ())

FACETS: Final = (DOMAIN, TAG, STATUS, PRIORITY, CONFIDENCE, KIND, FORMAT, AUTHOR, AGENT, YEAR)
"""All facets, in the order in which they are listed."""

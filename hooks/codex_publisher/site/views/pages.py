"""One view for each sort of page."""

from __future__ import annotations

from dataclasses import dataclass

from codex_publisher.model.document import Heading
from codex_publisher.site.views.parts import (
    Chip,
    CitedGroup,
    Fact,
    Figure,
    HealthPart,
    LinkTo,
    Neighbours,
    Pagination,
    ProblemGroup,
    ProblemLine,
    Provenance,
    RowGroup,
    RuleRow,
    ValueRow,
    WantedRow,
)


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note's page."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    chips: tuple[Chip, ...]
    tags: tuple[Chip, ...]
    standfirst: str
    facts: tuple[Fact, ...]
    body: str
    """Safe HTML with its links filled in."""
    headings: tuple[Heading, ...]
    relations: tuple[CitedGroup, ...]
    neighbours: Neighbours | None
    provenance: Provenance
    problems: tuple[ProblemLine, ...]
    problem_count: int
    """How many there are in all; `problems` holds the worst of them."""
    problems_to: str
    """Where all of them are, when they are too many for this page."""
    notice: str
    """One calm line at the top when something about the note is broken; may be empty."""
    is_empty: bool


@dataclass(frozen=True, slots=True)
class IndexView:
    """A list of notes: a facet's value, orphans, a part of the queue, all that links to a note."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    standfirst: str
    summary: str
    """How many, and in which order."""
    groups: tuple[RowGroup, ...]
    pagination: Pagination
    related: tuple[Fact, ...] = ()
    """Values that occur together with this one."""
    map_title: LinkTo | None = None
    map_body: str = ""
    empty: str = ""
    """What to say, with a next step, when there is nothing."""
    beliefs: tuple[LinkTo, ...] = ()
    """For a tag such as `B1-disconfirmation`: the beliefs it speaks of."""
    feed: str = ""
    """The address of its feeds, without a suffix; empty when it has none."""


@dataclass(frozen=True, slots=True)
class FacetView:
    """All values of a facet."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    standfirst: str
    summary: str
    values: tuple[ValueRow, ...]
    pagination: Pagination
    empty: str


@dataclass(frozen=True, slots=True)
class BrowseView:
    """All facets with their commonest values."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    facets: tuple[tuple[LinkTo, tuple[ValueRow, ...], int], ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    """The board of sources by status and priority."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    summary: str
    columns: tuple[tuple[Chip, int, str, tuple[RowGroup, ...]], ...]
    """Status, how many, where all of them are, and the groups by priority."""
    filters: tuple[Fact, ...]
    explanation: str
    """What waiting and overdue mean."""
    empty: str
    feed: str = ""


@dataclass(frozen=True, slots=True)
class WantedView:
    """What is linked to and not written."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    summary: str
    rows: tuple[WantedRow, ...]
    pagination: Pagination
    empty: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """What is wrong, by rule and by note."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    summary: str
    rules: tuple[RuleRow, ...]
    groups: tuple[ProblemGroup, ...]
    pagination: Pagination
    empty: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page."""

    permalink: str
    title: str
    standfirst: str
    figures: tuple[Figure, ...]
    newest: RowGroup
    waiting: RowGroup
    domains: tuple[ValueRow, ...]
    more_domains: int
    health: tuple[HealthPart, ...]
    health_words: str
    empty: str
    feed: str = ""

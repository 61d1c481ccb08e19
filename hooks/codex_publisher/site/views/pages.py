"""One view for each sort of page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codex_publisher.model.document import Heading
from codex_publisher.site.views.charts import Bar, Columns
from codex_publisher.site.views.parts import (
    Chip,
    CitedGroup,
    ExploreFacet,
    Fact,
    Figure,
    HealthPart,
    Linked,
    LinkTo,
    LocalGraph,
    Neighbours,
    NewsDay,
    NoteAbout,
    Pagination,
    Provenance,
    RelatedNote,
    RowGroup,
    ValueRow,
)
from codex_publisher.site.views.upkeep import (
    ProblemGroup,
    ProblemLine,
    RuleRow,
    TwinGroup,
    WantedRow,
)

NOTHING_MORE: Final = NoteAbout()


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
    about: NoteAbout = NOTHING_MORE
    related: tuple[RelatedNote, ...] = ()
    """Notes like this one that it is not linked with."""
    graph: LocalGraph | None = None
    """The note among its neighbours, for the column beside the text."""


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
    explore: str = ""
    """The query by which Explore shows the same notes; empty when they are few or it cannot."""
    beliefs: tuple[LinkTo, ...] = ()
    """For a tag such as `B1-disconfirmation`: the beliefs it speaks of."""
    over_time: Columns | None = None
    """How many of the notes are of each month."""
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
    absent: LinkTo | None = None
    """Sources of the queue that have no value of this facet."""
    by_domain: tuple[Bar, ...] = ()
    """For confidence: how sure the notes of each domain are."""


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
    flow: Columns | None = None
    """What came in and what was processed, over time."""
    ages: tuple[Bar, ...] = ()
    """How long the waiting have waited."""
    unmarked: LinkTo | None = None
    """Those of the first column that bear no status."""
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
    filters: tuple[Fact, ...] = ()
    """Where some of it is: by severity and by kind of note."""
    rule: RuleRow | None = None
    """The rule that all of them break, on a page of one rule."""


@dataclass(frozen=True, slots=True)
class DuplicatesView:
    """Pairs of notes that may be the same."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    standfirst: str
    summary: str
    groups: tuple[TwinGroup, ...]
    pagination: Pagination
    empty: str


@dataclass(frozen=True, slots=True)
class ExploreView:
    """Where notes are found by words and by facets. What it finds is the search engine's business."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    summary: str
    facets: tuple[ExploreFacet, ...]
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


@dataclass(frozen=True, slots=True)
class NewsView:
    """What happened to the notes, day by day."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    standfirst: str
    summary: str
    notice: str
    """What is not known, and why; may be empty."""
    days: tuple[NewsDay, ...]
    pagination: Pagination
    empty: str
    feed: str = ""


@dataclass(frozen=True, slots=True)
class GraphView:
    """The whole codex as a picture, with the same facts in words."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    summary: str
    """How many notes and links are drawn, and which are not."""
    kinds: tuple[tuple[str, str], ...]
    """The kinds and the relations that the legend can switch, as the data number them."""
    relations: tuple[tuple[str, str], ...]
    domains: tuple[ValueRow, ...]
    linked: tuple[Linked, ...]
    linked_summary: str
    crossings: tuple[tuple[LinkTo, LinkTo, int], ...]
    """Two domains, and how many links cross between them."""
    empty: str

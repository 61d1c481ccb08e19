"""The parts that pages are made of."""

from __future__ import annotations

from dataclasses import dataclass

from codex_publisher.model.document import Citation
from codex_publisher.site.views.charts import Columns


@dataclass(frozen=True, slots=True)
class LinkTo:
    """Words that lead to an address on the site, or outward when `outward` is set."""

    text: str
    to: str = ""
    fragment: str = ""
    outward: str = ""
    """A whole URL outside the site."""
    is_wanted: bool = False
    """Whether it names a note that is not written yet."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A facet's value as it stands on a note or in a row."""

    facet: str
    value: str
    """The slug, for styling by value."""
    text: str
    to: str
    level: int = 0
    """For confidence: 1 to 4 steps; 0 for none."""
    hue: int = 0
    """For domains: which of the muted colours; 0 for none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line of a note's card."""

    label: str
    values: tuple[LinkTo, ...]

    @property
    def is_lines(self) -> bool:
        """Whether the values are so long that each wants a line of its own."""
        return len(self.values) > 1 and any(len(value.text) > 40 for value in self.values)


@dataclass(frozen=True, slots=True)
class Row:
    """A note in a list."""

    title: str
    to: str
    facts: tuple[LinkTo, ...]
    chips: tuple[Chip, ...] = ()
    age: str = ""
    """How long it has waited, such as `12 days`."""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under one heading; the heading may be empty."""

    title: str
    rows: tuple[Row, ...]
    total: int = 0
    """How many there are in all, when not all are shown."""
    more_to: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """Another note that stands in a relation to this one, with the sentence that says so."""

    title: str
    to: str
    kind: str
    citation: Citation | None
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedGroup:
    """The notes in one relation to this one."""

    id: str
    title: str
    items: tuple[Cited, ...]
    total: int
    more_to: str


@dataclass(frozen=True, slots=True)
class RelatedNote:
    """Another note that speaks of the same things and is not linked with this one."""

    title: str
    to: str
    facts: tuple[str, ...]
    why: str
    """What the two have in common, as a sentence."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a note comes from."""

    path: str
    raw_to: str
    changed_on: str = ""
    changed_by: str = ""
    commit: str = ""
    source_url: str = ""
    edit_url: str = ""
    commit_url: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The notes before and after this one in the same index."""

    index: LinkTo
    newer: LinkTo | None
    older: LinkTo | None


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where one is in a list of several pages."""

    number: int
    count: int
    previous: str
    next: str
    pages: tuple[tuple[int, str], ...]
    """Numbers with addresses; a number of 0 stands for a gap."""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value in the list of a facet's values."""

    text: str
    to: str
    count: int
    facet: str
    value: str
    hue: int = 0
    spark: Columns | None = None
    """Its notes over time."""


@dataclass(frozen=True, slots=True)
class ExploreFacet:
    """A facet by which notes can be picked out."""

    name: str
    title: str
    to: str
    order: tuple[str, ...]
    """Labels of its vocabulary in their natural order; other values stand by how common they are."""
    is_open: bool
    values: tuple[tuple[str, int], ...]
    """The first labels with how many notes have each: what the page shows until its script has counted."""
    count: int
    """How many values there are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, on the home page."""

    number: str
    label: str
    to: str


@dataclass(frozen=True, slots=True)
class HealthPart:
    """A share of the notes: sound, with warnings, with errors."""

    label: str
    count: int
    share: float
    """Per cent."""
    severity: str
    start: float = 0.0
    """Per cent of the parts before it."""


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """Something that happened to a note, or to many at once."""

    what: str
    """Such as `added`, or `now proven, was likely`; may be empty."""
    title: str
    to: str
    """Empty when the note is gone; where there are many, the page that lists them."""
    facts: tuple[LinkTo, ...]
    notes: tuple[LinkTo, ...] = ()
    """Some of the notes, where there are many."""
    more: int = 0
    """How many more there are."""


@dataclass(frozen=True, slots=True)
class NewsDay:
    """What happened on a day."""

    title: str
    entries: tuple[NewsEntry, ...]


@dataclass(frozen=True, slots=True)
class NoteAbout:
    """What a note's page tells machines besides what it shows."""

    sort: str = "Article"
    """Its type in the words of schema.org."""
    authors: tuple[str, ...] = ()
    published: str = ""
    """As ISO 8601, to the precision that is known."""
    modified: str = ""
    tags: tuple[str, ...] = ()
    citation: str = ""
    """The outward address of what it speaks of."""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A neighbour in a note's picture."""

    label: str
    whole: str
    """The whole title when the label is shortened."""
    to: str
    hue: int = 0
    wider: str = ""
    """What stands instead of the label's ellipsis where there is more room; empty for a whole label."""


@dataclass(frozen=True, slots=True)
class GraphGroup:
    """The neighbours in one relation to a note."""

    id: str
    """The list on the note's page that holds all of them; empty when there is none."""
    label: str
    line: str
    """How their line is drawn: `firm`, `dispute` or `loose`."""
    nodes: tuple[GraphNode, ...]
    more: int
    """How many are left out."""


@dataclass(frozen=True, slots=True)
class LocalGraph:
    """A note among its neighbours."""

    above: tuple[GraphGroup, ...]
    """What goes into it."""
    below: tuple[GraphGroup, ...]
    """What comes of it."""
    size: str
    """How many neighbours there are, in words."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A note in the list of those with the most links."""

    note: LinkTo
    count: str
    relations: str
    """How many links of each relation it has, in words."""

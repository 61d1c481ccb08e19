"""Every page of the site, in families, with how its view is made when its turn comes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import chain
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import FACETS, KIND, Facet, FacetValue
from codex_publisher.model.health import Past, Unknown
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from codex_publisher.site import (
    index_views,
    news_views,
    problem_views,
    queue_charts,
    queue_filters,
    queue_views,
    stale_views,
    wanted_views,
)
from codex_publisher.site.duplicate_views import DUPLICATES, duplicate_pages
from codex_publisher.site.explore_view import EXPLORE, explore_view
from codex_publisher.site.graph_views import GRAPH, graph_view
from codex_publisher.site.health_view import HEALTH, health_view
from codex_publisher.site.history import History
from codex_publisher.site.home_view import home_view
from codex_publisher.site.listing import headline, row
from codex_publisher.site.note_views import MAX_PROBLEMS, neighbours_of, note_view, problems_address
from codex_publisher.site.queue import Queue
from codex_publisher.site.related import Related
from codex_publisher.site.render import ROWS_KEPT
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import Neighbours, View

_LATER_PART: Final = re.compile(r"page/[0-9]+/\Z")


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page to be written: its address, its name, and its view when asked for."""

    permalink: str
    title: str
    make_view: Callable[[], View]
    note: Note | None = None
    is_late: bool = False
    """Whether its view waits for what another process works out longest."""


@dataclass(frozen=True, slots=True)
class Family:
    """Pages that are made together, such as the parts of a long list."""

    address: str
    """Of its first page. Further parts of the same list are at `page/2/` below it, and so on."""
    pages: Callable[[], Iterable[PlannedPage]]
    is_tree: bool = False
    """Whether its pages may be anywhere below the address."""


class Plan:
    """All pages, each address once. Notes come first, so no generated page can take theirs.

    Nothing is made before it is asked for, so that one page can be had without all others.
    """

    def __init__(
        self,
        codex: Codex,
        settings: Settings,
        history: History,
        related: Related | None = None,
        queue: Queue | None = None,
        hand_written: Set[str] = frozenset(),
        past: Callable[[], Past] | None = None,
    ) -> None:
        """`hand_written` are the addresses of the pages beside them, to which some lead."""
        self.codex = codex
        self.settings = settings
        self.history = history
        self._related = related
        self.queue = queue or Queue(codex, settings, history)
        self._hand_written = hand_written
        self._past = past
        # A note stands in the lists of a dozen values.
        self._row_of = lru_cache(maxsize=ROWS_KEPT)(lambda path: row(codex, codex.notes[path]))
        self._begun: dict[Family, Iterator[PlannedPage]] = {}
        """Families of which the first page was made, since its title was asked for."""

    def __iter__(self) -> Iterator[PlannedPage]:
        """Every page, family by family."""
        return self._pages_of(self._families, set())

    def in_order_of_writing(self) -> Iterator[PlannedPage]:
        """Every page, those first for which nothing is waited for that another process works out."""
        taken: set[str] = set(self.codex.permalinks.values())
        notes = self._pages_of(self._notes(), set())
        return chain(self._pages_of(self._lists, taken), notes, self._pages_of(self._late(), taken))

    def _pages_of(self, families: Iterable[Family], taken: set[str]) -> Iterator[PlannedPage]:
        """The pages of families, each address once and none that is taken."""
        for family in families:
            for page in self._begun.pop(family, None) or family.pages():
                if page.permalink not in taken:
                    taken.add(page.permalink)
                    yield page

    def find(self, address: str) -> PlannedPage | None:
        """The page at an address, for which only those families are made that may have it."""
        pages = (page for family in self._families_at(address) for page in family.pages())
        return next((page for page in pages if page.permalink == address), None)

    def title_at(self, address: str) -> str | None:
        """The title of the page at an address, if there is one. What is made for it is kept for the page."""
        family = next(iter(self._families_at(address)), None)
        if family and family.address == address:
            pages = self._begun.pop(family, None) or iter(family.pages())
            if first := next(pages, None):
                self._begun[family] = chain((first,), pages)
                if first.permalink == address:
                    return first.title
        page = self.find(address)
        return page.title if page else None

    def _families_at(self, address: str) -> Sequence[Family]:
        """The families that may have a page at an address, in their order."""
        found = {*self._numbers.get(address, ()), *self._numbers.get(_LATER_PART.sub("", address), ())}
        above = address
        while above:
            above = f"{above.rstrip('/').rpartition('/')[0]}/".lstrip("/")
            found.update(n for n in self._numbers.get(above, ()) if self._families[n].is_tree)
        return [self._families[number] for number in sorted(found)]

    @cached_property
    def _families(self) -> Sequence[Family]:
        # Last of them those that ask what another process works out.
        return (*self._notes(), *self._lists, *self._late())

    @cached_property
    def _lists(self) -> Sequence[Family]:
        return tuple(self._generated())

    @cached_property
    def _numbers(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, family in enumerate(self._families):
            found[family.address].append(number)
        return found

    @cached_property
    def _neighbours(self) -> Mapping[NotePath, Neighbours]:
        return neighbours_of(self.codex)

    @cached_property
    def _maps(self) -> Mapping[str, Note]:
        return index_views.maps_of_domains(self.codex)

    def _notes(self) -> Iterable[Family]:
        for note in self.codex.notes.values():
            yield Family(self.codex.permalinks[note.path], partial(self._note_page, note))

    def _note_page(self, note: Note) -> Iterable[PlannedPage]:
        address = self.codex.permalinks[note.path]
        yield PlannedPage(address, headline(note.title), partial(self._note_view, note), note)

    def _note_view(self, note: Note) -> View:
        neighbours = self._neighbours.get(note.path)
        return note_view(self.codex, note, self.settings, self.history, neighbours, self._related)

    def _generated(self) -> Iterable[Family]:
        codex, settings, history, queue = self.codex, self.settings, self.history, self.queue
        yield _one("", lambda: home_view(codex, settings, history, queue))
        yield _list(news_views.NEW, lambda: news_views.news_views(codex, settings, history))
        yield _one(index_views.BROWSE.to, lambda: index_views.browse_view(codex))
        yield _one(EXPLORE, lambda: explore_view(codex))
        yield _one(GRAPH.to, lambda: graph_view(codex))
        yield _one(queue_views.QUEUE.to, self._queue_view)
        yield _tree(queue_views.QUEUE.to, lambda: queue_views.queue_part_views(queue, settings))
        yield _list(wanted_views.WANTED, lambda: wanted_views.wanted_views(codex, settings))
        yield _tree(wanted_views.WANTED, lambda: wanted_views.wanted_by_views(codex, settings))
        yield _list(index_views.ORPHANS, lambda: index_views.orphan_views(codex, settings))
        yield _list(stale_views.STALE, lambda: stale_views.stale_views(codex, settings, history, queue))
        has_rules = problem_views.RULES in self._hand_written
        yield _tree(problem_views.PROBLEMS, lambda: problem_views.problem_views(codex, settings, has_rules))
        for note in codex.notes.values():
            if len(codex.problems_of(note)) > MAX_PROBLEMS:
                address = problems_address(codex.permalinks[note.path])
                yield _list(address, partial(problem_views.note_problem_views, codex, note, settings))
        for facet in FACETS:
            yield _list(f"{facet.root}/", partial(self._facet_views, facet))
            for value in codex.values(facet).values():
                yield _list(value.permalink, partial(self._value_views, value))
        for kind in KINDS:
            if kind.name not in codex.facets[KIND.name]:
                empty = partial(index_views.empty_kind_view, kind.plural, kind.name)
                yield _one(f"{kind.plural}/", empty)
        for note in codex.notes.values():
            if len(codex.edges.get(note.path, ())) > settings.backlinks_per_group:
                address = codex.permalinks[note.path]
                yield _tree(address, partial(index_views.backlink_views, codex, note, settings))

    def _queue_view(self) -> View:
        return replace(
            queue_views.queue_view(self.queue, self.settings),
            flow=queue_charts.queue_flow(self.queue, self.history, self.settings.today),
            ages=queue_charts.waiting_ages(self.queue),
        )

    def _facet_views(self, facet: Facet) -> Iterable[View]:
        return index_views.facet_views(self.codex, facet, queue_filters.absent(self.queue, facet))

    def _value_views(self, value: FacetValue) -> Iterable[View]:
        return index_views.value_views(self.codex, value, self.settings, self._maps, self._row_of)

    def _late(self) -> Iterable[Family]:
        health = PlannedPage(HEALTH, "Health", self._health_view, is_late=True)
        yield Family(HEALTH, lambda: (health,))
        yield Family(DUPLICATES, self._duplicate_pages)

    def _health_view(self) -> View:
        return health_view(self.codex, self._past() if self._past else Past(unknown=Unknown.NO_GIT))

    def _duplicate_pages(self) -> Iterable[PlannedPage]:
        for page in duplicate_pages(self.codex, self.settings, self._related):
            yield PlannedPage(page.permalink, page.title, page.make_view)


def plan(
    codex: Codex,
    settings: Settings,
    history: History,
    related: Related | None = None,
    queue: Queue | None = None,
    hand_written: Set[str] = frozenset(),
    past: Callable[[], Past] | None = None,
) -> Plan:
    """All pages of a codex. See `Plan`."""
    return Plan(codex, settings, history, related, queue, hand_written, past)


def _one(address: str, make: Callable[[], View]) -> Family:
    return Family(address, lambda: (_page(make()),))


def _list(address: str, make: Callable[[], Iterable[View]], is_tree: bool = False) -> Family:
    return Family(address, lambda: map(_page, make()), is_tree)


def _tree(address: str, make: Callable[[], Iterable[View]]) -> Family:
    return _list(address, make, is_tree=True)


def _page(view: View) -> PlannedPage:
    return PlannedPage(view.permalink, view.title, partial(_same, view))


def _same(view: View) -> View:
    return view

"""Every page of the site, with how its view is made when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, replace
from functools import partial

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import FACETS, KIND
from codex_publisher.model.health import Past, Unknown
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.note import Note
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
from codex_publisher.site.duplicate_views import duplicate_pages
from codex_publisher.site.explore_view import explore_view
from codex_publisher.site.graph_views import graph_view
from codex_publisher.site.health_view import HEALTH, health_view
from codex_publisher.site.history import History
from codex_publisher.site.home_view import home_view
from codex_publisher.site.listing import headline
from codex_publisher.site.note_views import neighbours_of, note_view
from codex_publisher.site.queue import Queue
from codex_publisher.site.related import Related
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import View


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page to be written: its address, its name, and its view when asked for."""

    permalink: str
    title: str
    make_view: Callable[[], View]
    note: Note | None = None
    is_late: bool = False
    """Whether its view waits for what another process works out longest."""


def plan(
    codex: Codex,
    settings: Settings,
    history: History,
    related: Related | None = None,
    queue: Queue | None = None,
    hand_written: Set[str] = frozenset(),
    past: Callable[[], Past] | None = None,
) -> Iterable[PlannedPage]:
    """All pages, each address once. Notes come first, so no generated page can take theirs.

    `hand_written` are the addresses of the pages beside them, to which some lead.
    """
    queue = queue or Queue(codex, settings, history)
    taken: set[str] = set()
    notes = _note_pages(codex, settings, history, related)
    generated = _generated_pages(codex, settings, history, queue, hand_written)
    # Last of them, since it asks what another process works out.
    duplicates = _duplicate_pages(codex, settings, related)
    health = PlannedPage(HEALTH, "Health", partial(_health_view, codex, past), is_late=True)
    for page in (*notes, *generated, health, *duplicates):
        if page.permalink not in taken:
            taken.add(page.permalink)
            yield page


def _note_pages(
    codex: Codex, settings: Settings, history: History, related: Related | None
) -> Iterable[PlannedPage]:
    neighbours = neighbours_of(codex)
    for note in codex.notes.values():
        make = partial(note_view, codex, note, settings, history, neighbours.get(note.path), related)
        yield PlannedPage(codex.permalinks[note.path], headline(note.title), make, note)


def _duplicate_pages(codex: Codex, settings: Settings, related: Related | None) -> Iterable[PlannedPage]:
    for page in duplicate_pages(codex, settings, related):
        yield PlannedPage(page.permalink, page.title, page.make_view)


def _generated_pages(
    codex: Codex, settings: Settings, history: History, queue: Queue, hand_written: Set[str]
) -> Iterable[PlannedPage]:
    views: list[View] = [
        home_view(codex, settings, history, queue),
        *news_views.news_views(codex, settings, history),
        index_views.browse_view(codex),
        explore_view(codex),
        graph_view(codex),
        replace(
            queue_views.queue_view(queue, settings),
            flow=queue_charts.queue_flow(queue, history, settings.today),
            ages=queue_charts.waiting_ages(queue),
        ),
        *queue_views.queue_part_views(queue, settings),
        *wanted_views.wanted_views(codex, settings),
        *wanted_views.wanted_by_views(codex, settings),
        *index_views.orphan_views(codex, settings),
        *stale_views.stale_views(codex, settings, history, queue),
        *problem_views.problem_views(codex, settings, problem_views.RULES in hand_written),
        *problem_views.note_problem_views(codex, settings),
    ]
    maps = index_views.maps_of_domains(codex)
    for facet in FACETS:
        views.extend(index_views.facet_views(codex, facet, queue_filters.absent(queue, facet)))
        for value in codex.values(facet).values():
            views.extend(index_views.value_views(codex, value, settings, maps))
    views.extend(
        index_views.empty_kind_view(kind.plural, kind.name)
        for kind in KINDS
        if kind.name not in codex.facets[KIND.name]
    )
    for note in codex.notes.values():
        views.extend(index_views.backlink_views(codex, note, settings))
    for view in views:
        yield PlannedPage(view.permalink, view.title, partial(_same, view))


def _health_view(codex: Codex, past: Callable[[], Past] | None) -> View:
    return health_view(codex, past() if past else Past(unknown=Unknown.NO_GIT))


def _same(view: View) -> View:
    return view

"""Index pages: a facet's values, and the notes of each value. One kind of page serves every facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from codex_publisher.model.codex import Codex, newest_first
from codex_publisher.model.facets import (
    AGENT,
    CONFIDENCE,
    DOMAIN,
    FACETS,
    FORMAT,
    KIND,
    PRIORITY,
    STATUS,
    TAG,
    Facet,
    FacetValue,
)
from codex_publisher.model.kinds import CLAIM, KINDS, MAP, MAP_STEM, SOURCE
from codex_publisher.model.note import Note
from codex_publisher.model.related import GROUPS, related_notes
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.site.feed_addresses import CLAIMS, feed_of
from codex_publisher.site.index_charts import confidence_by_domain, notes_over_time
from codex_publisher.site.listing import count_of, link_to, paginate, row, shorten, value_label
from codex_publisher.site.note_views import filled_body
from codex_publisher.site.relation_views import backlinks_address
from codex_publisher.site.search.records import SEARCH_FACETS, filter_label
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import (
    BrowseView,
    FacetView,
    Fact,
    IndexView,
    LinkTo,
    Pagination,
    Row,
    RowGroup,
    ValueRow,
)

MAX_RELATED: Final = 12
MIN_NOTES_FOR_RELATED: Final = 4
"""Below this, the rows themselves say what the notes have in common."""
MIN_NOTES_FOR_EXPLORE: Final = 10
VALUES_PER_PAGE: Final = 300
HOME: Final = LinkTo("Home", "")
BROWSE: Final = LinkTo("Browse", "browse/")
ORPHANS: Final = "orphans/"

STANDFIRSTS: Final = {
    "domain": "The fields of knowledge that the notes belong to.",
    "tag": "Topics, as the writers of the notes named them.",
    "status": "How far each note of any kind has come. Sources wait, are worked on, and are then processed.",
    "priority": "How urgently a source should be read.",
    "confidence": "How sure the writers are of each claim.",
    "kind": "What sort of note each is.",
    "format": "The form in which each source was published.",
    "author": "Who wrote the sources.",
    "agent": "Who looks after the notes: people and AI agents.",
    "year": "When the sources were published and the notes written.",
}
KIND_STANDFIRSTS: Final = {
    "source": "Articles, papers and reports: the material from which claims are drawn.",
    "claim": "Whole propositions that one can agree or disagree with, with the evidence for each.",
    "entity": "The people, organisations and products that the notes speak of.",
    "belief": "What an agent holds to be true, resting on claims.",
    "position": "Commitments that can be judged by what happens.",
    "conviction": "What a person stakes their name on.",
    "musing": "Thoughts on their way to becoming claims.",
    "sector": "Views of a whole field.",
    "map": "Guided tours of a subject.",
    "page": "Everything else.",
}


def facet_title(facet: Facet) -> str:
    """The name of the page with all values of a facet."""
    return facet.plural.capitalize()


def value_title(value: FacetValue) -> str:
    """The name of a value's page."""
    if value.facet is KIND:
        return next((kind.plural.capitalize() for kind in KINDS if kind.name == value.slug), value.label)
    if value.facet is PRIORITY:
        return f"{value_label(value).capitalize()} priority"
    if value.facet in (STATUS, CONFIDENCE):
        return value_label(value).capitalize()
    return value.label


def facet_views(codex: Codex, facet: Facet, absent: LinkTo | None = None) -> Iterable[FacetView]:
    """The pages that list all values of a facet, the commonest first, and where what has none is."""
    values = [_value_row(value) for value in codex.values(facet).values()]
    if facet.name == "year":
        values.sort(key=lambda one: one.text, reverse=True)
    order = (
        "in their order" if facet.order else "newest first" if facet.name == "year" else "the commonest first"
    )
    for pagination, shown in paginate(values, f"{facet.root}/", VALUES_PER_PAGE):
        yield FacetView(
            shown_at(pagination, f"{facet.root}/"),
            facet_title(facet),
            (BROWSE,),
            STANDFIRSTS[facet.name],
            f"{count_of(len(values), facet.name, facet.plural)}, {order}.",
            tuple(shown),
            pagination,
            f"No note has any {facet.plural} yet. Add a line “{facet.name}: …” to a note's front matter."
            if not values
            else "",
            absent=absent,
            by_domain=confidence_by_domain(codex) if facet is CONFIDENCE else (),
        )


def _value_row(value: FacetValue) -> ValueRow:
    return ValueRow(
        shorten(value_title(value), 120),
        value.permalink,
        len(value.notes),
        value.facet.name,
        value.slug,
        value.colour,
    )


def shown_at(pagination: Pagination, first: str) -> str:
    """The address of the page that `pagination` describes."""
    return first if pagination.number == 1 else f"{first}page/{pagination.number}/"


def browse_view(codex: Codex) -> BrowseView:
    """The way into every index."""
    return BrowseView(
        BROWSE.to,
        "Browse",
        (),
        tuple(
            (
                LinkTo(facet_title(facet), f"{facet.root}/"),
                tuple(_value_row(value) for value in list(codex.values(facet).values())[:MAX_RELATED]),
                len(codex.values(facet)),
            )
            for facet in FACETS
        ),
    )


def value_views(
    codex: Codex,
    value: FacetValue,
    settings: Settings,
    maps: Mapping[str, Note],
    row_of: Callable[[NotePath], Row],
) -> Iterable[IndexView]:
    """The pages that list the notes of one value, newest first."""
    is_kind = value.facet is KIND
    own_map = maps.get(value.slug) if value.facet is DOMAIN else None
    related = tuple(_related(codex, value))
    over_time = notes_over_time(codex, value, settings.today)
    for pagination, shown in paginate(value.notes, value.permalink, settings.notes_per_page):
        permalink = shown_at(pagination, value.permalink)
        with_map = own_map if pagination.number == 1 else None
        yield IndexView(
            permalink,
            shorten(value_title(value), 200),
            (BROWSE,) if is_kind else (BROWSE, LinkTo(facet_title(value.facet), f"{value.facet.root}/")),
            KIND_STANDFIRSTS.get(value.slug, "") if is_kind else "",
            f"{count_of(len(value.notes), 'note')}, newest first.",
            (RowGroup("", tuple(map(row_of, shown))),),
            pagination,
            related,
            link_to(codex, with_map) if with_map else None,
            filled_body(codex, with_map, permalink) if with_map else "",
            beliefs=_beliefs(codex, value),
            over_time=over_time if pagination.number == 1 else None,
            explore=_explore_query(value),
            feed=feed_of(value),
        )


def _explore_query(value: FacetValue) -> str:
    if value.facet not in SEARCH_FACETS or len(value.notes) < MIN_NOTES_FOR_EXPLORE:
        return ""
    return urlencode({value.facet.name: filter_label(value_label(value))})


def empty_kind_view(plural: str, singular: str) -> IndexView:
    """The page of a kind that has no notes yet, so that the navigation never leads nowhere."""
    pagination = Pagination(1, 1, "", "", ((1, f"{plural}/"),))
    return IndexView(
        f"{plural}/",
        plural.capitalize(),
        (BROWSE,),
        KIND_STANDFIRSTS[singular],
        "None yet.",
        (),
        pagination,
        empty=f"No {plural} yet. Write the first: a Markdown file with “type: {singular}” at its head.",
        feed=CLAIMS if singular == CLAIM.name else "",
    )


def maps_of_domains(codex: Codex) -> Mapping[str, Note]:
    """Each domain's own map: `_map.md` in a folder of its name, else a map that bears its name.

    Among several, the one with the shortest path wins.
    """
    found: dict[str, Note] = {}
    maps = (note for note in codex.notes.values() if note.kind is MAP)
    ordered = sorted(maps, key=lambda note: (note.stem != MAP_STEM, len(note.path), note.path))
    for note in ordered:
        names = (note.folder.rpartition("/")[2],) if note.stem == MAP_STEM else (note.stem, note.title)
        for name in names:
            found.setdefault(fold(name), note)
    return found


def _related(codex: Codex, value: FacetValue) -> Iterable[Fact]:
    """Values of other facets, and tags, that the same notes have most often."""
    if len(value.notes) < MIN_NOTES_FOR_RELATED:
        return
    notes = [codex.notes[path] for path in value.notes]
    for facet in (KIND, DOMAIN, STATUS, CONFIDENCE, AGENT, FORMAT, TAG):
        if facet is value.facet and facet is not TAG:
            continue
        counts = Counter(
            found.slug
            for note in notes
            for spelling in facet.values_of(note)
            if (found := codex.value(facet, spelling)) and found is not value
        )
        if counts:
            commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_RELATED]
            links = (
                LinkTo(f"{shorten(value_title(other), 40)} ({count:,})", other.permalink)
                for slug, count in commonest
                if (other := codex.values(facet)[slug])
            )
            yield Fact(facet_title(facet), tuple(links))


def _beliefs(codex: Codex, value: FacetValue) -> tuple[LinkTo, ...]:
    if value.facet is not TAG:
        return ()
    found = (codex.links.beliefs.of_tag(value.label, codex.notes[path]) for path in value.notes)
    return tuple(
        LinkTo(f"{one.code} of {one.agent}: {one.title}", codex.permalinks[one.path], one.heading_id)
        for one in dict.fromkeys(one for one in found if one)
    )


def backlink_views(codex: Codex, note: Note, settings: Settings) -> Iterable[IndexView]:
    """Where a note has more related notes than its page shows: all of them, in pages."""
    edges = codex.edges.get(note.path, ())
    if len(edges) <= settings.backlinks_per_group:
        return
    for group_id, title, members in GROUPS:
        found = related_notes(codex, note, edges, members)
        if len(found) <= settings.backlinks_per_group:
            continue
        first = backlinks_address(codex.permalinks[note.path], group_id)
        for pagination, shown in paginate(found, first, settings.notes_per_page):
            yield IndexView(
                shown_at(pagination, first),
                f"{title}: {shorten(note.title, 200)}",
                (LinkTo(note.kind.plural.capitalize(), f"{note.kind.plural}/"), link_to(codex, note)),
                "",
                f"{count_of(len(found), 'note')}, newest first.",
                (RowGroup("", tuple(row(codex, other) for other, _ in shown)),),
                pagination,
            )


# Sources come last: most of them wait to be read, and nobody misses a link to them yet.
_ORPHAN_ORDER: Final = {kind: (kind is SOURCE, number) for number, kind in enumerate(KINDS)}


def orphan_views(codex: Codex, settings: Settings) -> Iterable[IndexView]:
    """Notes that no other note links to."""
    orphans: Sequence[Note] = sorted(
        (codex.notes[path] for path in codex.orphans),
        key=lambda note: (_ORPHAN_ORDER[note.kind], newest_first(note)),
    )
    for pagination, shown in paginate(orphans, ORPHANS, settings.notes_per_page):
        kinds = dict.fromkeys(note.kind for note in shown)
        groups = tuple(
            RowGroup(kind.plural.capitalize(), tuple(row(codex, note) for note in shown if note.kind is kind))
            for kind in kinds
        )
        yield IndexView(
            shown_at(pagination, ORPHANS),
            "Orphans",
            (BROWSE,),
            "Notes that no other note links to. Link to them from what they support, or from a map.",
            f"{count_of(len(orphans), 'note')}, by kind, newest first.",
            groups,
            pagination,
            empty="" if orphans else "Every note is linked to from at least one other.",
        )

"""The codex: every note with its names, links, relations, facets and problems. Immutable once built."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from codex_publisher.model.addresses import facet_permalink, permalinks
from codex_publisher.model.checks import check_codex, wanted_problems
from codex_publisher.model.connected import Connected, Wanted, weight_of
from codex_publisher.model.document import Document, Link, LinkForm
from codex_publisher.model.facets import DOMAIN, FACETS, Facet, FacetValue, colours, value_key
from codex_publisher.model.kinds import NAMELESS_STEMS
from codex_publisher.model.linking import link_notes
from codex_publisher.model.links import Destination, Leads, LinkResolver, WantedBy
from codex_publisher.model.near import NearMatches, touched_words
from codex_publisher.model.note import Note
from codex_publisher.model.policy import Policy
from codex_publisher.model.problems import Problem
from codex_publisher.model.references import Reference
from codex_publisher.model.relations import Edge, Relation, Statement, statement_of
from codex_publisher.model.slugs import ROOT, NotePath, Permalink, Slug, fold, slugify, with_hash
from codex_publisher.model.waiting import Added, unknown

__all__ = ["Codex", "Wanted", "build_codex", "distinct_slugs", "newest_first", "value_key", "value_slug"]


@dataclass(frozen=True, slots=True)
class Codex:
    """Answers every question about the notes. Made by `build_codex`."""

    notes: Mapping[NotePath, Note]
    """In path order."""
    documents: Mapping[NotePath, Document]
    permalinks: Mapping[NotePath, Permalink]
    destinations: Mapping[NotePath, tuple[Destination, ...]]
    """For each note, where its body's links lead, in the order of `Document.links`."""
    reference_destinations: Mapping[NotePath, tuple[Destination, ...]]
    """For each note, where its front matter's links lead, in the order of `Note.references`."""
    edges: Mapping[NotePath, tuple[Edge, ...]]
    """For each note, the edges that it is an end of."""
    facets: Mapping[str, Mapping[Slug, FacetValue]]
    """By facet name, then by slug; values in their natural order, then the commonest first."""
    facets_by_key: Mapping[str, Mapping[str, FacetValue]]
    """The same, by the key that spellings share."""
    wanted: tuple[Wanted, ...]
    """Most wanted first."""
    orphans: tuple[NotePath, ...]
    """Notes that no other note links to, newest first."""
    problems: tuple[Problem, ...]
    """Sorted by path and place."""
    links: LinkResolver
    problems_by_path: Mapping[str, tuple[Problem, ...]]

    def find(self, name: str, origin: NotePath = ROOT) -> Note | None:
        """The note that a link to `name` would lead to, from the note `origin` if that matters."""
        found = self.links.resolver.resolve(name, origin)
        return self.notes[found.path] if found else None

    def values(self, facet: Facet) -> Mapping[Slug, FacetValue]:
        """All values of a facet."""
        return self.facets[facet.name]

    def value(self, facet: Facet, spelling: str) -> FacetValue | None:
        """The value of a facet that a spelling means."""
        return self.facets_by_key[facet.name].get(value_key(spelling))

    def attachments_in_use(self) -> tuple[NotePath, ...]:
        """The attachments that some note shows or offers, in path order."""
        everywhere = (*self.destinations.values(), *self.reference_destinations.values())
        return tuple(
            sorted({to.path for group in everywhere for to in group if to.leads is Leads.ATTACHMENT})
        )

    def problems_of(self, note: Note) -> tuple[Problem, ...]:
        """What is wrong with a note, in the order of its lines."""
        return self.problems_by_path.get(note.path, ())


def distinct_slugs(keys: Iterable[str]) -> Mapping[str, Slug]:
    """A slug for each key, no two the same: the plainest keeps its own, the others get a hash."""
    by_slug: dict[Slug, list[str]] = defaultdict(list)
    for key in keys:
        by_slug[value_slug(key)].append(key)
    found: dict[str, Slug] = {}
    for slug, group in by_slug.items():
        plainest, *others = sorted(group, key=lambda key: (key != slug, key))
        found[plainest] = slug
        found.update((key, with_hash(slug, key)) for key in others)
    return found


def value_slug(spelling: str) -> Slug:
    """The slug that a value has by itself, as those of the vocabularies do."""
    return slugify(fold(spelling) or spelling)


def newest_first(note: Note) -> tuple[int, int, int, str]:
    """A sort key: by date, the newest first, undated last; then by path."""
    if note.date is None:
        return 0, 0, 0, note.path
    return -note.date.year, -(note.date.month or 0), -(note.date.day or 0), note.path


def build_codex(
    notes: Iterable[Note],
    documents: Mapping[NotePath, Document],
    attachments: Iterable[NotePath] = (),
    problems: Iterable[Problem] = (),
    taken_addresses: Iterable[str] = (),
    policy: Policy | None = None,
    added: Added = unknown,
    before: Codex | None = None,
) -> Codex:
    """Connect notes and their rendered bodies. The order of `notes` does not matter.

    `problems` are those found before (such as refused files); `taken_addresses` are addresses that
    no note may get. `policy` says what counts as a problem: without it all that is found is reported, but
    nothing that depends on the day. `added` tells since when a file is there. What follows from the notes'
    names alone is taken from the codex `before` if they are the same there.
    """
    by_path = {note.path: note for note in sorted(notes, key=lambda note: note.path)}
    linked = link_notes(by_path, documents, attachments, before)
    destinations, references, links = linked.destinations, linked.reference_destinations, linked.links
    edges = _edges(by_path, documents, destinations, references)
    newest = sorted(by_path.values(), key=newest_first)
    by_key = {facet.name: _facet_values(facet, newest) for facet in FACETS}
    wanted = _wanted(links.wanted, by_path, before)
    connected = Connected(by_path, documents, destinations, references, edges, added)
    found = [*problems, *links.problems, *wanted_problems(wanted, by_path), *check_codex(connected, policy)]
    if policy:
        found = list(policy.settle(found))
    found.sort(key=lambda problem: (problem.path, problem.line, problem.column, problem.code))
    return Codex(
        notes=by_path,
        documents=documents,
        permalinks=permalinks(by_path.values(), taken_addresses),
        destinations=destinations,
        reference_destinations=references,
        edges=edges,
        facets={name: {value.slug: value for value in values.values()} for name, values in by_key.items()},
        facets_by_key=by_key,
        wanted=wanted,
        orphans=_orphans(by_path.values(), edges),
        problems=tuple(found),
        links=links,
        problems_by_path={
            path: tuple(group) for path, group in groupby(found, key=lambda problem: problem.path)
        },
    )


def _edges(
    notes: Mapping[NotePath, Note],
    documents: Mapping[NotePath, Document],
    destinations: Mapping[NotePath, Sequence[Destination]],
    references: Mapping[NotePath, Sequence[Destination]],
) -> Mapping[NotePath, tuple[Edge, ...]]:
    """Every edge under both of its ends, each said once by each note."""
    edges: dict[tuple[NotePath, Relation, NotePath, NotePath], Edge] = {}

    def state(note: Note, statement: Statement, to: Destination, place: str, by: Reference | Link) -> None:
        if to.leads is not Leads.NOTE or to.path == note.path:
            return
        subject, object_ = (note.path, to.path) if statement.is_subject else (to.path, note.path)
        key = (subject, statement.relation, object_, note.path)
        if key not in edges:
            edges[key] = Edge(
                subject, statement.relation, object_, note.path, place, by.line, by.citation, by.column
            )

    for path, note in notes.items():
        for reference, to in zip(note.references, references[path], strict=True):
            state(note, reference.statement, to, reference.field, reference)
        for link, to in zip(documents[path].links, destinations[path], strict=True):
            if link.form is not LinkForm.IMAGE:
                state(note, statement_of(note, link.section), to, link.section, link)
    return _by_end(list(edges.values()))


def _by_end(edges: Sequence[Edge]) -> Mapping[NotePath, tuple[Edge, ...]]:
    """Edges by end. A mere mention is left out where the same note states something stronger."""
    strong = {
        (edge.stated_in, edge.subject, edge.object)
        for edge in edges
        if edge.relation is not Relation.MENTIONS
    }
    strong |= {(stated_in, object_, subject) for stated_in, subject, object_ in strong}
    by_end: dict[NotePath, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.relation is Relation.MENTIONS and (edge.stated_in, edge.subject, edge.object) in strong:
            continue
        by_end[edge.subject].append(edge)
        by_end[edge.object].append(edge)
    return {path: tuple(group) for path, group in by_end.items()}


def _facet_values(facet: Facet, notes: Iterable[Note]) -> Mapping[str, FacetValue]:
    """A facet's values by their keys, in their natural order; their notes stay in the order given."""
    members: dict[str, list[Note]] = defaultdict(list)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        for key, spelling in {value_key(value): value for value in facet.values_of(note)}.items():
            members[key].append(note)
            spellings[key][spelling] += 1
    slugs = distinct_slugs(members)
    rank = {value: index for index, value in enumerate(facet.order)}
    colour = colours({slugs[key]: len(members[key]) for key in members}) if facet is DOMAIN else {}
    order = sorted(members, key=lambda key: (rank.get(slugs[key], len(rank)), -len(members[key]), slugs[key]))
    return {
        key: FacetValue(
            facet,
            slugs[key],
            min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0],
            tuple(note.path for note in members[key]),
            facet_permalink(facet, slugs[key]),
            colour.get(slugs[key], 0),
        )
        for key in order
    }


MAX_NEAR: Final = 3


def _wanted(
    places: Iterable[WantedBy], notes: Mapping[NotePath, Note], before: Codex | None
) -> tuple[Wanted, ...]:
    by_key: dict[str, list[WantedBy]] = defaultdict(list)
    for place in places:
        by_key[value_key(_bare_name(place.target))].append(place)
    slugs = distinct_slugs(by_key)
    near = _near(notes, before)
    wanted = []
    for key, group in by_key.items():
        spellings = Counter(_bare_name(place.target) for place in group)
        title = min(spellings.items(), key=lambda item: (-item[1], item[0]))[0]
        ordered = tuple(sorted(group, key=lambda place: (place.path, place.line)))
        weight = weight_of(notes[path] for path in dict.fromkeys(place.path for place in ordered))
        wanted.append(Wanted(title, slugs[key], ordered, near(title), weight))
    return tuple(sorted(wanted, key=lambda one: (-one.weight, one.slug)))


def _near(notes: Mapping[NotePath, Note], before: Codex | None) -> Callable[[str], tuple[NotePath, ...]]:
    """What finds the notes with names like one that is wanted."""
    known = _still_near(notes, before) if before else {}
    matches: NearMatches | None = None

    def find(title: str) -> tuple[NotePath, ...]:
        nonlocal matches
        if title not in known:
            matches = matches or NearMatches(notes.values())
            known[title] = matches.find(title, MAX_NEAR)
        return known[title]

    return find


def _still_near(notes: Mapping[NotePath, Note], before: Codex) -> dict[str, tuple[NotePath, ...]]:
    """What was found before for names that share no telling word with one that came or went."""
    touched = touched_words(notes, before.notes)
    return {one.title: one.near for one in before.wanted if touched.isdisjoint(fold(one.title).split("-"))}


def _bare_name(target: str) -> str:
    folder, _, name = target.rstrip("/").rpartition("/")
    name = name.removesuffix(".md")
    if folder and name.casefold() in NAMELESS_STEMS:
        return f"{folder.rpartition('/')[2]}/{name}"
    return name or target


def _orphans(notes: Iterable[Note], edges: Mapping[NotePath, Sequence[Edge]]) -> tuple[NotePath, ...]:
    linked = {edge.other_end(edge.stated_in) for group in edges.values() for edge in group}
    loose = (note for note in notes if note.path not in linked)
    return tuple(note.path for note in sorted(loose, key=newest_first))

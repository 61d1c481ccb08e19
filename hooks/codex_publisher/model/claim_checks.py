"""What is wrong with the arguments that claims make: their titles, their grounds, and what disputes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.circles import circles
from codex_publisher.model.connected import Connected
from codex_publisher.model.facets import CONFIDENCES
from codex_publisher.model.kinds import BELIEF, CLAIM, CONVICTION, POSITION
from codex_publisher.model.labels import is_label
from codex_publisher.model.links import Leads, shorten
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem
from codex_publisher.model.relations import Edge, Relation
from codex_publisher.model.slugs import NotePath, fold

ARGUING: Final = (CLAIM, BELIEF, POSITION, CONVICTION)
_RANK: Final = {value: rank for rank, value in enumerate(reversed(CONFIDENCES))}
_LIKELY: Final = _RANK["likely"]
_GROUND_FIELDS: Final = (
    *("source", "sources", "source_url", "url", "evidence", "references", "citation", "citations"),
    *("depends_on", "extracted_from", "derived_from", "grounding"),
)
_GROUND_SECTIONS: Final = ("evidence", "source", "reference", "grounding", "citation", "supporting-evidence")
_DOUBTS: Final = re.compile(
    r"challeng|counter|objection|limit|caveat|tension|disput|dissent|critici|against|disagree|open-question"
)


def check_claims(codex: Connected) -> Iterator[Problem]:
    """Report what is wrong with claims, one by one and as they bear on one another."""
    answers = _answers(codex)
    for note in codex.notes.values():
        if note.kind is CLAIM:
            yield from _title(note)
            yield from _ground(codex, note)
            yield from _rating(codex, note)
        yield from _challenges(codex, note, answers)
    yield from _circles(codex)


def _title(note: Note) -> Iterator[Problem]:
    # A framework or a tension may be called by its name; it counts as a claim for all else.
    named = note.fields.get("type") or CLAIM.name
    if named == CLAIM.name and is_label(note.title, note.body):
        yield Problem(
            note.path,
            *note.title_place,
            rules.LABEL_TITLE,
            f"“{shorten(note.title)}” names a subject; nobody could disagree with it.",
            "write what you claim of it, so that “this note argues that …” becomes a sentence",
        )


def _ground(codex: Connected, note: Note) -> Iterator[Problem]:
    if any(note.fields.get(name) for name in _GROUND_FIELDS):
        return
    leads = [to for _, to in (*codex.links_of(note), *codex.references_of(note))]
    if any(to.leads is not Leads.NOWHERE and to.path != note.path for to in leads):
        return
    drawn = (Relation.EXTRACTED_FROM, Relation.ENRICHES, Relation.SUPPORTS)
    if any(edge.relation in drawn for edge in codex.edges.get(note.path, ())):
        return
    headings = (fold(heading.text) for heading in codex.documents[note.path].headings)
    if any(heading.startswith(_GROUND_SECTIONS) for heading in headings):
        return
    yield Problem(
        note.path,
        *note.title_place,
        rules.UNSUPPORTED_CLAIM,
        "The claim names no source and links to no note.",
        "say in `source` what it is drawn from, or link to what supports it",
    )


def _rating(codex: Connected, note: Note) -> Iterator[Problem]:
    own = _RANK.get(fold(note.confidence))
    if own is None:
        return
    weakest: tuple[int, Edge] | None = None
    for edge in codex.stated_by(note):
        if edge.relation is Relation.DEPENDS_ON and edge.subject == note.path:
            rank = _rank_of_claim(codex.notes[edge.object])
            if rank is not None and (weakest is None or rank < weakest[0]):
                weakest = rank, edge
    if weakest and weakest[0] < own:
        edge = weakest[1]
        ground = codex.notes[edge.object]
        yield Problem(
            note.path,
            edge.line,
            edge.column,
            rules.ABOVE_ITS_GROUND,
            f"This claim is “{fold(note.confidence)}”, but it depends on “{shorten(ground.title)}”, "
            f"which is only “{fold(ground.confidence)}”.",
            f"rate it no higher than `{fold(ground.confidence)}`, or name what else it rests on",
        )


def _rank_of_claim(note: Note) -> int | None:
    return _RANK.get(fold(note.confidence)) if note.kind is CLAIM else None


def _answers(codex: Connected) -> set[tuple[NotePath, NotePath]]:
    """Which note says anything at all about which other."""
    return {
        (edge.stated_in, edge.other_end(edge.stated_in)) for group in codex.edges.values() for edge in group
    }


def _challenges(codex: Connected, note: Note, answers: set[tuple[NotePath, NotePath]]) -> Iterator[Problem]:
    """Disputes in which the note is the disputed one and one side is silent."""
    disputes = [
        edge
        for edge in codex.edges.get(note.path, ())
        if edge.relation is Relation.CHALLENGED_BY and edge.subject == note.path
    ]
    answered: list[Edge] = []
    unanswered: list[Edge] = []
    for edge in disputes:
        is_answered = edge.stated_in == note.path or (note.path, edge.object) in answers
        (answered if is_answered else unanswered).append(edge)
    if unanswered and _is_sure(note) and not _speaks_of_doubt(codex, note):
        others = [codex.notes[edge.object].title for edge in unanswered]
        more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
        yield Problem(
            note.path,
            *note.place_of("confidence", "type"),
            rules.UNANSWERED_CHALLENGE,
            f"The claim is “{fold(note.confidence)}” and does not mention what disputes it: "
            f"“{shorten(others[0])}”{more}.",
            "name it in `challenged_by`, and say why the claim stands or lower its confidence",
        )
        disputes = answered
    for edge in disputes:
        yield from _one_sided(codex, edge, answers)


def _one_sided(codex: Connected, edge: Edge, answers: set[tuple[NotePath, NotePath]]) -> Iterator[Problem]:
    silent = edge.other_end(edge.stated_in)
    other = codex.notes[silent]
    if other.kind not in ARGUING or (silent, edge.stated_in) in answers or silent == edge.stated_in:
        return
    is_disputed = silent == edge.subject
    field = "challenged_by" if is_disputed else "challenges"
    yield Problem(
        edge.stated_in,
        edge.line,
        edge.column,
        rules.ONE_SIDED_CHALLENGE,
        f"This note {'disputes' if is_disputed else 'is disputed by'} “{shorten(other.title)}”, "
        "which says nothing of it.",
        f"name this note there, in `{field}`",
    )


def _is_sure(note: Note) -> bool:
    return note.kind is CLAIM and _RANK.get(fold(note.confidence), -1) >= _LIKELY


def _speaks_of_doubt(codex: Connected, note: Note) -> bool:
    if note.fields.get("challenged_by"):
        return True
    document = codex.documents[note.path]
    sections = {heading.text for heading in document.headings} | {link.section for link in document.links}
    return any(_DOUBTS.search(fold(section)) for section in sections)


def _circles(codex: Connected) -> Iterator[Problem]:
    """Notes that come back to themselves by what they depend on."""
    grounds: dict[NotePath, dict[NotePath, Edge]] = {}
    for path in codex.notes:
        for edge in codex.edges.get(path, ()):
            if edge.relation is Relation.DEPENDS_ON and edge.subject == path and edge.object != path:
                grounds.setdefault(path, {}).setdefault(edge.object, edge)
    graph: Mapping[NotePath, list[NotePath]] = {path: list(edges) for path, edges in grounds.items()}
    for circle in circles(graph):
        members = frozenset(circle)
        for path in circle:
            edge = next(edge for other, edge in grounds[path].items() if other in members)
            yield _circle(codex, path, edge, len(circle))


def _circle(codex: Connected, path: NotePath, edge: Edge, size: int) -> Problem:
    title = shorten(codex.notes[edge.object].title)
    back = (
        "which depends on this note" if size == 2 else f"which leads back to it in a circle of {size:,} notes"
    )
    place = (edge.line, edge.column) if edge.stated_in == path else codex.notes[path].place_of("type")
    return Problem(
        path,
        *place,
        rules.CIRCLE,
        f"This note depends on “{title}”, {back}.",
        "leave out the step that is no reason for the other",
    )

"""A note's relations to others, grouped by type, each with the sentence that states it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from codex_publisher.model.codex import Codex, newest_first
from codex_publisher.model.document import Citation
from codex_publisher.model.facets import CONFIDENCE, STATUS
from codex_publisher.model.note import Note
from codex_publisher.model.relations import Edge, Relation
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.listing import chips_of, headline, shorten
from codex_publisher.site.views import Cited, CitedGroup

GROUPS: Final = (
    ("rests-on", "What it rests on", ((Relation.DEPENDS_ON, True), (Relation.SUPPORTS, False))),
    ("extracted-from", "Extracted from", ((Relation.EXTRACTED_FROM, True),)),
    ("disputed-by", "What disputes it", ((Relation.CHALLENGED_BY, True),)),
    ("disputes", "What it disputes", ((Relation.CHALLENGED_BY, False),)),
    ("carries", "What rests on it", ((Relation.DEPENDS_ON, False), (Relation.SUPPORTS, True))),
    ("came-of-it", "What came of it", ((Relation.EXTRACTED_FROM, False),)),
    ("enriches", "What it enriched", ((Relation.ENRICHES, True),)),
    ("enriched-by", "Enriched by", ((Relation.ENRICHES, False),)),
    ("part-of", "Part of", ((Relation.PART_OF, True),)),
    ("contains", "Contains", ((Relation.PART_OF, False),)),
    ("mentioned-by", "Mentioned by", ((Relation.MENTIONS, False),)),
)
"""The groups of related notes in reading order: id, heading, relations with whether this note is the subject.

What a note mentions stands in its own text, so it has no group.
"""


def relation_groups(codex: Codex, note: Note, limit: int) -> Iterable[CitedGroup]:
    """The notes related to this one, grouped by type; at most `limit` in each group."""
    edges = codex.edges.get(note.path, ())
    for group_id, title, members in GROUPS:
        found = related_notes(codex, note, edges, members)
        if found:
            shown = tuple(cited(codex, note, other, edge) for other, edge in found[:limit])
            more = backlinks_address(codex.permalinks[note.path], group_id) if len(found) > limit else ""
            yield CitedGroup(group_id, title, shown, len(found), more)


def backlinks_address(permalink: str, group_id: str) -> str:
    """Where all notes of a group are listed when there are too many for the note's page."""
    return f"{permalink}{group_id}/"


def related_notes(
    codex: Codex, note: Note, edges: Iterable[Edge], members: Iterable[tuple[Relation, bool]]
) -> list[tuple[Note, Edge]]:
    """The notes at the other end of these edges, each once, newest first."""
    wanted = frozenset(members)
    found: dict[NotePath, Edge] = {}
    for edge in edges:
        if (edge.relation, edge.subject == note.path) in wanted:
            other = edge.other_end(note.path)
            # A sentence tells more than the bare entry of a list in front matter.
            if other not in found or (_is_bare(found[other].citation) and not _is_bare(edge.citation)):
                found[other] = edge
    return sorted(
        ((codex.notes[path], edge) for path, edge in found.items()), key=lambda pair: newest_first(pair[0])
    )


def _is_bare(citation: Citation) -> bool:
    return not (citation.before.strip() or citation.after.strip(" .,;:—-"))


def cited(codex: Codex, note: Note, other: Note, edge: Edge) -> Cited:
    """A related note with the sentence that relates it, unless the sentence is only its title."""
    citation = None if _is_bare(edge.citation) else edge.citation
    if citation and edge.stated_in == note.path:
        # On the stating note's own page the sentence stands in the body already.
        citation = _tail(citation)
    elif citation and citation.words in (note.stem, note.path):
        # A bare file name says nothing to a reader.
        citation = Citation(citation.before, headline(note.title), citation.after)
    return Cited(
        shorten(headline(other.title), 300),
        codex.permalinks[other.path],
        other.kind.name,
        citation,
        chips_of(codex, other, (STATUS, CONFIDENCE)),
    )


def _tail(citation: Citation) -> Citation | None:
    after = citation.after.lstrip(" —–-:,;.)").strip()
    return Citation("", "", after) if len(after.split()) > 2 else None

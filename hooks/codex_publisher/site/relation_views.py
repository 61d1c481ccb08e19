"""A note's relations to others, grouped by type, each with the sentence that states it."""

from __future__ import annotations

from collections.abc import Iterable

from codex_publisher.model.codex import Codex
from codex_publisher.model.document import Citation
from codex_publisher.model.facets import CONFIDENCE, STATUS
from codex_publisher.model.note import Note
from codex_publisher.model.related import GROUPS, is_bare, related_notes
from codex_publisher.model.relations import Edge
from codex_publisher.site.listing import chips_of, headline, shorten
from codex_publisher.site.views import Cited, CitedGroup


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


def cited(codex: Codex, note: Note, other: Note, edge: Edge) -> Cited:
    """A related note with the sentence that relates it, unless the sentence is only its title."""
    citation = None if is_bare(edge.citation) else edge.citation
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

"""All notes and what relates them, as a graph."""

from __future__ import annotations

from codex_publisher.model.facets import DOMAIN
from codex_publisher.site.exports.published import Published, Record
from codex_publisher.site.listing import headline


def graph(published: Published) -> Record:
    """The content of `api/graph.json`. Each edge stands once, with the note that states it."""
    codex = published.codex
    return {
        **published.head(),
        "nodes": [
            {
                "id": note.path,
                "url": published.note_address(note),
                "kind": note.kind.name,
                "title": headline(note.title),
                "domain": published.value(DOMAIN, note),
            }
            for note in codex.notes.values()
        ],
        "edges": [
            {
                "source": edge.subject,
                "target": edge.object,
                "type": edge.relation.value,
                "stated_in": "source" if edge.stated_in == edge.subject else "target",
                "place": edge.place,
                "line": edge.line,
            }
            for path in codex.notes
            for edge in codex.edges.get(path, ())
            # An edge stands under both of its ends, and is stated in one of them.
            if edge.stated_in == path
        ],
    }

"""The notes related to one, in the groups and under the words by which people are told of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from codex_publisher.model.codex import Codex, newest_first
from codex_publisher.model.document import Citation
from codex_publisher.model.note import Note
from codex_publisher.model.relations import Edge, Relation
from codex_publisher.model.slugs import NotePath

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
            if other not in found or (is_bare(found[other].citation) and not is_bare(edge.citation)):
                found[other] = edge
    return sorted(
        ((codex.notes[path], edge) for path, edge in found.items()), key=lambda pair: newest_first(pair[0])
    )


def is_bare(citation: Citation) -> bool:
    """Whether a citation holds nothing but the link itself."""
    return not (citation.before.strip() or citation.after.strip(" .,;:—-"))

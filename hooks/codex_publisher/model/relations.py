"""How two notes are related, and where that is stated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from codex_publisher.model.document import Citation
from codex_publisher.model.kinds import MAP, PAGE, SOURCE
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import NotePath, fold

if TYPE_CHECKING:
    from codex_publisher.model.note import Note


class Relation(Shared, StrEnum):
    """A type of edge. It reads as a sentence: *subject* `depends_on` *object*."""

    DEPENDS_ON = "depends_on"
    CHALLENGED_BY = "challenged_by"
    SUPPORTS = "supports"
    EXTRACTED_FROM = "extracted_from"
    ENRICHES = "enriches"
    PART_OF = "part_of"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Statement:
    """How a note's field or section states a relation."""

    relation: Relation
    is_subject: bool
    """Whether the stating note is the subject; else the note that it links to is."""


DEPENDS_ON: Final = Statement(Relation.DEPENDS_ON, is_subject=True)
CHALLENGED_BY: Final = Statement(Relation.CHALLENGED_BY, is_subject=True)
SUPPORTED_BY: Final = Statement(Relation.SUPPORTS, is_subject=False)
YIELDED: Final = Statement(Relation.EXTRACTED_FROM, is_subject=False)
ENRICHES: Final = Statement(Relation.ENRICHES, is_subject=True)
PART_OF: Final = Statement(Relation.PART_OF, is_subject=True)
CONTAINS: Final = Statement(Relation.PART_OF, is_subject=False)
MENTIONS: Final = Statement(Relation.MENTIONS, is_subject=True)

FIELD_STATEMENTS: Final[Mapping[str, Statement]] = {
    "depends_on": DEPENDS_ON,
    "challenged_by": CHALLENGED_BY,
    "challenges": Statement(Relation.CHALLENGED_BY, is_subject=False),
    "supports": Statement(Relation.SUPPORTS, is_subject=True),
    "claims_extracted": YIELDED,
    "extracted_from": Statement(Relation.EXTRACTED_FROM, is_subject=True),
    "enrichments": ENRICHES,
    "enrichments_applied": ENRICHES,
    "parent_entity": PART_OF,
    "part_of": PART_OF,
}
"""What a link in a front matter field says. Links in other fields are mentions."""

_SECTION_STATEMENTS: Final = (
    (re.compile(r"^(?:\d+ )?(?:grounding|evidence|supporting evidence|evidence chain)\b"), SUPPORTED_BY),
    (re.compile(r"^topics?$"), PART_OF),
)


@lru_cache(maxsize=1 << 12)
def statement_of_section(section: str) -> Statement:
    """What a link under this heading (or bold label) says about the two notes."""
    name = fold(section).replace("-", " ")
    return next((said for pattern, said in _SECTION_STATEMENTS if pattern.search(name)), MENTIONS)


def statement_of(note: Note, section: str) -> Statement:
    """What a link in this section of the note says about the two notes."""
    if note.kind is MAP:
        return CONTAINS
    statement = statement_of_section(section)
    # Only what argues can rest on evidence; a source's "Evidence" section merely mentions.
    if statement.relation is Relation.SUPPORTS and note.kind in (SOURCE, PAGE):
        return statement if fold(section).startswith("grounding") else MENTIONS
    return statement


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two notes, with the place that states it."""

    subject: NotePath
    relation: Relation
    object: NotePath
    stated_in: NotePath
    """The note whose field or sentence says so: the subject or the object."""
    place: str
    """The field's name, or the section's heading."""
    line: int
    citation: Citation
    column: int = 1

    def other_end(self, path: NotePath) -> NotePath:
        """The end that is not `path`."""
        return self.object if self.subject == path else self.subject

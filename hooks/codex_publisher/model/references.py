"""Links that stand in front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.document import Citation
from codex_publisher.model.front_matter import FrontMatter, Value
from codex_publisher.model.relations import FIELD_STATEMENTS, MENTIONS, Statement
from codex_publisher.model.wiki_links import find_wiki_links, plain_text, without_suffix

_PROSE_WORDS: Final = 45
_TOLD_APART_BY: Final = 60
"""Characters of an item by which its line is found; long items go over several lines."""
_LONGEST_LIST: Final = 300
_NEAR_BY: Final = 300
"""Characters on each side of a link in which its sentence is sought."""
_LINK_EXPECTED: Final = frozenset(
    {"depends_on", "claims_extracted", "enrichments", "enrichments_applied", "parent_entity", "part_of"}
)
"""Fields in which a text without brackets is the name of a note, written or still wanted."""
_NAMING: Final = ("target", "claim", "note", "entity", "title", "name", "file", "path")
"""Names under which a group of fields, such as `{claim: …, detail: …}`, says which note it means."""
_NOTHING: Final = re.compile(r"none(?: yet)?|null|nil|n/a|tbd", re.IGNORECASE)
_REMARK: Final = re.compile(r" [—–] |[(\"“”;$]|^@")
"""What stands in a remark upon a note, or upon anything else, but hardly in a note's name."""
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A link that stands in front matter."""

    field: str
    statement: Statement
    target: str
    fragment: str
    text: str
    line: int
    column: int
    citation: Citation
    is_certain: bool
    """False for a text that may just as well be prose: it is never reported as wanted."""


def read_references(front_matter: FrontMatter, text: str) -> Iterator[Reference]:
    """Every link of the front matter, in the order of its fields; `text` is the whole file's."""
    lines = text.split("\n")[: front_matter.body_line]
    for name, value in front_matter.fields.items():
        statement = FIELD_STATEMENTS.get(name, MENTIONS)
        if value is None or (isinstance(value, str) and "[[" not in value and statement is MENTIONS):
            continue
        field = front_matter.places.get(name, (1, 1))
        for item, said in _texts(value, statement):
            yield from _references_in(name, said, item, *_place(item, lines, field))


def _place(item: str, lines: list[str], field: tuple[int, int]) -> tuple[int, int]:
    """Where an item of a list stands: on its own line below the field's, if it can be found there."""
    start = item[:_TOLD_APART_BY]
    for number in range(field[0], min(len(lines), field[0] + _LONGEST_LIST) + 1):
        if (at := lines[number - 1].find(start)) >= 0:
            return number, at + 1
    return field


def _texts(value: Value, statement: Statement) -> Iterator[tuple[str, Statement]]:
    """Every text of a value, with what a link in it says."""
    if isinstance(value, str):
        yield value, statement
    elif isinstance(value, Mapping):
        yield from _texts_of_group(value, statement)
    elif value is not None:
        for item in value:
            yield from _texts(item, statement)


def _texts_of_group(group: Mapping[str, Value], statement: Statement) -> Iterator[tuple[str, Statement]]:
    """One text of a group names the note, and the others tell more about it."""
    naming = next((key for key in _NAMING if key in group), None)
    first, value = next(iter(group.items()), ("", None))
    if naming is None and len(group) == 1 and isinstance(value, str):
        # `- Name: with a colon` is a group to YAML, and a name to its writer.
        yield f"{first}: {value}", statement
        return
    for key, item in group.items():
        yield from _texts(item, statement if key == (naming or first) else MENTIONS)


def _references_in(name: str, statement: Statement, text: str, line: int, column: int) -> Iterator[Reference]:
    found = False
    for link in find_wiki_links(text):
        found = True
        # Only the words near by are looked at: thousands of links in one value would each read all the rest.
        before = plain_text(text[max(0, link.start - _NEAR_BY) : link.start])
        after = plain_text(text[link.end : link.end + _NEAR_BY])
        citation = Citation(before[-160:], link.text, after[:160])
        yield Reference(name, statement, link.target, link.fragment, link.text, line, column, citation, True)
    bare = " ".join(text.split()).strip("\"'")
    if not found and statement is not MENTIONS and bare and not _NOTHING.fullmatch(bare):
        named = without_suffix(bare)
        certain = named != bare or (
            name in _LINK_EXPECTED
            and not bare.endswith(".")
            and len(bare.split()) <= _PROSE_WORDS
            # `claims_extracted: 0` is a number of notes, not the name of one.
            and _LETTER.search(bare) is not None
            and not _REMARK.search(bare)
        )
        shown = Citation("", named.rpartition("/")[2], "")
        yield Reference(name, statement, bare, "", named, line, column, shown, certain)

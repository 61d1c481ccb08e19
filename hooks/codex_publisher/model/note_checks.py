"""What can be wrong with a note that is seen from the note alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from codex_publisher.model import rules
from codex_publisher.model.facets import CONFIDENCES, PRIORITIES, STATUSES
from codex_publisher.model.fields import LEGACY_NAMES, FieldReader
from codex_publisher.model.kinds import BELIEF, CLAIM, SOURCE, Kind, kind_of_type
from codex_publisher.model.names import DIRECTION, HIDDEN
from codex_publisher.model.problems import Problem, Rule
from codex_publisher.model.slugs import NotePath, fold

if TYPE_CHECKING:
    from codex_publisher.model.note import Note

LONGEST_SAFE_NAME: Final = 200
"""Bytes of a file name; 255 is the limit of common file systems, and tools append to names."""

REQUIRED_FIELDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    SOURCE: ("title", "url", "date", "domain", "status"),
    CLAIM: ("domain", "confidence", "description"),
    BELIEF: ("agent", "confidence"),
}


def check_name(reader: FieldReader, path: NotePath) -> None:
    """Report what is wrong with the file's name."""
    name = PurePosixPath(path).name

    def report(rule: Rule, message: str, hint: str) -> None:
        reader.problems.append(Problem(path, 1, 1, rule, message, hint))

    if HIDDEN.search(path):
        report(
            rules.UNSAFE_NAME,
            "The file's name has characters that cannot be seen or that change the direction of writing.",
            "rename the file with visible characters only",
        )
    size = len(name.encode("utf-8", "surrogatepass"))
    if size > LONGEST_SAFE_NAME:
        report(
            rules.LONG_NAME,
            f"The file's name is {size} bytes long; more than {LONGEST_SAFE_NAME} fail on some systems.",
            "shorten the name and keep the whole proposition in `title`",
        )


def check_fields(reader: FieldReader, note: Note) -> None:
    """Report fields that are missing or hold a value outside their vocabulary, and an empty body."""
    if not note.body.strip():
        reader.problems.append(
            Problem(
                note.path,
                note.body_line,
                1,
                rules.EMPTY_NOTE,
                "The note has no text.",
                "write it, or remove the file",
            )
        )
    if not reader.front_matter.present:
        return
    _check_type(reader)
    _check_presence(reader, note)
    _check_vocabularies(reader, note)
    _check_address(reader, note)
    for name, value in reader.front_matter.fields.items():
        if isinstance(value, str) and DIRECTION.search(value):
            reader.report(
                rules.DIRECTION_CHANGED,
                name,
                f"`{name}` has characters that cannot be seen and turn the writing round; they are left out.",
                "delete them, or write the value anew",
            )


def _check_address(reader: FieldReader, note: Note) -> None:
    used = reader.name_in_use("url")
    if used and not note.url:
        reader.report(
            rules.BAD_ADDRESS,
            used,
            f"`{used}` is not the address of a page on the web.",
            "write it whole, as in https://example.org/page",
        )


def _check_type(reader: FieldReader) -> None:
    if (named := reader.text("type")) and kind_of_type(named) is None:
        known = ", ".join(sorted({"source", "claim", "entity", "belief", "position", "map"}))
        reader.report(
            rules.UNKNOWN_VALUE,
            "type",
            f"“{named[:60]}” is not a known type.",
            f"the common ones are {known}",
        )


def _check_presence(reader: FieldReader, note: Note) -> None:
    for name in REQUIRED_FIELDS.get(note.kind, ()):
        if reader.name_in_use(name) is None:
            reader.report(
                rules.FIELD_MISSING,
                "type",
                f"A {note.kind} needs the field `{name}`.",
                f"add a line `{name}: …`",
            )
    for name in LEGACY_NAMES:
        used = reader.name_in_use(name)
        if used not in (None, name):
            reader.report(
                rules.LEGACY_FIELD,
                str(used),
                f"`{used}` is an older name for `{name}`; it is read all the same.",
                f"rename it to `{name}`",
            )


def _check_vocabularies(reader: FieldReader, note: Note) -> None:
    vocabularies = (
        ("status", note.status, STATUSES if note.kind is SOURCE else ()),
        ("priority", note.priority, PRIORITIES),
        ("confidence", note.confidence, CONFIDENCES if note.kind is CLAIM else ()),
    )
    for name, value, allowed in vocabularies:
        if value and allowed and fold(value) not in allowed:
            reader.report(
                rules.UNKNOWN_VALUE,
                name,
                f"`{name}` is “{value[:60]}”, which is not one of its values.",
                f"use {', '.join(allowed)}",
            )

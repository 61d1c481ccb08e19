"""What can be wrong with a note that is seen from the note alone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from codex_publisher.model import rules
from codex_publisher.model.facets import CONFIDENCES, PRIORITIES, STATUSES
from codex_publisher.model.fields import LEGACY_NAMES, FieldReader
from codex_publisher.model.front_matter import COMMON_FIELDS
from codex_publisher.model.kinds import (
    BELIEF,
    CLAIM,
    CONVICTION,
    FOLDER_STEMS,
    KINDS,
    MAP,
    PAGE,
    POSITION,
    SOURCE,
    Kind,
    kind_of_type,
)
from codex_publisher.model.names import DIRECTION, HIDDEN
from codex_publisher.model.problems import Problem, Rule
from codex_publisher.model.slugs import NotePath, fold, stem_of

if TYPE_CHECKING:
    from codex_publisher.model.note import Note

_REFUSED: Final = re.compile(r'[<>:"|?*\\]')
_DEVICE: Final = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)
LONGEST_SAFE_NAME: Final = 200
"""Bytes of a file name; 255 is the limit of common file systems, and tools append to names."""

ARGUING: Final = (CLAIM, BELIEF, POSITION, CONVICTION)
_SCAFFOLD: Final = re.compile(
    r"|#.*|[-*_]{3,}|[\w ]{1,40}:|[-*+]|[-*+]\s+\[\[[^\[\]]*\]\]|<!--.*-->",
)
"""A line that holds a text's place: a heading, a rule, a label, a link of a list, a comment, nothing."""

REQUIRED_FIELDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    SOURCE: ("title", "url", "date", "domain", "status"),
    CLAIM: ("domain", "confidence", "description"),
    BELIEF: ("agent", "confidence"),
}

KNOWN_FIELDS: Final = frozenset(
    {*COMMON_FIELDS, *LEGACY_NAMES, *(legacy for names in LEGACY_NAMES.values() for legacy in names)}
)
"""Names that mean something, so that they are no misspelling of another."""

MOST_FIELDS: Final = 100
LONGEST_VALUE: Final = 60


def needs_front_matter(path: NotePath, kind: Kind) -> bool:
    """Whether anything is missing when a note has no front matter.

    A map is a list of links, and what speaks of a folder or an agent is told by its place.
    """
    *folders, name = path.split("/")
    is_of_agent = kind is PAGE and "agents" in folders[:-1]
    return kind is not MAP and not is_of_agent and stem_of(name).casefold() not in FOLDER_STEMS


def check_name(reader: FieldReader, path: NotePath) -> None:
    """Report what is wrong with the file's name."""
    name = path.rpartition("/")[2]

    def report(rule: Rule, message: str, hint: str) -> None:
        reader.problems.append(Problem(path, 1, 1, rule, message, hint))

    if HIDDEN.search(path):
        report(
            rules.UNSAFE_NAME,
            "The file's name has characters that cannot be seen or that change the direction of writing.",
            "rename the file with visible characters only",
        )
    if why := _why_refused(path):
        report(
            rules.REFUSED_NAME,
            f"Windows cannot store this file: {why}.",
            "rename it, and keep the whole proposition in `title`",
        )
    size = len(name.encode("utf-8", "surrogatepass"))
    if size > LONGEST_SAFE_NAME:
        report(
            rules.LONG_NAME,
            f"The file's name is {size} bytes long; more than {LONGEST_SAFE_NAME} fail on some systems.",
            "shorten the name and keep the whole proposition in `title`",
        )


def _why_refused(path: str) -> str:
    """What of a path Windows does not take; an empty text if it takes all."""
    if found := _REFUSED.search(path):
        return f"its name holds “{found[0]}”"
    for part in path.split("/"):
        if part.endswith((".", " ")):
            return "the name of a folder ends with a dot or a space"
        if _DEVICE.fullmatch(part.partition(".")[0].strip(" ")):
            return f"“{part.partition('.')[0]}” is the name of a device"
    return ""


def check_fields(reader: FieldReader, note: Note) -> None:
    """Report fields that are missing or hold a value outside their vocabulary, and an empty body."""
    _check_text(reader, note)
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


def _check_text(reader: FieldReader, note: Note) -> None:
    lines = note.body.split("\n")
    # Who opens a file for it wants to see a line that is there.
    last = note.digest_source.rstrip(b"\r\n").count(b"\n") + 1

    def report(message: str, hint: str) -> None:
        place = min(note.body_line, last)
        reader.problems.append(Problem(note.path, place, 1, rules.EMPTY_NOTE, message, hint))

    if not note.body.strip():
        report("The note has no text.", "write it, or remove the file")
    elif note.kind in ARGUING and all(_SCAFFOLD.fullmatch(line.strip()) for line in lines):
        report("The note has headings and links but no text yet.", "write why it holds, and on what it rests")


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
        known = sorted(kind.name for kind in KINDS)
        reader.report(
            rules.UNKNOWN_VALUE,
            "type",
            f"“{named[:60]}” is not a known type.",
            _nearest(named, known) or f"the types are {', '.join(known)}",
        )


def _check_presence(reader: FieldReader, note: Note) -> None:
    for name in REQUIRED_FIELDS.get(note.kind, ()):
        if reader.name_in_use(name) is None and not (name == "domain" and note.domains):
            slip = _misspelt(name, reader.front_matter.fields)
            reader.report(
                rules.FIELD_MISSING,
                slip or (name if name in reader.front_matter.fields else "type"),
                f"A {note.kind} needs the field `{name}`.",
                f"rename `{slip}` to `{name}`" if slip else f"add a line `{name}: …`",
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


def _misspelt(name: str, fields: Iterable[str]) -> str:
    """The field whose name is nearly this one, if there is one that means nothing else."""
    unknown = [field for field in fields if field not in KNOWN_FIELDS]
    return next(iter(difflib.get_close_matches(name, unknown[:MOST_FIELDS], n=1, cutoff=0.8)), "")


def _nearest(value: str, allowed: Sequence[str]) -> str:
    """A hint that names the value which was probably meant; empty if none is like it."""
    near = difflib.get_close_matches(fold(value)[:LONGEST_VALUE], allowed, n=1)
    others = ", ".join(one for one in allowed if one not in near)
    return f"did you mean `{near[0]}`? The others are {others}" if near else ""


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
                _nearest(value, allowed) or f"use {', '.join(allowed)}",
            )

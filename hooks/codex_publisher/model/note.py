"""A note: one Markdown file, with everything that can be told from the file alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.dates import ImpossibleDate, PartialDate, parse_date
from codex_publisher.model.facets import split_authors
from codex_publisher.model.fields import FieldReader
from codex_publisher.model.front_matter import Value, read_front_matter
from codex_publisher.model.kept import may_be_away
from codex_publisher.model.kinds import PAGE, SOURCE, Kind, kind_of_folder, kind_of_type
from codex_publisher.model.names import HIDDEN, one_line, tame, visible
from codex_publisher.model.note_checks import check_fields, check_name, needs_front_matter
from codex_publisher.model.problems import Problem
from codex_publisher.model.references import Reference, read_references
from codex_publisher.model.slugs import NotePath, fold, stem_of
from codex_publisher.model.source_text import decode
from codex_publisher.model.web import is_web_address
from codex_publisher.model.wiki_links import plain_text
from codex_publisher.model.yaml_text import Place

MAX_TITLE: Final = 500
MAX_HEADING: Final = 2000
"""Characters of a heading that are looked at for a title."""

_NO_PLACES: Final[Mapping[str, Place]] = MappingProxyType({})
_INLINE_MARKS: Final = re.compile(r"(\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")
_NAME_DATE: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?=[-_ .])", re.ASCII)
_DATE_PREFIX: Final = re.compile(r"^\d{4}-\d{2}(?:-\d{2}\b)?+-(?=\S)")
_LETTER: Final = re.compile(r"[^\W\d_]")


@may_be_away("body", "digest_source")
@dataclass(frozen=True, slots=True)
class Note:
    """One Markdown file. Nothing in it depends on other notes."""

    path: NotePath
    kind: Kind
    title: str
    fields: Mapping[str, Value]
    """All of the front matter as it was written, under the names it was written with."""
    body: str
    body_line: int
    """The line of the file on which the body starts."""
    description: str = ""
    domains: tuple[str, ...] = ()
    """The primary domain first."""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    author_text: str = ""
    """The author field as written."""
    agents: tuple[str, ...] = ()
    status: str = ""
    priority: str = ""
    confidence: str = ""
    format: str = ""
    url: str = ""
    date: PartialDate | None = None
    references: tuple[Reference, ...] = ()
    places: Mapping[str, Place] = field(default_factory=lambda: _NO_PLACES)
    """Line and column of each field's name in the file."""
    title_place: Place = (1, 1)
    """Where the title is written: in a field or a heading, or at the top when it comes from the name."""
    problems: tuple[Problem, ...] = ()
    digest_source: bytes = b""
    """The file's bytes as read, for the raw copy and for digests."""

    @property
    def stem(self) -> str:
        """The file name without its suffix."""
        return stem_of(self.path)

    def place_of(self, *names: str) -> Place:
        """Where the first of these fields stands that there is, else the top of the file."""
        return next((self.places[name] for name in names if name in self.places), (1, 1))

    @property
    def folder(self) -> str:
        """The folder's path; empty for the root."""
        return self.path.rpartition("/")[0]

    @property
    def domain(self) -> str:
        """The primary domain, or an empty text."""
        return self.domains[0] if self.domains else ""

    @property
    def status_slug(self) -> str:
        """The status as it is compared."""
        return fold(self.status)


def read_note(path: NotePath, raw: bytes) -> Note:
    """Make a note of a file's path (relative to the codex) and its bytes. Never raises."""
    source = decode(raw)
    front_matter = read_front_matter(source.text)
    reader = FieldReader(path, front_matter)
    kind = _kind(reader, path)
    reader.problems.extend(
        fault.at(path)
        for fault in (*source.faults, *front_matter.faults)
        if fault.rule is not rules.FRONT_MATTER_MISSING or needs_front_matter(path, kind)
    )
    title, title_place = _title(reader, path)
    note = Note(
        path=path,
        kind=kind,
        title=title,
        fields=front_matter.fields,
        body=front_matter.body,
        body_line=front_matter.body_line,
        description=plain_text(reader.text("description") or reader.text("summary")),
        domains=tuple(
            dict.fromkeys(
                (
                    *_primary(reader),
                    *reader.facet_values("domains"),
                    *reader.facet_values("secondary_domains"),
                )
            )
        ),
        tags=reader.facet_values("tags"),
        aliases=reader.texts("aliases"),
        authors=_authors(reader),
        author_text=plain_text(", ".join(reader.texts("author"))),
        agents=_agents(reader, path),
        status=reader.facet_value("status"),
        priority=reader.facet_value("priority"),
        confidence=reader.facet_value("confidence"),
        format=reader.facet_value("format") if kind is SOURCE else "",
        url=_url(reader),
        date=reader.date(*_date_fields(kind)) or _date_of_name(path),
        references=tuple(read_references(front_matter, source.text)),
        places=front_matter.places,
        title_place=title_place,
        digest_source=raw,
    )
    check_name(reader, path)
    check_fields(reader, note)
    # A field that is read twice is reported twice.
    return _with_problems(note, tuple(sorted(set(reader.problems))))


def _with_problems(note: Note, problems: tuple[Problem, ...]) -> Note:
    # dataclasses.replace is an order of magnitude slower, and this runs once a note.
    object.__setattr__(note, "problems", problems)
    return note


def _kind(reader: FieldReader, path: NotePath) -> Kind:
    by_folder = kind_of_folder(path.split("/")[:-1], stem_of(path))
    named = reader.text("type")
    if not named:
        return by_folder
    kind = kind_of_type(named)
    if kind is None:
        return PAGE
    return kind


def _title(reader: FieldReader, path: NotePath) -> tuple[str, Place]:
    """The front matter's title (or an entity's name), else the first heading, else the file name."""
    front_matter = reader.front_matter
    for name in ("title", "name"):
        if title := plain_text(reader.text(name)):
            return title[:MAX_TITLE], front_matter.places.get(name, (1, 1))
    body = front_matter.body
    text = body.lstrip("\n\t \ufeff")
    if heading := _heading(text.split("\n", 1)[0]):
        line = front_matter.body_line + body.count("\n", 0, len(body) - len(text))
        return one_line(_INLINE_MARKS.sub("", plain_text(heading[:MAX_HEADING])))[:MAX_TITLE], (line, 1)
    return tame(title_of_stem(stem_of(path))), (1, 1)


def _heading(line: str) -> str:
    """The text of an ATX heading of the first level; empty for any other line.

    Not by a regular expression: one that allows white space in three places takes hours for a long run.
    """
    if not line.startswith("#") or not line[1:2].isspace():
        return ""
    text = line[1:].strip()
    closed = text.rstrip("#")
    return closed.rstrip() if not closed or closed[-1].isspace() else text


def title_of_stem(stem: str) -> str:
    """A readable title for a file without one: `2026-03-12-some-name` becomes `Some name`."""
    stem = HIDDEN.sub("�", stem)
    if " " in stem or not _LETTER.search(stem):
        return stem
    words = re.sub(r"[-_]+", " ", _DATE_PREFIX.sub("", stem)).strip()
    return words[:1].upper() + words[1:]


def _primary(reader: FieldReader) -> tuple[str, ...]:
    """The `domain` field; where it holds several, each counts, though one is asked for."""
    text = reader.facet_value("domain")
    if isinstance(reader.front_matter.fields.get("domain"), str):
        return (text,) if text else ()
    return reader.facet_values("domain")


def _authors(reader: FieldReader) -> tuple[str, ...]:
    names = (
        name for text in reader.texts("author") for name in split_authors(plain_text(text[:MAX_HEADING]))
    )
    return tuple(dict.fromkeys(names))


def _agents(reader: FieldReader, path: NotePath) -> tuple[str, ...]:
    parts = path.split("/")
    folder = parts[parts.index("agents") + 1 : -1][:1] if "agents" in parts[:-2] else []
    named = (reader.facet_value(name) for name in ("agent", "processed_by", "tracked_by"))
    return tuple({fold(name): name for name in (*named, *map(visible, folder)) if name}.values())


def _url(reader: FieldReader) -> str:
    url = reader.text("url") or reader.text("website")
    return url if is_web_address(url) else ""


def _date_of_name(path: NotePath) -> PartialDate | None:
    """The date that a file's name begins with, as in `2026-03-12-some-name.md`."""
    match = _NAME_DATE.match(path.rpartition("/")[2])
    try:
        return parse_date(match[0]) if match else None
    except ImpossibleDate as impossible:
        return impossible.partial


def _date_fields(kind: Kind) -> tuple[str, ...]:
    if kind is SOURCE:
        return ("date", "created", "processed_date")
    return ("created", "date", "last_updated", "updated")

"""Notes as entries of feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from codex_publisher.model.note import Note
from codex_publisher.site.exports.published import Published
from codex_publisher.site.listing import headline, shorten
from codex_publisher.site.note_views import filled_body

MAX_NAMES: Final = 20
MAX_NAME: Final = 200
_PERMALINK: Final = re.compile(r'<a class="headerlink"[^>]*>[^<]*</a>')
_TAG: Final = re.compile(r'<[a-z][a-z0-9]*((?: [a-z-]+="[^"]*")+)')
_ATTRIBUTE: Final = re.compile(r' ([a-z-]+)="([^"]*)"')
_OF_THE_SITE: Final = frozenset({"class", "id", "loading", "rel"})
"""Attributes that mean something on this site's pages alone."""
_OUTWARD: Final = re.compile(r"https?:|mailto:", re.IGNORECASE)
_URL_CHARACTERS: Final = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of a note."""

    id: str
    """A note keeps it when it moves to another folder, as it keeps its address."""
    url: str
    title: str
    updated: str
    published: str
    """Empty when it is not known since when the note is in the codex."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    source_url: str
    summary: str
    html: str
    """Safe, with whole addresses; empty in feeds that tell summaries only."""


def changed_on(published: Published, note: Note) -> date | None:
    """The day of the note's last change; None where it is not known, or is still to come.

    The day of the build decides only whether a day is still to come.
    """
    change = published.history.last_change(note.path)
    known = change.date if change else note.date
    day = known.first_day() if known else None
    return day if day and day <= published.settings.today else None


def entry_of(published: Published, note: Note, day: date, in_full: bool) -> Entry:
    """The entry of a note, with its whole text or its summary."""
    first = published.history.first_change(note.path)
    permalink = published.codex.permalinks[note.path]
    summary = note.description or published.codex.documents[note.path].summary
    return Entry(
        id=published.identity(permalink),
        url=published.address.absolute(permalink),
        title=headline(note.title).strip() or "Untitled",
        updated=moment(day),
        published=moment(first.date.first_day()) if first else "",
        authors=_names(note.authors or note.agents),
        tags=_names(note.tags),
        source_url=quote(note.url, safe=_URL_CHARACTERS),
        summary=shorten(summary, 1000),
        html=_html(published, note) if in_full else "",
    )


def moment(day: date) -> str:
    """The beginning of a day, as feeds tell time."""
    return f"{day.isoformat()}T00:00:00Z"


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(shorten(name, MAX_NAME) for name in names[:MAX_NAMES] if name.strip())


def _html(published: Published, note: Note) -> str:
    """The note's text as it can be read away from the site: whole addresses, no classes."""
    base, own = published.address.base, published.address.absolute(published.codex.permalinks[note.path])

    def attribute(found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        if name in _OF_THE_SITE:
            return ""
        if name not in ("href", "src") or _OUTWARD.match(value):
            return found[0]
        return f' {name}="{own if value.startswith("#") else base}{value.removeprefix("./")}"'

    # In sanitised HTML `<` begins nothing but a tag, and an attribute's value has no quotation marks in it.
    html = _PERMALINK.sub("", filled_body(published.codex, note, ""))
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]), html).strip()

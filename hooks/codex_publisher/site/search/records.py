"""What the search knows of each note: its words, and the facets by which it is found and sorted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from codex_publisher.model.codex import Codex, newest_first
from codex_publisher.model.facets import (
    AUTHOR,
    CONFIDENCE,
    DOMAIN,
    FORMAT,
    KIND,
    PRIORITY,
    STATUS,
    TAG,
    YEAR,
    Facet,
)
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath, Permalink
from codex_publisher.model.waiting import Waiting
from codex_publisher.site.listing import headline, shorten, value_label

SEARCH_FACETS: Final = (KIND, DOMAIN, STATUS, PRIORITY, CONFIDENCE, TAG, FORMAT, AUTHOR, YEAR)
NOTES_OF_A_PART: Final = 2_500
"""Pagefind needs 340 to 440 KB of memory for each note that it indexes at once."""
MAX_LABEL: Final = 80
OLDEST: Final = "0000"
NOT_WAITING: Final = "0000000"
"""Pagefind leaves out of a sorted list what has no key, so every note has every key."""

_UNSPACED: Final = (
    "[\u2e80-\u2fdf\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9d\U00020000-\U0003ffff]"
)
"""Characters and punctuation of scripts that are written without spaces between words."""
_ANY: Final = re.compile(_UNSPACED)
_BORDER: Final = re.compile(rf"(?<={_UNSPACED})(?=\w|{_UNSPACED})|(?<=\w)(?={_UNSPACED})")
_TAGS: Final = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A note as the search index takes it in."""

    permalink: Permalink
    title: str
    """As it is shown."""
    title_words: str
    """As it is searched."""
    description: str
    names: str
    """Aliases and tags."""
    authors: str
    body: str
    """Safe HTML with headings that have ids."""
    filters: tuple[tuple[str, str], ...]
    """Facets with the labels of the note's values."""
    date: str
    """For readers; empty when not known."""
    hue: int
    newest: str
    """For sorting: greater is newer."""
    waiting: str
    """For sorting: greater has waited longer."""
    oldest: str = ""
    """For sorting, where the index has several parts: greater is older. Empty where it has one."""


def search_records(codex: Codex, waiting: Mapping[NotePath, Waiting]) -> Iterable[SearchRecord]:
    """One record a note: in path order, or the newest first where the index has several parts."""
    count = len(codex.notes)
    if count <= NOTES_OF_A_PART:
        yield from (_record(codex, note, waiting.get(note.path)) for note in codex.notes.values())
        return
    for number, note in enumerate(sorted(codex.notes.values(), key=newest_first)):
        record = _record(codex, note, waiting.get(note.path))
        # No two the same: by the places in both orders the script on the pages tells which part it is of.
        yield replace(record, newest=f"{count - number:07}", oldest=f"{number:07}")


def _record(codex: Codex, note: Note, waits: Waiting | None) -> SearchRecord:
    title = headline(note.title)
    domain = codex.value(DOMAIN, note.domain) if note.domain else None
    return SearchRecord(
        codex.permalinks[note.path],
        title,
        spaced(title),
        spaced(note.description),
        spaced(" · ".join((*note.aliases, *note.tags))),
        spaced(", ".join(note.authors)),
        spaced_html(codex.documents[note.path].html),
        tuple(_filters(codex, note)),
        note.date.words if note.date else "",
        domain.colour if domain else 0,
        note.date.first_day().isoformat() if note.date else OLDEST,
        f"{waits.days:07}" if waits else NOT_WAITING,
    )


def _filters(codex: Codex, note: Note) -> Iterable[tuple[str, str]]:
    for facet in SEARCH_FACETS:
        for label in dict.fromkeys(_labels(codex, note, facet)):
            yield facet.name, label


def _labels(codex: Codex, note: Note, facet: Facet) -> Iterable[str]:
    for spelling in facet.values_of(note):
        if value := codex.value(facet, spelling):
            yield filter_label(value_label(value))


def filter_label(label: str) -> str:
    """A value as the search knows it: Pagefind puts it between double quotes without escaping it."""
    return shorten(label.replace('"', "”").replace("\\", "⧵"), MAX_LABEL)


def spaced(text: str) -> str:
    """A text in which each character of a script that is written without spaces is a word.

    Pagefind parts words at spaces, and would take a sentence of Chinese or Japanese for one word. The
    script of the page does the same with what is typed, and takes the spaces out of what is shown.
    """
    return _BORDER.sub(" ", text) if _ANY.search(text) else text


def spaced_html(html: str) -> str:
    """The same for HTML, whose tags stay as they are."""
    if not _ANY.search(html):
        return html
    return "".join(part if part.startswith("<") else spaced(part) for part in _TAGS.split(html))

"""Feeds in Atom and JSON Feed: what is new in the codex, in the queue, among claims, of a domain or a tag."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from codex_publisher.model.codex import newest_first
from codex_publisher.model.facets import DOMAIN, TAG
from codex_publisher.model.kinds import CLAIM
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import is_waiting
from codex_publisher.site.exports.entries import Entry, changed_on, entry_of, moment
from codex_publisher.site.exports.published import Published, Record
from codex_publisher.site.exports.writing import in_utf8, to_json, write_json_text, write_text
from codex_publisher.site.feed_addresses import CLAIMS, EVERYTHING, QUEUE, feed_of
from codex_publisher.site.listing import shorten

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
MAX_ENTRIES: Final = 20
MAX_IN_FULL: Final = 1000
"""How many notes, those that changed last, are told with their whole text. It is news that feeds are for, and
so they grow no further than that while a codex does."""
MAX_BYTES: Final = 512 * 1024
LONG_AGO: Final = date(1970, 1, 1)
"""When a feed changed last in which nothing has happened."""
_NOT_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """What is to be told, and where."""

    address: str
    """On the site, without a suffix."""
    title: str
    notes: Sequence[NotePath]


@dataclass(frozen=True, slots=True)
class Written:
    """An entry in both forms. It is made once and stands in all feeds of its note."""

    day: date
    atom: Markup
    json: str
    size: int
    """Bytes of the longer form."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself, with whole addresses."""

    id: str
    url: str
    page: str
    title: str
    about: str
    author: str


def feeds_of(published: Published) -> Iterable[Feed]:
    """Every feed of the codex."""
    codex, name = published.codex, published.settings.name
    notes = codex.notes
    yield Feed(EVERYTHING, name, list(notes))
    waiting = [path for path, note in notes.items() if is_waiting(note)]
    yield Feed(QUEUE, f"Queue · {name}", waiting)
    claims = [path for path, note in notes.items() if note.kind is CLAIM]
    yield Feed(CLAIMS, f"Claims · {name}", claims)
    for facet in (DOMAIN, TAG):
        for value in codex.values(facet).values():
            title = f"{shorten(value.label, 200)} · {name}"
            yield Feed(feed_of(value), title, value.notes)


def writing_feeds(published: Published, site: Path) -> Iterator[None]:
    """Write both files of every feed, feed by feed."""
    writer = FeedWriter(published)
    for feed in feeds_of(published):
        writer.write(feed, site)
        yield


class FeedWriter:
    """Writes one feed after another, and remembers the entries, since most stand in several."""

    def __init__(self, published: Published) -> None:
        """Find out when each note changed."""
        self._published = published
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self._environment.filters["cdata"] = _cdata
        self._entry = self._environment.get_template("atom-entry.xml")
        self._feed = self._environment.get_template("atom.xml")
        self._days = {
            path: day
            for path, note in published.codex.notes.items()
            # A note of which nobody knows when it changed is no news.
            if (day := changed_on(published, note))
        }
        newest = sorted(
            self._days,
            key=lambda path: (-self._days[path].toordinal(), newest_first(published.codex.notes[path])),
        )
        self._rank = {path: rank for rank, path in enumerate(newest)}
        self._written: dict[NotePath, Written] = {}

    def write(self, feed: Feed, site: Path) -> None:
        """Write a feed as Atom and as JSON Feed."""
        address = self._published.address
        head = Head(
            id=self._published.identity(f"{feed.address}.xml"),
            url=address.absolute(feed.address),
            page=address.absolute(feed.address.removesuffix("feed")),
            title=_in_xml(feed.title),
            about=_in_xml(self._published.settings.description),
            author=_in_xml(self._published.settings.name),
        )
        entries = self._entries(feed)
        updated = moment(max((entry.day for entry in entries), default=LONG_AGO))
        atom = self._feed.render(feed=head, updated=updated, entries=[entry.atom for entry in entries])
        write_text(site / f"{feed.address}.xml", atom)
        write_json_text(site / f"{feed.address}.json", _json_feed(head, entries))

    def _entries(self, feed: Feed) -> list[Written]:
        """The newest entries, fewer where they would make the feed too long."""
        known = (path for path in feed.notes if path in self._rank)
        entries: list[Written] = []
        room = MAX_BYTES
        for path in heapq.nsmallest(MAX_ENTRIES, known, key=self._rank.__getitem__):
            entry = self._written_entry(path)
            room -= entry.size
            if room < 0:
                break
            entries.append(entry)
        return entries

    def _written_entry(self, path: NotePath) -> Written:
        if path not in self._written:
            entry = self._write_entry(path, in_full=self._rank[path] < MAX_IN_FULL)
            # One that is too long is told by its summary.
            self._written[path] = entry if entry.size <= MAX_BYTES // 2 else self._write_entry(path, False)
        return self._written[path]

    def _write_entry(self, path: NotePath, in_full: bool) -> Written:
        day = self._days[path]
        entry = entry_of(self._published, self._published.codex.notes[path], day, in_full)
        # The template has escaped it, and it goes into another one.
        atom = Markup(_in_xml(self._entry.render(entry=entry)))  # noqa: S704
        item = to_json(_json_item(entry))
        return Written(day, atom, item, max(len(in_utf8(atom)), len(in_utf8(item))))


def _in_xml(text: str) -> str:
    """A text without the characters that XML forbids, however they are written."""
    return _NOT_XML.sub("", text)


def _cdata(text: str) -> Markup:
    """A text as XML that need not escape each of its tags: feeds hold little else than HTML."""
    # Cut in two, so that no text ends the section that it stands in.
    return Markup(f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>")  # noqa: S704


def _json_item(entry: Entry) -> Record:
    item: Record = {"id": entry.id, "url": entry.url, "title": entry.title}
    if entry.source_url:
        item["external_url"] = entry.source_url
    if entry.html:
        item["content_html"] = entry.html
    else:
        item["content_text"] = entry.summary or entry.title
    if entry.summary:
        item["summary"] = entry.summary
    if entry.published:
        item["date_published"] = entry.published
    item["date_modified"] = entry.updated
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    if entry.tags:
        item["tags"] = list(entry.tags)
    return item


def _json_feed(head: Head, entries: Iterable[Written]) -> str:
    feed: Record = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": f"{head.url}.json",
    }
    if head.about:
        feed["description"] = head.about
    items = ",".join(entry.json for entry in entries)
    return f'{to_json(feed).removesuffix("}")},"items":[{items}]}}'

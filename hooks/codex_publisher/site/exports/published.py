"""What all exports are made of, and the record of a note that several of them share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid5

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import CONFIDENCE, DOMAIN, FORMAT, PRIORITY, STATUS, TAG, Facet
from codex_publisher.model.links import Leads
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Severity
from codex_publisher.site.exports.addresses import SiteAddress
from codex_publisher.site.history import Change, History
from codex_publisher.site.listing import headline
from codex_publisher.site.settings import Settings

VERSION: Final = 1
"""Of the form of all files below `api/`. It changes when a program that reads them would have to."""

Record = dict[str, object]
_CODICES: Final = UUID("0d1c5c0e-6a53-4f0b-9c5e-2b7f4a1d8e36")
"""Any number would do, as long as it stays."""


@dataclass(frozen=True, slots=True)
class Published:
    """A codex with where it is published."""

    codex: Codex
    settings: Settings
    history: History
    address: SiteAddress

    def head(self) -> Record:
        """What each file of the API begins with."""
        base = self.address.base if self.address.is_real else ""
        site = {"name": self.settings.name, "description": self.settings.description, "url": base}
        return {"version": VERSION, "site": site}

    def note_address(self, note: Note, file: str = "") -> str:
        """Where a note's page is, or a file beside it."""
        return self.address.known(self.codex.permalinks[note.path] + file)

    def identity(self, address: str) -> str:
        """A name of a page or file that no other site has: its address, else one made of names alone."""
        if self.address.is_real:
            return self.address.absolute(address)
        names = f"{quote(self.settings.name, errors='replace')}/{quote(address, errors='replace')}"
        return uuid5(_CODICES, names).urn

    def value(self, facet: Facet, note: Note) -> str:
        """The slug of the note's first value of a facet; empty when it has none."""
        return next(iter(self.values(facet, note)), "")

    def values(self, facet: Facet, note: Note) -> list[str]:
        """The slugs of a note's values of a facet, as `api/facets.json` has them."""
        found = (self.codex.value(facet, spelling) for spelling in facet.values_of(note))
        return list(dict.fromkeys(value.slug for value in found if value))


def record_of(published: Published, note: Note) -> Record:
    """The record of a note in `api/notes.json`: the same members for every note, in the same order."""
    history = published.history
    return {
        "path": note.path,
        "url": published.note_address(note),
        "kind": note.kind.name,
        "title": headline(note.title),
        "description": note.description or published.codex.documents[note.path].summary,
        "date": note.date.iso if note.date else None,
        "added": _day(history.first_change(note.path)),
        "changed": _day(history.last_change(note.path)),
        "domain": published.value(DOMAIN, note),
        "domains": published.values(DOMAIN, note),
        "tags": published.values(TAG, note),
        "status": published.value(STATUS, note),
        "priority": published.value(PRIORITY, note),
        "confidence": published.value(CONFIDENCE, note),
        "format": published.value(FORMAT, note),
        "authors": list(note.authors),
        "agents": list(note.agents),
        "aliases": list(note.aliases),
        "source_url": note.url,
        "counts": _counts(published.codex, note),
    }


def _day(change: Change | None) -> str | None:
    return change.date.iso if change else None


def _counts(codex: Codex, note: Note) -> Record:
    edges = codex.edges.get(note.path, ())
    leads = (*codex.destinations[note.path], *codex.reference_destinations[note.path])
    found = Counter(problem.severity for problem in codex.problems_of(note))
    return {
        "words": len(note.body.split()),
        "links": len({edge.other_end(note.path) for edge in edges if edge.stated_in == note.path}),
        "backlinks": len({edge.stated_in for edge in edges if edge.stated_in != note.path}),
        "wanted": sum(to.leads is Leads.WANTED for to in leads),
        "problems": {severity.value: found[severity] for severity in Severity},
    }

"""Two files in the form that an existing web application of codices reads."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from codex_publisher.model.dates import PartialDate
from codex_publisher.model.document import LinkForm
from codex_publisher.model.facets import AGENT, DOMAIN
from codex_publisher.model.front_matter import Value
from codex_publisher.model.kinds import BELIEF, CLAIM, CONVICTION, POSITION
from codex_publisher.model.links import Leads
from codex_publisher.model.note import Note
from codex_publisher.model.relations import Relation
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.model.wiki_links import plain_text
from codex_publisher.site.exports.merges import Merge
from codex_publisher.site.exports.published import Published, Record
from codex_publisher.site.exports.theme_colours import hues
from codex_publisher.site.exports.writing import to_json
from codex_publisher.site.listing import headline, shorten

log = logging.getLogger("mkdocs.hooks.codex")
FOLDERS: Final = ("core/", "domains/", "foundations/", "convictions/")
KINDS: Final = (CLAIM, CONVICTION, BELIEF, POSITION)
NOBODY: Final = "collective"
LEAST: Final = "speculative"
MAX_CHALLENGE: Final = 200
MAX_BYTES: Final = 100_000
"""Of the claims' context, all of which goes into a prompt."""
_COUNTER_SECTIONS: Final = ("counter-evidence", "counterevidence", "counterargument", "counter-argument")


class ApplicationNotes:
    """The notes that the application shows, with the facts it wants of each."""

    def __init__(self, published: Published) -> None:
        """Choose the notes, and find who looks after each domain."""
        self.codex = published.codex
        self.published = published
        self.notes = {
            note.path: note
            for note in published.codex.notes.values()
            if note.kind in KINDS and note.path.startswith(FOLDERS)
        }
        self.known_agents = {fold(one.label): one.label for one in self.codex.values(AGENT).values()}
        by_domain: dict[str, Counter[str]] = defaultdict(Counter)
        for note in published.codex.notes.values():
            by_domain[self.domain(note)].update(note.agents[:1])
        self._agents = {
            domain: min(agents, key=lambda agent: (-agents[agent], agent))
            for domain, agents in by_domain.items()
            if agents
        }

    def domain(self, note: Note) -> str:
        """The note's domain, else the folder below the first one, which means the same in a codex."""
        value = self.codex.value(DOMAIN, note.domain) if note.domain else None
        if value:
            return value.label
        folders = note.folder.split("/")
        return folders[1] if len(folders) > 1 else folders[0]

    def agent(self, note: Note) -> str:
        """Who looks after the note, else who looks after most of its domain."""
        return note.agents[0] if note.agents else self._agents.get(self.domain(note), NOBODY)

    def facts(self, note: Note) -> Record:
        """The members that both files have."""
        return {
            "title": headline(note.title),
            "domain": self.domain(note),
            "agent": self.agent(note),
            "confidence": note.confidence or LEAST,
        }


def graph_data(notes: ApplicationNotes, merges: Iterable[Merge]) -> Record:
    """The content of `api/graph-data.json`."""
    values = notes.codex.values(DOMAIN).values()
    return {
        "nodes": [_node(notes, note) for note in notes.notes.values()],
        "edges": list(_edges(notes)),
        "events": [event for merge in merges for event in _event(notes, merge)],
        "domain_colors": {value.label: hues()[value.colour] for value in values if value.colour in hues()},
    }


def _node(notes: ApplicationNotes, note: Note) -> Record:
    facts = notes.facts(note)
    said = [text for item in _texts(note.fields.get("challenged_by")) if (text := plain_text(item).strip())]
    edges = notes.codex.edges.get(note.path, ())
    disputed = any(edge.relation is Relation.CHALLENGED_BY and edge.subject == note.path for edge in edges)
    node: Record = {
        "id": note.path,
        "title": facts["title"],
        "domain": facts["domain"],
        "agent": facts["agent"],
        "created": _created(note.date),
        "confidence": facts["confidence"],
        "challenged": bool(said) or disputed or _has_counter_section(notes, note),
    }
    if said:
        node["challenges"] = [shorten(text, MAX_CHALLENGE) for text in said]
    return node


def _created(date: PartialDate | None) -> str:
    return date.iso if date else ""


def _has_counter_section(notes: ApplicationNotes, note: Note) -> bool:
    headings = notes.codex.documents[note.path].headings
    return any(fold(heading.text).startswith(_COUNTER_SECTIONS) for heading in headings)


def _texts(value: Value) -> Iterable[str]:
    if value is None or isinstance(value, str):
        return () if value is None else (value,)
    items = value.values() if isinstance(value, Mapping) else value
    return [text for item in items for text in _texts(item)]


def _edges(notes: ApplicationNotes) -> Iterable[Record]:
    """Links in texts, and disputes, between the notes that are shown: each once, in path order."""
    for path in notes.notes:
        body = zip(notes.codex.documents[path].links, notes.codex.destinations[path], strict=True)
        linked = (
            to.path
            for link, to in body
            if link.form in (LinkForm.WIKI, LinkForm.EMBED) and to.leads is Leads.NOTE and to.path != path
        )
        disputes = (
            edge.object
            for edge in notes.codex.edges.get(path, ())
            if edge.relation is Relation.CHALLENGED_BY and edge.subject == path
        )
        for kind, targets in (("wiki-link", linked), ("conflict", disputes)):
            yield from (_edge(notes, path, to, kind) for to in dict.fromkeys(targets) if to in notes.notes)


def _edge(notes: ApplicationNotes, source: NotePath, target: NotePath, kind: str) -> Record:
    ends = [notes.domain(notes.notes[path]) for path in (source, target)]
    return {
        "source": source,
        "target": target,
        "type": kind,
        "cross_domain": all(ends) and ends[0] != ends[1],
    }


def _event(notes: ApplicationNotes, merge: Merge) -> Iterable[Record]:
    claims = [path for path in merge.added if path.startswith(FOLDERS) and path.endswith(".md")]
    if not claims:
        return
    # An agent works on a branch of its own name, `leo/some-claim`, or begins its titles with it.
    words = fold(f"{merge.branch} {merge.title} {merge.author}").split("-")
    agent = next((notes.known_agents[word] for word in words if word in notes.known_agents), NOBODY)
    yield {
        "type": "pr-merge",
        "number": merge.number,
        "agent": agent,
        "claims_added": len(claims),
        "date": merge.date,
    }


def claims_context(notes: ApplicationNotes) -> Record:
    """The content of `api/claims-context.json`: every claim, described as far as there is room."""
    ordered = sorted(notes.notes.values(), key=lambda note: (notes.domain(note), note.title, note.path))
    records: list[Record] = []
    for note in ordered:
        facts = notes.facts(note)
        text = note.description or notes.codex.documents[note.path].summary
        records.append({"title": facts["title"], "description": text, **facts})
    context: Record = {
        "generated": notes.published.settings.today.isoformat(),
        "claimCount": len(records),
        "claims": records,
    }
    _fit(context, records)
    return context


def _fit(context: Record, records: Sequence[Record]) -> None:
    """Shorten descriptions, all to the same length, until the file has no more than its bytes."""
    texts = [str(record["description"]) for record in records]

    def size(length: int) -> int:
        for record, text in zip(records, texts, strict=True):
            record["description"] = shorten(text, length) if length else ""
        return len(to_json(context).encode())

    longest = max(map(len, texts), default=0)
    if size(longest) <= MAX_BYTES:
        return
    if (least := size(0)) > MAX_BYTES:
        log.info(
            "api/claims-context.json has %s bytes with the titles of %s claims alone, more than the %s that "
            "its reader expects; no claim is left out",
            f"{least:,}",
            f"{len(records):,}",
            f"{MAX_BYTES:,}",
        )
        return
    fits, too_long = 0, longest
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        fits, too_long = (middle, too_long) if size(middle) <= MAX_BYTES else (fits, middle)
    size(fits)

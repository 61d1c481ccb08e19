"""Notes as data: all of them in one file, and each in full beside its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from codex_publisher.model.addresses import attachment_address
from codex_publisher.model.document import Link
from codex_publisher.model.front_matter import Value
from codex_publisher.model.links import Destination, Leads
from codex_publisher.model.note import Note
from codex_publisher.model.relations import Edge
from codex_publisher.site.exports.published import Published, Record, record_of
from codex_publisher.site.exports.writing import to_json, write_json_text, writing_json_pieces
from codex_publisher.site.history import Change
from codex_publisher.site.listing import headline
from codex_publisher.site.note_views import provenance


def writing_notes(published: Published, site: Path) -> Iterator[None]:
    """Write `api/notes.json`, and `index.json` beside each note's page, note by note."""
    return writing_json_pieces(site / "api" / "notes.json", _write_each(published, site))


def _write_each(published: Published, site: Path) -> Iterator[str]:
    """Write the file beside each note's page, and give its record for the file of all."""
    codex = published.codex
    head = to_json(published.head()).removesuffix("}")
    yield f'{head},"notes":['
    separator = ""
    for note in codex.notes.values():
        record = to_json(record_of(published, note))
        # Put together from texts, since a note's record stands in both files.
        whole = f"{head},{record[1:-1]},{to_json(_in_full(published, note))[1:]}"
        write_json_text(site / codex.permalinks[note.path] / "index.json", whole)
        yield separator + record
        separator = ","
    yield "]}"


def _in_full(published: Published, note: Note) -> Record:
    """What the file beside a note's page tells besides the note's record."""
    codex, address = published.codex, published.address
    permalink = codex.permalinks[note.path]
    first, last = published.history.first_change(note.path), published.history.last_change(note.path)
    home = provenance(note, permalink, published.settings, last)
    return {
        "markdown": published.note_address(note, "index.md"),
        "repository": {"source": home.source_url, "edit": home.edit_url, "commit": home.commit_url},
        "history": {"added": _change(first), "changed": _change(last)},
        "fields": {name: _plain(value) for name, value in note.fields.items()},
        "headings": [
            {"level": one.level, "text": one.text, "url": address.known(permalink, one.id), "line": one.line}
            for one in codex.documents[note.path].headings
        ],
        "links": list(_links(published, note)),
        "relations": [_relation(published, note, edge) for edge in codex.edges.get(note.path, ())],
        "candidates": list(codex.documents[note.path].candidates),
        "problems": [
            {
                "code": one.code,
                "severity": one.severity.value,
                "title": one.rule.title,
                "line": one.line,
                "column": one.column,
                "message": one.message,
                "hint": one.hint,
            }
            for one in codex.problems_of(note)
        ],
    }


def _change(change: Change | None) -> Record | None:
    if change is None:
        return None
    return {"date": change.date.iso, "author": change.author, "commit": change.commit}


def _plain(value: Value) -> object:
    """A value of the front matter as JSON can tell it: texts, lists, groups, nothing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value]


def _links(published: Published, note: Note) -> Iterable[Record]:
    """The links of the text, then those of the front matter, in the order in which they stand there."""
    codex = published.codex
    body = zip(codex.documents[note.path].links, codex.destinations[note.path], strict=True)
    for link, to in body:
        yield _link(published, link, to, {"form": link.form.value, "section": link.section})
    fields = zip(note.references, codex.reference_destinations[note.path], strict=True)
    for reference, to in fields:
        said: Record = {"form": "field", "field": reference.field}
        if to.leads is not Leads.NOWHERE:
            target: Record = {"text": reference.text, "target": reference.target, "line": reference.line}
            yield {**said, **target, **_leads(published, to)}


def _link(published: Published, link: Link, to: Destination, said: Record) -> Record:
    target = f"{link.target}#{link.fragment}" if link.fragment else link.target
    return {**said, "text": link.text, "target": target, "line": link.line, **_leads(published, to)}


def _leads(published: Published, to: Destination) -> Record:
    """Where a link leads: only the members that mean something there."""
    found: Record = {"leads": to.leads.value}
    if to.leads is Leads.NOTE:
        found["path"] = to.path
        found["url"] = published.address.known(published.codex.permalinks[to.path], to.fragment)
    elif to.leads is Leads.ATTACHMENT:
        found["url"] = published.address.known(attachment_address(to.path))
    elif to.leads is Leads.OUTWARD:
        found["url"] = to.url
    elif to.why:
        found["why"] = to.why
    return found


def _relation(published: Published, note: Note, edge: Edge) -> Record:
    other = published.codex.notes[edge.other_end(note.path)]
    return {
        "type": edge.relation.value,
        "this_note": "subject" if edge.subject == note.path else "object",
        "other": {
            "path": other.path,
            "url": published.note_address(other),
            "kind": other.kind.name,
            "title": headline(other.title),
        },
        "stated_in": edge.stated_in,
        "place": edge.place,
        "line": edge.line,
        "sentence": str(edge.citation),
    }

"""What holds for every text that a stranger can write, each promise as one function that tries it.

The property tests try them with texts that hypothesis makes, `make fuzz` with those that atheris finds.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import unquote

import html5lib

from codex_publisher.cli.naming import find_note
from codex_publisher.cli.terminal import Refusal
from codex_publisher.cli.vault import Vault
from codex_publisher.markdown import Address, AddressKind, fill_links, render
from codex_publisher.markdown.render import outline
from codex_publisher.markdown.vocabulary import ATTRIBUTES, PREFIX, TAGS
from codex_publisher.model.addresses import MAX_PERMALINK, permalinks
from codex_publisher.model.dates import ImpossibleDate, PartialDate, parse_date
from codex_publisher.model.discovery import discover_listed, would_be_note
from codex_publisher.model.document import Document, Link, LinkForm
from codex_publisher.model.edits import Text
from codex_publisher.model.front_matter import FrontMatter, Value, read_front_matter
from codex_publisher.model.link_text import Spelling, find_target
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.resolver import Resolver
from codex_publisher.model.slugs import MAX_BYTES, NotePath, fold, slugify
from codex_publisher.model.source_text import decode
from codex_publisher.model.wiki_links import find_wiki_links, parse_wiki_link, plain_text
from codex_publisher.repository.mending import mend_notes
from codex_publisher.site.exports.writing import in_utf8, to_json
from support.notes import note_of
from support.sites import codex_of

_PLACEHOLDER = re.compile(r"codex:(\d+)\Z")
_RUNS = re.compile(r"(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_MAY_SAY_ANYTHING = frozenset({"title", "alt", "aria-label", "lang", "datetime"})
"""Attributes that a reader reads and no browser follows."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_KINDS = tuple(AddressKind)


def front_matter_is_read(text: str) -> FrontMatter:
    """Front matter never raises, every place is in the file, and what is not a field is in the body."""
    found = read_front_matter(text)
    lines = text.split("\n")
    assert found.places.keys() == found.fields.keys()
    for line, column in found.places.values():
        assert 1 <= line <= len(lines)
        assert column >= 1
    for fault in found.faults:
        assert 1 <= fault.line <= len(lines) + 1
        assert fault.column >= 1
        assert fault.message
    if not found.present:
        assert found.body == text
        assert found.body_line == 1
    plain(found.fields)
    return found


def note_is_read(path: str, raw: bytes) -> Note:
    """Any file becomes a note with a kind, a title and fields that JSON can tell."""
    note = read_note(NotePath(path), raw)
    assert note.kind.name
    assert note.title.strip()
    assert note.body_line >= 1
    clean = decode(raw).text
    assert not re.search(r"[\r\ud800-\udfff]", clean)
    fields_are_told(note)
    for problem in note.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
    return note


def fields_are_told(note: Note) -> None:
    """The fields of a note come out of strict JSON as they went in."""
    told = {name: plain(value) for name, value in note.fields.items()}
    read = json.loads(in_utf8(to_json(told), "\\\\").decode(), parse_constant=_refuse)
    assert read == json.loads(in_utf8(json.dumps(told), "\\\\").decode())
    assert list(read) == list(told)


def body_is_rendered(text: str) -> Document:
    """Any text becomes HTML in which nothing runs and nothing loads, with all that is told of it in it."""
    document = render(text)
    assert not document.fallback.startswith("rendering failed"), document.fallback
    assert len(document.html) <= 20 * len(text) + 64 * 1024 + 100
    attributes = _harmless(document.html)
    numbers = {int(found[1]) for _, value in attributes if (found := _PLACEHOLDER.match(value))}
    assert numbers == set(range(len(document.links))), "a link without a place, or a place without a link"
    ids = Counter(value for name, value in attributes if name == "id")
    assert all(count == 1 for count in ids.values()), f"an id stands twice: {ids.most_common(1)}"
    for heading in document.headings:
        assert ids[heading.id] == 1, f"no place for the heading {heading.id}"
    for name in document.block_ids:
        assert ids[f"{PREFIX}block-{name}"] == 1, f"no place for the block {name}"
    for shift in range(2):
        addresses = [_address(number + shift) for number in range(len(document.links))]
        for name, value in _harmless(fill_links(document.html, addresses), is_filled=True):
            assert name in _MAY_SAY_ANYTHING or not _PLACEHOLDER.match(value)
    return document


def outline_agrees(text: str) -> None:
    """What is looked at for checks is what is looked at for pages."""
    whole, quick = render(text), outline(text)
    for name in ("headings", "block_ids", "remarks", "fallback"):
        assert getattr(whole, name) == getattr(quick, name), name
    assert [_told(link) for link in whole.links] == [_told(link) for link in quick.links]


def wiki_links_are_found(text: str) -> None:
    """Wiki links of a plain text are in order, within it, and never overlap."""
    end = 0
    for link in find_wiki_links(text):
        assert end <= link.start < link.end <= len(text)
        assert text[link.start : link.end] == f"[[{text[link.start + 2 : link.end - 2]}]]"
        end = link.end
    plain_text(text)
    inner = parse_wiki_link(text)
    assert all(part == " ".join(part.split()) for part in (inner.target, inner.fragment, inner.text))


def slug_is_made(text: str) -> None:
    """A slug is short, safe in an address and a file name, and stays what it is."""
    slug = slugify(text)
    assert 0 < len(slug.encode()) <= MAX_BYTES
    assert re.fullmatch(r"[^\s/\\.:?#%_'\"<>|*-]+(?:-[^\s/\\.:?#%_'\"<>|*-]+)*", slug)
    assert slugify(slug) == slug
    assert fold(fold(text)) == fold(text)


def date_is_read(text: str) -> None:
    """A date is read, is none, or does not exist; and its own forms mean the same date."""
    try:
        date = parse_date(text)
    except ImpossibleDate as error:
        assert str(error)
        assert error.partial is None or isinstance(error.partial, PartialDate)
        return
    if date is not None:
        assert parse_date(date.iso) == date
        assert parse_date(date.words) == date


def target_is_resolved(names: list[str], target: str, origin: str) -> None:
    """Whatever a link names, it means one note or none, whatever order the notes come in."""
    notes = [note_of(f"{name}.md") for name in dict.fromkeys(names)]
    found = Resolver(notes).resolve(target, NotePath(origin))
    assert found == Resolver(reversed(notes)).resolve(target, NotePath(origin))
    if found is not None:
        paths = {note.path for note in notes}
        assert {found.path, *found.others} <= paths
        assert found.path not in found.others


def addresses_are_given(names: list[str]) -> None:
    """Every note has an address of its own below the site, short enough for every file system."""
    notes = [note_of(f"{name}.md") for name in dict.fromkeys(names)]
    addresses = permalinks(notes)
    assert addresses.keys() == {note.path for note in notes}
    assert len({address.casefold() for address in addresses.values()}) == len(notes)
    for address in addresses.values():
        assert len(address.encode()) <= MAX_PERMALINK
        assert all(step == slugify(step) for step in address.removesuffix("/").split("/")), address


def files_are_told_apart(paths: list[str]) -> None:
    """A file is a note, an attachment or nothing; and what would be a note is one."""
    found = discover_listed(paths, ())
    assert not set(found.notes) & set(found.attachments)
    assert {*found.notes, *found.attachments} <= set(paths)
    assert list(found.notes) == sorted(found.notes)
    for path in found.notes:
        assert would_be_note(path)


def links_can_be_renamed(text: str, target: str) -> None:
    """Where the target of a link is found in a text, another in its place is what the link then names."""
    note = note_of("a.md", text)
    exact = Text.of(text.encode())
    if exact is None:
        return
    links = render(note.body, note.body_line).links
    for number, link in enumerate(links[:5]):
        found = find_target(exact, link)
        if found is None:
            continue
        written = exact.exact[found.start : found.end]
        if found.spelling is Spelling.WIKI:
            assert " ".join(written.split()) == link.target
        after = exact.edited([found.replaced(target)])
        again = note_of("a.md", after.raw)
        renamed = render(again.body, again.body_line).links
        if len(renamed) == len(links) and link.form is renamed[number].form:
            assert unquote(renamed[number].target) in (target, unquote(target))


def mending_changes_nothing_else(raw: bytes) -> None:
    """A mended note means the same, and mending it again changes nothing."""
    path = NotePath("inbox/queue/note.md")
    beside: dict[str, str | bytes] = {
        "claims/short naps help.md": "---\ntype: claim\n---\n\nThey do.\n",
        "claims/B.md": "# B\n\nB.\n",
    }
    found = next(iter(mend_notes(codex_of({**beside, path: raw}), [path])), None)
    if found is None or not found.mends:
        return
    assert found.before.raw == raw
    before, after = (read_note(path, text.raw) for text in (found.before, found.after))
    assert _meaning(before) == _meaning(after)
    again = next(iter(mend_notes(codex_of({**beside, path: found.after.raw}), [path])), None)
    assert again is None or again.after.raw == found.after.raw
    touched = {
        number
        for mend in found.mends
        for edit in mend.edits
        for number in range(found.before.line_of(edit.start), found.before.line_of(edit.end) + 1)
    }
    rest = iter(_LINE.findall(found.after.exact))
    for number, line in enumerate(_LINE.findall(found.before.exact), 1):
        assert number in touched or line in rest, "a line that no mend names was changed"


def name_is_understood(vault: Vault, name: str) -> None:
    """What somebody types for a note means one, or is refused with a sentence."""
    try:
        note = find_note(vault, name)
    except Refusal as refusal:
        assert str(refusal).rstrip().endswith((".", ")", "more", ".md"))
    else:
        assert note.path in vault.codex.notes


def plain(value: Value) -> object:
    """A field's value as JSON tells it."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _harmless(html: str, is_filled: bool = False) -> list[tuple[str, str]]:
    """The attributes of HTML as a browser reads it, which breaks none of the static rules.

    There are only tags and attributes of the list, and no address that a browser would run.
    """
    found: list[tuple[str, str]] = []
    for element in html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS, f"<{element.tag}>"
        allowed = (
            ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset()) | ({"rel"} if is_filled else set())
        )
        for name, value in element.attrib.items():
            assert name in allowed, f"{name} of <{element.tag}>"
            assert name in _MAY_SAY_ANYTHING or not _RUNS.match(re.sub(r"[\x00-\x20]", "", value)), value
            assert name != "id" or value.startswith(PREFIX)
            found.append((name, value))
    return found


def _address(number: int) -> Address:
    kind = _KINDS[number % len(_KINDS)]
    href = "https://ok.example/" if kind in (AddressKind.OUTWARD, AddressKind.CODE) else "../ok/"
    return Address(href, kind)


def _told(link: Link) -> tuple[LinkForm, str, str, int, int, str]:
    return link.form, link.target, link.fragment, link.line, link.column, link.section


def _meaning(note: Note) -> tuple[object, ...]:
    folded = tuple(map(fold, (note.status, note.priority)))
    tags = sorted({fold(tag) for tag in note.tags})
    return note.kind, note.title, note.url, note.date, folded, tags, note.authors, note.aliases


def _refuse(constant: str) -> object:
    raise AssertionError(f"{constant} is not JSON")

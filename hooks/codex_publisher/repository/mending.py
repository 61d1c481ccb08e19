"""Mending notes: what is certain is put right, if the note then means what it meant before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codex_publisher.markdown.render import render
from codex_publisher.model.codex import Codex, value_key
from codex_publisher.model.document import Document, Link
from codex_publisher.model.edits import EditError, Text
from codex_publisher.model.front_matter import Value
from codex_publisher.model.links import Destination, LinkResolver
from codex_publisher.model.mends import Mend, Mending, Unmended, diagnose, might_be_mended
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.slugs import NotePath, fold
from codex_publisher.model.wiki_links import find_wiki_links, without_suffix

_LINK: Final = re.compile(r'(<a\b[^>]*\bhref="codex:(\d+)"[^>]*>).*?(</a>)', re.DOTALL)
_SAME: Final = (
    *("path", "kind", "title", "description", "domains", "aliases", "authors", "author_text"),
    *("agents", "format", "url", "date"),
)
"""What of a note no mend may change."""
_FOLDED: Final = ("status", "priority", "confidence")
_NOT_THE_SAME: Final = "the note would not mean quite the same"


@dataclass(frozen=True, slots=True)
class MendedNote:
    """A note with what was mended in it, and what was not."""

    path: NotePath
    before: Text
    after: Text
    mends: tuple[Mend, ...]
    unmended: tuple[Unmended, ...]


def mend_notes(
    codex: Codex, paths: Iterable[NotePath], skipped: frozenset[Mending] = frozenset()
) -> Iterator[MendedNote]:
    """Mend notes in memory, but for what is skipped.

    Gives those in which there is something to mend, in the order of `paths`.
    """
    links = LinkResolver(codex.notes, codex.documents, codex.attachments_in_use())
    for path in paths:
        note, document = codex.notes[path], codex.documents[path]
        if not might_be_mended(note, document, links.resolver):
            continue
        text = Text.of(note.digest_source)
        if text is None:
            why = "the file is not valid UTF-8, and writing it would change its bytes"
            yield MendedNote(path, Text(""), Text(""), (), (Unmended(None, 1, "the file", why),))
            continue
        mended = _mend(note, document, links, text, skipped)
        if mended.mends or mended.unmended:
            yield mended


def _mend(
    note: Note, document: Document, links: LinkResolver, text: Text, skipped: frozenset[Mending]
) -> MendedNote:
    found = diagnose(note, document, links.resolver, text)
    checker = _Checker(note, document, links, text)
    kept = asked = [mend for mend in found.mends if mend.what not in skipped]
    unmended = [one for one in found.unmended if one.what not in skipped]
    if kept and not checker.means_same(kept):
        kept = []
        for mend in asked:
            if checker.means_same([*kept, mend]):
                kept.append(mend)
            else:
                unmended.append(Unmended(mend.what, mend.line, mend.said, _NOT_THE_SAME))
    after = text.edited(edit for mend in kept for edit in mend.edits)
    return MendedNote(note.path, text, after, tuple(kept), tuple(sorted(unmended, key=lambda one: one.line)))


class _Checker:
    """Compares a note with what it would be if it were mended."""

    def __init__(self, note: Note, document: Document, links: LinkResolver, text: Text) -> None:
        self._note = note
        self._document = document
        self._links = links
        self._text = text

    def means_same(self, mends: Sequence[Mend]) -> bool:
        """Whether the note is the same but for what these mends say that they change."""
        try:
            after = self._text.edited(edit for mend in mends for edit in mend.edits)
        except EditError:
            return False
        note = read_note(self._note.path, after.raw)
        return self._is_same_note(note, mends) and self._is_same_body(note, mends)

    def _is_same_note(self, note: Note, mends: Sequence[Mend]) -> bool:
        before = self._note
        return (
            all(getattr(note, name) == getattr(before, name) for name in _SAME)
            and all(fold(getattr(note, name)) == fold(getattr(before, name)) for name in _FOLDED)
            and note.tags == self._expected_tags(mends)
            and list(note.fields.items()) == list(self._expected_fields(note.fields, mends).items())
            and self._references(note) == self._references(before)
            and not Counter(problem.code for problem in note.problems)
            - Counter(problem.code for problem in before.problems)
        )

    def _expected_tags(self, mends: Sequence[Mend]) -> tuple[str, ...]:
        tags = self._note.tags
        return _once(tags) if any(mend.what is Mending.TAGS for mend in mends) else tags

    def _expected_fields(self, now: Mapping[str, Value], mends: Sequence[Mend]) -> Mapping[str, Value]:
        """The fields, in their order, as these mends would have them."""
        renamed = {mend.field: mend.renamed for mend in mends if mend.renamed}
        fields = dict(self._note.fields)
        for mend in mends:
            if mend.value is not None:
                fields[mend.field] = mend.value
            elif mend.field and not mend.renamed:
                # Where links were mended, what is read now counts, if it names the same notes.
                said, was = now.get(renamed.get(mend.field, mend.field)), fields[mend.field]
                fields[mend.field] = said if _linked(said) == _linked(was) else was
        return {renamed.get(name, name): value for name, value in fields.items()}

    def _references(self, note: Note) -> list[tuple[object, Destination]]:
        return [(each.statement, self._links.reference(note, each)) for each in note.references]

    def _is_same_body(self, note: Note, mends: Sequence[Mend]) -> bool:
        if note.body == self._note.body:
            return True
        if self._document.fallback:
            # Its text could not be rendered, so what it meant is not known.
            return False
        changed = frozenset(mend.link for mend in mends if mend.link >= 0)
        before, after = self._document, render(note.body, self._note.body_line, note.title)
        return (
            len(after.links) == len(before.links)
            and _without_words(after.html, changed) == _without_words(before.html, changed)
            and after.headings == before.headings
            and after.block_ids == before.block_ids
            and after.fallback == before.fallback
            and all(
                _is_same_link(one, other, is_changed=number in changed)
                and self._links.link(self._note, one) == self._links.link(note, other)
                for number, (one, other) in enumerate(zip(before.links, after.links, strict=True))
            )
        )


def _is_same_link(before: Link, after: Link, *, is_changed: bool) -> bool:
    places = [(link.form, link.fragment, link.line, link.section) for link in (before, after)]
    if places[0] != places[1]:
        return False
    if is_changed:
        return without_suffix(before.text).casefold() == without_suffix(after.text).casefold()
    return (before.target, before.text) == (after.target, after.text)


def _without_words(html: str, numbers: frozenset[int]) -> str:
    """HTML without the words of these links."""
    return _LINK.sub(lambda found: found[1] + found[3] if int(found[2]) in numbers else found[0], html)


def _once(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags, each only once, as the site's index counts them."""
    return tuple(
        {value_key(tag): tag for tag in reversed(tags)}[key] for key in dict.fromkeys(map(value_key, tags))
    )


def _linked(value: Value) -> Value:
    """A value with the names in its wiki links as they are compared."""
    if isinstance(value, str):
        for link in reversed(list(find_wiki_links(value))):
            inside = f"{without_suffix(link.target).casefold()}#{link.fragment}|{link.text.casefold()}"
            value = f"{value[: link.start]}[[{inside}]]{value[link.end :]}"
        return value
    if isinstance(value, Mapping):
        return {key: _linked(item) for key, item in value.items()}
    return tuple(_linked(item) for item in value) if value is not None else None


def tally(notes: Iterable[MendedNote]) -> Mapping[Mending, int]:
    """How many mends of each kind there are, in the order of the kinds."""
    counts = Counter(mend.what for note in notes for mend in note.mends)
    return {what: counts[what] for what in Mending if counts[what]}

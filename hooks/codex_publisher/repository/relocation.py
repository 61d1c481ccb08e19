"""Giving a note another place or name, with every link to it and in it, or not at all.

The edits are made in memory first. Then all links of the codex are resolved anew, and only if each leads
where it led before is there anything to write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.document import Document, LinkForm
from codex_publisher.model.edits import Edit, EditError, Text
from codex_publisher.model.field_text import FrontMatterText
from codex_publisher.model.link_paths import NewName, path_target, relative_target, wiki_target
from codex_publisher.model.link_text import edit_field_links, find_target
from codex_publisher.model.links import Destination, Leads, LinkResolver
from codex_publisher.model.note import Note, read_note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.revisions import rendered
from codex_publisher.repository.writing import FileChange

MOST_NAMED: Final = 5
_BROKEN: Final = "F1"
"""How the codes begin of what is wrong with how front matter is written."""
_SAME: Final = ("kind", "domains", "tags", "authors", "agents", "format", "url", "priority", "confidence")
"""What of a note neither its place nor its name may change."""


class RelocationError(Exception):
    """Why a note cannot have another place or name; nothing was written. Its text is a sentence."""


@dataclass(frozen=True, slots=True)
class Relocation:
    """What is to be written so that a note has another place or name."""

    name: NewName
    changes: tuple[FileChange, ...]
    """The note's own first."""
    links: int
    """How many links say something else than before."""
    found: tuple[NotePath, ...]
    """Notes that have a link which led nowhere, and leads to the note now."""


@dataclass(frozen=True, slots=True)
class _LinkPlace:
    """One link of a note: in its body by its number, or in its front matter likewise."""

    path: NotePath
    in_body: bool
    number: int


def relocate(
    codex: Codex,
    attachments: Sequence[NotePath],
    name: NewName,
    own: Callable[[FrontMatterText], Sequence[Edit]],
) -> Relocation:
    """Plan that a note has another path, with the edits `own` of its own text.

    Raises RelocationError when it cannot be done without changing where some link leads.
    """
    work = _Relocating(codex, attachments, name, own)
    return work.plan()


class _Relocating:
    def __init__(
        self,
        codex: Codex,
        attachments: Sequence[NotePath],
        name: NewName,
        own: Callable[[FrontMatterText], Sequence[Edit]],
    ) -> None:
        self._codex = codex
        self._attachments = attachments
        self._name = name
        self._own = own
        self._by_path: set[_LinkPlace] = set()
        """Links that have to name their note by its path, since its name alone would mean another."""

    def plan(self) -> Relocation:
        texts, count = self._texts()
        strayed, found = self._compare(texts)
        if strayed:
            self._by_path.update(place for place, _, _ in strayed)
            texts, count = self._texts()
            strayed, found = self._compare(texts)
        if strayed:
            raise RelocationError(self._why(strayed))
        changes = [self._change(path, text) for path, text in texts.items()]
        changes.sort(key=lambda change: (change.path != self._name.path, change.path))
        return Relocation(self._name, tuple(changes), count, tuple(found))

    def _change(self, path: NotePath, text: Text) -> FileChange:
        before = self._codex.notes[path].digest_source
        target = self._name.now(path)
        return (
            FileChange(path, before, text.raw, target)
            if target != path
            else FileChange(path, before, text.raw)
        )

    def _texts(self) -> tuple[dict[NotePath, Text], int]:
        """The new text of every note that gets one, and how many links are rewritten."""
        texts: dict[NotePath, Text] = {}
        count = 0
        for note in self._codex.notes.values():
            if not self._is_touched(note):
                continue
            text = Text.of(note.digest_source)
            if text is None:
                if note.path == self._name.path:
                    raise RelocationError(f"{note.path} is not valid UTF-8, so it cannot be edited.")
                continue
            edits = list(dict.fromkeys((*self._body_edits(note, text), *self._field_edits(note, text))))
            count += len(edits)
            try:
                if note.path == self._name.path:
                    edits += self._own(FrontMatterText.of(text))
                if edits or note.path == self._name.path:
                    texts[note.path] = text.edited(edits)
            except EditError as error:
                raise RelocationError(f"{note.path}: {error}") from error
        return texts, count

    def _is_touched(self, note: Note) -> bool:
        path = self._name.path
        places = (*self._codex.destinations[note.path], *self._codex.reference_destinations[note.path])
        return (
            note.path == path
            or any(to.leads is Leads.NOTE and to.path == path for to in places)
            or any(place.path == note.path for place in self._by_path)
        )

    def _body_edits(self, note: Note, text: Text) -> Iterator[Edit]:
        links = self._codex.documents[note.path].links
        for number, (link, to) in enumerate(zip(links, self._codex.destinations[note.path], strict=True)):
            if to.leads not in (Leads.NOTE, Leads.ATTACHMENT) or not link.target:
                continue
            if link.form in (LinkForm.WIKI, LinkForm.EMBED):
                new = self._wiki(note.path, link.target, to, _LinkPlace(note.path, True, number))
            elif link.form in (LinkForm.MARKDOWN, LinkForm.IMAGE):
                new = relative_target(self._name, note.path, link.target, to.path)
            else:
                continue
            if new is not None and (place := find_target(text, link)):
                yield place.replaced(new)

    def _field_edits(self, note: Note, text: Text) -> Iterator[Edit]:
        destinations = self._codex.reference_destinations[note.path]
        pairs = list(enumerate(zip(note.references, destinations, strict=True)))
        numbers = {(each.field, each.target): number for number, (each, _) in pairs}
        named = {each.field for number, (each, to) in pairs if self._concerns(note, number, to)}
        if not named:
            return
        fields = FrontMatterText.of(text)
        for field in sorted(named):

            def rename(target: str, field: str = field) -> str | None:
                number = numbers.get((field, target))
                if number is None:
                    return None
                return self._wiki(
                    note.path, target, destinations[number], _LinkPlace(note.path, False, number)
                )

            yield from edit_field_links(fields, field, rename)

    def _concerns(self, note: Note, number: int, to: Destination) -> bool:
        if to.leads is not Leads.NOTE:
            return False
        is_named = self._name.path in (to.path, note.path)
        return is_named or _LinkPlace(note.path, False, number) in self._by_path

    def _wiki(self, origin: NotePath, target: str, to: Destination, place: _LinkPlace) -> str | None:
        if to.leads is not Leads.NOTE:
            return None
        if place in self._by_path:
            return path_target(self._name.now(to.path))
        return wiki_target(self._codex.links.resolver, self._name, origin, target)

    def _compare(
        self, texts: Mapping[NotePath, Text]
    ) -> tuple[list[tuple[_LinkPlace, Destination, Destination]], list[NotePath]]:
        """The links that would lead elsewhere, and the notes of those that would no longer lead nowhere."""
        notes, documents = self._as_they_would_be(texts)
        in_order = sorted(notes.values(), key=lambda note: note.path)
        links = LinkResolver({note.path: note for note in in_order}, documents, self._attachments)
        strayed, found = [], []
        for path, note in notes.items():
            before = (self._codex.destinations[path], self._codex.reference_destinations[path])
            now = (
                [links.link(note, link) for link in documents[note.path].links],
                [links.reference(note, reference) for reference in note.references],
            )
            for in_body, (old, new) in zip((True, False), zip(before, now, strict=True), strict=True):
                if len(old) != len(new):
                    raise RelocationError(f"{path} would have other links than before. Nothing was changed.")
                for number, (was, is_now) in enumerate(zip(old, new, strict=True)):
                    if self._is_same(was, is_now):
                        continue
                    if (
                        was.leads in (Leads.WANTED, Leads.NOWHERE, Leads.BROKEN)
                        and is_now.path == self._name.target
                    ):
                        found.append(note.path)
                    else:
                        strayed.append((_LinkPlace(path, in_body, number), was, is_now))
        return strayed, found

    def _as_they_would_be(
        self, texts: Mapping[NotePath, Text]
    ) -> tuple[dict[NotePath, Note], dict[NotePath, Document]]:
        """Every note, under the path that it had; and every document, under the one that it would have."""
        notes = dict(self._codex.notes)
        documents = dict(self._codex.documents)
        documents.pop(self._name.path)
        for path, text in texts.items():
            notes[path] = read_note(self._name.now(path), text.raw)
            self._check(self._codex.notes[path], notes[path])
        documents.update(rendered([notes[path] for path in texts]))
        return notes, documents

    def _check(self, before: Note, after: Note) -> None:
        """Raise RelocationError when a note that is edited would not be the same, but for what is asked."""
        is_own = before.path == self._name.path
        if is_own and after.title != self._name.new_title:
            raise RelocationError(
                f"{before.path} would have the title “{after.title}”, not the one that was asked for. "
                "Nothing was changed."
            )
        lost = [name for name in before.fields if name not in after.fields and not is_own]
        worse = Counter(problem.code for problem in after.problems) - Counter(
            problem.code for problem in before.problems
        )
        changed = [name for name in _SAME if getattr(before, name) != getattr(after, name)]
        if lost or changed or any(code.startswith(_BROKEN) for code in worse):
            raise RelocationError(
                f"The front matter of {before.path} is written in a way in which nothing can be changed for "
                "certain; mend it first. Nothing was changed."
            )

    def _is_same(self, was: Destination, now: Destination) -> bool:
        if was.leads is Leads.BROKEN and now.leads is Leads.BROKEN:
            # Why it is broken is said with the path that it has.
            return True
        if was.leads is not Leads.NOTE:
            return was == now
        return (now.leads, now.path, now.fragment) == (Leads.NOTE, self._name.now(was.path), was.fragment)

    def _why(self, strayed: Sequence[tuple[_LinkPlace, Destination, Destination]]) -> str:
        places = []
        for place, was, now in strayed[:MOST_NAMED]:
            links = (
                self._codex.documents[place.path].links
                if place.in_body
                else self._codex.notes[place.path].references
            )
            link = links[place.number]
            led, leads = (to.path or to.url or "nowhere" for to in (was, now))
            places.append(
                f"\n  {place.path}:{link.line}: “{link.target}” leads to {led} and would lead to {leads}."
            )
        more = len(strayed) - MOST_NAMED
        rest = f"\n  … and {more:,} more." if more > 0 else ""
        return f"Links would lead elsewhere, so nothing was changed:{''.join(places)}{rest}"

"""Where each link of each note leads, and what is wrong with those that lead nowhere."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.beliefs import BeliefCodes
from codex_publisher.model.discovery import ATTACHMENT_SUFFIXES
from codex_publisher.model.document import Citation, Document, Link, LinkForm
from codex_publisher.model.near import NearestName
from codex_publisher.model.note import Note
from codex_publisher.model.problems import Problem, Rule
from codex_publisher.model.references import Reference
from codex_publisher.model.relations import Statement, statement_of
from codex_publisher.model.resolver import AttachmentResolver, Resolver
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import ROOT, NotePath, fold
from codex_publisher.model.web import is_web_address

RUNNING_SUFFIXES: Final = frozenset({".svg", ".html", ".htm", ".js", ".xml", ".exe"})
"""Kinds of file that can run a script or a program."""
OTHER_SUFFIXES: Final = frozenset(
    (
        *(".base", ".canvas", ".drawio", ".bmp", ".heic", ".tif", ".tiff", ".psd"),
        *(".3gp", ".flac", ".m4a", ".mkv", ".mov", ".ogg", ".ogv", ".wav"),
        *(".doc", ".docx", ".epub", ".odt", ".ppt", ".pptx", ".xls", ".xlsx", ".zip"),
    )
)
"""Kinds of file that people keep beside their notes, and that no browser shows everywhere."""
REFUSED_SUFFIXES: Final = RUNNING_SUFFIXES | OTHER_SUFFIXES
MAX_HEADINGS: Final = 200
"""How many headings of a note are looked through for one like that which is missing."""
_COPY_HEADING: Final = "copy the heading as it is written there"
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OUTWARD: Final = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)


class Leads(Shared, StrEnum):
    """What a link leads to."""

    NOTE = "note"
    OUTWARD = "outward"
    ATTACHMENT = "attachment"
    WANTED = "wanted"
    """A note that is not written yet"""
    BROKEN = "broken"
    NOWHERE = "nowhere"
    """Not a link after all: the words stay as they are"""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads. Only the members that its `leads` calls for are set."""

    leads: Leads
    path: NotePath = ROOT
    """The note's or the attachment's path."""
    fragment: str = ""
    """The id on the note's page."""
    url: str = ""
    why: str = ""
    """For a broken link: a sentence for whoever meets it."""


@dataclass(frozen=True, slots=True)
class WantedBy:
    """One place where a note is wanted that is not written yet."""

    target: str
    path: NotePath
    line: int
    column: int
    citation: Citation
    place: str
    """The field's name, or the section's heading."""
    statement: Statement
    """What that says about the two notes."""


NOWHERE: Final = Destination(Leads.NOWHERE)
WANTED: Final = Destination(Leads.WANTED)


class LinkResolver:
    """Resolves the links of one note after another, and gathers what is wrong and what is wanted."""

    def __init__(
        self,
        notes: Mapping[NotePath, Note],
        documents: Mapping[NotePath, Document],
        attachments: Iterable[NotePath],
    ) -> None:
        """Index the codex's notes and attachments."""
        self.resolver = Resolver(notes.values())
        self.beliefs = BeliefCodes(notes.values(), documents)
        self.problems: list[Problem] = []
        self.wanted: list[WantedBy] = []
        self._attachments = AttachmentResolver(attachments)
        self._near_stem = NearestName(note.stem for note in notes.values())
        self._near_file = NearestName(self._attachments.names())
        self._documents = documents
        self._titles = {path: note.title for path, note in notes.items()}
        self._ids: dict[NotePath, dict[str, str]] = {}

    def has_same_ground(self, other: LinkResolver) -> bool:
        """Whether what links lead to besides notes is the same: attachments, and beliefs that have codes."""
        return self._attachments.is_same(other._attachments) and self.beliefs.is_same(other.beliefs)

    def link(self, note: Note, link: Link) -> Destination:
        """Where a link of the note's body leads."""
        if link.form is LinkForm.CODE:
            belief = self.beliefs.find(link.target, note)
            return Destination(Leads.NOTE, belief.path, belief.heading_id) if belief else NOWHERE
        if link.form is LinkForm.BARE:
            return self._bare(note, link)
        if link.form in (LinkForm.WIKI, LinkForm.EMBED):
            return self._wiki(note, link)
        if _OUTWARD.match(link.target):
            return (
                Destination(Leads.OUTWARD, url=link.target)
                if _can_be_opened(link.target)
                else self._refuse(note, link)
            )
        if _SCHEME.match(link.target) or link.target.startswith("//"):
            return self._refuse(note, link)
        return self._relative(note, link)

    def reference(self, note: Note, reference: Reference) -> Destination:
        """Where a link in the note's front matter leads."""
        if not reference.target:
            return NOWHERE
        place = (reference.line, reference.column)
        if reference.is_certain and self._names_attachment(note, reference.target):
            return self._attachment(note, reference.target, place, by_name=True)
        found = self._find(note, reference.target, place)
        if found == note.path and not reference.fragment:
            self._report_self(note, place)
        if found is not None:
            return Destination(Leads.NOTE, found, self._fragment(note, found, reference.fragment, place))
        if not reference.is_certain:
            return NOWHERE
        stated = (reference.field, reference.statement)
        self.wanted.append(WantedBy(reference.target, note.path, *place, reference.citation, *stated))
        return WANTED

    def _bare(self, note: Note, link: Link) -> Destination:
        found = self.resolver.resolve(link.target, note.path)
        return Destination(Leads.NOTE, found.path) if found else NOWHERE

    def _wiki(self, note: Note, link: Link) -> Destination:
        place = (link.line, link.column)
        if not link.target:
            return Destination(Leads.NOTE, note.path, self._fragment(note, note.path, link.fragment, place))
        if self._names_attachment(note, link.target):
            return self._attachment(note, link.target, place, by_name=True)
        found = self._find(note, link.target, place)
        if found == note.path and not link.fragment:
            self._report_self(note, place)
        if found is not None:
            return Destination(Leads.NOTE, found, self._fragment(note, found, link.fragment, place))
        stated = (link.section, statement_of(note, link.section))
        self.wanted.append(WantedBy(link.target, note.path, *place, link.citation, *stated))
        return WANTED

    def _names_attachment(self, note: Note, target: str) -> bool:
        """Whether a wiki link means a file: a note may be called “Node.js” too."""
        if _suffix(target) not in ATTACHMENT_SUFFIXES | REFUSED_SUFFIXES:
            return False
        if self._attachments.resolve(target, note.path, by_name=True):
            return True
        return self.resolver.resolve(target, note.path) is None

    def _find(self, note: Note, target: str, place: tuple[int, int]) -> NotePath | None:
        found = self.resolver.resolve(target, note.path)
        if found is None:
            return None
        if found.is_ambiguous:
            self._report(
                note,
                rules.AMBIGUOUS_LINK,
                place,
                f"“{shorten(target)}” fits {len(found.others) + 1} notes; it leads to {found.path}.",
                "rename one of them"
                if set(found.path) & set("#|[]")
                else f"write the path, as in [[{found.path.removesuffix('.md')}]]",
            )
        return found.path

    def _relative(self, note: Note, link: Link) -> Destination:
        place = (link.line, link.column)
        if not link.target:
            return Destination(Leads.NOTE, note.path, self._fragment(note, note.path, link.fragment, place))
        suffix = _suffix(link.target)
        if link.form is LinkForm.IMAGE or suffix in ATTACHMENT_SUFFIXES | REFUSED_SUFFIXES:
            return self._attachment(note, link.target, place, by_name=False)
        relative = posixpath.normpath(posixpath.join(note.folder, link.target))
        from_root = posixpath.normpath(link.target.lstrip("/"))
        found = self.resolver.at_path(relative) or self.resolver.at_path(from_root)
        if found is None and suffix == ".md":
            stem = self.resolver.resolve(link.target.rpartition("/")[2], note.path)
            found = stem.path if stem else None
        if found == note.path and not link.fragment:
            self._report_self(note, place)
        if found is not None:
            return Destination(Leads.NOTE, found, self._fragment(note, found, link.fragment, place))
        why = f"There is no note at “{shorten(link.target)}”."
        near = self._near_stem.find(_stem(link.target))
        hint = f"did you mean [[{near}]]?" if near else "mend the path, or link by name: [[name of the note]]"
        self._report(note, rules.BROKEN_PATH, place, why, hint)
        return Destination(Leads.BROKEN, why=why)

    def _attachment(self, note: Note, target: str, place: tuple[int, int], by_name: bool) -> Destination:
        suffix = _suffix(target)
        if suffix and suffix not in ATTACHMENT_SUFFIXES:
            why = f"Files of the kind “{shorten(suffix)}” are not published"
            why += ": some can run a script." if suffix in RUNNING_SUFFIXES else "."
            self._report(note, rules.REFUSED_ATTACHMENT, place, why, "use PNG, JPEG, GIF, WebP, AVIF or PDF")
            return Destination(Leads.BROKEN, why=why)
        found = self._attachments.resolve(target, note.path, by_name)
        if found is None:
            why = f"There is no file at “{shorten(target)}”."
            near = self._near_file.find(target.rpartition("/")[2].casefold())
            hint = f"did you mean {near}?" if near else "add the file, or mend the path"
            self._report(note, rules.MISSING_ATTACHMENT, place, why, hint)
            return Destination(Leads.BROKEN, why=why)
        return Destination(Leads.ATTACHMENT, found)

    def _refuse(self, note: Note, link: Link) -> Destination:
        why = f"“{shorten(link.target)}” is not an address that can be opened."
        self._report(
            note, rules.BROKEN_PATH, (link.line, link.column), why, "use an http, https or mailto address"
        )
        return Destination(Leads.BROKEN, why=why)

    def _fragment(self, note: Note, target: NotePath, fragment: str, place: tuple[int, int]) -> str:
        """The id that a fragment means on the target's page; empty, and reported, when there is none."""
        if not fragment:
            return ""
        if target not in self._ids:
            # The heading that repeats the title is the top of the page, where a link without fragment leads.
            top = {fold(self._titles[target]): ""}
            self._ids[target] = top | _fragment_ids(self._documents.get(target, Document("")))
        ids = self._ids[target]
        if fragment.startswith("^"):
            found = ids.get(fragment)
        else:
            last = fragment.rpartition("#")[2]
            found = ids.get(fold(last), ids.get(fold(last.removeprefix("n-"))))
        if found is None:
            self._report_fragment(note, fragment, ids, place)
            return ""
        return found

    def _report_fragment(self, note: Note, fragment: str, ids: Iterable[str], place: tuple[int, int]) -> None:
        is_block = fragment.startswith("^")
        alike = islice((name for name in ids if name.startswith("^") is is_block), MAX_HEADINGS)
        near = difflib.get_close_matches(fragment if is_block else fold(fragment), list(alike), n=1)
        name, what = shorten(fragment), "block marked" if is_block else "heading"
        usual = f"end the paragraph that is meant with ` {name}`" if is_block else _COPY_HEADING
        message = f"The note has no {what} “{name}”; the link leads to the top of the note."
        hint = f"did you mean `#{near[0]}`?" if near else usual
        self._report(note, rules.MISSING_HEADING, place, message, hint)

    def _report_self(self, note: Note, place: tuple[int, int]) -> None:
        message = "This link leads to the note that it stands in."
        self._report(note, rules.SELF_LINK, place, message, "link to another note, or leave the words plain")

    def _report(self, note: Note, rule: Rule, place: tuple[int, int], message: str, hint: str = "") -> None:
        self.problems.append(Problem(note.path, place[0], place[1], rule, message, hint))


def _fragment_ids(document: Document) -> dict[str, str]:
    ids = {f"^{name}": f"n-block-{name}" for name in document.block_ids}
    for heading in reversed(document.headings):
        ids[fold(heading.id.removeprefix("n-"))] = heading.id
    for heading in reversed(document.headings):
        ids[fold(heading.text)] = heading.id
    return ids


def _stem(target: str) -> str:
    name = target.rstrip("/").rpartition("/")[2]
    return name.removesuffix(".md")


def _suffix(target: str) -> str:
    return posixpath.splitext(target)[1].lower()


def _can_be_opened(url: str) -> bool:
    return url.lower().startswith("mailto:") or is_web_address(url)


def shorten(text: str) -> str:
    """A name as it is quoted in a message: at most 120 characters."""
    return text if len(text) <= 120 else f"{text[:119]}…"

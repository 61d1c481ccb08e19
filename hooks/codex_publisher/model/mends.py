"""What is certain enough to be mended without asking: each mend as exact edits, with what it may change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.codex import value_key
from codex_publisher.model.dates import ImpossibleDate, parse_date
from codex_publisher.model.document import Document, Link, LinkForm
from codex_publisher.model.edits import Edit, Text
from codex_publisher.model.facets import CONFIDENCES, PRIORITIES, STATUSES
from codex_publisher.model.field_text import FieldText, FrontMatterText, Scalar
from codex_publisher.model.fields import LEGACY_NAMES
from codex_publisher.model.front_matter import Value
from codex_publisher.model.kinds import CLAIM, SOURCE
from codex_publisher.model.link_text import edit_field_links, find_target
from codex_publisher.model.note import Note
from codex_publisher.model.resolver import Resolver, Step
from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import fold

LONGEST_WORDS: Final = 60
"""Characters of a name that may be words of a sentence; a longer one is a sentence by itself."""

_SUFFIX: Final = re.compile(r"\.md$", re.IGNORECASE)
_DATE_FIELD: Final = re.compile(r"date|created|updated|last_[a-z]+|published|(?:[a-z]+_)?date(?:_[a-z]+)?")
_NUMBERS: Final = re.compile(r"([1-9][0-9]{3})([-/])([0-9]{1,2})(?:\2([0-9]{1,2}))?", re.ASCII)
_IN_WORDS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,]*[ ][A-Za-z0-9 .,]*[0-9]", re.ASCII)
_COMPACT: Final = re.compile(r"[1-9][0-9]{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])", re.ASCII)
_ITEM_LINE: Final = re.compile(r"[ \t]*-[ \t]+$")
_COMMA: Final = re.compile(r"[ \t]*,[ \t]*")


class Mending(Shared, Enum):
    """A kind of mend; its value says of what."""

    LEGACY_FIELD = "older name of a field"
    SPELLING = "spelling of a value"
    DATE = "form of a date"
    TAGS = "tag said twice"
    SUFFIX = "`.md` in a link"
    CASE = "case of a link"


@dataclass(frozen=True, slots=True)
class Mend:
    """Something that can be mended, and how."""

    what: Mending
    line: int
    said: str
    """What is changed, in a few words."""
    edits: tuple[Edit, ...]
    field: str = ""
    """The field that it changes; empty for the body."""
    renamed: str = ""
    """The field's new name, if it gets one."""
    value: Value = None
    """The field's new value, if it gets one."""
    link: int = -1
    """The number of the body's link that it changes."""


@dataclass(frozen=True, slots=True)
class Unmended:
    """Something that looks as if it could be mended, and why it was left as it is."""

    what: Mending | None
    """None when it is the whole file."""
    line: int
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What can be mended in a note, and what cannot."""

    mends: tuple[Mend, ...]
    unmended: tuple[Unmended, ...]


def diagnose(note: Note, document: Document, resolver: Resolver, text: Text) -> Diagnosis:
    """Find what can be mended in a note, whose file has this text."""
    doctor = _Doctor(note, document, resolver, text)
    return Diagnosis(tuple(doctor.mends()), tuple(doctor.unmended))


def might_be_mended(note: Note, document: Document, resolver: Resolver) -> bool:
    """Whether it is worth reading a note's file again; without a look at how anything is written."""
    return (
        any(problem.rule is rules.LEGACY_FIELD for problem in note.problems)
        or any(_better_spelling(note, name) for name in _VOCABULARIES)
        or any(_better_date(name, value) for name, value in note.fields.items())
        or len({value_key(tag) for tag in note.tags}) < _length(note.fields, _tags_field(note))
        or any(_better_target(resolver, note, link.target) for link in document.links if _is_wiki(link))
        or any(_better_target(resolver, note, each.target) for each in note.references)
    )


def _length(fields: Mapping[str, Value], name: str) -> int:
    value = fields.get(name)
    return len(value) if isinstance(value, tuple) else 0


def _tags_field(note: Note) -> str:
    names = ("tags", *LEGACY_NAMES["tags"])
    return next((name for name in names if note.fields.get(name) not in (None, "", ())), "tags")


def _is_wiki(link: Link) -> bool:
    return link.form in (LinkForm.WIKI, LinkForm.EMBED)


def _status(note: Note) -> tuple[str, ...]:
    return STATUSES if note.kind is SOURCE else ()


def _confidence(note: Note) -> tuple[str, ...]:
    return CONFIDENCES if note.kind is CLAIM else ()


_VOCABULARIES: Final[Mapping[str, Callable[[Note], tuple[str, ...]]]] = {
    "status": _status,
    "priority": lambda note: PRIORITIES,
    "confidence": _confidence,
}


def _better_spelling(note: Note, name: str) -> str:
    """How a value of a vocabulary is to be spelled; empty when it is already, or means nothing there."""
    value = note.fields.get(name)
    if not isinstance(value, str) or (spelled := fold(value)) not in _VOCABULARIES[name](note):
        return ""
    # Only these may differ: “null-result!” is not quite what the vocabulary means.
    is_same = value_key(value.strip()) == spelled
    return spelled if is_same and value != spelled else ""


def _better_date(name: str, value: Value) -> str:
    """A date in the form that is asked for; empty when it has that, or could mean another day."""
    if not isinstance(value, str) or not _DATE_FIELD.fullmatch(name):
        return ""
    text = value.strip()
    try:
        date = parse_date(text)
    except ImpossibleDate:
        return ""
    if date is None:
        return ""
    if found := _NUMBERS.fullmatch(text):
        year, _, *rest = found.groups()
        # A day or month of zero says that it is not known, and stays.
        better = "-".join([year, *(f"{int(part):02}" for part in rest if part)])
    elif _COMPACT.fullmatch(text) or (_IN_WORDS.fullmatch(text) and any(letter.isalpha() for letter in text)):
        better = date.iso
    else:
        return ""
    return better if better != value and parse_date(better) == date else ""


def _better_target(resolver: Resolver, note: Note, target: str) -> str:
    """How a wiki link is to name its note; empty when it does, or when that is not certain."""
    found = resolver.resolve(target, note.path)
    if found is None or found.others:
        return ""
    better = _SUFFIX.sub("", target)
    if found.step is Step.STEM_IGNORING_CASE and "/" not in target:
        better = found.path.rpartition("/")[2].rpartition(".")[0]
    if better == target or not better or set(better) & set("[]|#\\\n"):
        return ""
    now = resolver.resolve(better, note.path)
    return better if now and now.path == found.path and not now.others else ""


class _Doctor:
    """Goes through one note."""

    def __init__(self, note: Note, document: Document, resolver: Resolver, text: Text) -> None:
        self.unmended: list[Unmended] = []
        self._note = note
        self._document = document
        self._resolver = resolver
        self._text = text
        self._fields = FrontMatterText.of(text)

    def mends(self) -> Iterator[Mend]:
        """Every mend of the note, in the order of the kinds."""
        yield from self._legacy_names()
        yield from self._spellings()
        yield from self._dates()
        yield from self._tags()
        yield from self._field_links()
        yield from self._body_links()

    def _leave(self, what: Mending, name: str, said: str, why: str) -> None:
        line, _ = self._fields.front_matter.places.get(name, (1, 1))
        self.unmended.append(Unmended(what, line, said, why))

    def _line(self, edit: Edit) -> int:
        return self._text.line_of(edit.start)

    def _legacy_names(self) -> Iterator[Mend]:
        in_use = {self._fields.front_matter.places[name]: name for name in self._fields.front_matter.places}
        for problem in self._note.problems:
            if problem.rule is not rules.LEGACY_FIELD:
                continue
            legacy = in_use.get((problem.line, problem.column), "")
            name = next((new for new, olds in LEGACY_NAMES.items() if legacy in olds), "")
            said = f"`{legacy}` → `{name}`"
            if name in self._note.fields:
                why = f"`{name}` is there as well, with nothing in it; delete one of the two"
                self._leave(Mending.LEGACY_FIELD, legacy, said, why)
            elif (field := self._fields.field(legacy)) is None:
                self._leave(Mending.LEGACY_FIELD, legacy, said, "it is not written as valid YAML")
            else:
                edit = field.key.replaced(name)
                yield Mend(Mending.LEGACY_FIELD, self._line(edit), said, (edit,), legacy, renamed=name)

    def _spellings(self) -> Iterator[Mend]:
        for name in _VOCABULARIES:
            if better := _better_spelling(self._note, name):
                yield from self._with_value(Mending.SPELLING, name, better)

    def _dates(self) -> Iterator[Mend]:
        for name, value in self._note.fields.items():
            if better := _better_date(name, value):
                yield from self._with_value(Mending.DATE, name, better)

    def _with_value(self, what: Mending, name: str, value: str) -> Iterator[Mend]:
        said = f"`{name}: {self._note.fields[name]}` → `{value}`"
        field = self._fields.field(name)
        if field is None or field.value is None or not self._is_plainly_written(field.value):
            self._leave(what, name, said, "the value is written over several lines, or with escapes")
            return
        edit = field.value.replaced(value)
        yield Mend(what, self._line(edit), said, (edit,), name, value=value)

    def _is_plainly_written(self, scalar: Scalar) -> bool:
        quotes = len(scalar.style)
        inside = self._text.exact[scalar.start + quotes : scalar.end - quotes]
        return scalar.style in ("", "'", '"') and inside == scalar.value

    def _tags(self) -> Iterator[Mend]:
        name = _tags_field(self._note)
        value = self._note.fields.get(name)
        if not isinstance(value, tuple):
            return
        seen: set[str] = set()
        repeated: list[int] = []
        for number, item in enumerate(value):
            # As `FieldReader.facet_values` reads them.
            key = value_key(item.lstrip("# ")) if isinstance(item, str) else ""
            if key and key in seen:
                repeated.append(number)
            seen.add(key)
        if not repeated:
            return
        said = ", ".join(f"`{value[number]}`" for number in repeated)
        field = self._fields.field(name)
        edits = (
            _without_items(self._text, field, repeated) if field and len(field.items) == len(value) else None
        )
        if edits is None:
            why = "the list is written in a way in which nothing can be taken out for certain"
            self._leave(Mending.TAGS, name, said, why)
            return
        kept = tuple(item for number, item in enumerate(value) if number not in repeated)
        yield Mend(Mending.TAGS, self._line(edits[0]), said, edits, name, value=kept)

    def _field_links(self) -> Iterator[Mend]:
        for name in self._note.fields:
            found: dict[str, Mending] = {}

            def better(target: str, found: dict[str, Mending] = found) -> str | None:
                new = _better_target(self._resolver, self._note, target)
                if not new:
                    return None
                found[f"[[{target}]] → [[{new}]]"] = _kind_of(target, new)
                return new

            edits = tuple(edit_field_links(self._fields, name, better, bare=False))
            if edits:
                said, what = "; ".join(found), next(iter(found.values()))
                yield Mend(what, self._line(edits[0]), said, edits, name)

    def _body_links(self) -> Iterator[Mend]:
        for number, link in enumerate(self._document.links):
            if not _is_wiki(link) or not (new := _better_target(self._resolver, self._note, link.target)):
                continue
            what, said = _kind_of(link.target, new), f"[[{link.target}]] → [[{new}]]"
            target = find_target(self._text, link)
            if target is None:
                self.unmended.append(Unmended(what, link.line, said, "it is written with escapes"))
                continue
            edits = [target.replaced(new)]
            is_word = len(link.target) <= LONGEST_WORDS and not link.fragment
            if what is Mending.CASE and target.label_at and is_word:
                # Inside a sentence a small letter is meant: the words stay as they are.
                bar = "\\|" if self._is_in_table(target.start) else "|"
                edits.append(Edit(target.label_at, target.label_at, bar + _SUFFIX.sub("", link.target)))
            yield Mend(what, link.line, said, tuple(edits), link=number)

    def _is_in_table(self, offset: int) -> bool:
        start, _ = self._text.line(self._text.line_of(offset))
        return self._text.exact[start:offset].lstrip(" \t>").startswith("|")


def _kind_of(target: str, better: str) -> Mending:
    return Mending.SUFFIX if _SUFFIX.sub("", target) == better else Mending.CASE


def _without_items(text: Text, field: FieldText, numbers: list[int]) -> tuple[Edit, ...] | None:
    """The edits that take items out of a list, if nothing else stands where they are."""
    edits = []
    for number in numbers:
        item, before = field.items[number], field.items[number - 1]
        if item is None or before is None or item.style in ("|", ">"):
            return None
        if field.is_flow:
            if not _COMMA.fullmatch(text.exact, before.end, item.start):
                return None
            edits.append(Edit(before.end, item.end, ""))
            continue
        line = text.line_of(item.start)
        start, end = text.line(line)
        is_alone = (
            _ITEM_LINE.fullmatch(text.exact[start : item.start]) and not text.exact[item.end : end].strip()
        )
        if not is_alone:
            return None
        edits.append(Edit(start, text.offset(line + 1), ""))
    return tuple(edits)

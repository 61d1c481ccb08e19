"""How the fields of a note are written: the exact places of their names, values and items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import yaml

from codex_publisher.model.edits import Edit, Text
from codex_publisher.model.front_matter import FrontMatter, read_front_matter
from codex_publisher.model.source_text import decode
from codex_publisher.model.yaml_text import Value, YamlError, is_wiki_link, read_yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_READ_OTHERWISE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
_KEY: Final = 3
"""The number of the event that is the field's name, behind the starts of stream, document and mapping."""
_CLOSING: Final = re.compile(r"(?:-{3,}|\.\.\.)[ \t]*")
_COMMENT: Final = re.compile(r"[ \t]*#")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text of the front matter, where it is written."""

    start: int
    end: int
    """Both with its quotes."""
    style: str
    """Its quotes, `|` or `>` for a block, or nothing."""
    value: str
    in_flow: bool = False
    """Whether it stands in brackets, where commas and brackets mean something."""

    def replaced(self, value: str) -> Edit:
        """The edit that writes another value in its place, in the same quotes if they will do."""
        return Edit(self.start, self.end, written(value, self.style, in_flow=self.in_flow))


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field of a note's front matter, by offsets in the file's text."""

    key: Scalar
    value: Scalar | None
    """None when the value is a list or a group, or nothing."""
    items: tuple[Scalar | None, ...] = ()
    """The items of a list; None for one that is no text."""
    is_flow: bool = False
    """Whether the list stands in square brackets."""
    list_start: int = 0
    list_end: int = 0
    """Of a list: where it is written, in brackets with them."""


@dataclass(frozen=True)
class FrontMatterText:
    """A note's front matter as it is written. Fields that are not sound YAML by themselves have no places."""

    text: Text
    front_matter: FrontMatter

    @classmethod
    def of(cls, text: Text) -> FrontMatterText:
        """Read the front matter of a file's text."""
        return cls(text, read_front_matter(decode(text.raw).text))

    def field(self, name: str) -> FieldText | None:
        """Where a field is written; None when it is absent, or written in no way that is certain."""
        piece = self._piece(name)
        found = piece.field() if piece else None
        return found if found and found.key.value == name else None

    def texts(self, name: str) -> tuple[Scalar, ...]:
        """Every text inside a field; to those of the style `[` belongs a wiki link without quotes."""
        piece = self._piece(name)
        return tuple(piece.texts()) if piece else ()

    def _piece(self, name: str) -> _Piece | None:
        if name not in self.front_matter.places or name not in self.front_matter.fields:
            return None
        start, end = self.region(name)
        return _Piece.of(self.text.exact[start:end], start, self.front_matter.places[name][1] - 1)

    def region(self, name: str) -> tuple[int, int]:
        """From a field's name to the next field's, or to the line that ends the front matter."""
        places = sorted(self.front_matter.places.values())
        here = self.front_matter.places[name]
        following = next((place for place in places if place > here), None)
        # A second block of front matter begins between two fields; the first one's last ends before it.
        last = following[0] if following else self.front_matter.body_line
        start = self.text.offset(*here)
        for number in range(here[0] + 1, last):
            line_start, line_end = self.text.line(number)
            if _CLOSING.fullmatch(self.text.exact, line_start, line_end):
                return start, line_start
        return start, self.text.offset(*following) if following else self.text.offset(last)

    def end_of_fields(self) -> int | None:
        """Where a line can be added behind the last field; None when there is no front matter."""
        if not self.front_matter.places:
            return None
        first = min(self.front_matter.places.values())[0]
        for number in range(first, self.front_matter.body_line):
            start, end = self.text.line(number)
            if _CLOSING.fullmatch(self.text.exact, start, end):
                return start
        return None

    def line_below(self, name: str) -> int:
        """Where a line can be added below a field, above comments and blank lines that follow it."""
        start, end = self.region(name)
        kept = end
        lines = self.text.exact[start:end].splitlines(keepends=True)
        for line in reversed(lines[1:]):
            if line.strip() and not _COMMENT.match(line):
                break
            kept -= len(line)
        return kept


@dataclass(frozen=True, slots=True)
class _Piece:
    """The text of one field, read as YAML by itself."""

    source: str
    shift: int
    """From an offset in `source` to one in the file."""
    events: tuple[yaml.Event, ...]

    @classmethod
    def of(cls, written: str, start: int, indent: int) -> _Piece | None:
        """Read a field, set in by as much as it is in the file; None when that is not certain."""
        # Where the model reads another text than the file's, places in the one are none in the other.
        if _READ_OTHERWISE.search(written):
            return None
        source = " " * indent + written
        events = []
        try:
            for event in yaml.parse(source, Loader=_LOADER):
                events.append(event)
                if isinstance(event, yaml.DocumentEndEvent):
                    break
        except (yaml.YAMLError, ValueError):
            return None
        if len(events) <= _KEY or not isinstance(events[_KEY - 1], yaml.MappingStartEvent):
            return None
        return cls(source, start - indent, tuple(events))

    def field(self) -> FieldText | None:
        """The field's key, and its value if that is a text or a list."""
        key, event = self._scalar(_KEY), self.events[_KEY + 1]
        if key is None:
            return None
        if not isinstance(event, yaml.SequenceStartEvent):
            return FieldText(key, self._scalar(_KEY + 1))
        at = _KEY + 2
        items = []
        while not isinstance(self.events[at], yaml.SequenceEndEvent):
            items.append(self._scalar(at, in_flow=bool(event.flow_style)))
            at = self._behind(at)
        start, end = self._span(event)[0], self._span(self.events[at])[1]
        return FieldText(key, None, tuple(items), bool(event.flow_style), start, end)

    def texts(self) -> Iterator[Scalar]:
        """Every text of the value, in order."""
        at = _KEY + 1
        flow: list[bool] = []
        while at < len(self.events):
            event = self.events[at]
            if isinstance(event, yaml.CollectionEndEvent):
                if not flow:
                    return
                flow.pop()
            elif isinstance(event, yaml.CollectionStartEvent):
                if link := self._wiki_link(at):
                    yield link
                    at = self._behind(at)
                    continue
                flow.append(bool(event.flow_style))
            elif found := self._scalar(at, in_flow=any(flow)):
                yield found
            if not flow:
                return
            at += 1

    def _wiki_link(self, at: int) -> Scalar | None:
        start, end = self._span(self.events[at])[0], self._span(self.events[self._behind(at) - 1])[1]
        source = self.source[start - self.shift : end - self.shift]
        return Scalar(start, end, "[", source) if is_wiki_link(source) else None

    def _scalar(self, at: int, in_flow: bool = False) -> Scalar | None:
        event = self.events[at]
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            return None
        return Scalar(*self._span(event), event.style or "", event.value, in_flow)

    def _span(self, event: yaml.Event) -> tuple[int, int]:
        start, end = (mark.index if mark else 0 for mark in (event.start_mark, event.end_mark))
        return start + self.shift, end + self.shift

    def _behind(self, at: int) -> int:
        """The number of the event behind a value."""
        depth = 0
        while True:
            event = self.events[at]
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            at += 1
            if not depth:
                return at


def written(value: str, style: str = "", *, in_flow: bool = False) -> str:
    """A value as YAML on one line: in quotes of this style, or, where these would not do, in others."""
    if style == "'" and _is_printable(value):
        return "'" + value.replace("'", "''") + "'"
    if style == "" and reads_as(value, value, in_flow=in_flow):
        return value
    return '"' + value.translate(_ESCAPES) + '"'


def reads_as(piece: str, value: Value, *, in_flow: bool = False) -> bool:
    """Whether a piece of YAML, as the value of a field or an item in brackets, is read as this value."""
    if "\n" in piece or "\r" in piece:
        return False
    try:
        found = read_yaml(f"[{piece}, x]" if in_flow else f"x: {piece}\n")
    except YamlError:
        return False
    if found.faults:
        return False
    return found.value == ((value, "x") if in_flow else {"x": value})


def _is_printable(value: str) -> bool:
    return "\n" not in value and "\r" not in value

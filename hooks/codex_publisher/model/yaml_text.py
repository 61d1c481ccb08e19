"""YAML read as text: no value is anything but text, and no input can stall or break the reader.

It works on parser events, not on nodes or objects. So nothing is expanded, an alias is seen where it
stands, and libyaml never recurses (its node composer does, and 100 KB of `[` end the process).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

import yaml

from codex_publisher.model import rules
from codex_publisher.model.problems import Fault, Rule

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value] | None"
"""What a field can hold. Dates, numbers and truth values stay the text that was written."""

Place: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1."""

MAX_DEPTH: Final = 20

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_WIKI_LINK: Final = re.compile(r"\[\[[^\[\]\"'\n][^\[\]\n]*\]\]")
_MERGE: Final = "<<"

# What YAML refuses or takes for the end of a line, though the text has it within one. Each becomes one
# character, so that places stay right. (U+2060 is what today does the work of U+FEFF in a text.)
_UNUSUAL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_STAND_INS: Final = {"\r": " ", "\x85": " ", "\u2028": " ", "\u2029": " ", "\ufeff": "\u2060"}
_ESCAPED_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class YamlError(Exception):
    """Text that is not YAML, or more than is read of it. Its text is the parser's short reason."""

    def __init__(self, reason: str, place: Place, *, too_deep: bool = False) -> None:
        super().__init__(reason)
        self.place = place
        self.too_deep = too_deep


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a YAML document holds. Mappings in it can be neither changed nor pickled."""

    value: Value
    places: Mapping[str, Place]
    """Where each key of the top level stands; empty when the value is not a mapping."""
    faults: tuple[Fault, ...] = ()


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Read one YAML document.

    Takes any text and the line of the file on which it begins. Gives its value, every scalar as text
    (None for null and nothing), with a fault for each alias, anchor, merge key and repeated key. Raises
    `YamlError` when the text is not one YAML document, or is nested deeper than 20.
    """
    text = _UNUSUAL.sub(lambda found: _STAND_INS.get(found.group(), "\ufffd"), text)
    return _Reader(text, first_line).read()


class _Reader:
    """Walks the events of one document."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._end = 0
        self._faults: list[Fault] = []
        self._places: dict[str, Place] = {}

    def read(self) -> YamlText:
        """Give what the document holds, or raise `YamlError`, to which all errors of the parser come."""
        try:
            self._parser = _LOADER(self._text)
            return self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            place = (mark.line + self._first_line, mark.column + 1) if mark else (self._first_line, 1)
            raise YamlError(error.problem or "not valid YAML", place) from error
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # Without libyaml, an escape such as "\UFFFFFFFF" fails in `chr`.
            raise YamlError("not valid YAML", (self._first_line, 1)) from error

    def _document(self) -> YamlText:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return YamlText(None, MappingProxyType({}))
        value = self._value(self._next(), 1)
        self._next()
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            raise YamlError("expected the end of the front matter", self._place(event))
        return YamlText(value, MappingProxyType(self._places), tuple(self._faults))

    def _next(self) -> yaml.Event:
        event: yaml.Event = self._parser.get_event()
        if event.end_mark:
            self._end = event.end_mark.index
        return event

    def _value(self, event: yaml.Event, depth: int) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth > MAX_DEPTH:
            raise YamlError("nested too deep", self._place(event), too_deep=True)
        self._check_anchor(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(depth)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        self._check_anchor(event)
        value: str = event.value
        if event.style == '"' and _ESCAPED_CONTROL.search(value):
            message = "An escape in these quotes makes a control character; it is shown as \ufffd."
            self._report(rules.ENCODING, event, message)
            value = _ESCAPED_CONTROL.sub("\ufffd", value)
        if event.style or value not in _NULLS:
            return value
        # `author: &Company` is an anchor on nothing; what was meant to be text must not be lost.
        return self._source_from(event) if event.anchor else None

    def _alias(self, event: yaml.Event) -> str:
        text = self._source_from(event)
        message = f"`{shorten(text)}` is a YAML alias, because it starts with `*`; it is kept as text."
        self._report(rules.YAML_ALIAS, event, message, "put it in quotes, or write the value out")
        return text

    def _sequence(self, start: yaml.Event, depth: int) -> Value:
        items: list[Value] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1))
        # To YAML a wiki link is a list in a list. Whoever writes it means the link.
        if len(items) == 1 and is_wiki_link(source := self._source_from(start)):
            return source
        return tuple(items)

    def _mapping(self, depth: int) -> Mapping[str, Value]:
        values: dict[str, Value] = {}
        places: dict[str, Place] = self._places if depth == 1 else {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, faults_before = self._key(event, depth), len(self._faults)
            value = self._value(self._next(), depth + 1)
            if key is None:
                del self._faults[faults_before:]
                message = "`<<` is a YAML merge key; what it would bring in is not read."
                self._report(rules.YAML_ALIAS, event, message, "write the fields out")
                continue
            if key in values:
                message = f"`{shorten(key)}` stands on line {places[key][0]} and again here; this one counts."
                self._report(rules.DUPLICATE_KEY, event, message, "delete one of the two")
            values[key], places[key] = value, self._place(event)
        return MappingProxyType(values)

    def _key(self, event: yaml.Event, depth: int) -> str | None:
        """Read a key as text; None for a merge key."""
        if isinstance(event, yaml.ScalarEvent):
            if event.value == _MERGE and not event.style:
                return None
            return self._scalar(event) or event.value
        value = self._value(event, depth + 1)
        return value if isinstance(value, str) else self._source_from(event)

    def _check_anchor(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            message = f"`&{shorten(event.anchor)}` is a YAML anchor, which is not read."
            self._report(rules.YAML_ALIAS, event, message, "delete it, or put the value in quotes")

    def _report(self, rule: Rule, event: yaml.Event, message: str, hint: str = "") -> None:
        self._faults.append(Fault(rule, *self._place(event), message, hint))

    def _source_from(self, start: yaml.Event) -> str:
        """Give the text from the start of an event to the end of the latest one."""
        return self._text[start.start_mark.index if start.start_mark else 0 : self._end]

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return (mark.line + self._first_line, mark.column + 1) if mark else (self._first_line, 1)


def is_wiki_link(source: str) -> bool:
    """Whether a list in a list is no list but a wiki link that stands there without quotes."""
    return _WIKI_LINK.fullmatch(source) is not None


def shorten(text: str, limit: int = 60) -> str:
    """Give `text` on one line and at most `limit` characters long, for use in a message."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"

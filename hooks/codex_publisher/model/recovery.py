"""Front matter that is not valid YAML, read field by field: one slip costs one field, and no text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.problems import Fault, Rule
from codex_publisher.model.slips import explain, missing_bracket, plain_value, unquote
from codex_publisher.model.yaml_text import Place, Value, YamlError, YamlText, read_yaml, shorten

MAX_NESTED_RECOVERY: Final = 3

KEY_LINE: Final = re.compile(
    r"(?P<indent>[ \t]*)"
    r"""(?P<key>"[^"\n]{1,99}"|'[^'\n]{1,99}'|\w[\w./-]*(?: [\w./-]+){0,4})[ \t]*:(?=[ \t]|$)(?P<rest>.*)"""
)
"""A line that begins a field: a name of a few words, a colon, and a space or the end."""

_MISSING_SPACE: Final = re.compile(r"(?P<indent>[ \t]*)(?P<key>[a-z][a-z0-9_-]*):(?=[^\s:/])")
_INDENTED_KEY: Final = re.compile(r"[ \t]+[a-z][a-z0-9_-]*:(?:[ \t]|$)")
_DASH: Final = re.compile(r"(?P<indent>[ \t]*)-(?:[ \t]+|$)")
_TAB_INDENT: Final = re.compile(r"^[ ]*\t[ \t]*|^[ ]*-\t[ \t]*", re.MULTILINE)
_TAB_WIDTH: Final = 4
_OPENS_NESTED_TEXT: Final = tuple("|>[{\"'&!")


@dataclass(slots=True)
class _Piece:
    """The lines of one field."""

    key: str
    lines: list[str]
    line: int
    """Where the first of them is in the file."""
    column: int
    """Where the key begins in it."""
    value_at: int
    """How many characters of it stand before the value."""

    @property
    def place(self) -> Place:
        return self.line, self.column

    def value_lines(self) -> list[str]:
        """The lines without the key and its colon."""
        return [self.lines[0][self.value_at :], *self.lines[1:]]


@dataclass(slots=True)
class _Harvest:
    """What has been read so far."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, key: str, value: Value, place: Place) -> None:
        """Keep a field; a repeated one is reported and replaces the earlier, as in valid YAML."""
        if key in self.places:
            message = (
                f"`{shorten(key)}` stands on line {self.places[key][0]} and again here; this one counts."
            )
            self.report(place, message, "delete one of the two", rules.DUPLICATE_KEY)
        self.values[key], self.places[key] = value, place

    def report(self, place: Place, message: str, hint: str, rule: Rule = rules.FRONT_MATTER_BROKEN) -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(rule, *place, message, hint))


def recover_fields(text: str, first_line: int = 1) -> YamlText:
    """Read the fields of text that is meant to be a YAML mapping.

    Takes any text and the line of the file on which it begins. Gives a mapping (empty when no line
    looks like a field) in which each field that is valid YAML by itself is read as such, and any other
    as the text after its colon, with a fault that says what is wrong with it. Never raises.
    """
    return _recover(text.split("\n"), first_line, 1)


def _recover(lines: Sequence[str], first_line: int, depth: int) -> YamlText:
    harvest = _Harvest()
    for piece in _pieces(lines, first_line, harvest):
        _read_piece(piece, harvest, depth)
    return YamlText(MappingProxyType(harvest.values), MappingProxyType(harvest.places), tuple(harvest.faults))


def _pieces(lines: Sequence[str], first_line: int, harvest: _Harvest) -> Iterator[_Piece]:
    """Cut at each line that begins a field, which is in the column of the first one if all is well."""
    piece: _Piece | None = None
    base = ""
    for number, written in enumerate(lines, start=first_line):
        line = _with_space(written, base if piece else None, number, harvest)
        found = KEY_LINE.match(line)
        if found and (piece is None or found["indent"] == base or _is_slipped_field(piece, line, base)):
            indent = found["indent"]
            if piece:
                yield piece
                if indent != base:
                    message = f"`{found['key']}` does not begin in the same column as the fields above it."
                    harvest.report((number, len(indent) + 1), message, "begin all fields in the same column")
            if piece is None or len(indent) < len(base):
                base = indent
            piece = _Piece(unquote(found["key"]), [line], number, len(indent) + 1, found.start("rest"))
        elif piece:
            piece.lines.append(line)
        else:
            _report_stray(line, number, harvest)
    if piece:
        yield piece


def _with_space(line: str, indent: str | None, number: int, harvest: _Harvest) -> str:
    """Put the space in that is missing in `name:value`, where a field can begin."""
    found = _MISSING_SPACE.match(line)
    if not found or indent not in (None, found["indent"]):
        return line
    message = f"The colon after `{found['key']}` has no space after it, so YAML sees no field here."
    harvest.report((number, found.end()), message, "put a space after the colon")
    return f"{line[: found.end()]} {line[found.end() :]}"


def _is_slipped_field(piece: _Piece, line: str, base: str) -> bool:
    """Whether `name:` in another column is a field of its own, not a part of the piece's value."""
    if len(line) - len(line.lstrip()) < len(base):
        return True
    # Nothing of the kind can stand in a plain value, but in quotes, brackets and blocks it can.
    rest = piece.lines[0][piece.value_at :].strip()
    return bool(_INDENTED_KEY.match(line) and rest) and not rest.startswith(_OPENS_NESTED_TEXT)


def _report_stray(line: str, number: int, harvest: _Harvest) -> None:
    if (text := line.strip()) and not text.startswith("#"):
        message = f"This line is not a field and was not read: “{shorten(text)}”."
        harvest.report((number, line.index(text[0]) + 1), message, "write it as `name: value`")


def _read_piece(piece: _Piece, harvest: _Harvest, depth: int) -> None:
    """Read one field: as YAML, else mended, else by its parts, else as plain text."""
    error = _read_as_yaml(piece, harvest) and _read_without_tabs(piece, harvest)
    if not error:
        return
    if error.too_deep:
        message = f"`{shorten(piece.key)}` is nested deeper than is read; it is kept as text."
        harvest.report(error.place, message, "make it flatter", rules.FRONT_MATTER_TOO_LARGE)
        harvest.add(piece.key, plain_value(piece.value_lines()), piece.place)
        return
    faults_before = len(harvest.faults)
    value: Value = _read_list(piece, harvest) or _read_group(piece, harvest, depth)
    if value is None or len(harvest.faults) == faults_before:
        slip = explain(
            f"The value of `{shorten(piece.key)}`", f"{piece.key}: ", piece.value_lines(), str(error)
        )
        column = slip.column + 1 + (0 if slip.line else piece.value_at)
        harvest.report((piece.line + slip.line, column), slip.message, slip.hint)
        value = value or _read_closed(piece) or plain_value(piece.value_lines())
    harvest.add(piece.key, value, piece.place)


def _read_as_yaml(piece: _Piece, harvest: _Harvest) -> YamlError | None:
    try:
        found = read_yaml("\n".join([*piece.lines, ""]), piece.line)
    except YamlError as error:
        return error
    if not isinstance(found.value, Mapping):
        return YamlError("not a field", piece.place)
    harvest.faults.extend(found.faults)
    for key, value in found.value.items():
        harvest.add(key, value, found.places[key])
    return None


def _read_without_tabs(piece: _Piece, harvest: _Harvest) -> YamlError | None:
    """Read a field that failed as YAML once more, with the tabs of its indentation made spaces."""
    text = "\n".join(piece.lines)
    found = _TAB_INDENT.search(text)
    if found:
        line = piece.line + text.count("\n", 0, found.start())
        message = f"A tab stands in the indentation of `{shorten(piece.key)}`; YAML allows only spaces there."
        harvest.report((line, found.group().index("\t") + 1), message, "replace the tab by spaces")
        text = _TAB_INDENT.sub(lambda indent: indent.group().expandtabs(_TAB_WIDTH), text)
        piece.lines = text.split("\n")
    return _read_as_yaml(piece, harvest)


def _read_list(piece: _Piece, harvest: _Harvest) -> tuple[Value, ...] | None:
    """Read a list item by item; None when the piece is not a list of lines with dashes."""
    first, *lines = piece.value_lines()
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first.strip() or start is None or not (dash := _DASH.match(lines[start])):
        return None
    indent = len(dash["indent"])
    items: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines[start:], start=piece.line + 1 + start):
        depth = len(line) - len(line.lstrip())
        if depth > indent or not line.strip():
            items[-1][1].append(line)
        elif _DASH.match(line):
            items.append((number, [line]))
        else:
            message = f"“{shorten(line)}” stands in the list of `{shorten(piece.key)}` without a dash."
            harvest.report((number, depth + 1), message, "begin it with `- `")
            items.append((number, [f"{' ' * indent}- {line.strip()}"]))
    return tuple(_read_item(piece.key, item, number, harvest) for number, item in items)


def _read_item(key: str, lines: list[str], number: int, harvest: _Harvest) -> Value:
    """Read one item of a list: as YAML, else as plain text."""
    try:
        found = read_yaml("\n".join([*lines, ""]), number)
    except YamlError as error:
        dash = _DASH.match(lines[0])
        value_at = dash.end() if dash else 0
        value_lines = [lines[0][value_at:], *lines[1:]]
        slip = explain(f"An item of `{shorten(key)}`", "- ", value_lines, str(error))
        column = slip.column + 1 + (0 if slip.line else value_at)
        harvest.report((number + slip.line, column), slip.message, slip.hint)
        return plain_value(value_lines)
    harvest.faults.extend(found.faults)
    return found.value[0] if isinstance(found.value, tuple) and found.value else None


def _read_group(piece: _Piece, harvest: _Harvest, depth: int) -> Mapping[str, Value] | None:
    """Read a field that holds fields in the same way; None when it does not."""
    first, *lines = piece.value_lines()
    second = next((line for line in lines if line.strip()), "")
    if first.strip() or depth > MAX_NESTED_RECOVERY or not KEY_LINE.match(second):
        return None
    found = _recover(lines, piece.line + 1, depth + 1)
    harvest.faults.extend(found.faults)
    return found.value if isinstance(found.value, Mapping) else None


def _read_closed(piece: _Piece) -> Value:
    """Read a field whose list or group lacks its closing bracket; None when that is not what it lacks."""
    text = "\n".join(piece.value_lines()).strip()
    if not text.startswith(("[", "{")) or not (missing := missing_bracket(text)):
        return None
    try:
        return read_yaml(text + missing).value
    except YamlError:
        return None

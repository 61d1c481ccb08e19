"""Edits of single fields: setting one, taking one out, adding to a list. The other lines stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from codex_publisher.model.edits import Edit, EditError, Text
from codex_publisher.model.field_text import FieldText, FrontMatterText, Scalar, written
from codex_publisher.model.fields import LEGACY_NAMES

_COLON: Final = re.compile(r"[ \t]*:")
_ONE_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def set_field(fields: FrontMatterText, name: str, value: str, below: Sequence[str] = ()) -> Edit:
    """The edit by which a field has this value.

    A new field comes below the first of the fields `below` that is there, else at the end. Raises
    EditError when that cannot be done for certain.
    """
    if name not in fields.front_matter.fields:
        return _new_line(fields, f"{name}: {written(value)}", below)
    field = _sound(fields, name)
    if field.value is None or field.value.style in ("|", ">"):
        raise EditError(f"`{name}` does not hold one text on one line; mend it first.")
    if field.value.value == "" and not field.value.style:
        return _behind_colon(fields.text, field, name, written(value))
    return field.value.replaced(value)


def remove_field(fields: FrontMatterText, name: str) -> Edit | None:
    """The edit that takes out a field of one line; None when it is absent."""
    if name not in fields.front_matter.fields:
        return None
    start, end = fields.region(name)
    line, _ = fields.text.line(fields.text.line_of(start))
    found = _ONE_LINE.match(fields.text.exact, line)
    if not found or line != start or found.end() > end or (field := fields.field(name)) is None:
        raise EditError(f"`{name}` does not stand on a line of its own; take it out first.")
    if (
        field.value is None
        or field.value.end > found.end()
        or "#" in fields.text.exact[field.value.end : found.end()]
    ):
        raise EditError(f"`{name}` is more than one text on one line; take it out first.")
    return Edit(line, found.end(), "")


def add_to_list(
    fields: FrontMatterText, name: str, values: Sequence[str], below: Sequence[str] = ()
) -> tuple[Edit, ...]:
    """The edits by which a list field also has these values; it is made if it is not there.

    Raises EditError when that cannot be done for certain.
    """
    present = fields.front_matter.fields
    name = next((each for each in (name, *LEGACY_NAMES.get(name, ())) if each in present), name)
    items = ", ".join(written(value, in_flow=True) for value in values)
    if name not in present:
        return (_new_line(fields, f"{name}: [{items}]", below),)
    field = _sound(fields, name)
    if field.value is not None:
        return (_list_of_one(fields.text, field, field.value, name, items),)
    if field.is_flow:
        at = field.list_end - 1
        last = field.items[-1] if field.items else None
        if field.items and last is None:
            raise EditError(f"`{name}` ends with an item that is not a text; mend it first.")
        return (Edit(last.end, last.end, f", {items}") if last else Edit(at, at, items),)
    return (_further_lines(fields, field, name, values),)


def new_front_matter(fields: FrontMatterText, lines: Sequence[str]) -> Edit:
    """The edit by which a note that has no front matter begins with these lines of it."""
    block = fields.text.newline.join(["---", *lines, "---", "", ""])
    return Edit(fields.text.start, fields.text.start, block)


def _sound(fields: FrontMatterText, name: str) -> FieldText:
    field = fields.field(name)
    if field is None:
        raise EditError(f"`{name}` is not written as valid YAML; mend it first.")
    return field


def _new_line(fields: FrontMatterText, line: str, below: Sequence[str]) -> Edit:
    text, places = fields.text, fields.front_matter.places
    anchor = next((each for each in below if each in places), None)
    at = fields.line_below(anchor) if anchor else fields.end_of_fields()
    if at is None:
        raise EditError("The front matter is missing, or no line `---` ends it; mend it first.")
    indent = " " * (min(places.values())[1] - 1) if places else ""
    return Edit(at, at, f"{indent}{line}{text.newline}")


def _behind_colon(text: Text, field: FieldText, name: str, value: str) -> Edit:
    colon = _COLON.match(text.exact, field.key.end)
    if not colon:
        raise EditError(f"`{name}` is not written as `{name}: value`; mend it first.")
    return Edit(colon.end(), colon.end(), f" {value}")


def _list_of_one(text: Text, field: FieldText, scalar: Scalar, name: str, items: str) -> Edit:
    """What makes a list of a single text."""
    if scalar.style in ("|", ">") or "\n" in text.exact[scalar.start : scalar.end]:
        raise EditError(f"`{name}` is a text of several lines; make it a list first.")
    if scalar.value == "" and not scalar.style:
        return _behind_colon(text, field, name, f"[{items}]")
    first = written(scalar.value, scalar.style, in_flow=True)
    return Edit(scalar.start, scalar.end, f"[{first}, {items}]")


def _further_lines(fields: FrontMatterText, field: FieldText, name: str, values: Sequence[str]) -> Edit:
    """What adds items to a list of lines, set in as those that are there."""
    text = fields.text
    first, last = field.items[0], field.items[-1]
    if first is None or last is None:
        raise EditError(f"`{name}` has items that are not texts; mend it first.")
    start, _ = text.line(text.line_of(first.start))
    dash = text.exact[start : first.start]
    if dash.strip() != "-":
        raise EditError(f"`{name}` is a list that does not begin on a line of its own; mend it first.")
    at = fields.line_below(name)
    return Edit(at, at, "".join(f"{dash}{written(value)}{text.newline}" for value in values))

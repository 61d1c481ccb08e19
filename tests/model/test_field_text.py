"""How fields are written: each place is exact, and what is written reads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.edits import EditError, Text
from codex_publisher.model.field_edits import add_to_list, remove_field, set_field
from codex_publisher.model.field_text import FrontMatterText, written
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.yaml_text import read_yaml


def fields_of(front_matter: str) -> FrontMatterText:
    return FrontMatterText.of(Text(f"---\n{front_matter}---\n\nBody.\n"))


def spans(front_matter: str, name: str) -> list[str]:
    """The pieces of text that are the field's key, its value and its items."""
    fields = fields_of(front_matter)
    field = fields.field(name)
    assert field is not None
    pieces = [field.key, field.value, *field.items]
    return [fields.text.exact[piece.start : piece.end] for piece in pieces if piece]


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("a: one # why\n", ["a", "one"]),
        ("'a' : \"it's\"  \nb: 1\n", ["'a'", '"it\'s"']),
        ("a:\n  one\n  two\nb: 1\n", ["a", "one\n  two"]),
        ("a: [x, 'y', {b: c}, z] # why\n", ["a", "x", "'y'", "z"]),
        ('a:\n- x # why\n\n- "y"\n', ["a", "x", '"y"']),
        ("  b: 1\n  a: é\n", ["a", "é"]),
        ("a: 1\na: 2\n", ["a", "2"]),
        ("x: {\na: still read\n", ["a", "still read"]),
    ],
)
def test_a_field_s_parts_are_found_where_they_are_written(front_matter: str, expected: list[str]) -> None:
    assert spans(front_matter, "a") == expected


@pytest.mark.parametrize("front_matter", ["b: 1\n", "a: [\n", "a: 'open\n", "a: &anchor\n  - 1\n *x\n"])
def test_a_field_that_is_absent_or_not_sound_has_no_parts(front_matter: str) -> None:
    assert fields_of(front_matter).field("a") is None


visible = st.text(min_size=1, max_size=30).map(lambda text: " ".join(HIDDEN.sub("", text).split()) or "x")


@given(visible, st.sampled_from(["", "'", '"']), st.booleans())
def test_what_is_written_reads_back(value: str, style: str, in_flow: bool) -> None:
    piece = written(value, style, in_flow=in_flow)
    found = read_yaml(f"x: [{piece}, y]" if in_flow else f"x: {piece}\n")
    assert found.value == {"x": (value, "y") if in_flow else value}
    assert not found.faults


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("a: 1\nb: 2\n", "a: 1\nb: new\n"),
        ("a: 1\nb:  # nothing yet\n", "a: 1\nb: new  # nothing yet\n"),
        ("b: 'old' # why\n", "b: 'new' # why\n"),
        ("a:\n  - x\n\n# c's own\nc: 1\n", "a:\n  - x\nb: new\n\n# c's own\nc: 1\n"),
        ("  a: 1\n  c: 2\n", "  a: 1\n  b: new\n  c: 2\n"),
        ("c: 1\n", "c: 1\nb: new\n"),
    ],
)
def test_a_field_is_set_where_it_stands_or_below_another(before: str, expected: str) -> None:
    fields = fields_of(before)
    assert (
        fields.text.edited([set_field(fields, "b", "new", below=("a",))]).exact
        == fields_of(expected).text.exact
    )


@pytest.mark.parametrize("before", ["b: [1, 2]\n", "b:\n  c: 1\n", "b: |\n  x\n", "b: 'open\n"])
def test_a_field_that_does_not_hold_one_text_is_not_set(before: str) -> None:
    with pytest.raises(EditError, match="mend it first"):
        set_field(fields_of(before), "b", "new")


@pytest.mark.parametrize("before", ["b: 1 # why\n", "b: [1]\n", "b:\n  one\n  two\n", 'b: "x #\n  y"\n'])
def test_a_field_is_not_taken_out_with_more_than_itself(before: str) -> None:
    with pytest.raises(EditError):
        remove_field(fields_of(before), "b")


@pytest.mark.parametrize("before", ["aliases:\n  - {a: b}\n", "aliases: |\n  x\n", "aliases: [x, [y]]\n"])
def test_nothing_is_added_to_a_list_of_what_are_no_names(before: str) -> None:
    with pytest.raises(EditError):
        add_to_list(fields_of(before), "aliases", ["x"])

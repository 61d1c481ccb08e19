"""Exact edits of a text, by offsets that count every character of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.edits import Edit, EditError, Text, apply
from codex_publisher.model.source_text import decode


def test_edits_are_made_at_the_places_that_they_name_whatever_their_order() -> None:
    assert apply("one two three", [Edit(8, 13, "3"), Edit(0, 3, "1")]) == "1 two 3"


def test_an_edit_that_is_asked_for_twice_is_made_once() -> None:
    assert apply("ab", [Edit(1, 1, "-"), Edit(1, 1, "-")]) == "a-b"


def test_edits_beside_each_other_do_not_overlap() -> None:
    assert apply("abcd", [Edit(0, 2, "x"), Edit(2, 4, "y"), Edit(2, 2, "|")]) == "x|y"


@pytest.mark.parametrize("edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 9, "")], [Edit(3, 2, "")]])
def test_edits_that_cannot_stand_together_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError):
        apply("abc", edits)


def test_bytes_that_are_not_utf8_have_no_text_to_edit() -> None:
    assert Text.of(b"caf\xe9") is None
    assert Text.of("café".encode("utf-16")) is None


@given(st.text(alphabet="ab é\ufeff\r\n\x00", max_size=30))
def test_every_place_that_the_model_counts_is_found_in_the_exact_text(exact: str) -> None:
    text = Text(exact)
    regular = decode(text.raw).text
    for number, line in enumerate(regular.split("\n"), start=1):
        start, end = text.line(number)
        for column, character in enumerate(line, start=1):
            found = exact[text.offset(number, column)]
            assert found == character or (character, found) == ("\ufffd", "\x00")
            assert text.line_of(text.offset(number, column)) == number
        assert end - start == len(line)


@given(st.text(max_size=40))
def test_a_text_without_edits_keeps_every_byte(exact: str) -> None:
    raw = exact.encode("utf-8")
    text = Text.of(raw)
    assert text is not None
    assert text.edited([]).raw == raw

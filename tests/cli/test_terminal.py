"""Text at a terminal: it stands in columns, and it cannot steer the terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.cli.terminal import Refusal, cells, fit, table, wrapped
from codex_publisher.model.names import visible

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text())
def test_nothing_that_is_shown_is_a_control_character(text: str) -> None:
    assert not {unicodedata.category(char) for char in visible(text)} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in visible(text)} & TURNING


@given(st.text(), st.integers(2, 30))
def test_a_text_that_is_cut_is_never_wider_than_asked(text: str, width: int) -> None:
    assert cells(fit(visible(text), width)) <= max(width, 1)


def test_wide_and_combining_characters_take_the_columns_that_they_are_drawn_in() -> None:
    assert cells("睡眠") == 4
    assert cells("e\u0301") == 1
    assert cells("bees") == 4
    assert fit("睡眠は大切", 6) == "睡眠…"
    assert fit("bees", 4) == "bees"


def test_columns_stand_below_one_another_and_the_last_gives_way() -> None:
    rows = [("claim", "", "睡眠", "a long title that has no room"), ("a", "", "b", "short")]
    assert table(rows, 24) == ["claim  睡眠  a long tit…", "a      b     short"]


def test_lines_are_broken_at_words_and_long_words_left_whole() -> None:
    assert wrapped("one two three incomprehensible", 12, "  ") == [
        "  one two",
        "  three",
        "  incomprehensible",
    ]


def test_a_refusal_has_its_lines_and_nothing_else_that_steers() -> None:
    assert Refusal("one\x1b[31m\ntwo").message == "one\ufffd[31m\ntwo"

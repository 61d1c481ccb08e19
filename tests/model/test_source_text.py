"""Any bytes become clean text, and what was wrong with them is told once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model import rules
from codex_publisher.model.problems import Fault
from codex_publisher.model.source_text import decode, place_of

CLEAN = [
    (b"", ""),
    (b"plain\n", "plain\n"),
    ("na\u00efve \u4e2d\u6587 \U0001f642\n".encode(), "na\u00efve \u4e2d\u6587 \U0001f642\n"),
    (b"\xef\xbb\xbfmarked\n", "marked\n"),
    (b"\xef\xbb\xbf\xef\xbb\xbftwice", "twice"),
    (b"dos\r\nmac\runix\n", "dos\nmac\nunix\n"),
    (b"\r\r\n\n\r", "\n\n\n\n"),
    (b"tab\tstays", "tab\tstays"),
    ("line\u2028separator\x85".encode(), "line\u2028separator\x85"),
    ("a real \ufffd".encode(), "a real \ufffd"),
]


@pytest.mark.parametrize(("raw", "text"), CLEAN)
def test_sound_bytes_become_text_without_a_fault(raw: bytes, text: str) -> None:
    source = decode(raw)
    assert source.text == text
    assert source.faults == ()


DAMAGED = [
    (b"caf\xe9 au lait", "caf\ufffd au lait", (1, 4), "0xE9"),
    (b"one\r\ntwo \xff\xfe\n\xff", "one\ntwo \ufffd\ufffd\n\ufffd", (2, 5), "3"),
    (b"cut short \xe2\x80", "cut short \ufffd\ufffd", (1, 11), "2"),
    (b"surrogate \xed\xa0\x80", "surrogate \ufffd\ufffd\ufffd", (1, 11), "3"),
    (b"a\x00b", "a\ufffdb", (1, 2), "U+0000"),
    (b"a\n\x1b[31m\x07\n", "a\n\ufffd[31m\ufffd\n", (2, 1), "2"),
    (b"form\x0cfeed", "form\ufffdfeed", (1, 5), "U+000C"),
    (b"\xef\xbb\xbfx\x00", "x\ufffd", (1, 2), "U+0000"),
]


@pytest.mark.parametrize(("raw", "text", "place", "said"), DAMAGED)
def test_what_is_not_text_is_replaced_and_reported_once_at_its_first_place(
    raw: bytes, text: str, place: tuple[int, int], said: str
) -> None:
    source = decode(raw)
    assert source.text == text
    (fault,) = source.faults
    assert fault.rule is rules.ENCODING
    assert (fault.line, fault.column) == place
    assert said in fault.message


def test_bad_bytes_and_control_characters_are_reported_apart() -> None:
    source = decode(b"\x00 \xff")
    assert source.text == "\ufffd \ufffd"
    assert [(fault.line, fault.column) for fault in source.faults] == [(1, 3), (1, 1)]


@pytest.mark.parametrize(
    ("codec", "mark"),
    [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-32-le", b"\xff\xfe\0\0")],
)
def test_wide_encodings_are_read_by_their_mark_and_reported(codec: str, mark: bytes) -> None:
    source = decode(mark + "Gr\u00fc\u00dfe\r\n\U0001f642".encode(codec))
    assert source.text == "Gr\u00fc\u00dfe\n\U0001f642"
    (fault,) = source.faults
    assert (fault.rule, fault.line, fault.column) == (rules.ENCODING, 1, 1)


def test_damaged_utf_16_is_read_as_far_as_it_can_be() -> None:
    source = decode(b"\xff\xfe" + b"a\0" + b"\x00\xd8" + b"b\0" + b"!")
    assert source.text == "a\ufffdb\ufffd"
    assert "2" in source.faults[0].message


@given(st.binary() | st.text().map(str.encode) | st.binary().map(b"\xff\xfe".__add__))
def test_any_bytes_become_clean_text(raw: bytes) -> None:
    source = decode(raw)
    assert not any(char < " " and char not in "\t\n" for char in source.text)
    source.text.encode("utf-8")
    lines = source.text.split("\n")
    for fault in source.faults:
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
    assert decode(source.text.encode()).faults == ()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t")))
def test_clean_text_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode()).text == text.lstrip("\ufeff")


def test_places_are_counted_from_one_and_only_line_feeds_end_lines() -> None:
    assert place_of("ab\n\u2028c", 0) == (1, 1)
    assert place_of("ab\n\u2028c", 4) == (2, 2)


def test_a_fault_becomes_a_problem_of_a_file() -> None:
    fault = Fault(rules.ENCODING, 2, 3, "Bad.", "mend it")
    assert str(fault.at("a/b.md", line_offset=10)) == "a/b.md:12:3: S101 Bad. (mend it)"
    assert fault.at("a/b.md").line == 2

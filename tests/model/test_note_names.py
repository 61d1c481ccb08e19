"""Names for the files of new notes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.dates import PartialDate
from codex_publisher.model.note import read_note
from codex_publisher.model.note_names import NameStyle, fault_of_stem, stem_of
from codex_publisher.model.rules import LONG_NAME, UNSAFE_NAME
from codex_publisher.model.slugs import NotePath

SENTENCE = NameStyle(is_dated=False, is_sentence=True)
SLUG = NameStyle(is_dated=False, is_sentence=False)
DATED = NameStyle(is_dated=True, is_sentence=False)
DATED_SENTENCE = NameStyle(is_dated=True, is_sentence=True)
STYLES = (SENTENCE, SLUG, DATED, DATED_SENTENCE)
MARCH = PartialDate(2026, 3, 12)


@given(st.text(), st.text(max_size=80), st.sampled_from(STYLES))
def test_any_title_makes_a_name_that_is_safe_everywhere(title: str, author: str, style: NameStyle) -> None:
    stem = stem_of(title, style, MARCH, author)
    assert fault_of_stem(stem) == ""
    assert unicodedata.is_normalized("NFC", stem)
    assert len(f"{stem}.md".encode()) <= 200
    codes = {problem.rule for problem in read_note(NotePath(f"{stem}.md"), b"").problems}
    assert not codes & {UNSAFE_NAME, LONG_NAME}


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("short naps improve recall in adults", "short naps improve recall in adults"),
        ("Why can't bees sleep? (A survey)", "Why cant bees sleep A survey"),
        ("a 5.5% gain for low-risk work: v2.", "a 5.5 gain for low-risk work v2"),
        ("../../etc/passwd", "etc passwd"),
        ("-rf", "rf"),
        ("Пчёлы спят", "Пчёлы спят"),
        ("睡眠は大切", "睡眠は大切"),
        ("a \u202eb\u200bc", "a b c"),
    ],
)
def test_a_claim_is_named_by_its_sentence_without_punctuation(title: str, stem: str) -> None:
    assert stem_of(title, SENTENCE) == stem


@pytest.mark.parametrize("title", ["con", "NUL", "com1", "???", ""])
def test_a_title_that_cannot_be_a_name_gets_one_of_its_own(title: str) -> None:
    assert fault_of_stem(stem_of(title, SENTENCE)) == ""
    assert stem_of(title, SENTENCE) != title


def test_a_long_title_is_cut_at_a_word() -> None:
    stem = stem_of("sleep " * 100, SENTENCE)
    assert stem.endswith("sleep")
    assert 190 <= len(stem) <= 197


@pytest.mark.parametrize(
    ("author", "date", "stem"),
    [
        ("Jane Q. Smith", MARCH, "2026-03-12-smith-naps-a-survey"),
        ("MIT Technology Review", MARCH, "2026-03-12-mit-technology-review-naps-a-survey"),
        ("Anthropic", PartialDate(2026, 3), "2026-03-00-anthropic-naps-a-survey"),
        ("", PartialDate(2026), "2026-00-00-naps-a-survey"),
        ("Jane Smith", None, "naps-a-survey"),
    ],
)
def test_a_source_is_named_by_date_author_and_subject(
    author: str, date: PartialDate | None, stem: str
) -> None:
    assert stem_of("Naps: a survey", DATED, date, author) == stem


@pytest.mark.parametrize(
    "stem",
    [
        "",
        "...",
        ".hidden",
        "-rf",
        "a/b",
        "a\\b",
        "a:b",
        "a|b",
        "a#b",
        "[[a]]",
        "a\u202eb",
        "a\nb",
        "a.",
        "aux",
    ],
)
def test_a_name_that_would_not_do_is_refused_with_a_reason(stem: str) -> None:
    assert fault_of_stem(stem)


def test_a_name_of_two_hundred_bytes_will_do_and_one_more_will_not() -> None:
    assert fault_of_stem("a" * 197) == ""
    assert "197 fit" in fault_of_stem("a" * 198)

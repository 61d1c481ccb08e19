"""Slugs are short, safe, stable, and keep the letters of every script."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.slugs import Slug, fold, slugify, with_hash

SLUGS = [
    ("Hello, World!", "hello-world"),
    ("snake_case and   spaces", "snake-case-and-spaces"),
    ("a--b__c  d", "a-b-c-d"),
    ("-trimmed-", "trimmed"),
    ("Human\u2019s 'own' \u2018words\u2019", "humans-own-words"),
    ("don't", "dont"),
    ("Hawai\u02bbi", "hawaii"),
    ("path/to\\file.md", "path-to-file-md"),
    ("5% of $3.50", "5-of-3-50"),
    ("Caf\u00e9", "caf\u00e9"),
    ("Cafe\u0301", "caf\u00e9"),
    ("STRASSE", "strasse"),
    ("Stra\u00dfe", "strasse"),
    ("\u0130stanbul", "i\u0307stanbul"),
    ("\u4e2d\u6587 \u6807\u9898", "\u4e2d\u6587-\u6807\u9898"),
    ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
    (
        "\u0627\u0644\u0639\u064e\u0631\u064e\u0628\u064a\u0651\u0629",
        "\u0627\u0644\u0639\u064e\u0631\u064e\u0628\u064a\u0651\u0629",
    ),
    ("\uff26\uff55\uff4c\uff4c\uff37\uff49\uff44\uff54\uff48", "fullwidth"),
    ("x\u00b2 + y\u2082", "x2-y2"),
    ("\ufb01ne", "fine"),
    ("soft\u00adhyphen", "softhyphen"),
    ("heart \u2764\ufe0f beat", "heart-beat"),
    ("a \u0301 lone mark", "a-lone-mark"),
    ("em\u2014dash", "em-dash"),
    ("console", "console"),
]


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_a_slug_is_the_words_of_a_text(text: str, slug: str) -> None:
    assert slugify(text) == fold(text) == slug


@pytest.mark.parametrize("text", ["", "!!!", "\U0001f642", "---", "'", "\u0301", "\ud800"])
def test_text_without_words_is_untitled_but_not_alike(text: str) -> None:
    assert re.fullmatch(r"untitled-[0-9a-f]{6}", slugify(text))
    assert fold(text) == ""
    assert slugify(text) != slugify(text + "?")


@pytest.mark.parametrize("text", ["con", "NUL", "aux", "PRN", "com1", "LPT9", "com\u00b9"])
def test_names_that_windows_reserves_get_a_hash(text: str) -> None:
    assert re.fullmatch(rf"{fold(text)}-[0-9a-f]{{6}}", slugify(text))


def test_a_long_slug_is_cut_at_a_word_and_tells_its_text_by_a_hash() -> None:
    text = "the healthcare attractor state is a prevention-first system where aligned payment continues"
    slug = slugify(text)
    assert slug.startswith("the-healthcare-attractor-state-is-a-prevention-first-system-where-")
    assert re.fullmatch(r"where-aligned-[0-9a-f]{6}", slug[slug.index("where") :])
    assert slugify(text + "!") != slug
    assert len(slug) <= 80


def test_a_long_word_is_cut_within_when_no_word_ends_in_the_last_half() -> None:
    slug = slugify("a-" + "x" * 200)
    assert len(slug) == 80
    assert slug[:-7] == "a-" + "x" * 71


def test_a_cut_divides_neither_a_character_nor_a_letter_from_its_marks() -> None:
    for size in range(16, 60):
        slug = slugify("\u0915\u094d\u0937\u093f" * 40, max_bytes=size)
        kept = slug[:-7]
        assert len(slug.encode()) <= size
        following = ("\u0915\u094d\u0937\u093f" * 40)[len(kept)]
        assert kept == "untitled" or unicodedata.category(following)[0] != "M"


def test_the_hash_does_not_depend_on_the_unicode_form() -> None:
    text = "re\u0301sume\u0301 " * 30
    assert slugify(text) == slugify(unicodedata.normalize("NFC", text))


def test_a_hash_is_appended_within_the_limit() -> None:
    assert re.fullmatch(r"some-name-[0-9a-f]{6}", with_hash(Slug("some-name"), "Some name?"))
    assert len(with_hash(Slug("x" * 80), "x")) == 80
    assert with_hash(Slug("a"), "A!") != with_hash(Slug("a"), "A?")


def test_a_limit_without_room_for_a_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="16"):
        slugify("!", max_bytes=15)


def test_marks_without_end_take_no_time() -> None:
    assert slugify("a" + "\u0301\u0323" * 200_000)


_TEXTS = st.text() | st.text(
    "aB\u0301\u0345\u00df\u0130-_ '\u2019\u4e2d\u3099\uac00\u1100\u1161\u11a8\u03a3\u2126\ufe0f\U0001f642/.\\"
)


@given(_TEXTS, st.integers(16, 120))
def test_every_slug_is_safe_and_within_its_limit(text: str, size: int) -> None:
    slug = slugify(text, size)
    assert 0 < len(slug.encode()) <= size
    assert re.fullmatch(r"[^\s/\\.:?#%_'\"<>|*-]+(?:-[^\s/\\.:?#%_'\"<>|*-]+)*", slug)
    assert all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in slug)
    assert unicodedata.is_normalized("NFC", slug)
    assert slugify(slug, size) == slug


@given(_TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_the_unicode_form_does_not_matter_to_the_key(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x17F, exclude_characters="\u0130\u0131")))
def test_case_does_not_matter_to_the_key(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)

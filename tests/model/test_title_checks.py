"""Titles that say the same are told, and those that only look alike are not."""

from __future__ import annotations

import pytest

from support.notes import reported, with_fields
from support.sites import codex_of

SAME = [
    ("short naps improve recall", "a short nap improves recall"),
    ("Short naps improve recall", "short-naps improve recall!"),
    ("naps improve the recall of adults", "naps improve recall in adults"),
    ("memory consolidation occurs in sleep", "memory consolidaton occurs during sleep"),
    (
        "naps improve recall in most adults",
        "naps improve recall in most adults because the hippocampus rests",
    ),
]
DIFFERENT = [
    ("short naps improve recall", "short naps improve mood"),
    ("naps improve recall in adults", "naps do not improve recall in adults"),
    ("lab notes of the sleep group 04", "lab notes of the sleep group 05"),
    ("sleep in 2025 was longer than before", "sleep in 2026 was longer than before"),
    ("dogs chase cats around the old house", "cats chase dogs around the old house"),
    ("more sleep improves recall of words", "less sleep improves recall of words"),
    ("on naps", "on naps too"),
    ("naps improve recall", "naps improve recall when they are short"),
]


def _codes(one: str, other: str, kind: str = "claim", lines: tuple[str, str] = ("", "")) -> list[str]:
    files = {
        f"{kind}s/{name}.md": with_fields(f"type: {kind}", f'title: "{title}"', *filter(None, [line]))
        for name, title, line in zip(("first", "second"), (one, other), lines, strict=True)
    }
    return [path for _, path in reported(codex_of(files), "N105")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_titles_that_say_the_same_are_told_of_the_second(one: str, other: str) -> None:
    assert _codes(one, other) == _codes(other, one) == ["claims/second.md"]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_titles_that_say_something_else_are_not(one: str, other: str) -> None:
    assert _codes(one, other) == []


def test_only_a_claim_is_cut_short() -> None:
    short = "naps improve recall in most adults"
    assert _codes(short, f"{short} and much else", kind="musing") == []


@pytest.mark.parametrize(
    ("urls", "is_told"),
    [
        (("https://a.org/1", "https://a.org/1"), True),
        (("https://a.org/1", "https://www.a.org/2"), False),
        (("https://a.org/1", "https://b.org/1"), True),
        (("https://a.org/1", ""), True),
    ],
)
def test_two_pages_of_one_site_may_have_one_title(urls: tuple[str, str], is_told: bool) -> None:
    lines = (f"url: {urls[0]}", f"url: {urls[1]}" if urls[1] else "")
    assert bool(_codes("Sleep goes on sale", "Sleep goes on sale", "source", lines)) is is_told


def test_kinds_agents_and_names_keep_titles_apart() -> None:
    titled = 'title: "naps improve recall"'
    claim, musing = with_fields("type: claim", titled), with_fields("type: musing", titled)
    apart = {
        "a/one.md": claim,
        "b/two.md": with_fields("type: belief", titled),
        "agents/iris/musings/three.md": musing,
        "agents/otto/musings/four.md": musing,
    }
    assert reported(codex_of(apart), "N105") == []
    assert reported(codex_of({"a/x.md": claim, "b/x.md": claim}), "N101", "N105") == [("N101", "b/x.md")]

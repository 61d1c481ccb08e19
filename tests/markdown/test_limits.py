"""Notes that would make an engine crawl, crash or fill the disk, each tried where a crash is survived."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from codex_publisher.markdown.guards import UnrenderableError, check_nesting, tables_are_safe
from codex_publisher.markdown.limits import Limits
from codex_publisher.markdown.render import outline, render
from codex_publisher.model.note import read_note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.rendering import render_all

HOOKS = Path(__file__).resolve().parents[2] / "hooks"
PROGRAM = """
import json, sys, time
from codex_publisher.markdown import render
render("warm up")
text = eval(sys.argv[1])
started = time.process_time()
document = render(text)
taken = time.process_time() - started
print(json.dumps([taken, len(text), len(document.html), document.fallback, len(document.links)]))
"""

DEEP = ["'>' * 10_000", "'> ' * 10_000", "'> - ' * 5_000 + 'x'", "'<div>' * 10_000", "'<b>' * 10_000"]
DEEP += ["'*' * 10_000 + 'a' + '*' * 10_000", "'<table><tr><td>' * 3_000", "'<ul><li>' * 3_000"]
SLOW = [
    *DEEP,
    "'- ' * 10_000",
    "'- ' * 10_000 + 'a'",
    "'* - ' * 5_000 + 'x'",
    "'1. ' * 10_000 + 'x'",
    "'[' * 10_000",
    "'[' * 10_000 + 'a' + '](b)' * 10_000",
    "'[[' * 10_000 + 'a' + ']]' * 10_000",
    "'![' * 10_000",
    "'*a ' * 10_000",
    "'**a *b ' * 5_000",
    "'_' * 10_000 + 'a'",
    "'`' * 10_000",
    "' '.join('`' * i for i in range(300))",
    "'<a href=x>' * 10_000",
    "'<b><i><u>x\\n\\n' * 3_000",
    "'<!--' * 10_000",
    "'<script>' * 10_000",
    "'<script ' * 10_000",
    "'<style>a</style> ' * 5_000",
    "'&#1;' * 10_000",
    "'\\0' * 10_000",
    "'\\ud800' * 10_000",
    "'|'.join('a' * 2_000) + '\\n' + '|'.join('-' * 2_000) + '\\n' + 'a\\n' * 4_000",
    "'|'.join('a' * 99) + '\\n' + '|'.join('-' * 99) + '\\n' + 'a\\n' * 9_000",
    "'|-' * 5_000 + '|\\n' + '-' * 20_000 + '|\\n'",
    "'[^1] ' * 10_000 + '\\n\\n[^1]: x'",
    "''.join(f'[^{i}]: b\\n\\n' for i in range(3_000)) + ''.join(f'[^{i}] ' for i in range(3_000))",
    "''.join(f'[^{i}]: [^{i + 1}]\\n\\n' for i in range(2_000)) + '[^0]'",
    "'[[a b]] é ' * 10_000",
    "'![[a.png]] ' * 10_000",
    "'<div>' + '[[a]]<td>&lt;' * 5_000",
    "'<a href=\"z&amp;y\">x</a> ' * 5_000",
    "'# a\\n' * 5_000",
    "'- [ ] a\\n' * 5_000",
    "'- [[a]]\\n* [[b]]\\n' * 3_000",
    "'```python\\nx = 1\\n```\\n' * 1_000",
    "'```python\\n' + 'x = 1 + foo(bar)\\n' * 2_900 + '```'",
    "'## Agent Notes\\n' + '**A:** [[b]]\\n' * 5_000",
    "'## Agent Notes\\n**Extraction hints:** ' + '\"a ' * 10_000",
    "'## Agent Notes\\n**Extraction hints:** ' + ' '.join(f'({i}) a b' for i in range(1, 99)) * 30",
    "'CLAIM CANDIDATE: a b c d\\n' * 5_000",
    "'a. B ' * 20_000",
    "'[x](javascript:y) ' * 10_000",
    "'<font>x</font> ' * 10_000",
    "'<foo>x ' * 10_000",
    "'<p><a></p>' * 5_000",
    "'</td><li>[[a]]' * 4_000",
]


def tried(expression: str) -> tuple[float, int, int, str, int]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, expression],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PYTHONPATH": str(HOOKS), "PYTHONIOENCODING": "utf-8"},
    )
    assert run.returncode == 0, run.stderr[-500:]
    taken, source, html, fallback, links = json.loads(run.stdout)
    return taken, source, html, fallback, links


@pytest.mark.parametrize("expression", SLOW)
def test_no_small_note_takes_long_or_grows_large(expression: str) -> None:
    taken, source, html, _, _ = tried(expression)
    # All take less than a second on a quiet machine. The limit leaves room for a busy one, since what
    # this guards against takes from ten seconds to for ever.
    assert taken < 8
    assert html <= 20 * source + 65_536


@pytest.mark.parametrize("expression", DEEP)
def test_what_is_nested_too_deep_is_shown_as_it_was_typed(expression: str) -> None:
    assert "nested more than 100 deep" in tried(expression)[3]


def test_plain_text_is_escaped_and_says_why() -> None:
    document = render(">" * 200 + " <script>alert(1)</script> & more")
    assert document.fallback == "quotes are nested more than 100 deep"
    assert document.html.startswith('<pre class="codex-plain">&gt;')
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</pre>" in document.html
    assert document.links == ()


def test_a_failure_anywhere_is_plain_text_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As PyO3 raises it: no `Exception`."""

    def fail(html: str) -> str:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(sys.modules["codex_publisher.markdown.render"], "sanitise", fail)
    document = render("**words**")
    assert document.fallback == "rendering failed (PanicException: index out of bounds)"
    assert "**words**" in document.html


def test_a_parser_that_gives_up_without_a_word_lacks_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> None:
        failure: Any = etree.XMLSyntaxError
        raise failure("unknown error", 1, 0, 0)

    monkeypatch.setattr(etree, "fromstring", give_up)
    with pytest.raises(MemoryError):
        render("Words.\n")


def test_who_stops_the_build_is_not_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(html: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["codex_publisher.markdown.render"], "sanitise", stop)
    with pytest.raises(KeyboardInterrupt):
        render("words")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", True),
        ("|".join("a" * 50) + "\n" + "|".join("-" * 50) + "\n" + ("|".join("x" * 50) + "\n") * 500, True),
        ("|".join("a" * 101) + "\n" + "|".join("-" * 101) + "\n", False),
        ("> " + "|".join("a" * 101) + "\n> " + "|".join("-" * 101) + "\n", False),
        ("|".join("a" * 90) + "\n" + "|".join("-" * 90) + "\n" + "a\n" * 300, False),
        ("|".join("a" * 90) + "\n" + "|".join("-" * 90) + "\n\n" + "a\n" * 300, True),
        ("no table at all\n" * 1000, True),
    ],
)
def test_tables_are_looked_at_before_they_are_made(text: str, safe: bool) -> None:
    assert tables_are_safe(text) is safe


def test_a_table_too_wide_stays_text() -> None:
    html = render("|".join("a" * 101) + "\n" + "|".join("-" * 101) + "\n\n| b |\n|---|").html
    assert "<table" not in html


def test_signs_of_being_greater_are_no_quotes() -> None:
    check_nesting("a" + ">" * 1000)
    check_nesting("> " * 100)
    with pytest.raises(UnrenderableError):
        check_nesting("> - 1. " + "> " * 100)


def test_a_tag_of_very_many_attributes_is_shown_as_it_was_typed() -> None:
    text = "<p " + " ".join(f"a{number}=x" for number in range(5_000)) + ">words</p>"
    document = render(text)
    assert "attributes" in document.fallback
    assert "words" in document.html


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("Words\n\n" + "|" * 101 + "\n" + "-|" * 101, 4, "tables"),
        ("Words\n\n<!-- never\n\nmore", 3, "comment"),
        ("Words <!-- never\n", 1, ""),
        ("<!-- a -->\n\n`<!--`\n", 1, ""),
        ("```\n<!-- shown\n```\n", 1, ""),
    ],
)
def test_what_a_reader_will_not_see_as_it_was_meant_is_remarked(text: str, line: int, told: str) -> None:
    remarks = render(text).remarks
    assert bool(remarks) == bool(told)
    for remark in remarks:
        assert remark.line == line
        assert told in remark.message
        assert remark.hint


@pytest.mark.parametrize("text", ["<?php echo 1 ?> after", "<![CDATA[ x ]]> after", "<?\n\nafter"])
def test_instructions_of_xml_hide_nothing_that_follows(text: str) -> None:
    html = render(text).html
    assert "after" in html
    assert "&lt;" in html


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("words\n\n" + "> " * 101 + "deep\n", (12, 1)),
        ("words\n\nand <b " + "a=b " * 1_001 + ">x</b>\n", (12, 5)),
        ("words\n\n" + "x" * 2_000_000, (12, 1_999_994)),
        ("words\n\n" + "&<" * 250_000, (12, 499_999)),
        ("words\n\n" + "- [[a]]\n" * 10_001, (10_012, 3)),
        ("words\n\n" + "*a*\n" * 60_000, (50_010, 1)),
        ("words\n\n- item\n\n  " + "<b>" * 120 + "\n", (14, 3)),
        ("words\n\nand *so on*: " + f'<b title="{"x" * 10_001}">x</b>\n', (12, 5)),
    ],
    ids=["quotes", "attributes", "length", "signs", "links", "marks", "elements", "value"],
)
def test_what_makes_a_note_text_is_told_with_its_place(text: str, place: tuple[int, int]) -> None:
    for document in (render(text, first_line=10), outline(text, first_line=10)):
        assert document.fallback
        assert document.fallback_place == place


def test_of_what_has_no_place_none_is_told() -> None:
    with Engine(1, limits=Limits(seconds=0.01)) as engine:
        note = read_note(NotePath("a.md"), b"some words " * 90_000)
        assert render_all([note], engine)[note.path].fallback_place is None

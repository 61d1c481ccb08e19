"""Long texts are rendered like short ones: to the byte, and without a reader waiting for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.markdown import render
from codex_publisher.markdown.lengthy import MAX_VALUE, PIECE, divide_texts
from codex_publisher.markdown.sanitise import sanitise
from codex_publisher.markdown.tree import parse, serialise
from codex_publisher.model.note import read_note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.rendering import outline_all, render_all

LONG = {
    "ampersands": "bread & butter " * 125_000,
    "quotation marks": "«pain» " * 250_000,
    "hard spaces": "a\u00a0b " * 400_000,
    "lines of a program": "```\n" + "a && b\n" * 150_000 + "```\n",
    "candidates": "CLAIM CANDIDATE: bees sleep & dream\n" * 20_000,
}
"""Each kept the sanitiser, or what shows candidates, busy for longer than a note may take."""


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_shown_as_it_was_meant(name: str) -> None:
    note = read_note(NotePath("a.md"), LONG[name].encode())
    with Engine(1) as engine:
        document = render_all([note], engine)[note.path]
    assert document.fallback == ""
    assert '<pre class="codex-plain">' not in document.html
    assert document.html.count("&amp;") == LONG[name].count("&")
    assert document.html.count("«") == LONG[name].count("«")


@settings(deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                "&amp;",
                "«",
                "\u00a0",
                "<b>x</b>",
                "<br>",
                "word ",
                "\U0001f600",
                "<i>",
                "</i>",
                "</p><p>",
                "&lt;",
            ]
        ),
        max_size=8,
    ),
    times=st.integers(1, 3),
)
def test_it_is_the_same_to_the_byte_however_it_is_put_down(pieces: list[str], times: int) -> None:
    html = "".join(piece * (PIECE // len(piece) * times) if "<" not in piece else piece for piece in pieces)
    body = parse(f"<p>{html}</p><pre>\n\n{html}</pre>{html}")
    whole = serialise(body)
    divide_texts(body)
    assert serialise(body).replace("<!---->", "") == whole
    assert sanitise(serialise(body)) == sanitise(whole)


@pytest.mark.parametrize("written", ['<b title="{}">x</b>', '[x](y "{}")', '<img src="a.png" alt="{}">'])
def test_a_value_that_is_longer_than_a_note_needs_makes_it_text(written: str) -> None:
    longest = render(written.format("&" * MAX_VALUE))
    assert longest.fallback == ""
    assert longest.html.count("&amp;") >= MAX_VALUE
    note = read_note(NotePath("a.md"), written.format("&{ " * 300_000).encode())
    with Engine(1) as engine:
        document = render_all([note], engine)[note.path]
        assert outline_all([note], engine)[note.path] == document
    assert "900,000 characters" in document.fallback
    assert document.html.startswith('<pre class="codex-plain">')


def test_an_address_may_be_long() -> None:
    address = "https://example.org/" + "x" * (MAX_VALUE + 1)
    assert [link.target for link in render(f"[x]({address})").links] == [address]

"""Of raw HTML, exactly what is taken away is told, and on which line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.markdown.removed import MOST
from codex_publisher.markdown.render import outline, render
from codex_publisher.model import rules


def _told(text: str, first_line: int = 1) -> list[tuple[int, int, str]]:
    return [
        (remark.line, remark.column, remark.message.partition(" is taken")[0].partition(" are taken")[0])
        for remark in render(text, first_line).remarks
        if remark.rule is rules.REMOVED_HTML
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<script>x()</script>", [(1, 1, "`<script>` with all that is in it")]),
        ("A\n\n- b\n- <iframe src=x></iframe>\n", [(4, 3, "`<iframe>` with all that is in it")]),
        ("A <font color=red>word</font>.", [(1, 3, "`<font>`")]),
        ("A\nb <b onclick='x()'>c</b>.", [(2, 3, "`onclick` of `<b>`")]),
        ("<div\nstyle='color: red'>\n\nA\n\n</div>", [(1, 1, "`style` of `<div>`")]),
        ("| a |\n|---|\n| <style>b</style> |\n", [(3, 3, "`<style>` with all that is in it")]),
        ("> <video>a</video>\n", [(1, 3, "`<video>`")]),
        ("<body onload=x()>\nA\n", [(1, 1, "`<body>`")]),
    ],
)
def test_what_goes_is_told_where_it_stands(text: str, told: list[tuple[int, int, str]]) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "line", "column", "scheme"),
    [
        ("A\n\n- see [this](javascript:alert(1))\n", 3, 7, "javascript"),
        ("A [x](JavaScript:x) b", 1, 3, "javascript"),
        ("A ![x](data:image/png;base64,AAAA) b", 1, 3, "data"),
        ("A ![x](mailto:a@b.example) b", 1, 3, "mailto"),
        ("A\nb <vbscript:x> c", 2, 3, "vbscript"),
        ("A\n[x][y]\n\n[y]: file:///etc/passwd\n", 2, 1, "file"),
        ("A\nb <a href='javascript:x'>c</a>", 2, 3, "javascript"),
        ("| a |\n|---|\n| [b](ftp://a.example) |\n", 3, 3, "ftp"),
    ],
)
def test_an_address_that_goes_is_told_where_it_stands(text: str, line: int, column: int, scheme: str) -> None:
    for document in (render(text), outline(text)):
        told = [(one.line, one.column) for one in document.remarks if one.rule is rules.REMOVED_HTML]
        assert told == [(line, column)]
        assert f"`{scheme}:`" in document.remarks[0].message
        assert document.links == ()


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://a.example) <https://a.example> [x](//a.example) [x](mailto:a@b.example) <a@b.example>",
        "`[x](javascript:x)` [[javascript: the good parts]] [x](#javascript:x) [x](12:30 talk.md)",
        "[x](note.md) ![x](a.png) [x](y#a:b) [x](?a:b) <a name=x>x</a>",
    ],
)
def test_an_address_that_stays_is_not_told(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` and `<b onclick='x'>`",
        "```html\n<script>x()</script>\n```",
        "    <script>x()</script>",
        "\\<script> and &lt;script>",
        "<!-- <script>x()</script> <font> -->",
        "We say a <script> here.",
        "<company name> and <details><summary>A</summary>b</details>",
        "<kbd>A</kbd> <sub>2</sub> <br> <img src='a.png' width='20' alt='onclick=1'>",
        "A <- b and c <font",
    ],
)
def test_what_stays_is_not_told(text: str) -> None:
    assert _told(text) == []


def test_code_of_the_same_name_before_it_does_not_move_the_line() -> None:
    text = "`<script>`\n\n```\n<script>\n```\n\n\\<script>\n\n<!-- <script> -->\n\n<script>x()</script>\n"
    assert [line for line, _, _ in _told(text)] == [11]
    assert [line for line, _, _ in _told("`<b onclick=a>`\n\n<b onclick=a>x</b>\n")] == [3]


def test_a_line_is_told_once_and_lines_are_those_of_the_file() -> None:
    text = "<font>a</font> <center>b</center> <font>c</font>\n<font>d</font>\n"
    assert _told(text, first_line=10) == [(10, 1, "`<font>`, `<center>`"), (11, 1, "`<font>`")]


def test_very_many_are_told_of_up_to_a_limit() -> None:
    assert len(_told("<font>a</font>\n" * (MOST + 500))) == MOST
    assert len(_told("[a](javascript:x)\n" * (MOST + 500))) == MOST


@settings(deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                *[
                    "<script>",
                    "</script>",
                    "<font x>",
                    "<b onclick=x>",
                    "`",
                    "```\n",
                    "\n",
                    "<!--",
                    "-->",
                    "<",
                    ">",
                ],
                *[
                    "[^1]",
                    "\n[^1]: ",
                    "| a |\n|---|\n",
                    "<style",
                    "&lt;font ",
                    "é",
                    "[[<font>]]",
                    "<div\n",
                    "\t",
                ],
            ]
        ),
        max_size=40,
    )
)
def test_every_line_that_is_told_is_a_line_of_the_note(pieces: list[str]) -> None:
    text = "".join(pieces)
    for line, column, _ in _told(text, first_line=3):
        written = text.split("\n")
        assert 3 <= line < 3 + len(written)
        assert 1 <= column <= len(written[line - 3]) + 1

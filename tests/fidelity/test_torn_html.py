"""Raw HTML that its writer has not closed takes nothing of the note with it."""

from __future__ import annotations

import re

import pytest

from codex_publisher.markdown import render
from codex_publisher.markdown.engine import to_html
from codex_publisher.markdown.origins import typed_tags
from support.promises import body_is_rendered
from support.structure import shape


@pytest.mark.parametrize(
    "opened",
    [
        "<div>",
        "<table><tr><td>",
        "<div><div>",
        "<section>",
        "<details>",
        "<b>",
        "<center>",
        '<div class="x">',
        "<blockquote>",
        "<blockquote><div>",
        "<ul><li>",
        "<ol><li><div>",
        "</div><div>",
        "</blockquote></ul><div>",
    ],
)
@pytest.mark.parametrize(
    "inside",
    [
        *("> {}\n> words", "- {}\n  words", "- a\n  > {}\n  > words"),
        *("> [!NOTE]\n> {}\n> words", "> [!NOTE]\n> words\n>\n> {}", "> [!TIP]\n> - {}\n>   words"),
        *("> [!NOTE]\n> `</div>` \\</div> &lt;/div> {}\n> words", "> > [!NOTE]\n> > {}\n\n<div>\n\n</div>"),
    ],
)
def test_what_is_open_in_a_quote_or_an_item_ends_with_it(opened: str, inside: str) -> None:
    html = render(f"{inside.format(opened)}\n\nAfter it.\n").html
    assert shape(html)[-3:] == [("tag", "p"), ("text", "After it."), ("end", "p")]


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("> [!NOTE]\n> </div></div> words\n>\n> Last.\n\nAfter it.\n", "div"),
        ("> </blockquote> words\n>\n> Last.\n\nAfter it.\n", "blockquote"),
        ("- </li></ul> words\n\n  Last.\n\nAfter it.\n", "ul"),
    ],
)
def test_what_is_typed_ends_nothing_that_markdown_has_made(text: str, around: str) -> None:
    names = [piece[:2] for piece in shape(render(text).html)]
    outside = names.index(("text", "After it."))
    last = names.index(("text", "Last."))
    assert last < names.index(("end", around), last) < outside
    assert names.count(("tag", around)) == names.count(("end", around)) == 1


@pytest.mark.parametrize("sign", ["<", ">", '"', "&", "&amp;", "&amp;amp;", "&lt;", "&quot;"])
def test_it_is_known_which_tags_were_typed(sign: str) -> None:
    words = f"{sign} a {sign}b <b {sign}>{sign}</b> `</div>{sign}` \\<i>"
    text = f"<div>{sign}\n{sign} x\n</div>\n\n{words}\n\n> [!NOTE]\n> {words}\n> <div>\n\n"
    text += f"[{sign}](</div> '{sign}')\n"
    html = to_html(text)
    typed = typed_tags(html, to_html(text, shows_raw=True))
    names = [found[0] for found in re.finditer(r"</?[a-z]+", html) if found.start() in typed]
    assert [name for name in names if "div" in name] == ["<div", "</div", "<div"]
    assert not {"</p", "<p", "<code", "<a", "</a"} & set(names)


def test_what_is_open_in_a_footnote_ends_with_it() -> None:
    html = render("[^1] [^2]\n\n[^1]: <div>\n    one\n\n[^2]: two\n").html
    items = [piece for piece in shape(html) if piece[1] in ("li", "div")]
    assert [piece[:2] for piece in items] == [
        *(("tag", "li"), ("tag", "div"), ("end", "div"), ("end", "li")),
        *(("tag", "li"), ("end", "li")),
    ]


def test_what_is_open_at_the_top_stays_open_until_it_is_closed() -> None:
    html = render("<div>\n\n> quoted\n\n- item\n\n</div>\n\nAfter it.\n").html
    names = [piece[:2] for piece in shape(html) if piece[0] != "text"]
    assert names[0] == ("tag", "div")
    assert names[-3:] == [("end", "div"), ("tag", "p"), ("end", "p")]


def test_details_may_be_closed_behind_a_list() -> None:
    html = render("<details><summary>More</summary>\n\n- item\n</details>\n\nAfter it.\n").html
    assert shape(html)[-3:] == [("tag", "p"), ("text", "After it."), ("end", "p")]


@pytest.mark.parametrize(
    "text",
    [
        '<div title="never closed>\n\nMany **words** "here".\n',
        "<div title='never closed>\n\nMany **words** it's here.\n",
        "<div\nMany **words** here.\n",
        "<div class\n\nMany **words** here.\n",
        "<table\n\nMany **words** here.\n",
        '<p align="center\n\nMany **words** here.\n',
        "> <div\n> Many words here\n",
        '- <div title="x\n  Many words here\n\n"\n',
    ],
)
def test_a_tag_that_never_ends_hides_no_word(text: str) -> None:
    html = render(text).html
    assert "Many" in html
    assert "words" in html
    assert "here" in html
    assert "&lt;" in html


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('<div title="a > b">x</div>', '<div title="a > b">x</div>'),
        ("<div title='it is > so'>x</div>", '<div title="it is > so">x</div>'),
        ("<div it's>x</div>", "<div>x</div>"),
        ('<td title="<b>">x', "x"),
        ('<span title="<script>alert(1)</script>">x</span>', 'title="<script>alert(1)</script>"'),
        ("<div\n  title=x\n>x</div>", '<div title="x">x</div>'),
    ],
)
def test_a_tag_that_ends_is_a_tag_whatever_its_quotes_hold(text: str, kept: str) -> None:
    html = render(text).html.replace("&gt;", ">").replace("&lt;", "<")
    assert kept in html


@pytest.mark.parametrize(
    "text",
    [
        # The tree takes `{…}x` for a name with a namespace and then cannot find it.
        '<div s=""{}"',
        '<div {}="x">words</div>',
        "<b {a}b onclick=x>words</b>",
        "words <i {http://www.w3.org/1999/xhtml}id=x>more</i>",
    ],
)
def test_attributes_of_any_name_are_taken_away(text: str) -> None:
    document = body_is_rendered(text)
    assert not document.fallback
    assert "{" not in document.html or "&lt;" in document.html


def test_a_list_may_begin_at_any_number_that_markdown_knows() -> None:
    assert '<ol start="123456789">' in render("123456789. ok\n").html


def test_a_link_in_raw_html_is_not_taken_for_the_same_one_in_the_paragraph_before() -> None:
    document = body_is_rendered("See [[x]].\n<div>\n\n[[x]]\n\n<div>\nand [[x]]</div></div>\n\n[[x]]\n")
    assert [(link.line, link.column) for link in document.links] == [(1, 5), (4, 1), (7, 5), (9, 1)]


def test_a_link_in_raw_html_of_an_item_is_the_one_in_the_item() -> None:
    document = body_is_rendered("- <div>[[x]]</div>\n\n[[x]]\n")
    assert [(link.line, link.column) for link in document.links] == [(1, 8), (3, 1)]


def test_a_link_behind_a_torn_tag_is_not_taken_for_the_same_one_before_it() -> None:
    document = body_is_rendered("[[x]]\n<script>[[x]]\n")
    assert [(link.line, link.column) for link in document.links] == [(1, 1), (2, 9)]

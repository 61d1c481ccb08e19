"""Every link is numbered, placed, named and quoted."""

from __future__ import annotations

import re

import pytest

from codex_publisher.markdown import render
from codex_publisher.model.document import Link, LinkForm


def link(text: str, first_line: int = 1) -> Link:
    found = render(text, first_line).links
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "form", "target", "fragment", "shown"),
    [
        ("[[a b]]", LinkForm.WIKI, "a b", "", "a b"),
        ("[[a b|c]]", LinkForm.WIKI, "a b", "", "c"),
        ("[[a#H 1]]", LinkForm.WIKI, "a", "H 1", "a › H 1"),
        ("[[a#H|c]]", LinkForm.WIKI, "a", "H", "c"),
        ("[[a#^b-1]]", LinkForm.WIKI, "a", "^b-1", "a"),
        ("[[#H]]", LinkForm.WIKI, "", "H", "H"),
        ("[[a|]]", LinkForm.WIKI, "a", "", "a"),
        ("[[a\n  b]]", LinkForm.WIKI, "a b", "", "a b"),
        ("[[100%25 sure|x]]", LinkForm.WIKI, "100%25 sure", "", "x"),
        ("[[a%20b]]", LinkForm.WIKI, "a%20b", "", "a%20b"),
        ("é [[5% of 10%#why 5%]]", LinkForm.WIKI, "5% of 10%", "why 5%", "5% of 10% › why 5%"),
        ("[[100% sure]]", LinkForm.WIKI, "100% sure", "", "100% sure"),
        ("[[a &amp; b]]", LinkForm.WIKI, "a & b", "", "a & b"),
        ("| a |\n|---|\n| [[x\\|y]] |", LinkForm.WIKI, "x", "", "y"),
        ("[x](a%20b.md#c%20d)", LinkForm.MARKDOWN, "a b.md", "c d", "x"),
        ("[x](a%2520b%20%C3%A9.md)", LinkForm.MARKDOWN, "a%20b é.md", "", "x"),
        ("[x](%20%.md)", LinkForm.MARKDOWN, " %.md", "", "x"),
        ("[[é b]]", LinkForm.WIKI, "é b", "", "é b"),
        ("[x](<a b.md>)", LinkForm.MARKDOWN, "a b.md", "", "x"),
        ("[x](50%.md)", LinkForm.MARKDOWN, "50%.md", "", "x"),
        ("[x](https://a.b/c#d)", LinkForm.MARKDOWN, "https://a.b/c#d", "", "x"),
        ("https://a.b/c", LinkForm.MARKDOWN, "https://a.b/c", "", "https://a.b/c"),
        ("me@a.org", LinkForm.MARKDOWN, "mailto:me@a.org", "", "me@a.org"),
        ("[x](//a.b/c)", LinkForm.MARKDOWN, "https://a.b/c", "", "x"),
        ("[](y%20z.md)", LinkForm.MARKDOWN, "y z.md", "", "y z.md"),
        ("<a href='y.md'>x</a>", LinkForm.MARKDOWN, "y.md", "", "x"),
        ("<a href='codex:0'>x</a>", LinkForm.MARKDOWN, "codex:0", "", "x"),
        ("![x](y%20z.png)", LinkForm.IMAGE, "y z.png", "", "x"),
        ("<img src=y.png alt=x>", LinkForm.IMAGE, "y.png", "", "x"),
        ("![[y.png]]", LinkForm.EMBED, "y.png", "", "y.png"),
        ("![[y.png|x]]", LinkForm.EMBED, "y.png", "", "x"),
        ("![[dir/y.png|200x100]]", LinkForm.EMBED, "dir/y.png", "", "y.png"),
        ("![[note#h]]", LinkForm.EMBED, "note", "h", "note › h"),
        ("<div>\n[[x|y]]\n</div>", LinkForm.WIKI, "x", "", "y"),
    ],
)
def test_a_link_says_how_it_was_written(
    text: str, form: LinkForm, target: str, fragment: str, shown: str
) -> None:
    found = link(text)
    assert (found.form, found.target, found.fragment, found.text) == (form, target, fragment, shown)


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`",
        "```\n[[a]]\n```",
        "    [[a]]",
        "<!-- [[a]] -->",
        "<pre>[[a]]</pre>",
        "<code>[[a]]</code>",
        r"\[[a]]",
        r"!\[[a]]",
        "[[]]",
        "[[|x]]",
        "[[#]]",
        "[[#^]]",
        "<div>\n<!-- [[a]] -->\n</div>",
        "<script>[[a]]</script>",
        "[x](javascript:alert(1))",
        "[x](#)",
    ],
)
def test_these_are_no_links(text: str) -> None:
    assert render(text).links == ()


def test_belief_codes_are_links_only_where_they_stand_alone() -> None:
    text = "See B4 and (B12), not B0, XB4, B4-x or B123, `B4`, [[B5]], [B6](x).\n\n## B7"
    found = render(text).links
    assert [each.target for each in found if each.form is LinkForm.CODE] == ["B4", "B12"]
    assert (found[0].line, found[0].column) == (1, 5)


def test_what_points_nowhere_keeps_its_words() -> None:
    assert "[[]] [[|x]] one" in render("[[]] [[|x]] [one](javascript:x)").html


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[a]]", (10, 1)),
        ("é 中 😀 [[a]]", (10, 7)),
        ("x\n\n- y\n  [[a]]", (13, 3)),
        ("> x\n> [[a]]", (11, 3)),
        ("x\r\n[[a]]", (11, 1)),
        ("x\r[[a]]", (11, 1)),
        ("| é | b |\n|---|---|\n| x\\|y | [[a]] |", (12, 10)),
        ("x ![[a.png]]", (10, 3)),
        ("x\n\ny **z** ![[a]]", (12, 9)),
        ("<div>\n\n[[a]]\n\n</div>", (12, 1)),
        ("<div>\nx [[a]]\n</div>", (11, 3)),
        ("<div>\n<a class=b href='y'>z</a>\n</div>", (11, 1)),
        ("x\u2028y [[a]]", (10, 5)),
    ],
)
def test_a_link_stands_where_it_is_written(text: str, place: tuple[int, int]) -> None:
    found = link(text, first_line=10)
    assert (found.line, found.column) == place


def test_equal_links_are_told_apart_by_place() -> None:
    found = render("![[a.png]] *x* ![[a.png]]\n\n![[a.png]]").links
    assert [(each.line, each.column) for each in found] == [(1, 1), (1, 16), (3, 1)]


def test_numbers_follow_the_order_of_the_html() -> None:
    document = render("[[a]] ![b](c.png) [d](e)[^1] <a href=f>g</a>\n\n[^1]: [[h]]\n\n## [[i]]")
    numbers = [int(number) for number in re.findall(r'="codex:(\d+)"', document.html)]
    assert numbers == list(range(len(document.links)))


@pytest.mark.parametrize(
    "address", ["#Some-Heading", "#some-heading", "<#Some Heading>", "#SOME-HEADING", "#^mark"]
)
def test_a_link_within_the_page_needs_no_number(address: str) -> None:
    document = render(f"[x]({address})\n\nText ^mark\n\n## Some heading")
    assert document.links == ()
    name = "n-block-mark" if "^" in address else "n-some-heading"
    assert f'<a href="#{name}">x</a>' in document.html
    assert f'id="{name}"' in document.html


def test_a_link_to_a_heading_that_is_not_there_is_numbered_so_that_it_can_be_reported() -> None:
    found = link("[x](#nowhere)")
    assert (found.target, found.fragment) == ("", "nowhere")


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("[[a]]", ""),
        ("## H\n\n[[a]]", "H"),
        ("## H [[a]]", "H a"),
        ("## H\n\n**L:** [[a]]", "L"),
        ("## H\n\n**L**: [[a]]", "L"),
        ("## H\n\n**L:**\n- [[a]]", "L"),
        ("## H\n\n**L:**\n\n1. x\n   - [[a]]", "L"),
        ("## H\n\n**L:**\n- **M:** [[a]]", "M"),
        ("## H\n\n**L:** x\n- [[a]]", "H"),
        ("## H\n\n**L:**\n- x\n\n[[a]]", "H"),
        ("## H\n\nTopics:\n- [[a]]", "Topics"),
        ("## H\n\nWe saw this. And that:\n- [[a]]", "H"),
        ("**L:** x\n\n## H\n\n[[a]]", "H"),
        ("x[^1]\n\n## H\n\n[^1]: [[a]]", "Footnotes"),
        ("## Agent Notes\n**KB connections:**\n- [[a]]", "KB connections"),
        ("## Curator Notes\nWHY ARCHIVED: [[a]]", "Why archived"),
    ],
)
def test_a_link_knows_its_section(text: str, section: str) -> None:
    assert link(text).section == section


def test_a_bare_title_in_the_primary_connection_is_a_link() -> None:
    found = link('## Curator Notes\nPRIMARY CONNECTION: "a title" — because', first_line=5)
    assert (found.form, found.target, found.text) == (LinkForm.BARE, "a title", "a title")
    assert (found.line, found.column) == (6, 22)

"""Addresses put into placeholders, and nothing else."""

from __future__ import annotations

import pytest

from codex_publisher.markdown import Address, AddressKind, fill_links, render

NOTE = Address("../b/", AddressKind.NOTE)
OUT = Address("https://a.b/c?d&e", AddressKind.OUTWARD)
FILE = Address("../files/x%20y.png", AddressKind.ATTACHMENT)
CODE = Address("https://git.example/x.py", AddressKind.CODE)
WANTED = Address("", AddressKind.WANTED)
REFUSED = Address("", AddressKind.REFUSED)
PLAIN = Address("", AddressKind.PLAIN)


def filled(text: str, *addresses: Address) -> str:
    return fill_links(render(text).html, addresses).strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("address", "html"),
    [
        (NOTE, '<a href="../b/">x</a>'),
        (
            Address("../b/", AddressKind.NOTE, 'B & "C"'),
            '<a href="../b/" title="B &amp; &quot;C&quot;">x</a>',
        ),
        (FILE, '<a href="../files/x%20y.png">x</a>'),
        (OUT, '<a href="https://a.b/c?d&amp;e" rel="noopener noreferrer" class="codex-outward">x</a>'),
        (
            CODE,
            '<a href="https://git.example/x.py" rel="noopener noreferrer" '
            'class="codex-outward codex-repository">x</a>',
        ),
        (WANTED, '<span class="codex-wanted" title="Not written yet">x</span>'),
        (REFUSED, '<span class="codex-broken" title="This address does not exist">x</span>'),
        (
            Address("", AddressKind.REFUSED, "Gone"),
            '<span class="codex-broken" title="Gone">x</span>',
        ),
        (PLAIN, "x"),
    ],
)
def test_a_link_by_the_kind_of_its_address(address: Address, html: str) -> None:
    assert filled("[[x]]", address) == html


@pytest.mark.parametrize(
    ("text", "address", "html"),
    [
        ("![x](y.png)", FILE, '<img src="../files/x%20y.png" alt="x" loading="lazy">'),
        (
            "![x](y.png)",
            OUT,
            '<a class="codex-remote-image codex-outward" href="https://a.b/c?d&amp;e" '
            'rel="noopener noreferrer">Image: x (a.b)</a>',
        ),
        ("![](y.png)", Address("https://a.b/c%20d.png?e=1", AddressKind.OUTWARD), "Image: c d.png (a.b)"),
        (
            '![a > b & "c"](y)',
            WANTED,
            '<span class="codex-broken" title="Not written yet">a &gt; b &amp; &quot;c&quot;</span>',
        ),
        (
            "![](y)",
            Address("", AddressKind.REFUSED, "y.png"),
            '<span class="codex-broken" title="y.png">y.png</span>',
        ),
        ("![](y)", Address("https://[x/y.png", AddressKind.OUTWARD), "Image: image (elsewhere)"),
        ("![[x.png]]", NOTE, '<a href="../b/">x.png</a>'),
    ],
)
def test_an_image_by_the_kind_of_its_address(text: str, address: Address, html: str) -> None:
    assert html in filled(text, address)


def test_an_image_inside_a_link_never_makes_a_link_inside_a_link() -> None:
    html = filled("[![x](y.png)](z)", NOTE, OUT)
    assert html == '<a href="../b/"><span class="codex-remote-image">Image: x (a.b)</span></a>'
    assert filled("[![x](y.png)](z)", PLAIN, NOTE) == '<a href="../b/">x</a>'
    assert filled("[![x](y.png) w](z) [[v]]", WANTED, NOTE, PLAIN).endswith("x w</span> v")


@pytest.mark.parametrize(
    "address",
    [
        Address("javascript:alert(1)", AddressKind.NOTE),
        Address("//evil.example", AddressKind.NOTE),
        Address("\\\\evil.example", AddressKind.NOTE),
        Address("", AddressKind.NOTE),
        Address("data:text/html,x", AddressKind.ATTACHMENT),
        Address("javascript:alert(1)", AddressKind.OUTWARD),
        Address("ftp://a.b", AddressKind.OUTWARD),
        Address("../a/", AddressKind.OUTWARD),
        Address("https://a b", AddressKind.CODE),
    ],
)
def test_an_address_that_does_not_fit_its_kind_is_refused(address: Address) -> None:
    html = filled("[[x]] ![y](z)", address, address)
    assert "href" not in html
    assert "src" not in html
    assert html.count("codex-broken") == 2


def test_addresses_are_escaped() -> None:
    html = filled("[[x]]", Address('../"><script>', AddressKind.NOTE))
    assert html == '<a href="../&quot;&gt;&lt;script&gt;">x</a>'


@pytest.mark.parametrize(
    "text",
    [
        'codex:0 "codex:0" href="codex:0"',
        r"\<a href=\"codex:0\"> &lt;a href=&quot;codex:0&quot;&gt;",
        '`<a href="codex:0">`',
        '```\n<a href="codex:0">x</a>\n```',
        "<b title='<a href=\"codex:0\">x</a>'>y</b>",
        '<b title="&lt;a href=&quot;codex:0&quot;&gt;">y</b>',
    ],
)
def test_text_is_never_a_placeholder(text: str) -> None:
    document = render(text)
    assert document.links == ()
    assert fill_links(document.html, [OUT]) == document.html


def test_a_forged_placeholder_is_a_link_of_its_own() -> None:
    document = render('[[real]] <a href="codex:0">forged</a> [x](codex:7)')
    assert [link.target for link in document.links] == ["real", "codex:0", "codex:7"]
    assert [f"codex:{number}" in document.html for number in range(4)] == [True, True, True, False]


def test_missing_addresses_leave_the_words() -> None:
    assert filled("[[a]] [[b]]", NOTE) == '<a href="../b/">a</a> b'


def test_a_bare_title_that_is_no_note_is_plain_text() -> None:
    html = filled("## Curator Notes\nPRIMARY CONNECTION: some title", PLAIN)
    assert "<p>some title</p>" in html

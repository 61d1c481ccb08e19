"""Headings: one `h1` to a page, ids as GitHub makes them, all prefixed."""

from __future__ import annotations

import re

import pytest

from codex_publisher.markdown import render


@pytest.mark.parametrize(
    ("text", "title", "levels"),
    [
        ("# Title\n\n## Part", "Title", [2]),
        ("# The *Title*, yes!\n\n## Part", "the title yes", [2]),
        ("# Title", "Another", [2]),
        ("# Title\n\n# One\n\n## Two", "Title", [2, 3]),
        ("## Part\n\n###### Deep", "", [2, 6]),
        ("# One\n\n###### Deep", "", [2, 6]),
        ("text\n\n# Title", "Title", [2]),
        ("## Title", "Title", [2]),
        ("# Title", "", [2]),
        ("Title\n=====\n\ntext", "Title", []),
    ],
)
def test_the_page_prints_its_title_and_the_body_begins_below(
    text: str, title: str, levels: list[int]
) -> None:
    document = render(text, title=title)
    assert [heading.level for heading in document.headings] == levels
    assert "<h1" not in document.html


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("## Some Heading", ["n-some-heading"]),
        ("## A & B -- C_d", ["n-a--b----c_d"]),
        ("## a\n## a\n## a", ["n-a", "n-a-1", "n-a-2"]),
        ("## a\n## a-1\n## a", ["n-a", "n-a-1", "n-a-2"]),
        ("## Über 中文", ["n-über-中文"]),
        ("## हिन्दी x² — ½", ["n-हिन्दी-x--"]),
        ("## `code` *x* [y](z)", ["n-code-x-y"]),
        ("## !!!", ["n-section"]),
        ("<h2 id=mine>x</h2>\n\n## Mine", ["n-mine", "n-mine-1"]),
        ("## a[^1]\n\n[^1]: b", ["n-a"]),
    ],
)
def test_ids_are_made_from_the_words(text: str, names: list[str]) -> None:
    assert [heading.id for heading in render(text).headings] == names


def test_every_id_is_prefixed_and_no_name_is_left() -> None:
    html = render("<a name=x>y</a> <b id=document name=z>w</b>\n\n## Top[^1]\n\n[^1]: n").html
    assert 'id="n-x"' in html
    assert 'id="n-document"' in html
    assert "name=" not in html
    assert html.count(" id=") == html.count(' id="n-')


def test_a_heading_says_its_words_and_line_without_the_permalink() -> None:
    heading = render("\n\n## A *b* [[c]]", first_line=4).headings[0]
    assert (heading.text, heading.line) == ("A b c", 6)


def test_every_heading_has_a_permalink() -> None:
    html = render("## A").html
    assert '<a class="headerlink" href="#n-a" title="Permanent link">¶</a></h2>' in html


@pytest.mark.parametrize("name", ["1", "note", "é", '"q"', "a&b", "<i>", "a.b-c"])
def test_footnotes_lead_there_and_back(name: str) -> None:
    document = render(f"x[^{name}]\n\n[^{name}]: y")
    assert document.links == ()
    assert document.html.count('href="#n-fn') == 2
    for target in re.findall(r'href="#([^"]+)"', document.html):
        assert f'id="{target}"' in document.html


def test_code_without_a_fence_scrolls_like_any_other() -> None:
    html = render("<pre>raw <b>x</b>\n[[w]]</pre>").html
    assert (
        html.strip()
        == '<div class="highlight"><pre><span></span><code>raw <b>x</b>\n[[w]]</code></pre></div>'
    )


def test_block_marks_become_ids() -> None:
    document = render(
        "One ^a\n\n- item ^b\n  - inner\n\n> quoted ^c\n\n| t |\n|---|\n\n^d\n\nx^2 and ^ no\n\ny ^a"
    )
    assert document.block_ids == ("a", "b", "c", "d")
    for name in document.block_ids:
        assert f'id="n-block-{name}"' in document.html
    assert "^a" in document.html, "only the first of a name is a mark"
    assert "^b" not in document.html
    assert "x^2 and ^ no" in document.html

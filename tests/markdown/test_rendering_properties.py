"""What holds for any text at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codex_publisher.markdown import Address, AddressKind, fill_links, render

MARKS = (
    '[[ ]] | # ^ ![[ [x]( ) ** * _ ` ``` ~~~ > - + 1. (1) (2) " “ ” : \\ |---| [^1] [^1]: [!NOTE] é 中 😀'
    " words <b> </b> <a <a§href=x> </a> <div> </div> <script> <!-- --> <table> <tr> <td> <li> <p> </p> <h2>"
    " [!faq]- <details> <img§src=y> &lt; &#0; href= onclick= codex:0 javascript:"
)
LINES = [
    "CLAIM CANDIDATE:",
    "PRIMARY CONNECTION:",
    "## Agent Notes",
    "## Curator Notes",
    "**Extraction hints:**",
]
BLANKS = ["\n", "\n\n", "\t", "\x00", "\u202e", "\ud800"]
PIECES = st.sampled_from([*(mark.replace("§", " ") for mark in MARKS.split()), *LINES, *BLANKS])
SOUP = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map(" ".join)
WORDS = st.lists(st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=8), max_size=30)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(text=st.one_of(SOUP, st.text(max_size=300)))
def test_rendering_never_fails_and_never_harms(text: str, read_html: Callable[[str], list[Any]]) -> None:
    document = render(text)
    assert not document.fallback.startswith("rendering failed"), document.fallback
    for tag in read_html(document.html):
        assert tag.name not in {"script", "style", "iframe", "svg", "math", "object", "base", "form", "html"}
        for name, value in tag.attributes.items():
            assert not name.startswith(("on", "style", "data-", "xmlns"))
            assert not re.sub(r"[\x00-\x20]", "", value).lower().startswith("javascript:") or name in (
                "title",
                "alt",
            )


@QUICK
@given(text=SOUP)
def test_placeholders_are_the_links_and_nothing_else(text: str) -> None:
    document = render(text)
    numbers = [int(number) for number in re.findall(r' (?:href|src)="codex:(\d+)"', document.html)]
    assert set(numbers) == set(range(len(document.links)))
    filled = fill_links(document.html, [Address("", AddressKind.WANTED)] * len(document.links))
    assert not re.search(r' (?:href|src)="codex:', filled)


@QUICK
@given(text=SOUP)
def test_links_stand_inside_the_text(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", text)
    for link in render(text, first_line=7).links:
        assert 1 <= link.line - 6 <= len(lines)
        assert 1 <= link.column <= len(lines[link.line - 7]) + 1
        assert link.citation.words == link.text


@QUICK
@given(text=SOUP)
def test_rendering_is_a_function_of_its_text(text: str) -> None:
    assert render(text) == render(text)


@QUICK
@given(
    paragraphs=st.lists(WORDS, max_size=6), label=st.sampled_from(["", "## Agent Notes", "## Curator Notes"])
)
def test_plain_words_are_kept(
    paragraphs: list[list[str]], label: str, count_words: Callable[[str], Counter[str]]
) -> None:
    text = "\n\n".join([label, *(" ".join(words) for words in paragraphs)])
    wanted = Counter(re.findall(r"\w+", text.casefold()))
    assert not wanted - count_words(render(text).html)


@QUICK
@given(text=SOUP, kind=st.sampled_from(AddressKind))
def test_no_link_is_inside_a_link(text: str, kind: AddressKind) -> None:
    document = render(text)
    outward = kind in (AddressKind.OUTWARD, AddressKind.CODE)
    address = Address("https://ok.example/" if outward else "../ok/", kind)
    depth = 0
    for found in re.finditer(r"<a[ >]|</a>", fill_links(document.html, [address] * len(document.links))):
        depth += -1 if found[0] == "</a>" else 1
        assert depth in (0, 1)
    assert depth == 0

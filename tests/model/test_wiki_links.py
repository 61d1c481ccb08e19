"""Wiki links in plain text, as front matter has them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codex_publisher.model.wiki_links import find_wiki_links, parse_wiki_link, plain_text, without_suffix

LINKS = [
    ("[[some note]]", "some note", "", "some note"),
    ("[[some note|these words]]", "some note", "", "these words"),
    ("[[some note\\|these words]]", "some note", "", "these words"),
    ("[[some note#A heading]]", "some note", "A heading", "some note › A heading"),
    ("[[some note#A heading|words]]", "some note", "A heading", "words"),
    ("[[some note#^block]]", "some note", "^block", "some note › ^block"),
    ("[[#A heading]]", "", "A heading", "A heading"),
    ("[[some note.md]]", "some note.md", "", "some note"),
    ("[[docs/claims/some note.MD#h]]", "docs/claims/some note.MD", "h", "docs/claims/some note › h"),
    ("[[  spaced \t out  |  two   words  ]]", "spaced out", "", "two words"),
    ("[[some note|]]", "some note", "", "some note"),
    ("[[a|b|c]]", "a", "", "b|c"),
    ("[[a#b#c]]", "a", "b#c", "a › b#c"),
    ("[[über 中文 🙂]]", "über 中文 🙂", "", "über 中文 🙂"),
    ("[[5% of $3 <b>]]", "5% of $3 <b>", "", "5% of $3 <b>"),
]


@pytest.mark.parametrize(("written", "target", "fragment", "text"), LINKS)
def test_a_link_has_a_target_a_fragment_and_words(
    written: str, target: str, fragment: str, text: str
) -> None:
    (link,) = find_wiki_links(written)
    assert (link.target, link.fragment, link.text) == (target, fragment, text)


def test_links_are_found_in_order_with_their_places() -> None:
    text = "See [[one]], ![[two|2]] and [[three#x]]."
    links = list(find_wiki_links(text))
    assert [link.target for link in links] == ["one", "two", "three"]
    assert [text[link.start : link.end] for link in links] == ["[[one]]", "[[two|2]]", "[[three#x]]"]


@pytest.mark.parametrize(
    "text",
    ["", "[[", "]]", "[[]]", "[one]", "[[one]", "[one]]", "[[on\ne]]", "[ [one] ]", "[[" + "x" * 1001 + "]]"],
)
def test_what_is_not_closed_empty_too_long_or_over_two_lines_is_no_link(text: str) -> None:
    assert list(find_wiki_links(text)) == []
    assert plain_text(text) == text


@pytest.mark.parametrize("text", ["[[[one]]]", "[[x [[one]]", "[[one]]]]", "[[one]][[", "[[[[one]]]]"])
def test_a_link_among_stray_brackets_is_still_found(text: str) -> None:
    assert [link.target for link in find_wiki_links(text)] == ["one"]


def test_plain_text_is_what_a_reader_sees() -> None:
    assert plain_text("Rests on [[one]], [[two|the other]] and [[x.md]].") == (
        "Rests on one, the other and x."
    )


@pytest.mark.parametrize(
    ("target", "name"),
    [("a.md", "a"), ("a.MD", "a"), ("a.markdown", "a"), ("a", "a"), ("md", "md"), ("a.md.md", "a.md")],
)
def test_the_suffix_of_a_note_is_no_part_of_its_name(target: str, name: str) -> None:
    assert without_suffix(target) == name
    assert without_suffix("v1.5") == "v1.5"


_BRACKETED = st.text("[]|#^\\!. \nab中", max_size=60)


@given(st.text() | _BRACKETED)
@example("[[" * 5000)
@example("[[a" * 5000 + "]]")
def test_no_text_raises_and_links_never_overlap(text: str) -> None:
    end = 0
    for link in find_wiki_links(text):
        assert end <= link.start < link.end <= len(text)
        assert text[link.start : link.start + 2] == "[["
        assert text[link.end - 2 : link.end] == "]]"
        end = link.end
    assert isinstance(plain_text(text), str)


@given(st.text() | _BRACKETED)
def test_the_parts_of_a_link_have_no_space_at_their_ends(inner: str) -> None:
    link = parse_wiki_link(inner)
    for part in (link.target, link.fragment, link.text):
        assert part == " ".join(part.split())


_NAMES = st.text(st.characters(exclude_characters="[]|#\\", exclude_categories=["C", "Z"]), min_size=1)


@given(_NAMES, _NAMES, _NAMES)
def test_every_name_can_be_linked_to(target: str, fragment: str, text: str) -> None:
    (link,) = find_wiki_links(f"before [[{target}#{fragment}|{text}]] after")
    assert (link.target, link.fragment, link.text) == (target, fragment, text)

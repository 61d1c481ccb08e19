"""Links in front matter: with and without brackets and suffix, in lists, in groups and in prose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.references import Reference
from support.notes import note_of, with_fields
from support.sites import codex_of


def references(*lines: str) -> tuple[Reference, ...]:
    return note_of("a.md", with_fields(*lines)).references


def targets(*lines: str) -> list[tuple[str, str]]:
    return [(one.field, one.target) for one in references(*lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ["depends_on: some note"],
        ['depends_on: "[[some note]]"'],
        ["depends_on: [[some note]]"],
        ["depends_on: [some note]"],
        ['depends_on: ["[[some note]]"]'],
        ["depends_on:", "  - some note"],
        ["depends_on:", '  - "[[some note]]"'],
        ["depends_on:", '  - "[[some note|these words]] because of that"'],
        ["depends_on:", "  - note: some note", "    why: it says so"],
        ["depends_on:", "  - why: it says so", "    claim: some note"],
        ["depends_on:", '  - some: "[[some note]]"'],
        ["depends_on: \"'some note'\""],
    ],
)
def test_a_link_is_found_in_whatever_shape_it_comes(lines: list[str]) -> None:
    (reference,) = references(*lines)
    assert (reference.field, reference.target) == ("depends_on", "some note")
    assert reference.is_certain


@pytest.mark.parametrize("target", ["some note.md", "docs/claims/some note.md", "../claims/some-note.md"])
def test_a_link_may_have_a_suffix_and_folders_which_a_reader_does_not_see(target: str) -> None:
    (reference,) = references(f"enrichments: [{target}]")
    assert reference.target == target
    assert str(reference.citation) in ("some note", "some-note")


def test_a_link_knows_its_field_its_place_and_the_words_around_it() -> None:
    (reference,) = references("title: x", "note: [x]", 'parent_entity: "part of [[metadao#Team|it]] now"')
    assert (reference.field, reference.line, reference.column) == ("parent_entity", 4, 17)
    assert (reference.target, reference.fragment, reference.text) == ("metadao", "Team", "it")
    assert reference.citation.before == "part of "
    assert reference.citation.after == " now"


def test_each_item_of_a_list_knows_its_own_line() -> None:
    found = references("depends_on:", '  - "[[one]]"', "  - two", "challenged_by: '[[three]]'")
    assert [(one.target, one.line) for one in found] == [("one", 3), ("two", 4), ("three", 5)]


def test_several_links_of_one_text_are_all_found() -> None:
    assert targets('depends_on: "[[a]], [[b]] and [[c]]"') == [("depends_on", name) for name in "abc"]


def test_a_wiki_link_counts_in_every_field_and_a_bare_text_only_where_links_stand() -> None:
    lines = ['description: "like [[a]]"', "related: [b, '[[c]]']", "title: d", "supports: e", "tags: [f]"]
    assert targets(*lines) == [("description", "a"), ("related", "c"), ("supports", "e")]


NOT_NAMES = [
    *("challenged_by: some argue that it is not so", "supports: the general thesis"),
    *("depends_on: It all rests on the assumption that growth goes on.", "claims_extracted: 0"),
    *("depends_on: " + "many words " * 30, "claims_extracted: [3]"),
]


@pytest.mark.parametrize("line", NOT_NAMES)
def test_a_text_that_may_be_prose_or_a_number_is_never_wanted(line: str) -> None:
    codex = codex_of({"docs/claims/a.md": with_fields("type: claim", line)})
    assert codex.wanted == ()
    assert not any(problem.code == "L101" for problem in codex.problems)


def test_a_text_that_may_be_prose_leads_to_the_note_that_it_names() -> None:
    codex = codex_of(
        {
            "docs/claims/a.md": with_fields("challenged_by: [Growth has limits, nobody knows]"),
            "docs/claims/growth-has-limits.md": "x",
        }
    )
    assert [edge.object for edges in codex.edges.values() for edge in edges] == (
        ["docs/claims/growth-has-limits.md"] * 2
    )


@pytest.mark.parametrize("nothing", ["none", "None yet", "n/a", "null", "~", '""', "[]", "TBD", "[none]"])
def test_a_field_that_says_nothing_holds_no_link(nothing: str) -> None:
    assert targets(f"depends_on: {nothing}", f"parent_entity: {nothing}", f"part_of: {nothing}") == []


def test_a_group_names_one_note_and_tells_more_about_it() -> None:
    lines = [
        *("enrichments:", "  - target: some claim", "    type: corroboration", "    detail: and more"),
        *("  - claim: another", "    detail: as in [[a third]]"),
    ]
    found = references(*lines)
    assert [(one.target, one.statement.relation.value) for one in found] == [
        ("some claim", "enriches"),
        ("another", "enriches"),
        ("a third", "mentions"),
    ]


def test_a_name_with_a_colon_is_one_name_although_yaml_sees_a_group() -> None:
    assert targets("claims_extracted:", "  - Growth: a claim", "  - other") == [
        ("claims_extracted", "Growth: a claim"),
        ("claims_extracted", "other"),
    ]


_SCALARS = st.sampled_from(["a", "'[[b]]'", "none", "0", "x.md", "''", "null", "[[c]]", "'[[', '| #'"])
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda item: f"{{claim: {item}, k: {item}}}")
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(_VALUES | st.text(max_size=40))
def test_no_value_raises_and_every_link_has_a_target_or_a_heading(value: str) -> None:
    for reference in references(f"depends_on: {value}", f"other: {value}"):
        assert reference.target or reference.fragment or "[[" in value
        assert reference.line in (2, 3) or "\n" in value

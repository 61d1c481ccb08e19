"""Notes by what they have in common: values are compared by slug and shown by their commonest spelling."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.codex import Codex, value_slug
from codex_publisher.model.facets import (
    AGENT,
    AUTHOR,
    COLOURS,
    CONFIDENCE,
    DOMAIN,
    FACETS,
    FORMAT,
    KIND,
    PRIORITY,
    STATUS,
    TAG,
    YEAR,
    Facet,
    colours,
    split_authors,
)
from codex_publisher.model.slugs import Slug
from support.notes import note_of, reported, with_fields
from support.projects import THEME
from support.sites import codex_of


def codex_with(*fronts: str) -> Codex:
    """Notes `0.md`, `1.md`, … with this front matter, in this order."""
    return codex_of({f"{number}.md": with_fields(front) for number, front in enumerate(fronts)})


def labels(codex: Codex, facet: Facet) -> list[tuple[str, str, int]]:
    return [(value.slug, value.label, len(value.notes)) for value in codex.values(facet).values()]


@pytest.mark.parametrize(
    ("facet", "path", "lines", "values"),
    [
        (TAG, "a.md", ["tags: [One, two words]"], ["one", "two-words"]),
        (DOMAIN, "a.md", ["domain: health", "secondary_domains: [ai]"], ["ai", "health"]),
        (STATUS, "inbox/a.md", ["status: null-result"], ["null-result"]),
        (PRIORITY, "inbox/a.md", ["priority: high"], ["high"]),
        (CONFIDENCE, "docs/claims/a.md", ["confidence: likely"], ["likely"]),
        (KIND, "docs/claims/a.md", ["title: x"], ["claim"]),
        (FORMAT, "inbox/a.md", ["source_type: Essay"], ["essay"]),
        (FORMAT, "docs/claims/a.md", ["format: Essay"], []),
        (AUTHOR, "inbox/a.md", ["author: [Ada, Bob and Cy]"], ["ada", "bob", "cy"]),
        (AGENT, "agents/leo/a.md", ["title: x"], ["leo"]),
        (YEAR, "inbox/a.md", ["date: 1965"], ["1965"]),
        (YEAR, "inbox/a.md", ["date: 2026-03-00"], ["2026"]),
    ],
)
def test_every_facet_has_its_values(facet: Facet, path: str, lines: list[str], values: list[str]) -> None:
    assert sorted(codex_of({path: with_fields(*lines)}).values(facet)) == values


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_a_note_without_fields_has_no_value_but_its_kind(facet: Facet) -> None:
    assert list(codex_of({"a.md": "x"}).values(facet)) == (["page"] if facet is KIND else [])


def test_spellings_that_differ_in_case_and_separators_are_one_value_shown_as_most_write_it() -> None:
    codex = codex_with("tags: [AI Safety]", "tags: [ai-safety]", "tags: [ai_safety]", "tags: [ai-safety]")
    assert labels(codex, TAG) == [("ai-safety", "ai-safety", 4)]
    for spelling in ("AI safety", "ai_SAFETY", "ai-safety"):
        assert codex.value(TAG, spelling) is codex.values(TAG)[value_slug("ai-safety")]
    assert codex.value(TAG, "safety") is None


TONGUES = ["C", "C++", "C#", ".C"]


def test_of_spellings_that_are_as_common_the_same_is_always_shown() -> None:
    fronts = ["tags: [Solar power]", "tags: [solar-power]"]
    assert labels(codex_with(*fronts), TAG) == labels(codex_with(*reversed(fronts)), TAG)


def test_a_note_counts_once_for_a_value_that_it_spells_twice() -> None:
    assert labels(codex_with("tags: [AI, ai]", "tags: [AI]"), TAG) == [("ai", "AI", 2)]


def test_values_of_a_vocabulary_stand_in_its_order_and_others_by_how_common_they_are() -> None:
    statuses = ["odd", "processed", "rare", "Unprocessed", "odd", "null result", "processing", "processed"]
    codex = codex_of({f"inbox/{n}.md": with_fields(f"status: {one}") for n, one in enumerate(statuses)})
    assert [value.slug for value in codex.values(STATUS).values()] == [
        *("unprocessed", "processing", "processed", "null-result", "odd", "rare")
    ]
    codex = codex_with("tags: [b]", "tags: [c, a]", "tags: [c]")
    assert list(codex.values(TAG)) == ["c", "a", "b"]


@pytest.mark.parametrize("line", ["status: finished", "priority: urgent"])
def test_a_value_outside_its_vocabulary_has_its_index_and_is_reported(line: str) -> None:
    name, _, value = line.partition(": ")
    codex = codex_of({"inbox/a.md": with_fields(line)})
    found = codex.facets[name][value_slug(value)]
    assert (found.notes, found.permalink) == (("inbox/a.md",), f"{name}/{value}/")
    assert reported(codex, "F203") == [("F203", "inbox/a.md")]


def test_the_notes_of_a_value_stand_newest_first_and_undated_ones_last() -> None:
    dates = {"b": "2026-03-12", "a": "2026-03-12", "c": "", "d": "2026-03", "e": "2027", "f": "2026-04-01"}
    codex = codex_of(
        {f"{name}.md": with_fields("tags: [t]", f"date: {date}") for name, date in dates.items()}
    )
    assert codex.values(TAG)[value_slug("t")].notes == tuple(f"{name}.md" for name in "efabdc")


def test_the_index_of_a_kind_is_where_its_notes_are() -> None:
    codex = codex_of({"docs/claims/a.md": "x", "entities/b.md": "x", "c.md": "x"})
    assert [value.permalink for value in codex.values(KIND).values()] == ["claims/", "entities/", "pages/"]


def test_domains_have_colours_and_few_share_one() -> None:
    codex = codex_of(
        {f"{number}.md": with_fields(f"domain: d{number}", "tags: [t]") for number in range(COLOURS)}
    )
    found = [value.colour for value in codex.values(DOMAIN).values()]
    assert sorted(found) == list(range(1, COLOURS + 1))
    assert [value.colour for value in codex.values(TAG).values()] == [0]


_SIZES = st.dictionaries(st.text(min_size=1).map(Slug), st.integers(1, 9), max_size=40)


@settings(deadline=None)
@given(_SIZES)
def test_every_value_has_a_colour_whatever_their_order(sizes: dict[Slug, int]) -> None:
    found = colours(sizes)
    assert set(found) == set(sizes)
    assert set(found.values()) <= set(range(1, COLOURS + 1))
    assert colours(dict(reversed(sizes.items()))) == found


@settings(deadline=None)
@given(_SIZES)
def test_the_largest_differ_in_colour_and_no_colour_is_used_much_more_than_another(
    sizes: dict[Slug, int],
) -> None:
    found = colours(sizes)
    by_size = [found[slug] for slug in sorted(sizes, key=lambda slug: (-sizes[slug], slug))]
    for start in range(0, len(by_size), COLOURS):
        group = by_size[start : start + COLOURS]
        assert len(set(group)) == len(group)


def test_of_two_that_prefer_one_colour_the_larger_gets_it() -> None:
    alone = {slug: colours({slug: 1})[slug] for slug in (Slug(f"d{number}") for number in range(40))}
    one, other = next(
        (one, other) for one in alone for other in alone if one < other and alone[one] == alone[other]
    )
    assert colours({one: 1, other: 2})[other] == alone[other]
    assert colours({one: 1, other: 1})[one] == alone[one]
    assert colours({one: 1, other: 1})[other] == alone[one] % COLOURS + 1


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    lights = sorted((light(one), light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_the_theme_has_every_colour_and_each_is_seen_on_light_and_dark() -> None:
    text = (THEME / "assets/stylesheets/codex.css").read_text("utf-8")
    for number in range(1, COLOURS + 1):
        (colour,) = re.findall(rf"--codex-hue-{number}: (#[0-9a-f]{{6}});", text)
        assert f".codex-hue-{number} {{ --codex-hue: var(--codex-hue-{number}); }}" in text
        # Material's own backgrounds.
        assert min(_contrast(colour, ground) for ground in ("#ffffff", "#1e2129")) >= 3


def test_no_two_facets_share_a_name_or_an_address() -> None:
    for names in ([facet.name for facet in FACETS], [facet.root for facet in FACETS]):
        assert len(set(names)) == len(names)


AUTHORS = [
    ("Ada Lovelace", ["Ada Lovelace"]),
    ("Ada Lovelace, Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
    ("Ada Lovelace and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
    ("A. Lovelace, C. Babbage, and J. Doe", ["A. Lovelace", "C. Babbage", "J. Doe"]),
    ("Ada & Bob; Cy", ["Ada", "Bob", "Cy"]),
    ("Ada Lovelace et al.", ["Ada Lovelace"]),
    ("Ada Lovelace, et al", ["Ada Lovelace"]),
    ("Ada Lovelace (@ada, on X), Bob", ["Ada Lovelace", "Bob"]),
    ("Ada Lovelace (Analytical and Co), Ada Lovelace", ["Ada Lovelace"]),
    ("(@ada)", ["(@ada)"]),
    ("Anderson and Sandra", ["Anderson", "Sandra"]),
    ("Martin Luther King, Jr.", ["Martin Luther King"]),
    ("Acme, Inc.", ["Acme"]),
    ("Ada, Ada", ["Ada"]),
    ("", []),
    (", and ;", []),
]


@pytest.mark.parametrize(("text", "names"), AUTHORS)
def test_an_author_field_names_one_or_several(text: str, names: list[str]) -> None:
    assert list(split_authors(text)) == names


@settings(deadline=None)
@given(st.text() | st.text("ab ,;&().and"))
def test_no_author_field_raises_or_names_nobody(text: str) -> None:
    assert all(name == name.strip() and name for name in split_authors(text))


_SPELLINGS = st.text(min_size=1, max_size=20) | st.sampled_from(
    ["AI", "ai", "A I", "a-i", "!!!", "???", "con"]
)


@settings(deadline=None)
@given(st.lists(st.lists(_SPELLINGS, max_size=4), max_size=6))
def test_every_spelling_of_a_note_is_found_under_a_value_that_has_it(tags: list[list[str]]) -> None:
    quoted = [", ".join("'" + tag.replace("'", "''") + "'" for tag in group) for group in tags]
    codex = codex_with(*(f"tags: [{group}]" for group in quoted))
    for note in codex.notes.values():
        for tag in note.tags:
            value = codex.value(TAG, tag)
            assert value is not None
            assert note.path in value.notes
    values = codex.values(TAG).values()
    assert len({value.permalink.casefold() for value in values}) == len(values)
    for value in values:
        assert value.label in {tag for path in value.notes for tag in codex.notes[path].tags}
        assert len(set(value.notes)) == len(value.notes)


def test_a_facet_reads_its_values_of_any_note() -> None:
    note = note_of("inbox/a.md", with_fields("tags: [x]", "status: processed"))
    assert TAG.values_of(note) == ("x",)
    assert STATUS.values_of(note) == ("processed",)
    assert PRIORITY.values_of(note) == ()


def test_values_that_differ_in_more_than_case_and_separators_have_pages_of_their_own() -> None:
    codex = codex_of({f"{n}.md": with_fields(f'tags: ["{tag}"]') for n, tag in enumerate(TONGUES)})
    values = codex.values(TAG).values()
    assert sorted(value.label for value in values) == sorted(TONGUES)
    assert len({value.permalink for value in values}) == len(TONGUES)
    plainest = codex.value(TAG, "c")
    assert plainest is not None
    assert plainest.permalink == "tags/c/"

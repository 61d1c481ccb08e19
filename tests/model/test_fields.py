"""Fields come in every shape; notes get the shape that they need, and a word about the others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.fields import MAX_VALUE, FieldReader
from codex_publisher.model.front_matter import read_front_matter
from codex_publisher.model.note import read_note
from codex_publisher.model.slugs import NotePath
from support.notes import with_fields


def reader(*lines: str) -> FieldReader:
    """A reader of front matter of these lines; what is wrong with the YAML itself is left out."""
    return FieldReader("a.md", read_front_matter(with_fields(*lines)))


def reports(read: FieldReader) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in read.problems]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["title: Some words"], "Some words"),
        (['title: "Some: words"'], "Some: words"),
        (["title:   spaced    out  "], "spaced out"),
        (["title: >", "  folded", "  words"], "folded words"),
        (["title: 2026-03-12"], "2026-03-12"),
        (["title: yes"], "yes"),
        (["title: 1.10"], "1.10"),
        (["title:"], ""),
        (["title: null"], ""),
        (['title: ""'], ""),
        (["title: []"], ""),
        (["other: x"], ""),
    ],
)
def test_a_text_is_one_line_as_it_was_written(lines: list[str], text: str) -> None:
    read = reader(*lines)
    assert read.text("title") == text
    assert read.problems == []


@pytest.mark.parametrize(
    ("lines", "text", "shape"),
    [
        (["title: [one, two]"], "one, two", "a list"),
        (["title:", "  - one", "  - two"], "one, two", "a list"),
        (["title: [one]"], "one", "a list"),
        (["title: [one, [two, three]]"], "one, two, three", "a list"),
        (["title:", "  main: one", "  sub: two"], "main: one, sub: two", "a group of fields"),
    ],
)
def test_a_list_where_a_text_is_expected_is_joined_and_reported(
    lines: list[str], text: str, shape: str
) -> None:
    read = reader("type: claim", *lines)
    assert read.text("title") == text
    assert reports(read) == [("F202", 3)]
    assert shape in read.problems[0].message


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["tags: [one, two]"], ("one", "two")),
        (["tags:", "  - one", "  - two"], ("one", "two")),
        (["tags: [one, One, one]"], ("one", "One")),
        (["tags: [one, '', two,  null ]"], ("one", "two")),
        (["tags:", "  - Note: with a colon"], ("Note: with a colon",)),
        (["tags:", "  - [one, two]", "  - three"], ("one", "two", "three")),
        (["tags: []"], ()),
        (["tags:"], ()),
        (["other: x"], ()),
    ],
)
def test_a_list_is_its_texts_without_repeats(lines: list[str], texts: tuple[str, ...]) -> None:
    read = reader(*lines)
    assert read.texts("tags") == texts
    assert read.problems == []


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("one", ("one",)),
        ("one, two", ("one", "two")),
        ("one,two,", ("one", "two")),
        ('"[one, two]"', ("one", "two")),
        ('"#one, #two"', ("one", "two")),
        ('"#one #two"', ("one", "two")),
        ("two words, three more words", ("two words", "three more words")),
    ],
)
def test_a_text_where_a_list_is_expected_is_split_at_commas_and_reported(
    written: str, values: tuple[str, ...]
) -> None:
    read = reader("type: claim", f"tags: {written}")
    assert read.facet_values("tags") == values
    assert reports(read) == [("F202", 3)]
    assert read.problems[0].hint == f"write `tags: [{', '.join(values)}]`"


def test_a_tag_may_be_written_with_its_hash_sign_and_is_never_empty() -> None:
    assert reader("tags: ['#one', '# two', '#', '##one']").facet_values("tags") == ("one", "two")


def test_a_text_where_sentences_are_listed_stays_whole() -> None:
    read = reader("aliases: one, two")
    assert read.texts("aliases") == ("one, two",)
    assert read.problems == []


def test_a_value_of_an_index_is_cut_when_it_is_a_novel() -> None:
    read = reader(f"status: {'x' * 600}", f"tags: [{'y' * 600}]")
    assert read.facet_value("status") == "x" * MAX_VALUE
    assert read.facet_values("tags") == ("y" * MAX_VALUE,)


LEGACY = [
    ("url", "source_url: https://x.org/a", "https://x.org/a"),
    ("url", "source: https://x.org/a", "https://x.org/a"),
    ("url", "source: A paper about cats", ""),
    ("url", "source: see https://x.org/a", ""),
    ("url", "source: [https://x.org/a]", ""),
    ("date", "date_published: 2026-03-12", "2026-03-12"),
    ("format", "source_type: article", "article"),
    ("enrichments", "enrichments_applied: some-claim", "some-claim"),
    ("status", "state: done", ""),
]


@pytest.mark.parametrize(("name", "line", "text"), LEGACY)
def test_a_field_is_read_under_its_legacy_name(name: str, line: str, text: str) -> None:
    assert reader(line).text(name) == text


@pytest.mark.parametrize(
    ("line", "legacy"),
    [
        ("url: https://new.org", "source: https://old.org"),
        ("date: new", "date_published: old"),
        ("format: new", "source_type: old"),
        ("enrichments: new", "enrichments_applied: old"),
    ],
)
def test_the_name_of_today_goes_before_a_legacy_one_unless_it_is_empty(line: str, legacy: str) -> None:
    name = line.partition(":")[0]
    assert "new" in reader(legacy, line).text(name)
    assert "old" in reader(legacy, f"{name}:").text(name)


def test_a_problem_with_a_legacy_field_names_the_field_that_is_there() -> None:
    read = reader("title: x", "source_type: [a, b]")
    assert read.text("format") == "a, b"
    assert reports(read) == [("F202", 3)]
    assert "`source_type`" in read.problems[0].message


@pytest.mark.parametrize(
    ("lines", "iso"),
    [
        (["date: 2026-03-12"], "2026-03-12"),
        (["date: 2026-03-00"], "2026-03"),
        (["date: 2026-00-00"], "2026"),
        (["date: 2024-01"], "2024-01"),
        (["date: 1965"], "1965"),
        (["date: [2026-03-12]"], "2026-03-12"),
        (["created: 2026-03-12"], "2026-03-12"),
        (["created: 2025", "date: 2026"], "2026"),
    ],
)
def test_a_date_with_unknown_parts_is_precision_and_no_error(lines: list[str], iso: str) -> None:
    read = reader(*lines)
    assert str(read.date("date", "created")) == iso
    assert read.problems == []


@pytest.mark.parametrize(
    ("lines", "iso", "line"),
    [
        (["type: x", "date: 2024-02-30"], "2024-02", 3),
        (["date: soon", "created: 2026"], "2026", 2),
        (["date: soon"], "None", 2),
        (["date: 2024-13-01"], "2024", 2),
        (["date:", "  from: 2026"], "None", 2),
    ],
)
def test_a_date_that_is_none_is_reported_and_the_next_best_is_taken(
    lines: list[str], iso: str, line: int
) -> None:
    read = reader(*lines)
    assert str(read.date("date", "created")) == iso
    assert reports(read) == [("F204", line)]
    assert "2026-03" in read.problems[0].hint


@given(
    st.text()
    | st.recursive(
        st.sampled_from(["a", "[]", "{}", "null", "'x, y'", "2024-02-30", "https://x.org"]),
        lambda inner: (
            st.lists(inner).map(lambda items: f"[{', '.join(items)}]") | inner.map("{{k: {}}}".format)
        ),
        max_leaves=6,
    )
)
def test_no_shape_of_a_value_raises(value: str) -> None:
    lines = [f"{name}: {value}" for name in ("url", "date", "tags")]
    read = reader(*lines)
    for text in (read.text("url"), read.facet_value("date"), *read.texts("tags"), *read.facet_values("tags")):
        assert text == " ".join(text.split())
    read.date("date", "url", "tags")
    assert all(problem.message and problem.line >= 1 for problem in read.problems)


@pytest.mark.parametrize("written", ['"a: b, c"', '"\'a, b"', '"a{b}, c"', f"{'long words, ' * 40}"])
def test_a_list_that_needs_quotes_or_is_long_is_hinted_at_by_an_example(written: str) -> None:
    read = reader("type: claim", f"tags: {written}")
    read.facet_values("tags")
    assert read.problems[-1].hint.endswith("as in `tags: [one, two]`")


def test_what_turns_the_writing_round_or_stacks_accents_stays_in_its_line() -> None:
    read = reader(f'title: "a\u202eb\u2067c e{chr(0x301) * 40}"', "tags: [x\u202ey]")
    assert read.text("title") == "abc e" + "\u0301" * 4
    assert read.facet_values("tags") == ("xy",)


@pytest.mark.parametrize("written", ['"a\\tb\\x1b\\x9f"', '["a\\nb\\x85c\\u2028"]', '{"a\\nb": "c\\rd"}'])
def test_no_shape_of_a_value_brings_breaks_or_controls_into_its_line(written: str) -> None:
    note = read_note(NotePath("claims/x.md"), f"---\nstatus: {written}\ntitle: {written}\n---\n".encode())
    for text in (note.status, note.title):
        assert text
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", text)


def test_the_name_of_an_agents_folder_stays_in_one_line() -> None:
    note = read_note(NotePath("agents/a\n\x1b\u202eb/musings/x.md"), b"Words.\n")
    assert note.agents == ("a\ufffd\ufffd\ufffdb",)


def test_a_heading_that_becomes_the_title_stays_in_one_line() -> None:
    note = read_note(NotePath("claims/x.md"), "# A\tb\u2028c\x9fd\n\nWords.\n".encode())
    assert note.title == "A b c\ufffdd"

"""A slip in front matter costs one field, loses no text, and is explained at its own place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from codex_publisher.model import rules
from codex_publisher.model.front_matter import Value, read_front_matter


def plain(value: Value) -> object:
    """Lists and dicts instead of their unchangeable kinds, to compare with literals."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


# What stands between `type: claim` on line 2 and `last: ok`; the fields read; place and words of the fault.
SLIPS: list[tuple[str, dict[str, object], tuple[int, int], str, str]] = [
    (
        "title: Foo: the bar",
        {"title": "Foo: the bar"},
        (3, 11),
        "The value of `title` has a colon followed by a space, which YAML reads as a new field.",
        'put the value in quotes: `title: "Foo: the bar"`',
    ),
    ("title: ends so:", {"title": "ends so:"}, (3, 15), "a colon at its end", '"ends so:"'),
    (
        'title: "AI" is here',
        {"title": '"AI" is here'},
        (3, 12),
        "after its closing quote",
        "'\"AI\" is here'",
    ),
    ('title: "A" and "B"', {"title": '"A" and "B"'}, (3, 11), "after its closing quote", '\'"A" and "B"\''),
    (
        'title: "He "so" said"',
        {"title": 'He "so" said'},
        (3, 13),
        "after its closing quote",
        "'He \"so\" said'",
    ),
    ('url: "https://x.y', {"url": "https://x.y"}, (3, 6), "never closed", 'end the value with `"`'),
    ("title: 'Tis so", {"title": "'Tis so"}, (3, 8), "never closed", '"\'Tis so"'),
    ('file: "C:\\path"', {"file": "C:\\path"}, (3, 10), "backslash", "single quotes"),
    ("title: [Draft] Foo", {"title": "[Draft] Foo"}, (3, 8), "starts with `[`", '"[Draft] Foo"'),
    ("links: [[a]], [[b]]", {"links": "[[a]], [[b]]"}, (3, 8), "wiki link", "on a line of its own"),
    ("tags: [a, b", {"tags": ["a", "b"]}, (3, 7), "never closed", "end it with `]`"),
    ("tags: [a,\n  b", {"tags": ["a", "b"]}, (3, 7), "never closed", "end it with `]`"),
    ("author: @someone", {"author": "@someone"}, (3, 9), "starts with `@`", '"@someone"'),
    ("title: **Bold** x", {"title": "**Bold** x"}, (3, 8), "starts with `*`", '"**Bold** x"'),
    ("code: `x`", {"code": "`x`"}, (3, 7), "a backtick", "put the value in quotes"),
    ("note: > inline", {"note": "> inline"}, (3, 7), "starts with `>`", '"> inline"'),
    ("title: - foo", {"title": "- foo"}, (3, 8), "as an item of a list does", "new line"),
    ("tags:\n\t- a\n\t- b", {"tags": ["a", "b"]}, (4, 1), "A tab", "spaces"),
    ("tags:\n-\ta", {"tags": ["a"]}, (4, 2), "A tab", "spaces"),
    ("title:Foo", {"title": "Foo"}, (3, 6), "no space after it", "put a space after the colon"),
    ("tags:[a, b]", {"tags": ["a", "b"]}, (3, 5), "no space after it", "put a space after the colon"),
    (
        "tags:\n  - a\n  b\n  - c",
        {"tags": ["a", "b", "c"]},
        (5, 3),
        "“b” stands in the list",
        "begin it with `- `",
    ),
    ("tags:\n- a: b: c\n- d", {"tags": ["a: b: c", "d"]}, (4, 4), "An item of `tags`", '`- "a: b: c"`'),
    ("tags: a\n- b", {"tags": "a - b"}, (4, 1), "a text and a list", "before the text"),
    ("title: a\n  status: x", {"title": "a", "status": "x"}, (4, 3), "the same column", "in the same column"),
    ("text: one\ntwo three", {"text": "one two three"}, (4, 1), "neither indented nor a field", "two spaces"),
    (
        "text: one\n  two: three four",
        {"text": "one", "two": "three four"},
        (4, 3),
        "same column",
        "same column",
    ),
    ("text: one\n  And Two: three", {"text": "one And Two: three"}, (4, 10), "has a colon", "in quotes"),
    ("map:\n  a: b\n  c: d: e", {"map": {"a": "b", "c": "d: e"}}, (5, 7), "`c` has a colon", '"d: e"'),
    ("title: a\n--- b", {"title": "a --- b"}, (4, 1), "neither indented nor a field", "two spaces"),
    ("title: a # b: c\n  d", {"title": "a # b: c d"}, (3, 8), "it is kept as text", "quotes"),
]


@pytest.mark.parametrize(
    ("written", "fields", "place", "message", "hint"), SLIPS, ids=[slip[0] for slip in SLIPS]
)
def test_a_slip_costs_one_field_and_is_explained(
    written: str, fields: dict[str, object], place: tuple[int, int], message: str, hint: str
) -> None:
    found = read_front_matter(f"---\ntype: claim\n{written}\nlast: ok\n---\nbody\n")
    assert plain(found.fields) == {"type": "claim", **fields, "last": "ok"}
    assert found.body == "body\n"
    (fault,) = found.faults
    assert fault.rule is rules.FRONT_MATTER_BROKEN
    assert (fault.line, fault.column) == place
    assert message in fault.message
    assert hint in fault.hint


def test_every_slip_is_reported_not_just_the_first() -> None:
    found = read_front_matter("---\na: b: c\nok: 1\nd: @e\nf: 'g\n---\n")
    assert [fault.line for fault in found.faults] == [2, 4, 5]
    assert plain(found.fields) == {"a": "b: c", "ok": "1", "d": "@e", "f": "'g"}


def test_sound_fields_beside_a_broken_one_keep_their_structure() -> None:
    found = read_front_matter(
        "---\nbad: a: b\nlist:\n  - x\n  - y: [1]\n\ntext: |\n  one\n\n  two\nnone:\n---\n"
    )
    expected = {"bad": "a: b", "list": ["x", {"y": ["1"]}], "text": "one\n\ntwo\n", "none": None}
    assert plain(found.fields) == expected
    assert found.places["none"] == (11, 1)


def test_lines_before_the_first_field_are_reported_with_their_text() -> None:
    found = read_front_matter("---\nHello there\n# a comment\ntitle: x\n---\n")
    assert plain(found.fields) == {"title": "x"}
    (fault,) = found.faults
    assert (fault.line, fault.column) == (2, 1)
    assert "Hello there" in fault.message


def test_repeated_fields_are_reported_in_broken_front_matter_too() -> None:
    found = read_front_matter("---\na: 1\na: 2: 3\n---\n")
    assert found.fields["a"] == "2: 3"
    assert [fault.rule for fault in found.faults] == [rules.DUPLICATE_KEY, rules.FRONT_MATTER_BROKEN]


def test_all_fields_without_a_space_after_the_colon_are_still_fields() -> None:
    found = read_front_matter("---\ntitle:Foo\nurl:https://x.y\n---\nbody")
    assert plain(found.fields) == {"title": "Foo", "url": "https://x.y"}


def test_fields_that_begin_left_of_the_first_one_are_still_fields() -> None:
    found = read_front_matter("---\n  title: a\ntype: b\nstatus: c\n---\n")
    assert plain(found.fields) == {"title": "a", "type": "b", "status": "c"}
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, 1)]


def test_long_values_do_not_make_long_hints() -> None:
    found = read_front_matter(f"---\ntitle: a: {'b' * 3000}\n---\n")
    assert found.fields["title"] == f"a: {'b' * 3000}"
    assert len(found.faults[0].hint) < 200

"""YAML is read as text, the same with and without libyaml, and nothing but `YamlError` is raised."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model import rules, yaml_text
from codex_publisher.model.problems import Rule
from codex_publisher.model.yaml_text import MAX_DEPTH, Value, YamlError, YamlText, read_yaml, shorten

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def plain(value: Value) -> object:
    """Lists and dicts instead of their unchangeable kinds, to compare with literals."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def reports(found: YamlText) -> list[tuple[Rule, int, int]]:
    """The rule and place of each fault."""
    return [(fault.rule, fault.line, fault.column) for fault in found.faults]


VALUES = [
    ("2026-03-12", "2026-03-12"),
    ("2024-02-30", "2024-02-30"),
    ("2026-03-12 10:00:00", "2026-03-12 10:00:00"),
    ("1_000", "1_000"),
    ("1.10", "1.10"),
    ("012", "012"),
    ("1:30", "1:30"),
    (".inf", ".inf"),
    ("yes", "yes"),
    ("true", "true"),
    ("null", None),
    ("~", None),
    ("", None),
    ("'null'", "null"),
    ("''", ""),
    ('"a \\" b"', 'a " b'),
    ("[a, 1, ~]", ["a", "1", None]),
    ("[]", []),
    ("{a: {b: [c]}}", {"a": {"b": ["c"]}}),
    ("\n  - a\n  - b: c\n    d: 1", ["a", {"b": "c", "d": "1"}]),
    ("|\n  one\n  two", "one\ntwo\n"),
    (">\n  one\n  two", "one two\n"),
    ("one\n  two", "one two"),
    ("!!python/object/apply:os.system [ls]", ["ls"]),
    ("!!int x", "x"),
    ("!foo bar", "bar"),
    ("[[some link]]", "[[some link]]"),
    ("[[AI, explained#Part: 2|so]]", "[[AI, explained#Part: 2|so]]"),
    ("\n  - [[a]]\n  - '[[b]]'", ["[[a]]", "[[b]]"]),
    ("[[[a]], [[b]]]", ["[[a]]", "[[b]]"]),
    ('[["a", "b"]]', [["a", "b"]]),
    ("a\u2028b\x85c", "a b c"),
    ("\u00e9\U0001f642 # comment", "\u00e9\U0001f642"),
]


@pytest.mark.parametrize(("written", "value"), VALUES)
@pytest.mark.parametrize("loader", LOADERS)
def test_every_scalar_stays_the_text_that_was_written(
    written: str, value: object, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", loader)
    found = read_yaml(f"field: {written}\nlast: x\n")
    assert plain(found.value) == {"field": value, "last": "x"}
    assert found.places["field"] == (1, 1)
    assert found.faults == ()


KEYS = [
    ("1: a", {"1": "a"}),
    ("true: a", {"true": "a"}),
    ("~: a", {"~": "a"}),
    ("'': a", {"": "a"}),
    ('"quoted key": a', {"quoted key": "a"}),
    ("? [x, y]\n: a", {"[x, y]": "a"}),
    ("2026-03-12: a", {"2026-03-12": "a"}),
    ("\u4e2d\u6587: a", {"\u4e2d\u6587": "a"}),
]


@pytest.mark.parametrize(("written", "fields"), KEYS)
def test_every_key_becomes_text(written: str, fields: dict[str, str]) -> None:
    assert plain(read_yaml(f"{written}\n").value) == fields


def test_of_a_repeated_field_the_last_counts_and_both_places_are_told() -> None:
    found = read_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n", first_line=2)
    assert plain(found.value) == {"a": "3", "b": {"c": "2"}}
    assert found.places["a"] == (4, 1)
    assert reports(found) == [(rules.DUPLICATE_KEY, 3, 11), (rules.DUPLICATE_KEY, 4, 1)]
    assert "line 2" in found.faults[1].message


def test_aliases_anchors_and_merge_keys_are_refused_and_the_rest_is_kept() -> None:
    text = "a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: f\nauthor: &Company\nlist: [*x, g]\n"
    found = read_yaml(text, first_line=2)
    assert plain(found.value) == {
        "a": {"b": "1"},
        "c": "*x",
        "d": {"e": "f"},
        "author": "&Company",
        "list": ["*x", "g"],
    }
    places = [(2, 4), (4, 4), (6, 3), (8, 9), (9, 8)]
    assert reports(found) == [(rules.YAML_ALIAS, *place) for place in places]


def test_control_characters_written_as_escapes_are_replaced() -> None:
    found = read_yaml('a: "x\\0y\\e"\nb: "\\n\\t"\n', first_line=2)
    assert plain(found.value) == {"a": "x\ufffdy\ufffd", "b": "\n\t"}
    assert reports(found) == [(rules.ENCODING, 2, 4)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# comment\n", None),
        ("words", "words"),
        ("- a\n- b", ("a", "b")),
        ("{}", {}),
        ("~", None),
    ],
)
def test_a_document_need_not_be_fields(text: str, value: object) -> None:
    found = read_yaml(text)
    assert found.value == value
    assert dict(found.places) == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b\nc: d: e\n", (2, 5)),
        ("a: 'b", (1, 6)),
        ("a: b\n--- \nc: d\n", (2, 1)),
        ("a: @b", (1, 4)),
        ('a: "\\UFFFFFFFF"', (1, 7)),
    ],
)
def test_what_is_not_one_document_is_refused_at_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(YamlError) as caught:
        read_yaml(text)
    assert caught.value.place == place
    assert str(caught.value)
    assert not caught.value.too_deep


@pytest.mark.parametrize("nest", ["[", "{a: ", "- ", "? "])
def test_nesting_is_read_to_its_limit_and_refused_beyond(nest: str) -> None:
    close = {"[": "]", "{a: ": "}"}.get(nest, "")
    assert read_yaml(nest * MAX_DEPTH + close * MAX_DEPTH).value is not None
    for depth in (MAX_DEPTH + 1, 5000):
        with pytest.raises(YamlError) as caught:
            read_yaml(nest * depth + close * depth)
        assert caught.value.too_deep


@given(st.text() | st.text("a:-?[]{},&*!|>'\"%@`# \n\t\\<~\x85\u2028\ufeff"), st.sampled_from(LOADERS))
def test_no_text_raises_anything_but_a_yaml_error(text: str, loader: type) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_LOADER", loader)
        try:
            found = read_yaml(text)
        except YamlError as error:
            line, column = error.place
        else:
            line, column = next(iter(found.places.values()), (1, 1))
    # libyaml counts the end of a text without a line feed as one more line.
    assert 1 <= line <= text.count("\n") + 2
    assert column >= 1


def test_text_is_shortened_for_messages() -> None:
    assert shorten(" a\n b ") == "a b"
    assert shorten("x" * 100, limit=10) == "x" * 9 + "…"

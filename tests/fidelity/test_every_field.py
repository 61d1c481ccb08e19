"""Every field of every note's front matter is in its JSON, as the text that was written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from codex_publisher.model import rules
from support.built import Built
from support.exports import exported, published, read_json
from support.notes import codes_of, note_of
from support.promises import fields_are_told, plain
from support.sites import REAL_CODEX

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_WIKI_LINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SCALARS = (
    *(
        ".nan",
        ".inf",
        "-.Inf",
        "1e999",
        "-0",
        "0x1F",
        "0o17",
        "017",
        "1_000",
        "1:30",
        "9" * 400,
        "1.10",
        "2.0",
    ),
    *("yes", "No", "on", "true", "~", "null", "''", '""', "2026-03-12", "2024-02-30", "2026-03-12T10:00:00Z"),
    *(
        '"\\u00e9 \\U0001F642"',
        '"a \\"quoted\\" b"',
        "'it''s'",
        "a # no comment",
        "a: b",
        "[x](y)",
        "<b>&amp;</b>",
    ),
    *(
        "|\n  two\n  lines",
        ">-\n  folded\n  text",
        "[a, [b, [c]]]",
        "{a: {b: c}}",
        "[]",
        "{}",
        "!!binary aGk=",
        "%a",
    ),
    *(
        "@handle",
        "`code`",
        "*not alias",
        "&not anchor",
        "-1",
        "- a",
        "\u4e2d\u6587",
        "\u202eabc",
        "</script>",
    ),
)
"""Values as people and machines write them; what YAML would make of some is no text, and no JSON either."""


_NOTHING = frozenset({None, "", "~", "null", "Null", "NULL"})
"""What YAML takes for nothing when it stands without quotes. PyYAML does not tell whether it did."""


def _as_text(value: Any) -> object:
    """A value with every part of it as its text."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return None if value in _NOTHING else value


def _with_links(value: Any) -> object:
    """The same with a list of a list of one text as the link that was meant."""
    if isinstance(value, Mapping):
        return {str(key): _with_links(item) for key, item in value.items()}
    if not isinstance(value, list):
        return _as_text(value)
    inner = value[0] if len(value) == 1 else None
    if isinstance(inner, list) and len(inner) == 1 and _WIKI_LINK.fullmatch(f"[[{inner[0]}]]"):
        return f"[[{inner[0]}]]"
    return [_with_links(item) for item in value]


def _written(raw: bytes) -> Mapping[str, object] | None:
    """The fields of a note's bytes as PyYAML reads them; None where it cannot."""
    found = _FRONT_MATTER.match(raw.decode("utf-8", "replace").replace("\r\n", "\n"))
    if not found or re.search(r"\n---[ \t]*\n", found[1]):
        return None
    # A wiki link without quotes is a list in a list to YAML, and may hold what YAML cannot read.
    text = re.sub(
        rf"^(\s*(?:-|[\w-]+:)\s+)({_WIKI_LINK.pattern})\s*$", r'\1"\2"', found[1], flags=re.MULTILINE
    )
    try:
        fields = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # it makes nothing but texts
    except yaml.YAMLError:
        return None
    return (
        {str(key): _with_links(value) for key, value in fields.items()} if isinstance(fields, dict) else None
    )


@pytest.mark.parametrize("name", ["sample", "small"])
def test_every_field_of_a_codex_is_in_the_json_beside_its_page(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Built = request.getfixturevalue(name)
    compared = 0
    for path in sorted(site.site.rglob("index.md")):
        wanted = _written(path.read_bytes())
        if wanted is not None:
            assert _with_links(read_json(path.with_suffix(".json"))["fields"]) == wanted, path
            compared += 1
    assert compared > 5


@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not here")
def test_every_field_of_a_real_codex_is_told() -> None:
    paths = sorted(REAL_CODEX.rglob("*.md"))
    compared = 0
    for path in paths:
        note = note_of(path.name, path.read_bytes())
        fields_are_told(note)
        wanted = _written(path.read_bytes())
        if wanted is not None:
            assert _with_links(plain(note.fields)) == wanted, path
            compared += 1
        elif found := _FRONT_MATTER.match(path.read_text("utf-8", errors="replace")):
            # PyYAML cannot read it. Every name at the beginning of a line is a field all the same.
            names = {
                line.partition(":")[0] for line in found[1].split("\n") if re.match(r"[a-z_]+:(?: |$)", line)
            }
            assert names <= set(note.fields), path
    assert compared > 0.9 * len(paths)


@pytest.mark.parametrize("value", SCALARS)
def test_no_value_is_turned_into_something_else_on_its_way_to_json(value: str, tmp_path: Path) -> None:
    text = f"---\ntype: claim\nodd: {value}\nlast: here\n---\nText.\n"
    fields = _fields({"claims/a.md": text}, tmp_path)
    assert fields["type"] == "claim"
    assert fields["last"] == "here"
    wanted = _written(text.encode())
    if wanted is not None:
        assert _with_links(fields) == wanted
    else:
        assert "".join(re.findall(r"\w+", value)) == "".join(re.findall(r"\w+", json.dumps(fields["odd"])))


@pytest.mark.parametrize("nothing", ["~", "null", "", "NULL"])
def test_nothing_is_told_as_null_and_its_name_as_text(nothing: str, tmp_path: Path) -> None:
    text = f"---\nodd: {nothing}\nquoted: '{nothing}'\n---\nText.\n"
    assert _fields({"a.md": text}, tmp_path) == {"odd": None, "quoted": nothing}


def _fields(files: Mapping[str, str | bytes], folder: Path) -> dict[str, object]:
    """The fields of the only note, as a strict reader gets them."""
    (path,) = exported(folder, published(files)).rglob("index.json")
    fields: dict[str, object] = read_json(path)["fields"]
    return fields


def test_a_field_that_is_written_twice_is_told_once_and_reported() -> None:
    note = note_of("claims/a.md", "---\ntype: claim\nauthor: Ann\nauthor: Bo\nb: {c: 1, c: 2}\n---\nText.\n")
    assert plain(note.fields) == {"type": "claim", "author": "Bo", "b": {"c": "2"}}
    assert codes_of(note).count(rules.DUPLICATE_KEY.code) == 2


_WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), max_size=20)
_KEYS = _WORDS.filter(lambda key: key.strip() and key != "<<") | st.sampled_from(
    [
        "__class__",
        "constructor",
        "1",
        "true",
        "null",
        "a.b",
        "a b",
        "</script>",
        "\u00e9",
        '"',
        "'",
        "#",
        "- ",
    ]
)
_VALUES = st.recursive(
    _WORDS | st.integers() | st.floats() | st.booleans() | st.none() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@_SETTINGS
@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=5), st.booleans())
@example({"a": float("nan"), "b": float("inf"), "c": 10**300}, False)
def test_whatever_yaml_can_write_is_told_as_it_was_written(fields: dict[str, object], flow: bool) -> None:
    text = yaml.safe_dump(fields, allow_unicode=True, default_flow_style=flow, width=10_000, sort_keys=False)
    # A list in a list on one line is a wiki link to whoever writes it, and is told as one.
    assume("[[" not in text)
    note = note_of("a.md", f"---\n{text}---\nText.\n")
    fields_are_told(note)
    wanted = _as_text(yaml.load(text, yaml.BaseLoader))  # noqa: S506
    assert _as_text(plain(note.fields)) == wanted

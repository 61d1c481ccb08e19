"""Front matter is read as text, wherever it stands, and the body keeps its place in the file."""

from __future__ import annotations

import time
from collections.abc import Mapping

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codex_publisher.model import rules
from codex_publisher.model.front_matter import MAX_ALIKE, FrontMatter, TextHandler, Value, read_front_matter
from codex_publisher.model.problems import Rule
from codex_publisher.model.source_text import decode
from support.sites import REAL_CODEX


def plain(value: Value) -> object:
    """Lists and dicts instead of their unchangeable kinds, to compare with literals."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def reports(found: FrontMatter) -> list[tuple[Rule, int, int]]:
    """The rule and place of each fault."""
    return [(fault.rule, fault.line, fault.column) for fault in found.faults]


SHAPES = [
    ("---\na: b\n---\nbody", {"a": "b"}, "body", 4),
    ("---  \na: b\n---\t\n\nbody", {"a": "b"}, "\nbody", 4),
    ("\n  \n---\na: b\n---\nbody", {"a": "b"}, "body", 6),
    ("---\na: b\n...\nbody", {"a": "b"}, "body", 4),
    ("---\na: b\n-----\nbody", {"a": "b"}, "body", 4),
    ("---\na: b\n---", {"a": "b"}, "", 4),
    ("---\n---\nbody", {}, "body", 3),
    ("---\n\n# only a comment\n\n---\nbody", {}, "body", 6),
    ("---\na: b\n---\nbody\n\n---\n\nmore", {"a": "b"}, "body\n\n---\n\nmore", 4),
    ("---\r\na: b\r\n---\r\nbody", {"a": "b"}, "body", 4),
    ("---\na: |\n  x\n  --- y\n---\nbody", {"a": "x\n--- y\n"}, "body", 6),
]


@pytest.mark.parametrize(("text", "fields", "body", "line"), SHAPES)
def test_front_matter_is_found_and_the_body_keeps_its_place(
    text: str, fields: object, body: str, line: int
) -> None:
    found = read_front_matter(text)
    assert (plain(found.fields), found.body, found.body_line) == (fields, body, line)
    assert found.present
    assert found.faults == ()


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "# Title\n", "body\n---\na: b\n---\n", "---", "---\n", "----\na: b\n----\n"),
        *(
            "---\n\nSome prose.\n\n---\n\nmore\n",
            "---\nprose\n",
            "---\n# Title\n\nprose\n",
            "--- a: b\n---\n",
        ),
    ],
)
def test_a_note_without_front_matter_is_all_body(text: str) -> None:
    found = read_front_matter(text)
    assert (found.body, found.body_line, dict(found.fields), found.present) == (text, 1, {}, False)
    assert reports(found) == [(rules.FRONT_MATTER_MISSING, 1, 1)]


def test_places_are_those_of_the_keys_in_the_file() -> None:
    found = read_front_matter("\n---\n# note\ntitle: \u4e2d\nlist:\n  - inner: x\n'quoted': y\n---\n")
    assert dict(found.places) == {"title": (4, 1), "list": (5, 1), "quoted": (7, 1)}


UNCLOSED = [
    ("---\ntitle: x\ntags:\n- a\n  - b\nmap:\n  k: v\n\n# Head\n\nText: y\n", ["title", "tags", "map"], 8),
    ("---\ntitle: x\n\ntype: claim\n\nProse: not a field\n", ["title", "type"], 5),
    ("---\ntitle: x\n- a list\n", ["title"], 3),
    ("---\ntitle: x", ["title"], 3),
    # Here a line across the page stands where the end of the front matter is looked for.
    ("---\ntitle: x\ntype: claim\n\n# Head\n\nProse.\n\n---\n\nTopics:\n- a\n", ["title", "type"], 4),
]


@pytest.mark.parametrize(("text", "keys", "line"), UNCLOSED)
def test_front_matter_without_an_end_ends_with_its_fields(text: str, keys: list[str], line: int) -> None:
    found = read_front_matter(text)
    assert list(found.fields) == keys
    assert found.body_line == line
    assert found.body == "\n".join(text.split("\n")[line - 1 :])
    assert reports(found)[0] == (rules.FRONT_MATTER_UNCLOSED, 1, 1)
    assert f"line {line}" in found.faults[0].hint


@pytest.mark.parametrize(
    ("inside", "fence"),
    [("- a\n- b\n", "```"), ("only words\n", "```"), ("a\n````\n", "`````"), ("[a, b]\n", "```")],
)
def test_front_matter_that_is_no_fields_stays_in_the_body_as_code(inside: str, fence: str) -> None:
    text = f"\n---\n{inside}---\nbody\n"
    found = read_front_matter(text)
    assert found.body == f"{fence}yaml\n{inside}{fence}\nbody\n"
    assert found.body_line == 2
    assert dict(found.fields) == {}
    assert reports(found) == [(rules.FRONT_MATTER_BROKEN, 3, 1)]


def test_a_second_block_adds_the_fields_that_the_first_lacks() -> None:
    found = read_front_matter("---\ntype: claim\ntitle: a\n---\n\n---\ntitle: b\nstatus: c\n---\nbody\n")
    assert plain(found.fields) == {"title": "a", "status": "c", "type": "claim"}
    assert found.places["status"] == (8, 1)
    assert found.places["title"] == (3, 1)
    assert (found.body, found.body_line) == ("body\n", 10)
    assert reports(found) == [(rules.SECOND_DOCUMENT, 6, 1)]
    assert "`title`" in found.faults[0].message


@pytest.mark.parametrize(
    "body", ["---\nother: b\n---\nx\n", "---\n\nprose\n\n---\n", "---\ntype: a: b\n---\n", "---\ntype: x\n"]
)
def test_a_block_without_known_fields_is_no_second_front_matter(body: str) -> None:
    found = read_front_matter(f"---\ntype: claim\n---\n{body}")
    assert (found.body, found.faults) == (body, ())


def test_which_fields_make_a_second_block_can_be_said() -> None:
    text = "---\na: 1\n---\n---\nother: 2\n---\n"
    assert "other" in read_front_matter(text, known=frozenset({"other"})).fields


def test_what_is_nested_too_deep_is_kept_as_text() -> None:
    deep = "[" * 21 + "]" * 21
    found = read_front_matter(f"---\na: {'[' * 18 + ']' * 18}\nb: {deep}\nc: d\n---\n")
    assert found.fields["b"] == deep
    assert found.fields["c"] == "d"
    assert reports(found) == [(rules.FRONT_MATTER_TOO_LARGE, 3, 23)]


def test_of_front_matter_that_is_too_large_the_first_16_kb_are_read() -> None:
    lines = "".join(f"key{number}: \u00e9{number}\n" for number in range(3000))
    found = read_front_matter(f"---\n{lines}---\nbody\n")
    assert 900 < len(found.fields) < 3000
    assert found.fields["key0"] == "\u00e90"
    assert found.body == "body\n"
    assert reports(found) == [(rules.FRONT_MATTER_TOO_LARGE, 2, 1)]
    assert f"line {len(found.fields) + 1}" in found.faults[0].message


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        ("a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)), "F106"),
        ("a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}}}\n" for n in range(1, 40)), "F106"),
        ("b: 1\n" * 200, "F104"),
        ("".join(f'a{n}: "x" y\n' for n in range(200)), "F102"),
        ("tags:\n" + '  - "x" y\n' * 200, "F102"),
        ("a: [" + ", ".join(['"\\x01"'] * 200) + "]\n", "S101"),
        ("[" * 100_000 + "\n", "F105"),
        ('a: "' * 5_000 + "\n", "F105"),
    ],
)
def test_a_flood_of_faults_is_one_with_its_line(inside: str, rule: str) -> None:
    found = read_front_matter(f"---\n{inside}---\nbody\n")
    assert [fault.rule.code for fault in found.faults] == [rule]
    assert 2 <= found.faults[0].line <= 4
    assert found.body.endswith("body\n")


def test_what_is_one_says_how_many_there_are_and_where_they_end() -> None:
    found = read_front_matter("---\n" + "".join(f"a{n}: *b\n" for n in range(200)) + "---\n")
    assert found.faults[0].message.endswith("199 more problems of this kind follow it, down to line 201.")


def test_a_few_faults_are_told_one_by_one() -> None:
    found = read_front_matter("---\n" + "".join(f'a{n}: "x" y\n' for n in range(MAX_ALIKE)) + "b: *c\n---\n")
    assert [fault.line for fault in found.faults] == list(range(2, MAX_ALIKE + 3))


def test_python_frontmatter_can_use_the_handler() -> None:
    post = frontmatter.loads("---\ndate: 2024-02-30\ntitle: a: b\n---\nbody", handler=TextHandler())
    assert post.metadata == {"date": "2024-02-30", "title": "a: b"}
    assert post.content == "body"


KB16 = 16_000
HOSTILE = [
    *("[" * KB16, "{" * KB16, "a: " + "[" * 100_000, "&a " * 5000, "? " * 8000, "- " * 8000, "-\n" * 8000),
    *("{a: " * 4000, "!a " * 5000, "a: [" + "*b," * 5000 + "]", ": " * 8000, "a:\n" * 5000, "\t" * KB16),
    *('"' + '\\"' * 8000, 'a: ["' + '\\"' * 8000, "a: ['" + "x'" * 8000, "a: |\n" + "\n" * KB16, "`" * KB16),
    *(
        "a: b: c\n" * 2000,
        "a:\n" + "- b: c: d\n" * 1500,
        "a: [\n" * 3000,
        "a" * KB16,
        "a " * 8000,
        "%" * KB16,
    ),
    "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*b{i - 1}, *b{i - 1}]\n" for i in range(500)),
    "a: &a {x: 1}\n" + "b: {<<: [*a, *a, *a]}\n" * 600,
    "".join(" " * i + "a:\n" for i in range(170)),
]


@pytest.mark.parametrize("inside", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("form", ["---\n{}\n---\nbody", "---\n{}", "---\nk: v: w\n{}\n---\n"])
def test_hostile_front_matter_is_read_in_bounded_time(inside: str, form: str) -> None:
    start = time.perf_counter()
    read_front_matter(form.format(inside))
    # The slowest take a quarter of this on a slow machine; what is quadratic takes far longer.
    assert time.perf_counter() - start < 2


_LINES = st.sampled_from(
    [
        *(
            "---",
            "...",
            "",
            "title: x",
            "title: a: b",
            "type: 'x",
            'tags: "a" b',
            "tags:",
            "- a",
            "  - b: c: d",
        ),
        *(
            " status: x",
            "\t- y",
            "tags: [a",
            "url:x",
            "a: &b c",
            "d: *b",
            "<<: *b",
            "# h",
            "prose here",
            "x: |",
        ),
        *(
            "  nested: z",
            "? q",
            "x: {",
            "}",
            "`",
            "\u2028: \x00",
            "  text: \ufeff",
            "k: \ud800",
            "date: \x85 ok",
        ),
    ]
)
_NOTES = st.text() | st.text().map("---\n".__add__) | st.lists(_LINES, max_size=14).map("\n".join)


@given(_NOTES | _NOTES.map("---\n".__add__))
@example("---\n? ")
@example("---\n- a: b\n   c\n---\nx")
def test_no_text_raises_and_every_place_is_right(text: str) -> None:
    found = read_front_matter(text)
    lines = text.split("\n")
    for key, (line, column) in found.places.items():
        if "\t" in lines[line - 1] or not key.isprintable():
            continue  # Tabs in an indentation are widened before it is read, and what is no text is replaced.
        assert lines[line - 1][column - 1 :].startswith((key, "'", '"', "?", "!", "&", "[", "{"))
    assert found.places.keys() == found.fields.keys()
    for fault in found.faults:
        assert 1 <= fault.line <= len(lines) + 1
        assert fault.column >= 1
    after = lines[found.body_line - 1 :]
    if found.present and not text.endswith(found.body):
        for ours, theirs in zip(found.body.split("\n"), after, strict=False):
            assert ours == theirs or (ours.startswith("```") and theirs.startswith(("---", "...")))
    else:
        assert "\n".join(after) == found.body


@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not here")
def test_every_real_note_is_read_with_its_places_and_its_body() -> None:
    texts = [decode(path.read_bytes()).text for path in sorted(REAL_CODEX.rglob("*.md"))]
    start = time.perf_counter()
    notes = [read_front_matter(text) for text in texts]
    assert time.perf_counter() - start < 2
    for text, found in zip(texts, notes, strict=True):
        lines = text.split("\n")
        assert "\n".join(lines[found.body_line - 1 :]) == found.body
        for key, (line, column) in found.places.items():
            assert lines[line - 1][column - 1 :].startswith((key, f'"{key}', f"'{key}"))
    assert sum(found.present for found in notes) > len(notes) * 0.8

"""What is wrong with a note is said with file, line, column and a hint."""

from __future__ import annotations

import pytest

from codex_publisher.model import rules
from codex_publisher.model.problems import Problem, Severity
from support.notes import codes_of, note_of, reported, with_fields
from support.sites import codex_of

CLAIM = ("type: claim", "domain: health", "confidence: likely", "description: d")
SOURCE = ("type: source", "title: t", "url: https://x.org", "date: 2026", "domain: d", "status: processed")


@pytest.mark.parametrize("fields", [CLAIM, SOURCE, ("type: entity",), ("type: page",), ("title: x",)])
def test_a_note_with_all_that_it_needs_has_no_problem(fields: tuple[str, ...]) -> None:
    assert note_of("a.md", with_fields(*fields)).problems == ()


def test_a_field_that_is_missing_is_named() -> None:
    for fields in (CLAIM, SOURCE):
        for left_out in fields[1:]:
            name = left_out.partition(":")[0]
            note = note_of("a.md", with_fields(*(line for line in fields if line != left_out)))
            assert codes_of(note) == ["F201"]
            assert f"`{name}`" in note.problems[0].message
            assert f"`{name}: …`" in note.problems[0].hint


def test_a_legacy_field_is_as_good_as_the_one_of_today_and_its_new_name_is_told() -> None:
    legacy = ("type: evidence", "title: t", "source: https://x.org", "date_published: 2026-01")
    note = note_of("a.md", with_fields(*legacy, "domain: d", "status: processed"))
    assert codes_of(note) == ["F205", "F205"]
    assert [(problem.line, problem.hint) for problem in note.problems] == [
        (4, "rename it to `url`"),
        (5, "rename it to `date`"),
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ((*SOURCE[:-1], "status: done"), 7),
        ((*SOURCE, "priority: urgent"), 8),
        (("type: claim", "domain: d", "confidence: certain", "description: d"), 4),
        (("title: x", "type: sauce"), 3),
    ],
)
def test_a_value_outside_its_vocabulary_is_reported_with_the_values_there_are(
    fields: tuple[str, ...], line: int
) -> None:
    note = note_of("a.md", with_fields(*fields))
    assert [(one.code, one.line, one.column) for one in note.problems] == [("F203", line, 1)]
    assert note.problems[0].hint
    assert note.problems[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "line",
    [
        "status: Null Result",
        "status: null_result",
        "status: UNPROCESSED",
        "status: null-result",
        "priority: High",
    ],
)
def test_case_spaces_hyphens_and_underscores_make_no_other_value(line: str) -> None:
    fields = SOURCE[:-1] if line.startswith("status") else SOURCE
    assert note_of("a.md", with_fields(*fields, line)).problems == ()


@pytest.mark.parametrize("line", ["status: active", "status: draft"])
def test_only_sources_have_the_statuses_of_sources(line: str) -> None:
    assert codes_of(note_of("a.md", with_fields("type: musing", line))) == []


def test_a_note_without_front_matter_is_told_once() -> None:
    assert codes_of(note_of("docs/claims/a.md", "Only text.")) == ["F101"]


@pytest.mark.parametrize("body", ["", "\n", " \n\t\n"])
def test_a_note_without_a_text_is_reported_at_its_end(body: str) -> None:
    note = note_of("a.md", with_fields("title: x", body=body))
    ((code, line),) = [(one.code, one.line) for one in note.problems]
    assert code == "N103"
    assert line in (3, 4)
    assert line <= len(note.digest_source.splitlines())


def test_a_problem_is_told_once_however_often_the_field_is_read() -> None:
    fields = ("type: [claim]", "domain: d", "confidence: likely", "description: d")
    assert codes_of(note_of("a.md", with_fields(*fields))) == ["F202"]


@pytest.mark.parametrize(
    "name",
    [
        *("line\nbreak", "bell\x07", "zero\x00", "c1\x85", "del\x7f"),
        *("\u202eright-to-left", "isolate\u2066", "mark\u200e", "mark\u200f", "arabic\u061cmark"),
        *("no\u2060width", "zero\u200bwidth", "\ufeffbom", "bad\udcffbyte"),
    ],
)
def test_hidden_and_direction_changing_characters_in_a_name_are_an_error(name: str) -> None:
    for path in (f"inbox/{name}.md", f"{name}/a.md"):
        note = note_of(path, with_fields("type: page"))
        assert codes_of(note) == ["S102"]
        assert note.problems[0].severity is Severity.ERROR


def test_characters_that_turn_the_writing_round_are_reported_and_left_out() -> None:
    note = note_of("inbox/a.md", with_fields("type: page", 'title: "safe\u202egnp.exe"'))
    assert note.title == "safegnp.exe"
    assert [(problem.code, problem.line) for problem in note.problems] == [("S107", 3)]


def test_a_problem_is_one_line_of_a_log_whatever_the_note_holds() -> None:
    rule = rules.UNSAFE_NAME
    told = str(Problem("a\n::error::b.md", 1, 1, rule, "say\r\x1b[31m", "mend\u2028it"))
    assert told.isprintable()
    assert told.startswith("a\ufffd::error::b.md:1:1: ")


@pytest.mark.parametrize("name", ["é", "e\u0301", "中文 名", "עברית", "العربية", "🙂", "a'b", "100% #1 [x]"])
def test_the_letters_of_every_script_are_welcome_in_a_name(name: str) -> None:
    assert codes_of(note_of(f"{name}/{name}.md", with_fields("type: page"))) == []


@pytest.mark.parametrize(
    ("stem", "codes"),
    [("x" * 197, []), ("x" * 198, ["N102"]), ("é" * 98, []), ("é" * 99, ["N102"]), ("x" * 252, ["N102"])],
)
def test_a_name_of_more_than_200_bytes_is_remarked(stem: str, codes: list[str]) -> None:
    note = note_of(f"{'folder' * 40}/{stem}.md", with_fields("type: page"))
    assert codes_of(note) == codes
    assert all(problem.severity is Severity.INFO for problem in note.problems)


def test_problems_stand_in_the_order_of_the_lines_and_read_as_file_line_column() -> None:
    note = note_of(
        "inbox/a.md", with_fields("status: done", "date: 2024-02-30", "title: [x]", "domain: d", "url: u")
    )
    assert [(one.line, one.code) for one in note.problems] == [
        (2, "F203"),
        (3, "F204"),
        (4, "F202"),
        (6, "F206"),
    ]
    assert str(note.problems[0]).startswith("inbox/a.md:2:1: F203 ")


def test_front_matter_is_not_missed_where_no_page_has_any() -> None:
    plain = {f"schemas/{name}.md": "Words.\n" for name in ("a", "b", "c")}
    assert reported(codex_of(plain), "F101") == []
    assert reported(codex_of({**plain, "schemas/d.md": with_fields("title: D")}), "F101") == [
        ("F101", path) for path in plain
    ]
    assert (
        len(reported(codex_of({path.replace("schemas", "claims"): "Words.\n" for path in plain}), "F101"))
        == 3
    )


@pytest.mark.parametrize(
    "path", ["maps/a.md", "claims/_map.md", "agents/iris/identity.md", "claims/README.md", "notes/index.md"]
)
def test_what_its_place_tells_needs_no_front_matter(path: str) -> None:
    assert codes_of(note_of(path, "Words.\n")) == []


@pytest.mark.parametrize("path", ["a.md", "claims/a.md", "agents/iris/musings/a.md", "inbox/queue/a.md"])
def test_any_other_note_needs_it(path: str) -> None:
    assert codes_of(note_of(path, "Words.\n")) == ["F101"]


def test_a_field_with_a_slip_in_its_name_is_shown_where_it_stands() -> None:
    note = note_of("a.md", with_fields("type: claim", "domain: d", "confidnce: likely", "description: d"))
    assert [(one.code, one.line, one.hint) for one in note.problems] == [
        ("F201", 4, "rename `confidnce` to `confidence`")
    ]


def test_an_empty_field_is_missing_where_it_stands() -> None:
    note = note_of("a.md", with_fields("type: claim", "domain: d", "confidence:", "description: d"))
    assert [(one.code, one.line) for one in note.problems] == [("F201", 4)]


def test_a_claim_of_several_domains_has_one() -> None:
    fields = ("type: claim", "domains: [a, b]", "confidence: likely", "description: d")
    assert codes_of(note_of("a.md", with_fields(*fields))) == []


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (
            "status: proccessed",
            "did you mean `processed`? The others are unprocessed, processing, null-result",
        ),
        ("priority: hihg", "did you mean `high`? The others are medium, low"),
        ("priority: whenever", "use high, medium, low"),
    ],
)
def test_the_nearest_value_is_named(line: str, hint: str) -> None:
    (problem,) = note_of(
        "a.md", with_fields(*SOURCE[:-1], *(() if "status" in line else SOURCE[-1:]), line)
    ).problems
    assert problem.hint == hint
    (problem,) = note_of("a.md", with_fields("type: souce")).problems
    assert problem.hint.startswith("did you mean `source`?")


SKELETON = "# bees sleep\n\n## Evidence\n\n- [[a study]]\n\n---\n\nTopics:\n- [[sleep]]\n"


@pytest.mark.parametrize("text", ["", SKELETON])
def test_a_claim_of_which_only_the_scaffold_stands_is_without_a_text(text: str) -> None:
    fields = "type: claim\ndomain: d\nconfidence: likely\ndescription: Two studies."
    note = note_of("claims/bees sleep.md", f"---\n{fields}\n---\n{text}")
    assert [problem.code for problem in note.problems] == ["N103"]
    assert note.problems[0].line <= note.digest_source.count(b"\n")
    written = note_of("claims/bees sleep.md", f"---\n{fields}\n---\n{text}They do.\n")
    assert not written.problems
    page = note_of("notes/links.md", text or "Words.\n")
    assert "N103" not in [problem.code for problem in page.problems]

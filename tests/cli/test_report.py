"""The forms of the report: whatever stands in a note, what is written can be read back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from codex_publisher.cli.report import Report, as_json, github, sarif, summary, text
from codex_publisher.cli.report.text import cut_out
from codex_publisher.cli.terminal import cells
from codex_publisher.model.catalogue import RULES
from codex_publisher.model.names import HIDDEN, tame
from codex_publisher.model.problems import Problem
from support.sites import PROJECT

SCHEMA = Draft202012Validator(json.loads((PROJECT / "docs" / "check.schema.json").read_text("utf-8")))
ANY_TEXT = st.text(st.characters(), max_size=60)
ON_DISK = st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.just("\udce9")
"""What stands in names of files; the last is how a byte is read that is not UTF-8."""
PATHS = st.text(ON_DISK, max_size=60).map(lambda path: f"{path}.md")
PROBLEMS = st.lists(
    st.builds(
        Problem,
        path=PATHS,
        line=st.integers(1, 9),
        column=st.integers(1, 200),
        rule=st.sampled_from(list(RULES.values())),
        message=ANY_TEXT,
        hint=ANY_TEXT,
    ),
    max_size=6,
)


def _report(problems: list[Problem], line: str = "") -> Report:
    return Report(tuple(problems), 9, lambda _path, _line: line, prefix="my codex")


def _written(form: Any, report: Report) -> str:
    return "\n".join(form.write(report, False))


@settings(deadline=None)
@given(PROBLEMS)
def test_json_keeps_to_its_schema_and_to_what_was_found(problems: list[Problem]) -> None:
    written = _written(as_json, _report(problems))
    assert written.isascii()
    found = json.loads(written)
    SCHEMA.validate(found)
    told = [
        (one["path"], one["line"], one["column"], one["code"], one["message"]) for one in found["problems"]
    ]
    assert told == [(one.path, one.line, one.column, one.code, one.message) for one in problems]
    assert found["summary"]["problems"] == len(problems)


COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)")


def _unescaped(value: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        value = value.replace(code, character)
    return value


def _as_shown(value: str) -> str:
    return tame(HIDDEN.sub(lambda found: found[0] if found[0] in "\r\n" else "\ufffd", value))


@settings(deadline=None)
@given(PROBLEMS)
def test_every_problem_is_one_command_that_github_reads_back(problems: list[Problem]) -> None:
    report = _report(problems)
    *commands, last = _written(github, report).split("\n")
    assert last == summary(report)
    told = []
    for command in commands:
        found = COMMAND.fullmatch(command)
        assert found, command
        told.append((_unescaped(found[2]), int(found[3]), int(found[4]), _unescaped(found[6])))
    expected = [
        (
            _as_shown(f"my codex/{one.path}"),
            one.line,
            one.column,
            _as_shown(one.message + (f" ({one.hint})" if one.hint else "")),
        )
        for one in problems
    ]
    assert sorted(told) == sorted(expected)


def test_github_is_given_the_most_severe_first() -> None:
    codes = ["L101", "F104", "F205"]
    problems = [Problem(f"{code}.md", 1, 1, RULES[code], "Told.") for code in codes]
    assert re.findall("^::(\\w+)", _written(github, _report(problems)), re.MULTILINE) == [
        "error",
        "warning",
        "notice",
    ]


SARIF_FOR_GITHUB: dict[str, Any] = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"const": "unicodeCodePoints"},
                    "tool": {"$ref": "#/$defs/tool"},
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
    "$defs": {
        "text": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string", "minLength": 1}},
        },
        "tool": {
            "required": ["driver"],
            "properties": {
                "driver": {
                    "required": ["name", "rules"],
                    "properties": {
                        "rules": {
                            "items": {
                                "required": ["id", "shortDescription", "fullDescription", "help"],
                                "properties": {
                                    "shortDescription": {"$ref": "#/$defs/text"},
                                    "fullDescription": {"$ref": "#/$defs/text"},
                                    "help": {"$ref": "#/$defs/text"},
                                    "defaultConfiguration": {
                                        "properties": {"level": {"enum": ["note", "warning", "error"]}}
                                    },
                                },
                            }
                        }
                    },
                }
            },
        },
        "result": {
            "required": ["ruleId", "message", "locations", "partialFingerprints"],
            "properties": {
                "level": {"enum": ["note", "warning", "error"]},
                "locations": {
                    "minItems": 1,
                    "items": {
                        "required": ["physicalLocation"],
                        "properties": {
                            "physicalLocation": {
                                "required": ["artifactLocation", "region"],
                                "properties": {
                                    "artifactLocation": {
                                        "properties": {
                                            "uri": {"type": "string", "pattern": "^[A-Za-z0-9/._~%-]+$"}
                                        }
                                    },
                                    "region": {
                                        "required": ["startLine", "startColumn"],
                                        "properties": {
                                            "startLine": {"type": "integer", "minimum": 1},
                                            "startColumn": {"type": "integer", "minimum": 1},
                                        },
                                    },
                                },
                            }
                        },
                    },
                },
                "partialFingerprints": {"additionalProperties": {"type": "string"}},
            },
        },
    },
}
"""What GitHub asks of a SARIF file, from its documentation."""


@settings(deadline=None)
@given(PROBLEMS)
def test_sarif_is_what_github_takes_and_leads_to_the_file(problems: list[Problem]) -> None:
    found = json.loads(_written(sarif, _report(problems)))
    Draft202012Validator(SARIF_FOR_GITHUB).validate(found)
    (run,) = found["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result, problem in zip(run["results"], problems, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        path = f"my codex/{problem.path}".encode("utf-8", "surrogateescape")
        assert unquote_to_bytes(uri) == path
    assert len({result["partialFingerprints"]["codexProblem/v1"] for result in run["results"]}) == len(
        problems
    )


@settings(deadline=None)
@given(PROBLEMS, ANY_TEXT)
def test_text_has_no_character_that_a_terminal_obeys(problems: list[Problem], line: str) -> None:
    for told in text.write(_report(problems, line), False):
        assert not HIDDEN.search(told)


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(1, 400), st.integers(20, 120))
def test_a_line_is_cut_to_its_room_with_the_place_in_it(line: str, column: int, width: int) -> None:
    shown, at = cut_out(line, column, width)
    assert cells(shown) <= width
    assert 0 <= at <= width


@pytest.mark.parametrize(
    ("line", "column", "shown", "at"),
    [
        ("short [[x]]", 7, "short [[x]]", 6),
        ("\tindented [[x]]", 11, " indented [[x]]", 10),
        ("蜜蜂睡 [[x]]", 5, "蜜蜂睡 [[x]]", 7),
        ("e\u0301tude [[x]]", 8, "e\u0301tude [[x]]", 6),
        ("a" * 50 + "[[x]]" + "b" * 50, 51, "…" + "a" * 12 + "[[x]]" + "b" * 21 + "…", 13),
    ],
)
def test_the_caret_stands_under_the_place(line: str, column: int, shown: str, at: int) -> None:
    assert cut_out(line, column, 40) == (shown, at)


def test_a_line_without_measure_takes_no_time(tmp_path: Path) -> None:
    shown, at = cut_out("x" * 3_000_000 + "[[y]]", 3_000_001, 80)
    assert shown[at:].startswith("[[y]]")

"""What a codex's maintainers settle about its checks, and that it is applied to every problem."""

from __future__ import annotations

from datetime import date

import pytest

from codex_publisher.model import rules
from codex_publisher.model.policy import Policy, PolicyError, read_policy
from codex_publisher.model.problems import Problem, Severity
from support.notes import with_fields
from support.sites import codex_of

TODAY = date(2026, 11, 21)
NOTE = {"claims/naps help memory.md": with_fields("type: claim", "source: s", body="[[x]] [[y]]\n")}


def test_without_settings_every_rule_has_its_own_severity() -> None:
    assert read_policy(None, TODAY) == read_policy({}, TODAY) == Policy(TODAY)
    assert codex_of(NOTE, policy=Policy(TODAY)).problems == codex_of(NOTE).problems


@pytest.mark.parametrize(
    ("ignored", "left"),
    [
        (["L101"], ["F201", "F201", "F201"]),
        (["l"], ["F201", "F201", "F201"]),
        (["F"], ["L101", "L101"]),
        (["F2", "L"], []),
        (["L102", "Q"], ["F201", "F201", "F201", "L101", "L101"]),
    ],
)
def test_ignored_rules_are_neither_counted_nor_told_note_by_note(ignored: list[str], left: list[str]) -> None:
    codex = codex_of(NOTE, policy=read_policy({"ignore": ignored}, TODAY))
    assert sorted(problem.code for problem in codex.problems) == left
    (note,) = codex.notes.values()
    assert codex.problems_of(note) == codex.problems


def test_another_severity_is_the_same_rule_otherwise() -> None:
    codex = codex_of(NOTE, policy=read_policy({"severity": {"L101": "error", "f201": "info"}}, TODAY))
    assert {(problem.code, problem.severity) for problem in codex.problems} == {
        ("L101", Severity.ERROR),
        ("F201", Severity.INFO),
    }
    assert {problem.rule.title for problem in codex.problems if problem.code == "L101"} == {
        rules.WANTED_LINK.title
    }
    assert rules.WANTED_LINK.severity is Severity.WARNING


def test_what_was_found_before_the_notes_were_read_is_settled_too() -> None:
    problem = Problem("a.md", 1, 1, rules.SYMBOLIC_LINK, "A link.")
    policy = Policy(TODAY, severities={"S103": Severity.WARNING})
    assert [found.severity for found in policy.settle([problem])] == [Severity.WARNING]
    assert list(Policy(TODAY, ignored=frozenset({"S"})).settle([problem])) == []


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ([], "group of settings"),
        ({"ignored": []}, "Did you mean `ignore`"),
        ({"colour": 1}, "The settings are: ignore"),
        ({"ignore": "L101"}, "write a list of codes"),
        ({"ignore": [101]}, "write a list of codes"),
        ({"severity": {"L101": "fatal"}}, "error, warning, info"),
        ({"severity": ["L101"]}, "error, warning, info"),
        ({"ignore": ["L101", "L11"]}, "`checks.ignore`: No rule has the code “L11”. Did you mean L1"),
        ({"ignore": ["zzz"]}, "`codex explain` lists them"),
        ({"severity": {"L199": "info"}}, "`checks.severity`: No rule has the code “L199”. Did you mean "),
        ({"queue_days": {"urgent": 3}}, "high, medium, low"),
        ({"queue_days": 14}, "high, medium, low"),
        ({"queue_days": {"high": 0}}, "from 1 to 3650"),
        ({"entity_days": True}, "from 1 to 3650"),
        ({"sector_days": "60"}, "from 1 to 3650"),
    ],
)
def test_settings_that_cannot_be_used_are_told_with_what_to_write(raw: object, told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        read_policy(raw, TODAY)


def test_days_that_are_not_set_have_their_defaults() -> None:
    policy = read_policy({"queue_days": {"high": 3}, "entity_days": None, "sector_days": 10}, TODAY)
    assert policy.queue_days == {"high": 3, "medium": 60, "low": 180}
    assert (policy.entity_days, policy.sector_days) == (90, 10)


def test_a_severity_of_a_group_yields_to_that_of_a_rule() -> None:
    policy = read_policy({"severity": {"l101": "info", "L": "error"}}, date(2026, 3, 1))
    assert policy.severities["L101"] is Severity.INFO
    assert policy.severities["L102"] is Severity.ERROR
    assert not any(code.startswith("F") for code in policy.severities)

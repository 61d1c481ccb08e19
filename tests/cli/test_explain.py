"""`codex explain`: every rule in a terminal, and the list of all."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import main
from codex_publisher.model.catalogue import GROUPS, RULES
from codex_publisher.model.explanations import EXPLANATIONS
from codex_publisher.model.names import HIDDEN


def _explain(*codes: str) -> str:
    answer = CliRunner().invoke(main, ["explain", *codes])
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_told_with_what_why_and_how(code: str) -> None:
    output = _explain(code)
    told = " ".join(output.split())
    explanation = EXPLANATIONS[code]
    for text in (explanation.rule.title, explanation.why, explanation.fix, f"check --ignore {code}"):
        assert " ".join(HIDDEN.sub("\ufffd", text).split()) in told
    assert not any(HIDDEN.search(line) for line in output.splitlines())
    assert all(len(line) <= 90 for line in output.splitlines() if not line.startswith("    |"))


def test_without_a_code_all_rules_are_listed() -> None:
    output = _explain()
    assert all(f"  {code}  " in output for code in RULES)
    assert all(GROUPS[code[0]] in output for code in RULES)


def test_the_beginning_of_a_code_lists_its_group() -> None:
    output = _explain("l")
    assert "L101" in output
    assert "F101" not in output


def test_an_unknown_code_ends_it_with_2_and_the_nearest() -> None:
    answer = CliRunner().invoke(main, ["explain", "L1O1"])
    assert answer.exit_code == 2
    assert "Did you mean L101?" in answer.output

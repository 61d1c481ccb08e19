"""Every rule is explained, and its examples are true."""

from __future__ import annotations

import subprocess
import sys

import pytest

from codex_publisher.markdown.render import render
from codex_publisher.model import rules
from codex_publisher.model.catalogue import GROUPS, RULES, UnknownRuleError, codes_of, rules_of
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import NOTE_SUFFIXES
from codex_publisher.model.explanation import EXAMPLE_DAY, Explanation, Files
from codex_publisher.model.explanations import EXPLANATIONS
from codex_publisher.model.note import read_note
from codex_publisher.model.policy import Policy
from codex_publisher.model.slugs import NotePath
from support.sites import PROJECT

NOT_SEEN_IN_A_TEXT = {rules.SYMBOLIC_LINK, rules.UNREADABLE}
WITH_EXAMPLES = [each for each in EXPLANATIONS.values() if each.rule not in NOT_SEEN_IN_A_TEXT]


def _codex(files: Files) -> Codex:
    is_note = {path: path.endswith(tuple(NOTE_SUFFIXES)) for path in files}
    notes = [
        read_note(NotePath(path), content.encode() if isinstance(content, str) else content)
        for path, content in files.items()
        if is_note[path]
    ]
    documents = {note.path: render(note.body, note.body_line, note.title) for note in notes}
    attachments = [NotePath(path) for path in files if not is_note[path]]
    return build_codex(notes, documents, attachments, policy=Policy(EXAMPLE_DAY))


def _codes(beside: Files, example: Files) -> set[str]:
    first = next(iter(example))
    return {problem.code for problem in _codex({**beside, **example}).problems if problem.path == first}


def test_every_rule_is_explained() -> None:
    assert list(EXPLANATIONS) == list(RULES)
    assert len({rule.title for rule in RULES.values()}) == len(RULES)
    assert {code[0] for code in RULES} <= set(GROUPS)


@pytest.mark.parametrize("explanation", WITH_EXAMPLES, ids=lambda each: each.rule.code)
def test_the_example_before_breaks_the_rule_and_the_one_after_keeps_it(explanation: Explanation) -> None:
    assert explanation.rule.code in _codes(explanation.beside, explanation.bad)
    assert explanation.rule.code not in _codes(explanation.beside, explanation.good)


@pytest.mark.parametrize("explanation", EXPLANATIONS.values(), ids=lambda each: each.rule.code)
def test_an_explanation_is_made_of_whole_sentences(explanation: Explanation) -> None:
    for text in (explanation.what, explanation.why, explanation.fix):
        assert text == " ".join(text.split())
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")
        assert text.count("`") % 2 == 0
    assert bool(explanation.instead) == (explanation.rule in NOT_SEEN_IN_A_TEXT)


def test_codes_and_their_beginnings_name_rules() -> None:
    assert rules_of("l101") == (rules.WANTED_LINK,)
    assert set(rules_of("F1")) == {rule for rule in RULES.values() if rule.code.startswith("F1")}
    assert codes_of(["L101", "F2"]) == {"L101", *(code for code in RULES if code.startswith("F2"))}


@pytest.mark.parametrize(
    ("code", "nearest"), [("L1O1", "Did you mean L101?"), ("", "lists them"), ("##", "lists them")]
)
def test_an_unknown_code_is_answered_with_the_nearest(code: str, nearest: str) -> None:
    with pytest.raises(UnknownRuleError, match=nearest.replace("?", r"\?")):
        rules_of(code)


def test_the_page_of_all_rules_is_up_to_date() -> None:
    # A process of its own, as it is run by hand.
    command = [sys.executable, "scripts/rules_page.py", "--check"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

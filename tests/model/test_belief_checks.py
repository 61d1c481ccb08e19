"""What beliefs and positions rest on should be there, and hold."""

from __future__ import annotations

import pytest

from support.notes import reported, with_fields
from support.sites import codex_of

BELIEF = "beliefs/rest matters.md"
CLAIM = "claims/sleep heals.md"


def _belief(*lines: str, kind: str = "belief", body: str = "We think so.\n") -> str:
    return with_fields(f"type: {kind}", *lines, body=body)


@pytest.mark.parametrize("kind", ["belief", "position", "conviction"])
@pytest.mark.parametrize("section", ["Grounding", "Evidence", "Reasoning Chain"])
def test_what_rests_on_a_note_that_nobody_wrote_is_told_once(kind: str, section: str) -> None:
    body = f"## {section}\n\n- [[a]]\n- [[b]]\n- [[c]]\n- [[d]]\n- [[a]]\n"
    codex = codex_of({BELIEF: _belief('depends_on: ["[[a]]"]', kind=kind, body=body)})
    (problem,) = [problem for problem in codex.problems if problem.code == "C201"]
    assert (problem.line, problem.column) == (3, 15)
    assert "“a”; “b”; “c”; and 1 more" in problem.message
    assert f"This {kind} " in problem.message


def test_links_elsewhere_are_no_ground() -> None:
    body = "See [[a]].\n\n## Cascade\n\n- [[b]]\n"
    assert reported(codex_of({BELIEF: _belief(body=body)}), "C201") == []
    assert reported(codex_of({CLAIM: with_fields("type: claim", "depends_on: [a]")}), "C201") == []


def test_numbered_beliefs_of_an_agent_are_looked_at_too() -> None:
    path = "agents/iris/beliefs.md"
    text = "### 1. Rest matters\n\nIt does.\n\n**Grounding:**\n- [[sleep heals]]\n- [[naps heal]]\n"
    codex = codex_of({path: text, CLAIM: with_fields("type: claim", "status: superseded")})
    assert reported(codex, "C201", "C202", "C203") == [("C202", path), ("C201", path)]


@pytest.mark.parametrize(
    ("status", "is_told"), [("retired", True), ("Superseded", True), ("active", False), ("", False)]
)
def test_a_claim_that_was_given_up_is_no_ground(status: str, is_told: bool) -> None:
    codex = codex_of(
        {
            BELIEF: _belief('depends_on: ["[[sleep heals]]"]'),
            CLAIM: with_fields("type: claim", f"status: {status}"),
        }
    )
    assert reported(codex, "C202") == ([("C202", BELIEF)] if is_told else [])


@pytest.mark.parametrize(
    ("own", "claim", "is_told"),
    [
        ("strong", "experimental", True),
        ("high", "speculative", True),
        ("moderate", "speculative", True),
        ("strong", "likely", False),
        ("moderate", "experimental", False),
        ("cautious", "speculative", False),
        ("", "speculative", False),
        ("strong", "", False),
        ("unheard of", "speculative", False),
    ],
)
def test_a_belief_is_no_surer_than_its_ground(own: str, claim: str, is_told: bool) -> None:
    codex = codex_of(
        {
            BELIEF: _belief(f"confidence: {own}", 'depends_on: ["[[sleep heals]]"]'),
            CLAIM: with_fields("type: claim", f"confidence: {claim}"),
        }
    )
    assert reported(codex, "C203") == ([("C203", BELIEF)] if is_told else [])

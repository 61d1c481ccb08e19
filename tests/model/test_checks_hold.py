"""The checks take any notes at all, say the same in any order, and their time grows with the notes only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codex_publisher.model.codex import build_codex
from codex_publisher.model.document import Document
from codex_publisher.model.policy import Policy
from codex_publisher.model.slugs import NotePath
from support.notes import note_of, with_fields
from support.sites import codex_of

POLICY = Policy(date(2026, 11, 21))
MANY = 5000

PATHS = (
    *("inbox/queue/2026-a.md", "inbox/archive/b.md", "claims/c.md", "claims/d e f.md", "beliefs/g.md"),
    *("agents/iris/beliefs.md", "positions/h.md", "maps/m.md", "entities/I j.md", "x.md", "musings/k.md"),
)
NAMES = (
    *("type", "title", "status", "priority", "confidence", "date", "created", "depends_on", "challenges"),
    *("challenged_by", "claims_extracted", "notes", "url", "source", "domain", "enrichments"),
)
VALUES = (
    *("claim", "source", "processed", "null-result", "unprocessed", "high", "likely", "strong", "retired"),
    *("2099-13-40", "2027", '"[[c]]"', '["[[d e f]]", "[[g]]"]', "[a, [b, {c: d}]]", "{a: b}", "", "~", "0"),
    *("'🐝'", '"\\u202e"', "x" * 300, "what? why!"),
)
FIELD = st.tuples(st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), st.text(max_size=20)))
PIECES = (
    "[[c]] ",
    "[[g#x]] ",
    "\n\n## Grounding\n\n",
    "- [[h]]\n",
    "### 1. A\n",
    "<font>",
    "# why?\n",
    "word ",
)
BODY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=10)), max_size=12).map("".join)
NOTE = st.one_of(
    st.builds(
        lambda fields, body: with_fields(*(f"{name}: {value}" for name, value in fields), body=body),
        st.lists(FIELD, max_size=8),
        BODY,
    ),
    st.text(max_size=200),
)
FILES = st.dictionaries(st.sampled_from(PATHS), NOTE, max_size=6)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=FILES)
def test_no_check_fails_and_each_problem_lies_in_its_note(files: dict[str, str]) -> None:
    encoded = {path: text.encode("utf-8", "replace") for path, text in files.items()}
    problems = codex_of(encoded, policy=POLICY).problems
    for problem in problems:
        lines = encoded[problem.path].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
        assert problem.message
        assert len(problem.message) < 2000
    assert codex_of(dict(reversed(encoded.items())), policy=POLICY).problems == problems


def _claims(*lines: str, link: str = "") -> list[str]:
    return [
        with_fields("type: claim", *lines, *([link.format(number)] if link else [])) for number in range(MANY)
    ]


@pytest.mark.parametrize(
    ("texts", "code", "count"),
    [
        (_claims('title: "naps improve recall in adults"'), "N105", MANY - 1),
        (_claims("confidence: proven", link='depends_on: ["[[n0]]"]'), "C104", 0),
        (_claims(link='challenges: ["[[n0]]"]'), "C105", MANY - 1),
        (_claims("confidence: likely", link='challenges: ["[[n0]]"]'), "C103", 1),
        (_claims(link='depends_on: ["[[n{0}]]"]'), "L106", MANY),
    ],
    ids=["one title", "one hub", "one disputed", "one sure of itself", "each on itself"],
)
def test_five_thousand_notes_of_one_sort_are_checked(texts: list[str], code: str, count: int) -> None:
    notes = [note_of(f"claims/n{number}.md", text) for number, text in enumerate(texts)]
    codex = build_codex(notes, {note.path: Document("") for note in notes}, policy=POLICY)
    assert sum(1 for problem in codex.problems if problem.code == code) == count


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_chain_of_five_thousand_is_followed_to_its_end(is_closed: bool) -> None:
    notes = [
        note_of(
            f"claims/n{number}.md", with_fields("type: claim", f'depends_on: ["[[n{(number + 1) % MANY}]]"]')
        )
        for number in range(MANY if is_closed else MANY - 1)
    ]
    codex = build_codex(notes, {note.path: Document("") for note in notes}, policy=POLICY)
    assert sum(1 for problem in codex.problems if problem.code == "C106") == (MANY if is_closed else 0)
    assert NotePath("claims/n0.md") in codex.notes

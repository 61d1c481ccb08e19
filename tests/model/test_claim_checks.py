"""What is wrong with claims, one by one and as they bear on one another."""

from __future__ import annotations

import pytest

from support.notes import reported, with_fields
from support.sites import codex_of

NAPS = "claims/naps help memory.md"
HARM = "claims/long naps harm memory.md"


def _claim(*lines: str, body: str = "They do.\n") -> str:
    return with_fields("type: claim", *lines, body=body)


@pytest.mark.parametrize(
    "ground",
    [
        _claim("source: A trial"),
        _claim("evidence: [three trials]"),
        _claim("depends_on: [what everybody knows, from experience]"),
        _claim(body="See <https://example.org>.\n"),
        _claim(body="See [[a note that is yet to be written]].\n"),
        _claim(body="## Evidence\n\nThree trials.\n"),
    ],
)
def test_a_claim_that_says_where_it_comes_from_is_supported(ground: str) -> None:
    assert reported(codex_of({NAPS: ground}), "C102") == []


def test_a_claim_that_says_nothing_of_it_is_not() -> None:
    assert reported(codex_of({NAPS: _claim()}), "C102") == [("C102", NAPS)]
    assert reported(codex_of({NAPS: _claim(body="See [[naps help memory]].\n")}), "C102") == [("C102", NAPS)]
    assert reported(codex_of({"musings/a.md": with_fields("type: musing")}), "C102") == []


def test_a_source_that_names_the_claim_supports_it() -> None:
    source = with_fields("type: source", "claims_extracted: [naps help memory]")
    assert reported(codex_of({NAPS: _claim(), "inbox/s.md": source}), "C102") == []


@pytest.mark.parametrize(
    ("confidence", "line", "codes"),
    [
        ("likely", "", ["C103"]),
        ("proven", "", ["C103"]),
        ("experimental", "", ["C105"]),
        ("likely", "challenged_by: Some say that they do not", ["C105"]),
        ("likely", 'challenged_by: "[[long naps harm memory]]"', []),
        ("likely", 'related: "[[long naps harm memory]]"', []),
    ],
)
def test_who_is_disputed_should_say_so(confidence: str, line: str, codes: list[str]) -> None:
    codex = codex_of(
        {
            NAPS: _claim(f"confidence: {confidence}", *filter(None, [line])),
            HARM: _claim('challenges: "[[naps help memory]]"'),
        }
    )
    assert [code for code, _ in reported(codex, "C103", "C105")] == codes


def test_a_section_on_what_speaks_against_it_is_an_answer_of_sorts() -> None:
    codex = codex_of(
        {
            NAPS: _claim("confidence: likely", body="## Counter-arguments\n\nThere are some.\n"),
            HARM: _claim('challenges: "[[naps help memory]]"'),
        }
    )
    assert reported(codex, "C103", "C105") == [("C105", HARM)]


def test_a_source_need_not_know_what_it_disputes() -> None:
    codex = codex_of(
        {
            NAPS: _claim('challenged_by: "[[smith]]"'),
            "inbox/smith.md": with_fields("type: source"),
        }
    )
    assert reported(codex, "C103", "C105") == []


@pytest.mark.parametrize(
    ("own", "other", "is_told"),
    [
        ("proven", "likely", True),
        ("likely", "speculative", True),
        ("Likely", "LIKELY", False),
        ("speculative", "proven", False),
        ("certain", "speculative", False),
        ("proven", "", False),
    ],
)
def test_a_claim_is_no_surer_than_what_it_depends_on(own: str, other: str, is_told: bool) -> None:
    codex = codex_of(
        {
            NAPS: _claim(f"confidence: {own}", 'depends_on: ["[[long naps harm memory]]"]'),
            HARM: _claim(f"confidence: {other}"),
        }
    )
    assert reported(codex, "C104") == ([("C104", NAPS)] if is_told else [])


def test_the_weakest_of_several_is_named_where_it_stands() -> None:
    files = {
        NAPS: _claim("confidence: proven", "depends_on:", '  - "[[b]]"', '  - "[[c]]"', '  - "[[d]]"'),
        "claims/b.md": _claim("confidence: likely"),
        "claims/c.md": _claim("confidence: speculative"),
        "claims/d.md": _claim("confidence: experimental"),
    }
    (problem,) = [problem for problem in codex_of(files).problems if problem.code == "C104"]
    assert (problem.line, problem.column) == (6, 6)
    assert "“speculative”" in problem.message


def test_each_note_of_a_circle_is_told_of_the_step_that_leads_on() -> None:
    names = ("a", "b", "c")
    files = {
        f"claims/{one}.md": _claim(f'depends_on: ["[[{other}]]"]')
        for one, other in zip(names, (*names[1:], "a"), strict=True)
    }
    found = [problem for problem in codex_of(files).problems if problem.code == "C106"]
    assert [(problem.path, problem.line) for problem in found] == [(path, 3) for path in files]
    assert all("circle of 3 notes" in problem.message for problem in found)
    assert reported(codex_of({**files, "claims/c.md": _claim()}), "C106") == []


@pytest.mark.parametrize(
    ("path", "kind", "is_told"),
    [
        ("claims/sleep-and-memory.md", "type: claim", True),
        ("claims/sleep-and-memory.md", "title: Sleep and memory", True),
        ("claims/sleep-helps-memory.md", "type: claim", False),
        ("claims/the-two-process-model.md", "type: framework", False),
        ("entities/sleep-lab.md", "type: entity", False),
    ],
)
def test_a_claim_claims_something(path: str, kind: str, is_told: bool) -> None:
    assert reported(codex_of({path: with_fields(kind)}), "C101") == ([("C101", path)] if is_told else [])

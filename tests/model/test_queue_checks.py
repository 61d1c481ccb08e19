"""The status of a source, its place and what came of it should fit together."""

from __future__ import annotations

from datetime import date

import pytest

from codex_publisher.model.policy import Policy, read_policy
from support.notes import reported, with_fields
from support.sites import codex_of

TODAY = date(2026, 11, 21)
QUEUED = "inbox/queue/2026-11-01-smith.md"
DONE = "inbox/archive/2026-11-01-smith.md"


def _source(*lines: str, body: str = "Words.\n") -> str:
    return with_fields("type: source", *lines, body=body)


@pytest.mark.parametrize(
    "result",
    [
        _source("status: processed", "claims_extracted: [a]"),
        _source("status: processed", "enrichments_applied: [a]"),
        _source("status: processed", "notes: Nothing new"),
        _source("status: processed", "extraction_notes: Nothing new"),
        _source("status: processed", body="## Agent Notes\n\nNothing new.\n"),
        _source("status: processed", body="## Key Facts\n\n- One\n"),
        _source("status: unprocessed"),
    ],
)
def test_a_source_of_which_something_came_is_processed(result: str) -> None:
    assert reported(codex_of({DONE: result}), "Q101") == []


@pytest.mark.parametrize("empty", ["", "claims_extracted: []", "notes:", "enrichments: []"])
def test_an_empty_result_is_none(empty: str) -> None:
    source = _source("status: processed", *filter(None, [empty]))
    assert reported(codex_of({DONE: source}), "Q101") == [("Q101", DONE)]


def test_a_claim_that_cites_the_source_is_a_result_and_a_map_is_not() -> None:
    source = _source("status: processed")
    link = "[[2026-11-01-smith]]\n"
    cited = {DONE: source, "claims/a.md": with_fields("type: claim", body=link)}
    listed = {DONE: source, "maps/a.md": with_fields("type: map", body=link)}
    assert reported(codex_of(cited), "Q101") == []
    assert reported(codex_of(listed), "Q101") == [("Q101", DONE)]


def test_a_null_result_says_why_even_if_a_claim_cites_it() -> None:
    files = {DONE: _source("status: Null Result"), "claims/a.md": "[[2026-11-01-smith]]\n"}
    assert reported(codex_of(files), "Q102") == [("Q102", DONE)]
    assert reported(codex_of({DONE: _source("status: null-result", "notes: Old news")}), "Q102") == []


@pytest.mark.parametrize(
    ("priority", "days", "is_told"),
    [
        *(("high", 14, False), ("high", 15, True), ("Medium", 60, False), ("medium", 61, True)),
        *(("low", 180, False), ("low", 181, True), ("", 180, False), ("", 181, True), ("urgent", 100, False)),
    ],
)
def test_a_source_may_wait_as_long_as_its_priority_allows(priority: str, days: int, is_told: bool) -> None:
    since = date.fromordinal(TODAY.toordinal() - days)
    codex = codex_of({QUEUED: _source(f"priority: {priority}", f"created: {since}")}, policy=Policy(TODAY))
    assert reported(codex, "Q103") == ([("Q103", QUEUED)] if is_told else [])


def test_the_days_can_be_settled() -> None:
    files = {QUEUED: _source("priority: high", "created: 2026-11-01")}
    policy = read_policy({"queue_days": {"high": 20}}, TODAY)
    assert reported(codex_of(files, policy=policy), "Q103") == []


def test_git_tells_since_when_a_source_waits_where_no_field_does() -> None:
    files = {QUEUED: _source("priority: high", "date: 1965")}
    unknown = codex_of(files, policy=Policy(TODAY))
    assert "after its own date" in next(one.message for one in unknown.problems if one.code == "Q103")
    late = codex_of(files, policy=Policy(TODAY), added=lambda path: date(2026, 11, 20))
    assert reported(late, "Q103") == []
    early = codex_of(files, policy=Policy(TODAY), added=lambda path: date(2026, 10, 20))
    assert "has waited 32 days" in next(one.message for one in early.problems if one.code == "Q103")


def test_without_a_day_to_count_to_nothing_is_late() -> None:
    assert reported(codex_of({QUEUED: _source("priority: high", "created: 1999")}), "Q103") == []


@pytest.mark.parametrize(
    ("path", "status", "codes"),
    [
        (QUEUED, "processed", ["Q104"]),
        (QUEUED, "null-result", ["Q104"]),
        (QUEUED, "unprocessed", []),
        (QUEUED, "on hold", []),
        (DONE, "unprocessed", ["Q105"]),
        (DONE, "processing", ["Q105"]),
        (DONE, "processed", []),
        (DONE, "on hold", []),
    ],
)
def test_place_and_status_fit_together(path: str, status: str, codes: list[str]) -> None:
    codex = codex_of({path: _source(f"status: {status}"), "inbox/queue/2026-11-02-chen.md": _source()})
    assert reported(codex, "Q104", "Q105") == [(code, path) for code in codes]


def test_without_a_queue_the_archive_is_where_all_sources_are() -> None:
    assert reported(codex_of({DONE: _source("status: unprocessed")}), "Q105") == []

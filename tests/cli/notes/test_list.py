"""`codex list`: which notes, in which order, in which form."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from support.notes import with_fields
from support.repositories import commit_files
from support.sites import write_codex

Run = Callable[..., Result]


def _paths(answer: Result) -> list[str]:
    assert answer.exit_code == 0, answer.output
    return answer.stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "stems"),
    [
        (["--kind", "claim"], ["bees sleep at night", "bees rest their wings"]),
        (["--kind", "claim", "--kind", "map"], ["bees sleep at night", "bees rest their wings", "rest"]),
        (["--kind", "claim", "--tag", "Rest"], ["bees sleep at night"]),
        (["--status", "Unprocessed", "--priority", "HIGH"], ["2026-02-03-smith-naps"]),
        (["--author", "jane_smith"], ["2026-02-03-smith-naps"]),
        (["--year", "2025"], ["2025-05-06-lee-diets"]),
        (["--confidence", "proven", "--domain", "sleep"], ["bees rest their wings"]),
        (["--format", "essay"], ["2025-05-06-lee-diets"]),
        (["--status", "null-result"], []),
        (["--kind", "musing"], []),
        (["--year", "1999"], []),
    ],
)
def test_notes_are_found_by_their_values(
    codex: Path, run: Run, arguments: list[str], stems: list[str]
) -> None:
    assert [Path(path).stem for path in _paths(run("list", "--paths", *arguments))] == stems


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["--domain", "slep"], "Did you mean “sleep”?"),
        (["--domain", "sle"], "Did you mean “sleep”?"),
        (["--status", "procesed"], "“processed”"),
        (["--kind", "clam"], "“claim”"),
        (["--tag", "zzzzzz"], "No note has the tag “zzzzzz”."),
        (["--year", "12"], "No note has the year “12”."),
    ],
)
def test_a_value_that_no_note_has_is_refused_with_the_nearest(
    codex: Path, run: Run, arguments: list[str], near: str
) -> None:
    answer = run("list", *arguments)
    assert answer.exit_code == 2
    assert near in answer.stderr
    assert answer.stdout == ""


def test_the_newest_come_first_and_the_number_may_be_limited(codex: Path, run: Run) -> None:
    assert _paths(run("list", "--paths", "--limit", "2")) == [
        "inbox/queue/2026-02-03-smith-naps.md",
        "claims/bees sleep at night.md",
    ]


def test_by_title_and_by_links(codex: Path, run: Run) -> None:
    titles = [Path(path).stem for path in _paths(run("list", "--paths", "--sort", "title"))]
    assert titles[:3] == ["bees rest their wings", "bees sleep at night", "2025-05-06-lee-diets"]
    linked = _paths(run("list", "--paths", "--sort", "links"))
    assert linked[0] == "claims/bees sleep at night.md"


def test_by_age_what_waits_longest_comes_first_as_fields_git_and_dates_tell(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def source(*lines: str) -> str:
        return with_fields("type: source", "status: unprocessed", *lines)

    folder = tmp_path / "codex"
    commit_files(folder, {"b-git.md": source("date: 1999-01-01")}, on="2026-01-02")
    commit_files(folder, {"later.md": source("date: 1999-01-01")}, on="2026-01-05")
    write_codex(
        folder,
        {
            "a-created.md": source("created: 2026-01-01"),
            "c-date.md": source("date: 2026-01-03"),
            "d-unknown.md": source(),
            "a-processed.md": with_fields("type: source", "status: processed", "date: 1990-01-01"),
        },
    )
    monkeypatch.chdir(folder)
    assert _paths(run("list", "--paths", "--sort", "age")) == [
        *("a-created.md", "b-git.md", "later.md"),
        # Git knows others, so these have only just come.
        *("c-date.md", "d-unknown.md"),
        "a-processed.md",
    ]


def test_a_program_gets_tabs_and_whole_titles(codex: Path, run: Run) -> None:
    answer = run("list", "--tag", "rest", "--kind", "source")
    facts = ["source", "unprocessed", "high", "", "sleep", "2026-02-03", "Naps: a survey"]
    assert answer.stdout == "\t".join([*facts, "inbox/queue/2026-02-03-smith-naps.md"]) + "\n"
    assert answer.stderr == ""


def test_json_is_an_array_of_objects(codex: Path, run: Run) -> None:
    (found,) = json.loads(run("list", "--json", "--status", "unprocessed").stdout)
    queued = date(2026, 2, 10)
    shown = json.loads(run("show", "Naps: a survey", "--json").stdout)
    assert found.pop("problem_count") == len(shown["problems"])
    assert found == {
        "path": "inbox/queue/2026-02-03-smith-naps.md",
        "kind": "source",
        "title": "Naps: a survey",
        "description": "",
        "status": "unprocessed",
        "priority": "high",
        "confidence": "",
        "domains": ["sleep"],
        "tags": ["rest"],
        "aliases": [],
        "agents": [],
        "authors": ["Jane Smith"],
        "format": "paper",
        "url": "https://example.org/naps",
        "date": "2026-02-03",
        "waiting_days": max(0, (date.today() - queued) // timedelta(days=1)),
        "linked_from": 0,
    }
    assert json.loads(run("list", "--json", "--year", "1999").stdout) == []
    assert len(json.loads(run("list", "--json").stdout)) == 5


def test_a_person_gets_a_table_that_fits_without_what_was_asked_for(
    codex: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codex_publisher.cli.list.writes_to_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    answer = run("list", "--kind", "claim", "--sort", "links")
    assert answer.stdout.splitlines() == [
        "CONFIDENCE  DOMAIN  DATE        LINKS  TITLE",
        "likely      sleep   2026-01-05  2      bees sleep at night",
        "proven      sleep   2026-01-04  1      bees rest their wings",
    ]
    assert answer.stderr == "2 notes\n"
    narrow = run("list", "--kind", "claim", "--limit", "1")
    assert "1" in narrow.stderr
    assert all(len(line) <= 60 for line in narrow.stdout.splitlines())


def test_that_no_note_has_all_of_it_is_no_failure(
    codex: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("list", "--kind", "map", "--status", "processed")
    answer = run(*arguments)
    assert (answer.exit_code, answer.stdout) == (0, "")
    monkeypatch.setattr("codex_publisher.cli.list.writes_to_terminal", lambda: True)
    assert run(*arguments).output == "0 notes\n"


@pytest.fixture
def hostile(codex: Path) -> Path:
    title = "\\e[31mred \\u202e turned"
    text = f'---\ntype: claim\ntitle: "{title}"\ndomain: "\\e]0;x\\a"\n---\n\nText.\n'
    name = os.fsencode(codex) + b"/claims/a \x1b[2J\nb \xff.md"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(text.encode())
    return codex


@pytest.mark.parametrize("form", [[], ["--paths"], ["--json"]])
def test_no_note_can_steer_the_terminal(hostile: Path, run: Run, form: list[str]) -> None:
    answer = run("list", "--kind", "claim", *form)
    assert answer.exit_code == 0
    for steering in "\x1b\x07\u202e\udcff":
        assert steering not in answer.output
    if form != ["--json"]:
        assert len(answer.stdout.splitlines()) == 3
    elif form:
        assert len(json.loads(answer.stdout)) == 3
        assert answer.stdout.isascii()


def test_paths_that_end_in_nul_are_exact(hostile: Path, run: Run) -> None:
    answer = run("list", "--kind", "claim", "-0")
    paths = answer.stdout_bytes.split(b"\0")
    assert b"claims/a \x1b[2J\nb \xff.md" in paths
    assert all((hostile / os.fsdecode(path)).is_file() for path in paths if path)

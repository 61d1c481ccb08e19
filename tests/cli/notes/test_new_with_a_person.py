"""`codex new` on a terminal: what is missing is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from support.written import fields_of, files_in

Run = Callable[..., Result]


def test_a_person_is_asked_for_what_is_missing(codex: Path, run: Run, person: None) -> None:
    answers = ["Wasps", "Ann Lee", "", "slep", "y", "paper", "", "bees, papre"]
    answer = run("new", "source", "https://example.org/2026/03/12/wasps", answers="\n".join(answers) + "\n")
    assert answer.exit_code == 0, answer.output
    assert "Did you mean “sleep”?" in answer.stderr
    assert "The tag “papre” is new." in answer.stderr
    assert answer.stdout.splitlines()[-1] == "inbox/queue/2026-03-12-lee-wasps.md"
    fields = fields_of(codex / "inbox" / "queue" / "2026-03-12-lee-wasps.md")
    assert (fields["domain"], fields["date"], fields["priority"]) == ("sleep", "2026-03-12", "medium")
    assert fields["tags"] == ("bees", "papre")


def test_a_person_is_asked_again_after_a_slip(codex: Path, run: Run, person: None) -> None:
    answers = ["wasps never sleep", "nowhere", "n", "sleep", "Seen.", "sure", "proven", "", ""]
    answer = run("new", "claim", answers="\n".join(answers) + "\n")
    assert answer.exit_code == 0, answer.output
    assert "No note has the domain “nowhere”." in answer.stderr
    assert "“sure” is not one of" in answer.stderr
    assert fields_of(codex / "claims" / "wasps never sleep.md")["confidence"] == "proven"


def test_a_name_that_is_taken_is_said_before_all_else_is_asked(codex: Path, run: Run, person: None) -> None:
    for arguments in (["bees sleep at night"], ["wasps never sleep", "--name", "rest"]):
        answer = run("new", "claim", *arguments, answers="")
        assert answer.exit_code == 2
        assert "There is a note of that name already" in answer.stderr


def test_a_person_may_think_better_of_it(codex: Path, run: Run, person: None) -> None:
    before = files_in(codex)
    answer = run("new", "claim", "at night bees do sleep", answers="n\n")
    assert answer.exit_code == 2
    assert "Nothing was written." in answer.stderr
    assert files_in(codex) == before
    assert run("new", "claim", "at night bees do sleep", answers="").exit_code
    assert files_in(codex) == before

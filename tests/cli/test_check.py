"""`codex check` as a person meets it: what it says, where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codex_publisher.cli.main import main
from support.sites import PROJECT, REAL_CODEX, write_codex

CLAIM = "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: Two studies.\n---\n\n"
FILES: dict[str, str | bytes] = {
    # These tests are about telling, not about what claims rest on.
    "mkdocs.yml": "extra:\n  codex:\n    checks: {ignore: [C, Q]}\n",
    "claims/bees sleep.md": f"{CLAIM}They do.\n",
    "claims/naps help.md": f"{CLAIM}It follows from [[bees sleeep]], and from [[bees sleep]].\n",
    "inbox/queue/broken.md": "---\ntype: source\ntype: source\n---\n\nText.\n",
    "README.md": "Not a note.\n",
}
Check = Callable[..., Result]


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_codex(tmp_path / "codex", FILES)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def check(codex: Path) -> Check:
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


def test_a_problem_is_told_with_its_line_and_a_caret_under_the_place(check: Check) -> None:
    answer = check("claims")
    assert answer.exit_code == 0
    assert answer.output == (
        "claims/naps help.md:8:17: L101 No note is called “bees sleeep”. (did you mean “bees sleep”?)\n"
        "    8 | It follows from [[bees sleeep]], and from [[bees sleep]].\n"
        "      |                 ^\n"
        "\n"
        "1 problem in 1 of 2 notes: 1 warning.\n"
    )


def test_an_error_ends_it_with_1_and_a_warning_only_if_asked(check: Check) -> None:
    assert check().exit_code == 1
    assert check("claims").exit_code == 0
    assert check("claims", "--fail-on", "warning").exit_code == 1
    assert check("claims", "--fail-on", "warning", "--ignore", "L101").exit_code == 0


def test_nothing_wrong_is_said_in_a_line(check: Check) -> None:
    answer = check("claims/bees sleep.md")
    assert (answer.exit_code, answer.output) == (0, "No problems in 1 note.\n")


def test_the_health_is_told_with_all_problems_and_not_with_some(check: Check) -> None:
    # Of three notes, one is in good order, one has a warning and one an error.
    assert check().output.endswith(". Health 50 of 100.\n")
    for narrowed in (["claims"], ["--ignore", "L"], ["--severity", "warning"], ["--format", "json"]):
        assert "Health" not in check(*narrowed).output


def test_rules_are_chosen_by_codes_and_their_beginnings(check: Check) -> None:
    assert set(_codes(check("--select", "L,f104"))) == {"L101", "F104"}
    assert set(_codes(check("--select", "F", "--ignore", "F2"))) == {"F104"}
    assert "L101" not in _codes(check("--ignore", "l"))
    assert set(_codes(check("--severity", "error"))) == {"F104"}


def test_paths_are_meant_from_where_one_stands(codex: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(codex / "inbox")
    answer = CliRunner().invoke(main, ["check", "queue", "--severity", "error"])
    assert answer.output.startswith("queue/broken.md:3:1: F104 ")
    answer = CliRunner().invoke(main, ["check", "../claims/naps help.md"])
    assert answer.output.startswith("../claims/naps help.md:8:17: L101 ")
    assert _codes(CliRunner().invoke(main, ["check", ".."])) == _codes(CliRunner().invoke(main, ["check"]))


def test_a_file_that_is_no_note_is_no_hindrance(check: Check, codex: Path) -> None:
    (codex.parent / "README.md").write_text("Of the repository around it.\n", "utf-8")
    answer = check("README.md", "../README.md")
    assert (answer.exit_code, answer.stdout) == (0, "No problems in 0 notes.\n")
    assert answer.stderr == "No note, and so passed over: “README.md”, “../README.md”.\n"
    answer = check("README.md", "claims", "inbox/queue/broken.md")
    assert answer.exit_code == 1
    assert answer.stderr == "No note, and so passed over: “README.md”.\n"
    assert "3 notes" in answer.stdout


def test_of_many_files_that_are_no_notes_some_are_named(codex: Path, check: Check) -> None:
    names = [f"docs/README.{number}.txt" for number in range(9)]
    write_codex(codex, dict.fromkeys(names, "x"))
    assert check(*names).stderr.endswith("“docs/README.4.txt” and 4 others.\n")


def test_a_hook_that_names_no_note_does_not_fail_before_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_codex(tmp_path, {"README.md": "Soon.\n"}))
    assert CliRunner().invoke(main, ["check", "README.md"]).exit_code == 0
    assert CliRunner().invoke(main, ["check"]).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.md"], "There is nothing at nowhere.md."),
        ([".."], "is outside the codex"),
        (["--select", "L1O1"], "Did you mean L101?"),
        (["--ignore", "wiki"], "No rule has the code “wiki”"),
        (["--changed-since", "main"], "is in no Git repository"),
        (["--write-baseline"], "--write-baseline needs --baseline FILE"),
        (["--baseline", "new.json", "claims"], "A baseline is written of the whole codex"),
    ],
)
def test_what_it_cannot_do_ends_it_with_2_and_a_sentence(
    check: Check, arguments: list[str], sentence: str
) -> None:
    answer = check(*arguments)
    assert answer.exit_code == 2
    assert sentence in " ".join(answer.output.split())


def test_a_folder_without_notes_is_not_taken_for_a_healthy_codex(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])
    assert answer.exit_code == 2
    assert "There is no note in" in answer.output


def test_many_problems_are_also_counted_by_rule(codex: Path, check: Check) -> None:
    (codex / "claims" / "many.md").write_text(CLAIM + "[[nothing]]\n\n" * 12, "utf-8")
    last = check().output.splitlines()[-10:]
    assert "      1  F104  error    A field stands twice" in last
    assert "     13  L101  warning  A link to a note that is not written yet" in last


def test_what_is_said_of_a_whole_note_has_no_caret_but_a_first_link_has(codex: Path, check: Check) -> None:
    (codex / "claims" / "plain.md").write_text("[[nothing]]\n", "utf-8")
    assert check("claims/plain.md").output.splitlines()[:-2] == [
        "claims/plain.md:1:1: F101 This note does not begin with front matter. (begin it with a line `---`, "
        "lines such as `type: claim`, and another line `---`)",
        "claims/plain.md:1:1: L101 No note is called “nothing”.",
        "    1 | [[nothing]]",
        "      | ^",
    ]


HOSTILE = "\x1b]0;owned\x07\x1b[31m\u202e[[no\x1b[2Jne]] \x9b31m \u2066x"


def test_nothing_of_a_note_is_obeyed_by_a_terminal(codex: Path) -> None:
    name = "claims/\x1b[2J\x07evil\u202e.md"
    text = f'---\ntype: claim\ntitle: "{HOSTILE}"\nstatus: {HOSTILE}\n---\n\n{HOSTILE}\n'
    (codex / name).write_text(text, "utf-8")
    for form in ("text", "json", "github", "sarif"):
        answer = CliRunner().invoke(main, ["check", "--format", form])
        assert "evil" in answer.output
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", answer.output), form


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_is_told_in_every_form(codex: Path) -> None:
    path = os.fsencode(codex / "claims") + b"/caf\xe9, 50%\n::error::x.md"
    Path(os.fsdecode(path)).write_text("no front matter", "utf-8")
    for form in ("text", "json", "github", "sarif"):
        answer = CliRunner().invoke(main, ["check", "--format", form])
        assert answer.exit_code == 1, answer.output
        assert not re.search("^::error::", answer.output, re.MULTILINE)


def test_the_real_command_runs_where_only_ascii_is_written(codex: Path) -> None:
    command = [str(Path(sys.executable).with_name("codex")), "check", "claims"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=codex, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"claims/naps help.md:8:17: L101 No note is called ?bees sleeep?.")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to look at")
@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_whose_owner_wants_them(
    codex: Path, variables: dict[str, str], coloured: bool
) -> None:
    ours, theirs = os.openpty()
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    subprocess.run(
        [str(Path(sys.executable).with_name("codex")), "check", "inbox", "--severity", "error"],
        cwd=codex,
        env={**plain, "TERM": "xterm", **variables},
        stdout=theirs,
        check=False,
    )
    os.close(theirs)
    seen = os.read(ours, 10_000)
    os.close(ours)
    assert b"F104" in seen
    assert (b"\x1b[" in seen) is coloured


@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not on this machine")
def test_the_real_codex_is_checked_by_the_real_command() -> None:
    command = [str(Path(sys.executable).with_name("codex")), "-C", str(REAL_CODEX), "check", "-f", "json"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert found["summary"]["problems"] == len(found["problems"]) > 0
    assert all((REAL_CODEX / problem["path"]).exists() for problem in found["problems"])


def _codes(answer: Result) -> list[str]:
    return re.findall(r"^\S.*?:\d+:\d+: ([A-Z]\d{3}) ", answer.output, re.MULTILINE)

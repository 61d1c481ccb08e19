"""What the guide shows of the command is what the command says of the sample codex."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import main
from support.notes import with_fields
from support.repositories import commit_files, run_git
from support.sites import PROJECT, write_codex

DOCS = PROJECT / "docs"
GUIDE = DOCS / "writing-with-codex.md"
CONSOLE = re.compile(r"```console\n\$ codex ((?:.*\\\n)*.*)\n((?:(?!```)(?:.|\n))*)```")
DAY_OF_WRITING = re.compile(r"^created: \S+", re.MULTILINE)
SHOWN = [
    (command, output)
    for command, output in CONSOLE.findall(GUIDE.read_text("utf-8"))
    if "[Y/n]" not in output
]


def printed(command: str, monkeypatch: pytest.MonkeyPatch, folder: Path, columns: int = 80) -> str:
    """What a person at a terminal of so many columns sees."""
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("codex_publisher.cli.list.writes_to_terminal", lambda: True)
    monkeypatch.chdir(folder)
    return CliRunner().invoke(main, shlex.split(command.replace("\\\n", ""))).output


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_an_example_is_what_the_command_says(
    command: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = printed(command, monkeypatch, PROJECT)
    assert DAY_OF_WRITING.sub("created:", said) == DAY_OF_WRITING.sub("created:", output)


def test_every_subcommand_here_is_shown_in_an_example() -> None:
    assert {command.split()[0] for command, _ in SHOWN} == {"list", "new", "show"}


CHECKED = {
    "claims/bees are asleep at night.md": with_fields(
        *("type: claim", "domain: insects", "confidence: likely", "description: Filmed in three hives."),
        "source: films",
    ),
    "inbox/archive/2026-03-12-smith-bees.md": with_fields(
        *("type: source", "title: On the sleep of bees", "url: https://example.org/bees", "date: 2026-02-30"),
        *("domain: biology", "domain: insects", "status: processed", "notes: Nothing new."),
    ),
}
NEW = {
    "claims/naps help.md": with_fields(
        *("type: claim", "domain: sleep", "confidence: pretty sure", "description: Seen in three trials."),
        body="\nIt follows from [[bees are asleep by night]], and from what else we know.\n",
    ),
}


def test_what_checking_shows_is_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_files(tmp_path, CHECKED, on="2026-10-01")
    run_git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    write_codex(tmp_path, NEW)
    shown = dict(CONSOLE.findall((DOCS / "checking.md").read_text("utf-8")))
    # The other one is about a large codex.
    assert len(shown) == 4
    for command in ("check", "check --changed-since origin/main", "check --format github --severity error"):
        assert printed(command, monkeypatch, tmp_path, columns=100) == shown[command]


MENDED = {
    "claims/short naps improve recall.md": with_fields(
        *("type: claim", "domain: sleep", "confidence: likely", "description: Three trials."),
        body="\nIt rests on [[2026-03-12-smith-naps-and-recall]].\n",
    ),
    "inbox/queue/2026-03-12-smith-naps-and-recall.md": with_fields(
        *("type: source", 'title: "Naps and recall: a survey"'),
        *("source_url: https://example.org/naps   # the preprint", "date: 2026/3/12", "domain: sleep"),
        *("status: Unprocessed", "tags: [memory, sleep, Memory]"),
        body="\nIt would follow that [[short naps improve recall.md]].\n",
    ),
}
LEFT = {"inbox/queue/naps.md": with_fields("type: source", "source_url: https://example.org/naps", "url:")}


def test_what_mending_shows_is_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_codex(tmp_path, MENDED)
    shown = CONSOLE.findall((DOCS / "mending.md").read_text("utf-8"))
    commands = [command for command, _ in shown]
    assert [command.split()[0] for command in commands] == ["check", "check", "move", "rename", "rename"]
    for command, output in shown:
        if command == "check --fix":
            printed(command, monkeypatch, tmp_path)
            write_codex(tmp_path, LEFT)
        said = "\n".join(line.rstrip() for line in printed(command, monkeypatch, tmp_path).split("\n"))
        assert said.startswith(output)

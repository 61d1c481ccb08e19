"""What the guide shows of the command is what the command says of the sample codex."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import main
from support.sites import PROJECT

GUIDE = PROJECT / "docs" / "writing-with-codex.md"
CONSOLE = re.compile(r"```console\n\$ codex ((?:.*\\\n)*.*)\n([^`]*)```")
DAY_OF_WRITING = re.compile(r"^created: \S+", re.MULTILINE)
SHOWN = [
    (command, output)
    for command, output in CONSOLE.findall(GUIDE.read_text("utf-8"))
    if "[Y/n]" not in output
]


def printed(command: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    """What a person at a terminal of eighty columns sees."""
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
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

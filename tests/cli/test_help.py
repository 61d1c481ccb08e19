"""The help of `codex`: whoever types its examples gets what they promise."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import COMMANDS, SECTIONS, main
from support.notes import with_fields
from support.repositories import commit_files, run_git

CLAIM = "claims/short naps improve recall in adults.md"
NOTES: dict[str, str | bytes] = {
    CLAIM: with_fields("type: claim", "domain: health", "confidence: likely", "description: Tried."),
    "claims/short naps help.md": with_fields(
        *("type: claim", "title: short naps help", "aliases: [naps]", "domain: health", "tags: [sleep]"),
        *("confidence: likely", "description: Seen thrice."),
    ),
    "inbox/queue/2026-03-12-smith-naps-and-recall.md": with_fields(
        *("type: source", "title: Naps and recall", "url: https://example.org/recall", "date: 2026-03-12"),
        *("domain: health", "status: unprocessed", "priority: high", "aliases: [naps-and-recall]"),
    ),
}
ASKING = {
    "codex new source https://example.org/naps",
    'codex new claim "short naps improve recall in adults"',
}
"""What asks for more, if anybody is there."""


def _commands(command: click.Command, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield names
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner
            yield from _commands(inner, (*names, name))


def _help(*names: str) -> str:
    answer = CliRunner().invoke(main, [*names, "--help"], terminal_width=100)
    assert answer.exit_code == 0
    return answer.output


def _examples() -> Iterator[str]:
    for names in _commands(main):
        text = re.sub(r"\s*\\\n\s*", " ", _help(*names))
        for line in re.findall(r"^    (codex .*)$", text, re.MULTILINE):
            # What stands behind is a remark, or goes on in the shell.
            yield re.split(r"\s{2,}|\s\|", line)[0]


EXAMPLES = sorted(set(_examples()))


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_help_does_what_it_says(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    _, command, *arguments = shlex.split(example)
    taken = {"new": NOTES.keys(), "rename": {CLAIM}}.get(command, set())
    notes = {"README.md": "Naps.\n", **{path: text for path, text in NOTES.items() if path not in taken}}
    commit_files(tmp_path, notes, on="2026-10-01")
    run_git(tmp_path, "switch", "--create", "naps")
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(main, [command, *arguments], catch_exceptions=False)
    if example in ASKING:
        assert answer.exit_code == 2
        assert "run the command at a terminal, where it asks" in answer.output
    else:
        assert answer.exit_code == 0, answer.output
        assert answer.output.strip()


@pytest.mark.parametrize("names", list(_commands(main)), ids=" ".join)
def test_nothing_of_the_help_is_cut_off_or_shows_its_marks(names: tuple[str, ...]) -> None:
    text = _help(*names)
    assert "\b" not in text
    assert r"\b" not in text
    assert "..." not in text.replace("]...", "")


def test_each_subcommand_has_an_example() -> None:
    assert {shlex.split(example)[1] for example in EXAMPLES} == set(COMMANDS)


def test_without_a_subcommand_the_help_is_shown_below_headings() -> None:
    answer = CliRunner().invoke(main, [])
    assert answer.output == CliRunner().invoke(main, ["--help"]).output
    assert re.findall(r"^(\w[\w ]*):$", answer.output, re.MULTILINE) == ["Options", *SECTIONS]

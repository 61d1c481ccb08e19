"""What a shell completes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import Result

from codex_publisher.cli.main import main

Run = Callable[..., Result]


def _completed(*words: str) -> list[str]:
    *before, typed = words
    shell = ShellComplete(main, {}, "codex", "_CODEX_COMPLETE")
    return [item.value for item in shell.get_completions(before, typed)]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_lines_that_it_can_read(run: Run, shell: str, tmp_path: Path) -> None:
    answer = run("completion", shell)
    assert answer.exit_code == 0, answer.output
    assert "_CODEX_COMPLETE" in answer.stdout
    if program := shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(answer.stdout, "utf-8")
        subprocess.run([program, "-n", str(script)], check=True)


def test_values_are_completed_as_slugs_the_commonest_first(codex: Path) -> None:
    assert _completed("list", "--tag", "") == ["bees", "rest"]
    assert _completed("list", "--domain", "sl") == ["sleep"]
    assert _completed("new", "claim", "--domain", "") == ["sleep", "diet"]
    assert _completed("list", "--confidence", "") == ["likely", "proven", "experimental", "speculative"]


def test_names_of_notes_are_completed_by_what_finds_them(codex: Path, run: Run) -> None:
    assert _completed("show", "bees-") == ["bees-rest-their-wings", "bees-sleep-at-night"]
    assert run("show", "bees-sleep-at-night").exit_code == 0


def test_the_codex_that_is_named_is_the_one_that_is_asked(
    codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _completed("-C", str(codex), "list", "--domain", "d") == ["diet"]


def test_a_folder_that_cannot_be_read_completes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _completed("-C", "nowhere", "show", "") == []
    (tmp_path / "mkdocs.yml").write_text("extra: [\n", "utf-8")
    assert _completed("show", "") == []

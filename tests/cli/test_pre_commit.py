"""What pre-commit reads of this repository, so that a codex can have its notes checked before each commit."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import yaml

from codex_publisher.cli.main import COMMANDS
from support.sites import PROJECT

HOOKS: list[dict[str, Any]] = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
KNOWN_KEYS = {
    *("id", "name", "description", "entry", "language", "types", "files", "args"),
    *("pass_filenames", "require_serial", "always_run", "stages", "minimum_pre_commit_version"),
}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_a_subcommand_that_is_there(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language"} <= hook.keys() <= KNOWN_KEYS
    assert hook["language"] == "python"
    program, subcommand, *_ = hook["entry"].split()
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert program in project["scripts"]
    assert subcommand in COMMANDS


def test_the_hook_that_the_guide_names_is_there() -> None:
    guide = (PROJECT / "docs" / "writing-with-codex.md").read_text("utf-8")
    (block,) = (part for part in guide.split("```") if part.startswith("yaml\nrepos:"))
    (repository,) = yaml.safe_load(block.removeprefix("yaml\n"))["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in HOOKS]

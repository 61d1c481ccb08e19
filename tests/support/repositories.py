"""Git repositories made for tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from support.sites import write_codex


def run_git(folder: Path, *arguments: str, on: str = "2026-01-01", by: str = "Ann Smith") -> bytes:
    """Have Git do something on a day, by a person."""
    facts = {"NAME": by, "EMAIL": "ann@example.org", "DATE": f"{on}T12:00:00+00:00"}
    who = {f"GIT_{role}_{fact}": facts[fact] for role in ("AUTHOR", "COMMITTER") for fact in facts}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **who}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, env=environment, capture_output=True).stdout


def commit_files(folder: Path, files: Mapping[str, str | bytes], on: str, by: str = "Ann Smith") -> None:
    """Write files and commit all that stands in the folder, which becomes a repository if need be."""
    if not (folder / ".git").exists():
        folder.mkdir(exist_ok=True)
        run_git(folder, "init", "--initial-branch=main")
    write_codex(folder, files)
    run_git(folder, "add", "--all")
    run_git(folder, "commit", "--allow-empty-message", "--message=", on=on, by=by)

"""Laying the notes of a pull request over the publisher of its base."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.repositories import commit_files, run_git
from support.sites import PROJECT
from support.small_codex import PIXEL

SCRIPT = PROJECT / "scripts" / "take_notes.py"
SETTINGS = "site_name: Bees\nextra:\n  codex:\n    notes: [inbox, docs/claims]\n"
BASE: dict[str, str | bytes] = {
    "mkdocs.yml": SETTINGS,
    "hooks/publish.py": "the publisher",
    "docs/about.md": "about",
    "docs/claims/old.md": "old",
    "docs/claims/gone.md": "gone",
    "inbox/source.md": "source",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    commit_files(tmp_path, BASE, on="2026-01-01")
    run_git(tmp_path, "checkout", "-b", "proposed")
    return tmp_path


def propose(repository: Path, files: dict[str, str | bytes]) -> tuple[int, str, str, str]:
    """Commit a change, go back to the base, and take the notes of it: code, output, builder, summary."""
    commit_files(repository, files, on="2026-01-02")
    run_git(repository, "switch", "--detach", "main")
    output, summary = (
        repository.parent / f"{repository.name}-output",
        repository.parent / f"{repository.name}-summary",
    )
    environment = {
        **{name: value for name, value in os.environ.items() if name != "CODEX_ROOT"},
        "PYTHONPATH": str(PROJECT / "hooks"),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    command = [sys.executable, str(SCRIPT), "proposed"]
    found = subprocess.run(
        command, cwd=repository, env=environment, capture_output=True, text=True, check=False
    )
    told = [path.read_text("utf-8") if path.exists() else "" for path in (output, summary)]
    return found.returncode, found.stdout + found.stderr, told[0], told[1]


def test_notes_and_their_pictures_are_taken(repository: Path) -> None:
    (repository / "docs" / "claims" / "gone.md").unlink()
    code, _, builder, summary = propose(
        repository,
        {"docs/claims/old.md": "mended", "docs/claims/deep/new.md": "new", "inbox/picture.png": PIXEL},
    )
    assert (code, builder, summary) == (0, "builder=same\n", "")
    assert (repository / "docs" / "claims" / "old.md").read_text() == "mended"
    assert (repository / "docs" / "claims" / "deep" / "new.md").read_text() == "new"
    assert (repository / "inbox" / "picture.png").read_bytes() == PIXEL
    assert not (repository / "docs" / "claims" / "gone.md").exists()


@pytest.mark.parametrize(
    "path",
    [
        "hooks/publish.py",
        "hooks/new.md",
        "mkdocs.yml",
        "docs/about.md",
        "docs/claims/script.html",
        "docs/claims/.gitattributes",
        "inbox/hook.py",
        ".github/workflows/check.yml",
        "constraints.txt",
        "claims/elsewhere.md",
    ],
)
def test_whatever_is_not_a_note_stays_as_it_is_in_the_base(repository: Path, path: str) -> None:
    code, told, builder, summary = propose(repository, {path: "changed", "inbox/new.md": "new"})
    assert (code, builder) == (0, "builder=changed\n")
    assert "This pull request changes the publisher" in summary
    assert f"  {path}\n" in told
    assert (repository / "inbox" / "new.md").read_text() == "new"
    before = BASE.get(path)
    assert ((repository / path).read_text() if (repository / path).exists() else None) == before


def test_a_symbolic_link_is_not_followed_or_made(repository: Path) -> None:
    (repository / "docs" / "claims" / "old.md").unlink()
    (repository / "docs" / "claims" / "old.md").symlink_to("../../mkdocs.yml")
    (repository / "inbox" / "new.md").symlink_to("/etc/hostname")
    code, _, builder, _ = propose(repository, {})
    assert (code, builder) == (0, "builder=changed\n")
    assert (repository / "docs" / "claims" / "old.md").read_text() == "old"
    assert not (repository / "inbox" / "new.md").is_symlink()
    assert (repository / "mkdocs.yml").read_text() == SETTINGS


def test_a_note_that_becomes_a_folder_is_taken(repository: Path) -> None:
    (repository / "docs" / "claims" / "old.md").unlink()
    code, told, builder, _ = propose(repository, {"docs/claims/old.md/new.md": "new"})
    assert (code, builder) == (0, "builder=same\n"), told
    assert (repository / "docs" / "claims" / "old.md" / "new.md").read_text() == "new"


def test_a_name_cannot_speak_to_the_runner(repository: Path) -> None:
    code, told, _, _ = propose(repository, {"x\n::error::told.py": "x"})
    assert code == 0
    assert "\n::" not in told


def test_settings_that_name_no_folders_are_said(repository: Path) -> None:
    (repository / "mkdocs.yml").write_text("extra: {codex: {}}\n")
    run_git(repository, "commit", "--all", "--message=x")
    run_git(repository, "branch", "--force", "main")
    code, told, builder, _ = propose(repository, {"inbox/new.md": "new"})
    assert (code, builder) == (2, "")
    assert "name no folders of notes" in told

"""Who changed each note and when, as Git tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import git
from codex_publisher.site.history import History, read_history, read_repository
from support.built import built, words
from support.repositories import commit_files, run_git
from support.sites import write_codex

NAMES = (
    "claims/plain.md",
    "claims/with spaces and 50%.md",
    "claims/ünïcödé 中文 🙂.md",
    "claims/\"quotes\" and 'more'.md",
    "claims/tab\tand\nline.md",
    "-dash.md",
    "a/b/c/deep.md",
)
FORGED = ("A\x01x.md", "B.md", "Feb 30, 2024")
"""Names that look like parts of Git's answer: the second field of a commit, and a day that is none."""


def _told(found: History, path: str) -> tuple[str, str, str, str]:
    first, last = found.first_change(NotePath(path)), found.last_change(NotePath(path))
    assert first
    assert last
    return first.date.iso, first.author, last.date.iso, last.author


def test_the_first_and_the_last_change_of_each_note_are_known_whatever_its_name(tmp_path: Path) -> None:
    commit_files(tmp_path, dict.fromkeys(NAMES, "one"), on="2025-02-03")
    commit_files(tmp_path, {"claims/plain.md": "two"}, on="2025-06-07", by="Bo Chen")
    commit_files(tmp_path, dict.fromkeys(NAMES[:2], "three"), on="2026-10-11", by="Çağla 中")
    found = read_history(tmp_path)
    assert set(found.last) == set(found.first) == set(NAMES)
    assert _told(found, NAMES[0]) == ("2025-02-03", "Ann Smith", "2026-10-11", "Çağla 中")
    assert _told(found, NAMES[1]) == ("2025-02-03", "Ann Smith", "2026-10-11", "Çağla 中")
    for name in NAMES[2:]:
        assert _told(found, name) == ("2025-02-03", "Ann Smith", "2025-02-03", "Ann Smith")


def test_no_name_of_a_file_or_an_author_can_forge_a_change_or_end_the_build(tmp_path: Path) -> None:
    commit_files(tmp_path, dict.fromkeys(FORGED, "one"), on="2025-02-03", by="Eve\x01forged")
    found = read_history(tmp_path)
    assert set(found.last) == set(FORGED)
    assert {change.date.iso for change in found.last.values()} == {"2025-02-03"}
    assert built(tmp_path, tmp_path / "site").page("b/").all("codex-note")


def test_a_note_that_was_renamed_begins_anew_under_its_new_name(tmp_path: Path) -> None:
    commit_files(tmp_path, {"old.md": "the same"}, on="2025-01-01")
    (tmp_path / "old.md").rename(tmp_path / "new.md")
    commit_files(tmp_path, {}, on="2025-02-02")
    assert _told(read_history(tmp_path), "new.md")[0] == "2025-02-02"


def test_a_codex_in_a_folder_of_a_repository_has_only_its_own_history(tmp_path: Path) -> None:
    commit_files(tmp_path, {"kb/a.md": "one", "kb/deep er/b.md": "one", "code.py": "one"}, on="2025-01-01")
    assert set(read_history(tmp_path / "kb").last) == {"a.md", "deep er/b.md"}
    assert read_repository(tmp_path / "kb").prefix == "kb/"
    assert read_repository(tmp_path / "kb" / "deep er").prefix == "kb/deep er/"
    assert read_repository(tmp_path).prefix == ""


def test_what_was_merged_counts_on_the_day_it_was_written(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": "one"}, on="2025-01-01")
    run_git(tmp_path, "checkout", "-b", "side")
    commit_files(tmp_path, {"b.md": "one"}, on="2025-02-02")
    run_git(tmp_path, "checkout", "main")
    run_git(tmp_path, "merge", "--no-ff", "--no-edit", "side", on="2025-03-03")
    assert _told(read_history(tmp_path), "b.md")[0] == "2025-02-02"


def test_the_settings_of_a_strangers_repository_run_nothing(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": "one"}, on="2025-01-01")
    _sign(tmp_path)
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\n")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program"):
        run_git(tmp_path, "config", name, str(program))
    run_git(tmp_path, "config", "log.showSignature", "true")
    assert set(read_history(tmp_path).last) == {"a.md"}
    assert not (tmp_path / "ran").exists()


def _sign(folder: Path) -> None:
    """Give the last commit a signature, though not a good one."""
    commit = run_git(folder, "cat-file", "commit", "HEAD").decode()
    facts, _, message = commit.partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    signed = write_codex(folder / ".git", {"signed": f"{facts}\n{signature}\n\n{message}"}) / "signed"
    name = run_git(folder, "hash-object", "-t", "commit", "-w", str(signed)).decode().strip()
    run_git(folder, "update-ref", "HEAD", name)


def test_where_a_clone_was_cut_off_is_not_taken_for_a_change(tmp_path: Path) -> None:
    commit_files(tmp_path / "whole", {"a.md": "one", "b.md": "one"}, on="2025-01-01")
    commit_files(tmp_path / "whole", {"c.md": "one"}, on="2025-02-02")
    commit_files(tmp_path / "whole", {"b.md": "two"}, on="2025-03-03")
    run_git(tmp_path, "clone", "--depth=2", f"file://{tmp_path}/whole", "shallow")
    found = read_history(tmp_path / "shallow")
    assert found.first == {}
    assert {path: change.date.iso for path, change in found.last.items()} == {"b.md": "2025-03-03"}


def test_the_callers_own_git_variables_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_files(tmp_path / "one", {"a.md": "one"}, on="2025-01-01")
    commit_files(tmp_path / "two", {"b.md": "two"}, on="2026-01-01")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "two" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "two"))
    assert set(read_history(tmp_path / "one").last) == {"a.md"}


@pytest.mark.parametrize("begun", [False, True])
def test_outside_a_repository_or_before_its_first_commit_there_is_no_history(
    begun: bool, tmp_path: Path
) -> None:
    write_codex(tmp_path, {"a.md": "one"})
    if begun:
        run_git(tmp_path, "init")
    assert read_history(tmp_path) == History()
    assert read_repository(tmp_path).url == ""


def test_without_git_there_is_no_history_and_the_site_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codex = tmp_path / "codex"
    commit_files(codex, {"a.md": "# A\n"}, on="2025-01-01")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(codex) == History()
    page = built(codex, tmp_path / "site").page("a/")
    assert "Last changed" not in words(page.one("codex-provenance"))


def test_a_history_that_takes_too_long_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_files(tmp_path, {"a.md": "# A\n"}, on="2025-01-01")
    monkeypatch.setattr(git, "TIMEOUT_SECONDS", 0)
    assert read_history(tmp_path) == History()


def test_a_note_says_who_changed_it_last_and_the_front_page_when(tmp_path: Path) -> None:
    codex = tmp_path / "codex"
    commit_files(codex, {"a.md": "# A\n"}, on="2025-01-01")
    commit_files(codex, {"a.md": "# A\n\nMore.\n", "code.py": "one"}, on="2025-03-04", by="Bo & Chen")
    commit_files(codex, {"code.py": "two"}, on="2025-09-09")
    run_git(codex, "remote", "add", "origin", "git@github.com:ann/notes.git")
    site = built(codex, tmp_path / "site")
    page = site.page("a/")
    told = page.one("codex-provenance")
    assert words(told).startswith("a.md Last changed 4 March 2025 by Bo & Chen in ")
    assert "https://github.com/ann/notes/edit/main/a.md" in [link.get("href") for link in told.iter("a")]
    assert "4 March 2025" in words(site.page("").one("codex-figures"))


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/ann/notes.git", "https://github.com/ann/notes"),
        ("https://ann:token@github.com/ann/notes", "https://github.com/ann/notes"),
        ("git@github.com:ann/my.notes.git", "https://github.com/ann/my.notes"),
        ("ssh://git@github.com/ann/notes/", "https://github.com/ann/notes"),
        ("https://example.org/ann/notes.git", ""),
        ("https://github.com.evil.example/ann/notes", ""),
        ("/srv/notes", ""),
    ],
)
def test_the_home_of_a_repository_is_known_from_its_remote_on_github(
    remote: str, address: str, tmp_path: Path
) -> None:
    run_git(tmp_path, "init")
    run_git(tmp_path, "remote", "add", "origin", remote)
    assert read_repository(tmp_path).url == address

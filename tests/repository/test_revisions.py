"""The codex as it was at an earlier commit, as Git remembers it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from codex_publisher.model.changes import changes_between
from codex_publisher.model.codex import Codex
from codex_publisher.model.policy import Policy
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.loading import load_codex
from codex_publisher.repository.revisions import RevisionError, codex_at, merge_base, usual_base
from support.repositories import commit_files, run_git
from support.sites import write_codex
from support.small_codex import SMALL_CODEX


def folder_at(root: Path, only: tuple[str, ...] = (), skipped: tuple[str, ...] = ()) -> CodexFolder:
    return CodexFolder(root, tuple(map(NotePath, only)), frozenset(skipped), Policy(date(2026, 11, 22)))


def now(folder: CodexFolder) -> Codex:
    return load_codex(folder.root, folder.only, folder.skipped, ())


def told(codex: Codex) -> list[object]:
    return [
        *((note.path, note.digest_source) for note in codex.notes.values()),
        # Those that stand in the notes themselves, whatever day it is.
        *(str(problem) for problem in codex.problems if problem.code[0] in "FLNS"),
        codex.destinations,
        codex.attachments_in_use(),
    ]


def test_what_git_remembers_is_what_stood_on_the_disk(tmp_path: Path) -> None:
    commit_files(tmp_path, dict(SMALL_CODEX), on="2026-01-01")
    folder = folder_at(tmp_path)
    before = told(now(folder))
    (tmp_path / "claims" / "long naps harm recall.md").unlink()
    write_codex(tmp_path, {"claims/new.md": "new\n", "maps/sleep.md": "changed [[new]]\n"})
    (tmp_path / "images" / "brain.png").unlink()
    assert told(codex_at(folder, "HEAD", now(folder))) == before


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_an_unchanged_note_is_not_read_again(tmp_path: Path, kind: str) -> None:
    run_git(tmp_path, "init", f"--object-format={kind}", "--initial-branch=main")
    commit_files(tmp_path, {"a.md": "same", "b.md": "old"}, on="2026-01-01")
    write_codex(tmp_path, {"b.md": "new"})
    folder = folder_at(tmp_path)
    present = now(folder)
    past = codex_at(folder, "HEAD", present)
    a, b = NotePath("a.md"), NotePath("b.md")
    assert past.notes[a] is present.notes[a]
    assert past.documents[a] is present.documents[a]
    assert past.notes[b].digest_source == b"old"


def test_line_ends_that_git_makes_on_windows_change_nothing(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": "one\ntwo\n"}, on="2026-01-01")
    write_codex(tmp_path, {"a.md": "one\r\ntwo\r\n"})
    folder = folder_at(tmp_path)
    present = now(folder)
    assert not changes_between(codex_at(folder, "HEAD", present), present)


ODD = [
    'a "quoted" name.md',
    "line\nbreak.md",
    "tab\there.md",
    "ünïcode.md",
    "\u202eturned.md",
    "-dash.md",
    ":(top)x.md",
]


def test_names_with_odd_characters_are_read(tmp_path: Path) -> None:
    commit_files(tmp_path, dict.fromkeys(ODD, "old"), on="2026-01-01")
    write_codex(tmp_path, dict.fromkeys(ODD, "new"))
    folder = folder_at(tmp_path)
    present = now(folder)
    assert changes_between(codex_at(folder, "HEAD", present), present).changed == tuple(sorted(ODD))


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names are Unicode there")
def test_a_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    commit_files(tmp_path, {name: "old"}, on="2026-01-01")
    folder = folder_at(tmp_path)
    assert list(codex_at(folder, "HEAD", now(folder)).notes) == [name]


def test_a_codex_in_a_folder_of_its_repository_is_read_from_there(tmp_path: Path) -> None:
    commit_files(tmp_path, {"notes/a.md": "old", "notes/deep/b.md": "b", "other/c.md": "c"}, on="2026-01-01")
    folder = folder_at(tmp_path / "notes")
    assert list(codex_at(folder, "HEAD", now(folder)).notes) == ["a.md", "deep/b.md"]


def test_the_settings_of_today_say_what_was_a_note(tmp_path: Path) -> None:
    files = {"inbox/a.md": "a", "papers/b.md": "b", "inbox/out/c.md": "c", "inbox/.cache/d.md": "d"}
    commit_files(tmp_path, files, on="2026-01-01")
    folder = folder_at(tmp_path, only=("inbox",), skipped=("inbox/out",))
    assert list(codex_at(folder, "HEAD", now(folder)).notes) == ["inbox/a.md"] == list(now(folder).notes)


def test_a_link_that_was_there_is_as_wrong_as_it_is_now(tmp_path: Path) -> None:
    tmp_path.joinpath("folder").mkdir()
    for name, target in (("a.md", "b.md"), ("away", "folder"), ("LICENSE-too", "b.md")):
        (tmp_path / name).symlink_to(target)
    commit_files(tmp_path, {"b.md": "b"}, on="2026-01-01")
    folder = folder_at(tmp_path)
    present = now(folder)
    assert list(map(str, codex_at(folder, "HEAD", present).problems)) == list(map(str, present.problems))


def test_the_work_is_compared_with_where_it_parted_from_the_main_branch(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": "a"}, on="2026-01-01")
    base = run_git(tmp_path, "rev-parse", "HEAD").decode().strip()
    run_git(tmp_path, "branch", "work")
    commit_files(tmp_path, {"theirs.md": "theirs"}, on="2026-01-02")
    run_git(tmp_path, "checkout", "work")
    commit_files(tmp_path, {"ours.md": "ours"}, on="2026-01-03")
    assert usual_base(tmp_path) == "main"
    assert merge_base(tmp_path, "main") == base
    folder = folder_at(tmp_path)
    present = now(folder)
    changes = changes_between(codex_at(folder, base, present), present)
    assert (changes.added, changes.removed) == (("ours.md",), ())


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=x", "-h", "", "a\0b", "main^{tree}", "x\ny", "@{u}"]
)
def test_a_revision_that_is_none_is_said(tmp_path: Path, revision: str) -> None:
    commit_files(tmp_path, {"a.md": "a"}, on="2026-01-01")
    with pytest.raises(RevisionError, match="Git knows no revision"):
        merge_base(tmp_path, revision)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "a.md"]


def test_what_has_no_common_past_is_said(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": "a"}, on="2026-01-01")
    run_git(tmp_path, "checkout", "--orphan", "other")
    commit_files(tmp_path, {"b.md": "b"}, on="2026-01-01")
    with pytest.raises(RevisionError, match="no commit in common"):
        merge_base(tmp_path, "main")


def test_a_folder_without_git_and_a_repository_without_commits_are_said(tmp_path: Path) -> None:
    with pytest.raises(RevisionError, match="in no Git repository"):
        merge_base(tmp_path, "HEAD")
    run_git(tmp_path, "init", "--initial-branch=main")
    with pytest.raises(RevisionError, match="no commit yet"):
        merge_base(tmp_path, "HEAD")


def test_a_content_that_git_does_not_hold_is_said(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": "old"}, on="2026-01-01")
    name = run_git(tmp_path, "rev-parse", "HEAD:a.md").decode().strip()
    write_codex(tmp_path, {"a.md": "new"})
    (tmp_path / ".git" / "objects" / name[:2] / name[2:]).unlink()
    folder = folder_at(tmp_path)
    with pytest.raises(RevisionError, match=r"Git does not hold 'a\.md'"):
        codex_at(folder, "HEAD", now(folder))


def test_no_program_that_a_repository_names_is_run(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": "old", ".gitattributes": "*.md filter=x diff=x\n"}, on="2026-01-01")
    for key in ("filter.x.clean", "filter.x.smudge", "diff.x.textconv", "core.fsmonitor", "diff.external"):
        run_git(tmp_path, "config", key, f"touch '{tmp_path / 'was-run'}'; cat")
    write_codex(tmp_path, {"a.md": "new"})
    folder = folder_at(tmp_path)
    past = codex_at(folder, merge_base(tmp_path, "main"), now(folder))
    assert past.notes[NotePath("a.md")].digest_source == b"old"
    assert not (tmp_path / "was-run").exists()


def test_policy_and_folders_are_those_of_the_folder(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a/x.md": "x", "b/y.md": "y"}, on="2026-01-01")
    folder = folder_at(tmp_path)
    present = now(folder)
    narrowed = replace(folder, only=(NotePath("b"),))
    assert list(codex_at(narrowed, "HEAD", present).notes) == ["b/y.md"]

"""`codex check --fix` and `--diff`: what they write, what they show, and what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codex_publisher.cli.main import main
from codex_publisher.repository.loading import load_codex
from support.repositories import commit_files
from support.sites import REAL_CODEX, write_codex

NOTE = (
    "---\ntype: source\ntitle: A\nsource_url: https://e.org/a\ndate: 2026/3/5\n"
    "domain: sleep\nstatus: Processed\n---\n\nA.\n"
)
MENDED = NOTE.replace("source_url", "url").replace("2026/3/5", "2026-03-05").replace("Processed", "processed")


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.md").write_text(NOTE, "utf-8")
    (tmp_path / "inbox" / "b.md").write_text(MENDED, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*options: str) -> Result:
    return CliRunner().invoke(main, ["check", *options])


def test_it_mends_the_files_and_says_what_it_did(codex: Path) -> None:
    answer = check("--fix")
    assert answer.exit_code == 0, answer.output
    assert (codex / "inbox" / "a.md").read_text("utf-8") == MENDED
    assert "Mended 3 things in 1 note" in answer.stderr
    assert "F205" not in answer.stdout, "the problems that it reports are those that are left"


def test_a_branch_mends_only_the_notes_that_it_edited(codex: Path) -> None:
    commit_files(codex, {"inbox/old.md": NOTE, "inbox/b.md": MENDED}, on="2026-01-01")
    write_codex(codex, {"inbox/mine.md": f"{NOTE}Mine.\n"})
    assert "Would mend 3 things in 1 note" in check("--changed-since", "HEAD", "--diff").stderr
    answer = check("--changed-since", "HEAD", "--fix")
    assert answer.exit_code == 0, answer.output
    assert (codex / "inbox" / "mine.md").read_text("utf-8") == f"{MENDED}Mine.\n"
    assert (codex / "inbox" / "old.md").read_text("utf-8") == NOTE


@pytest.mark.parametrize("narrowed", ["--select", "--ignore"])
def test_it_does_not_pretend_to_mend_rule_by_rule(codex: Path, narrowed: str) -> None:
    answer = check("--fix", narrowed, "F2")
    assert answer.exit_code == 2
    assert "narrow it by PATH or --changed-since" in " ".join(answer.output.split())
    assert (codex / "inbox" / "a.md").read_text("utf-8") == NOTE


def test_a_second_time_it_finds_nothing_to_mend(codex: Path) -> None:
    check("--fix")
    kept = (codex / "inbox" / "a.md").stat().st_mtime_ns
    assert "Nothing that is certain" in check("--fix").stderr
    assert (codex / "inbox" / "a.md").stat().st_mtime_ns == kept


def test_a_diff_is_shown_that_git_can_apply_and_nothing_is_written(codex: Path) -> None:
    answer = check("--diff")
    assert answer.exit_code == 1
    assert (codex / "inbox" / "a.md").read_text("utf-8") == NOTE
    subprocess.run(["git", "apply", "-"], cwd=codex, input=answer.stdout.encode(), check=True)
    assert (codex / "inbox" / "a.md").read_text("utf-8") == MENDED
    assert check("--diff").exit_code == 0


def test_what_is_left_is_named_with_its_line_and_the_reason(codex: Path) -> None:
    (codex / "inbox" / "a.md").write_text(NOTE.replace("title: A", "url:"), "utf-8")
    assert "inbox/a.md:4: left as it is" in check("--diff").stderr


def test_a_file_that_cannot_be_written_is_said_and_none_is_changed(
    codex: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (codex / "inbox" / "b.md").write_text(NOTE, "utf-8")
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("b.md"))
    answer = check("--fix")
    assert answer.exit_code == 2
    assert "inbox/b.md is not to be written to. Nothing was changed." in answer.stderr
    assert (codex / "inbox" / "a.md").read_text("utf-8") == NOTE


def test_a_rule_that_the_maintainers_ignore_is_not_mended(codex: Path) -> None:
    (codex / "mkdocs.yml").write_text("extra:\n  codex:\n    checks: {ignore: [F2]}\n", "utf-8")
    check("--fix")
    assert (codex / "inbox" / "a.md").read_text("utf-8") == MENDED.replace("url:", "source_url:")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_diff_of_a_file_with_other_line_ends_and_no_last_one_can_be_applied(
    codex: Path, newline: str
) -> None:
    note, mended = (text.replace("\n", newline).rstrip() for text in (NOTE, MENDED))
    (codex / "inbox" / "a.md").unlink()
    (codex / "inbox" / "a note\tof mine.md").write_bytes(note.encode())
    (codex / "inbox" / "a note.md").write_bytes(note.encode())
    answer = CliRunner().invoke(main, ["check", "--diff"])
    shown = answer.stdout_bytes.split(b"--- a/inbox/b")[0]
    kept = shown[shown.index(b"--- a/inbox/a note.md") :]
    subprocess.run(["git", "apply", "-"], cwd=codex, input=kept, check=True)
    assert (codex / "inbox" / "a note.md").read_bytes() == mended.encode()


def test_a_title_cannot_give_the_terminal_orders(codex: Path) -> None:
    (codex / "inbox" / "a.md").write_text(NOTE.replace("title: A", "title: \x1b[2J\u202ex"), "utf-8")
    answer = check("--diff")
    assert "\x1b" not in answer.output
    assert "\u202e" not in answer.output


@pytest.mark.exhaustive
@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not on this machine")
def test_a_real_codex_keeps_its_meaning_and_is_mended_for_good(tmp_path: Path) -> None:
    copy = shutil.copytree(REAL_CODEX, tmp_path / "codex", ignore=shutil.ignore_patterns(".git"))
    before = load_codex(copy, (), frozenset(), ())
    answer = CliRunner().invoke(main, ["-C", str(copy), "check", "--fix"])
    assert "Mended" in answer.stderr
    after = load_codex(copy, (), frozenset(), ())
    assert after.destinations == before.destinations
    assert after.reference_destinations == before.reference_destinations
    assert len(after.problems) < len(before.problems)
    written = {path: path.stat().st_mtime_ns for path in copy.rglob("*.md")}
    CliRunner().invoke(main, ["-C", str(copy), "check", "--fix"])
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*.md")} == written

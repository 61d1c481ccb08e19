"""`codex check --changed-since`: what a branch brings, on real repositories."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codex_publisher.cli.main import main
from support.repositories import commit_files, run_git
from support.sites import write_codex

CLAIM = "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: Two studies.\n---\n\n"
OLD_FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "extra:\n  codex:\n    checks: {ignore: [C, Q]}\n",
    "claims/bees sleep.md": f"{CLAIM}They do.\n\n## Evidence\n\nThey were watched, all of them.\n",
    "claims/naps help.md": f"{CLAIM}It follows from [[bees sleep]] and [[never written]].\n",
    "claims/old errors.md": "---\ntype: claim\ntype: claim\n---\n\nSee [[never written]].\n",
    "images/bee.png": b"\x89PNG",
    "maps/all.md": "---\ntype: map\n---\n\n- [[bees sleep#Evidence]] ![[bee.png]]\n",
}


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "codex"
    commit_files(folder, OLD_FILES, on="2026-01-01")
    run_git(folder, "checkout", "-q", "-b", "branch")
    monkeypatch.chdir(folder)
    return folder


def _check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def _told(since: str = "main", *arguments: str) -> list[tuple[str, str]]:
    answer = _check("--changed-since", since, *arguments)
    assert answer.exit_code in (0, 1), answer.output
    return re.findall(r"^(\S.*?):\d+:\d+: ([A-Z]\d{3}) ", answer.output, re.MULTILINE)


def test_nothing_changed_is_nothing_told_though_the_codex_has_problems(codex: Path) -> None:
    assert _check().exit_code == 1
    answer = _check("--changed-since", "main")
    assert answer.exit_code == 0
    assert answer.output == "No problems in 4 notes. 0 notes have changed since main.\n"


@pytest.mark.parametrize("is_committed", [True, False])
def test_all_of_a_changed_note_is_told_and_nothing_of_others(codex: Path, is_committed: bool) -> None:
    text = f"{CLAIM}It follows from [[bees sleep]], [[never written]] and [[nor this]].\n"
    new: dict[str, str | bytes] = {"claims/naps help.md": text, "claims/new.md": "No front matter.\n"}
    if is_committed:
        commit_files(codex, new, on="2026-02-01")
    else:
        write_codex(codex, new)
    assert _told() == [
        ("claims/naps help.md", "L101"),
        ("claims/naps help.md", "L101"),
        ("claims/new.md", "F101"),
    ]


def test_links_elsewhere_that_the_change_broke_are_told(codex: Path) -> None:
    write_codex(codex, {"claims/bees sleep.md": f"{CLAIM}They do.\n\n## Proof\n"})
    assert _told() == [("maps/all.md", "L103")]
    (codex / "claims/bees sleep.md").unlink()
    assert _told() == [("claims/naps help.md", "L101"), ("maps/all.md", "L101")]
    (codex / "images/bee.png").unlink()
    assert _told()[1:] == [("maps/all.md", "L101"), ("maps/all.md", "L105")]


def test_what_came_to_main_later_is_not_told_of_the_branch(codex: Path) -> None:
    run_git(codex, "checkout", "-q", "main")
    commit_files(codex, {"claims/of others.md": "No front matter.\n"}, on="2026-02-01")
    run_git(codex, "checkout", "-q", "branch")
    commit_files(codex, {"claims/mine.md": "No front matter.\n"}, on="2026-02-02")
    assert _told() == [("claims/mine.md", "F101")]


def test_a_note_that_only_moved_is_followed(codex: Path) -> None:
    (codex / "archive").mkdir()
    run_git(codex, "mv", "claims/old errors.md", "archive/old errors.md")
    assert _told() == []
    run_git(codex, "mv", "claims/bees sleep.md", "claims/bees do sleep.md")
    assert _told() == [("claims/naps help.md", "L101"), ("maps/all.md", "L101")]


def test_a_moved_note_that_is_named_in_a_message_is_no_new_problem(codex: Path) -> None:
    run_git(codex, "checkout", "-q", "main")
    two: dict[str, str | bytes] = {
        "a/twin.md": f"{CLAIM}One.\n",
        "bbb/twin.md": f"{CLAIM}Two.\n",
        "links.md": f"{CLAIM}See [[twin]].\n",
    }
    commit_files(codex, two, on="2026-02-01")
    run_git(codex, "checkout", "-q", "-b", "other")
    assert "it leads to a/twin.md" in _check().output
    (codex / "aa").mkdir()
    run_git(codex, "mv", "a/twin.md", "aa/twin.md")
    assert "it leads to aa/twin.md" in _check().output
    assert _told("main") == []


def test_a_link_that_is_not_followed_is_told_when_it_is_new(codex: Path) -> None:
    (codex / "claims" / "linked.md").symlink_to(codex / "claims" / "bees sleep.md")
    assert _told() == [("claims/linked.md", "S103")]
    run_git(codex, "add", "--all")
    run_git(codex, "commit", "-qm", "A link")
    assert _told("branch") == []


def test_a_codex_below_its_repository_is_compared_by_its_own_paths(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    files = {f"my codex/{path}": content for path, content in OLD_FILES.items()}
    commit_files(repository, {**files, "claims/bees sleep.md": "Elsewhere.\n"}, on="2026-01-01")
    folder = repository / "my codex"
    write_codex(folder, {"claims/new.md": "No front matter.\n"})
    options = ["-C", str(folder), "check", "--changed-since", "HEAD", "--format", "github"]
    answer = CliRunner().invoke(main, options)
    assert re.findall(r"^::\w+ file=([^,]*),", answer.output, re.MULTILINE) == ["my codex/claims/new.md"]


def test_line_ends_of_windows_are_no_change(codex: Path) -> None:
    for path in codex.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert _told() == []


def test_the_narrower_choice_counts_too(codex: Path) -> None:
    write_codex(codex, {"claims/new.md": "[[nothing]]\n", "maps/new.md": "[[nothing]]\n"})
    assert _told("main", "maps") == [("maps/new.md", "L101")]
    assert _told("main", "--select", "L") == [("claims/new.md", "L101"), ("maps/new.md", "L101")]


@pytest.mark.parametrize("revision", ["nowhere", "--all", "", "HEAD^{tree}", "main..branch"])
def test_a_revision_that_is_none_is_said(codex: Path, revision: str) -> None:
    answer = _check(f"--changed-since={revision}")
    assert answer.exit_code == 2
    assert "Git knows no revision" in answer.output


def test_a_clone_without_the_common_commit_is_told_to_fetch_more(codex: Path, tmp_path: Path) -> None:
    commit_files(codex, {"claims/mine.md": "Mine.\n"}, on="2026-02-02")
    run_git(codex, "checkout", "-q", "main")
    commit_files(codex, {"claims/theirs.md": "Theirs.\n"}, on="2026-02-03")
    clone = tmp_path / "clone"
    source = f"file://{codex}"
    run_git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", "-b", "branch", source, str(clone))
    answer = CliRunner().invoke(main, ["-C", str(clone), "check", "--changed-since", "origin/main"])
    assert answer.exit_code == 2
    assert "fetch-depth: 0" in answer.output
    answer = CliRunner().invoke(main, ["-C", str(clone), "check", "--changed-since", "v1.0"])
    assert "fetch-depth: 0" in answer.output


def test_programs_that_a_repository_names_are_not_run(codex: Path) -> None:
    trap = codex / "trap"
    write_codex(codex, {".gitattributes": "*.md filter=trap diff=trap\n"})
    for name in ("filter.trap.clean", "diff.trap.textconv", "diff.external", "core.fsmonitor"):
        run_git(codex, "config", name, f"touch '{trap}'; cat")
    write_codex(codex, {"claims/bees sleep.md": f"{CLAIM}Changed.\n"})
    _told()
    assert not trap.exists()


def test_settings_of_the_caller_lead_to_no_other_repository(
    codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", os.fspath(tmp_path / "nowhere"))
    assert _told() == []

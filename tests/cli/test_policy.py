"""What a codex has settled about its checks counts for the command as for the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import main
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import NOT_COMMITTED
from codex_publisher.repository.first_seen import FirstSeen
from support.repositories import commit_files, run_git
from support.sites import build_site, write_codex

NOTES: dict[str, str | bytes] = {
    "claims/naps help memory.md": "---\ntype: claim\nsource: s\n---\n\nSee [[rest]].\n",
    "inbox/queue/2026-01-01-smith.md": "---\ntype: source\npriority: high\ndate: 1965\n---\n\nWords.\n",
}


def _checked(*arguments: str) -> str:
    return CliRunner().invoke(main, [*arguments, "check"]).output


def test_ignored_rules_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = "site_name: N\nextra:\n  codex:\n    checks: {ignore: [F, Q]}\n"
    monkeypatch.chdir(write_codex(tmp_path, {**NOTES, "mkdocs.yml": settings}))
    output = _checked()
    assert "L101" in output
    assert "F201" not in output
    assert "Q103" not in output


def test_the_site_shows_the_same(tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "codex", NOTES)
    site = build_site(codex, tmp_path / "site", checks={"ignore": ["F201"], "severity": {"L101": "error"}})
    text = (site / "problems" / "index.html").read_text("utf-8")
    assert "L101 error" in " ".join(text.split())
    assert not (site / "problems" / "f201").exists()
    assert (site / "problems" / "q103").exists()


def test_a_source_waits_since_git_knows_it(tmp_path: Path) -> None:
    commit_files(tmp_path / "codex", NOTES, on="2026-10-01")
    commit_files(tmp_path / "codex", {"a.md": "Words.\n"}, on="2026-10-02")
    seen = FirstSeen(tmp_path / "codex")
    assert seen(NotePath("inbox/queue/2026-01-01-smith.md")) == date(2026, 10, 1)
    assert seen(NotePath("a.md")) == date(2026, 10, 2)
    assert seen(NotePath("b.md")) == NOT_COMMITTED
    assert "after its own date" not in _checked("-C", str(tmp_path / "codex"))


def test_a_source_that_is_not_committed_yet_has_not_waited(tmp_path: Path) -> None:
    codex = tmp_path / "codex"
    commit_files(codex, {"a.md": "Words.\n"}, on="2026-10-01")
    write_codex(codex, NOTES)
    assert "Q103" not in _checked("-C", str(codex))
    site = build_site(codex, tmp_path / "site")
    assert not (site / "problems" / "q103").exists()


def test_outside_a_repository_and_in_a_shallow_clone_nothing_is_known(tmp_path: Path) -> None:
    write_codex(tmp_path / "loose", NOTES)
    commit_files(tmp_path / "codex", NOTES, on="2026-10-01")
    commit_files(tmp_path / "codex", {"a.md": "Words.\n"}, on="2026-10-02")
    origin = (tmp_path / "codex").as_uri()
    run_git(tmp_path, "clone", "--depth=1", origin, str(tmp_path / "shallow"))
    for name in ("loose", "shallow"):
        assert FirstSeen(tmp_path / name)(NotePath("inbox/queue/2026-01-01-smith.md")) is None

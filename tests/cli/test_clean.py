"""What is kept from run to run: it changes nothing that is said, and `codex clean` deletes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import main

SETTINGS = "extra:\n  codex:\n    root: .\n    notes: [claims]\n"


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CODEX_CACHE")
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "bees sleep.md").write_text("---\ntype: claim\n---\n\n[[Nobody]]\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _said(*arguments: str) -> str:
    return CliRunner().invoke(main, arguments).output


def test_a_check_says_the_same_with_what_was_kept(codex: Path) -> None:
    first = _said("check")
    assert list((codex / ".cache" / "codex").glob("*.sqlite"))
    assert _said("check") == first
    assert "L101" in first


def test_a_changed_note_is_checked_as_it_is_now(codex: Path) -> None:
    _said("check")
    (codex / "claims" / "nobody.md").write_text("---\ntype: claim\n---\n\nIs here.\n", "utf-8")
    assert "L101" not in _said("check")
    (codex / "claims" / "nobody.md").unlink()
    assert "L101" in _said("check")


def test_clean_deletes_what_was_kept_and_nothing_else(codex: Path) -> None:
    _said("check")
    assert _said("clean").startswith("Deleted")
    assert not (codex / ".cache" / "codex").exists()
    assert _said("clean").startswith("Nothing was kept")
    _said("check")
    (codex / ".cache" / "codex" / "mine.txt").write_text("mine")
    _said("clean")
    assert [path.name for path in (codex / ".cache" / "codex").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("setting", ["false", '""'])
def test_a_setting_keeps_nothing(codex: Path, setting: str) -> None:
    (codex / "mkdocs.yml").write_text(f"{SETTINGS}    cache: {setting}\n", "utf-8")
    _said("check")
    assert not (codex / ".cache").exists()
    assert _said("clean").startswith("Nothing is kept")


def test_a_setting_that_is_no_folder_is_refused(codex: Path) -> None:
    (codex / "mkdocs.yml").write_text(f"{SETTINGS}    cache: [a]\n", "utf-8")
    assert "write a folder" in _said("check")


def test_nothing_is_added_to_a_folder_that_is_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CODEX_CACHE")
    (tmp_path / "note.md").write_text("Text", "utf-8")
    _said("-C", str(tmp_path), "check")
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]
    assert _said("-C", str(tmp_path), "clean").startswith("Deleted")


def test_with_another_folder_it_says_what_is_left_of_builds(
    codex: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "note.md").write_text("Text", "utf-8")
    _said("check")
    _said("-C", str(other), "check")
    said = _said("-C", str(other), "clean")
    assert said.startswith("Deleted")
    assert f"is left, in {codex / '.cache' / 'codex'}" in " ".join(said.split())
    assert list((codex / ".cache" / "codex").glob("*.sqlite"))
    assert "is left" not in _said("clean")
    assert "is left" not in _said("-C", str(other), "clean")

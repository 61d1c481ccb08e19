"""The command `codex`: how it finds the codex, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import COMMANDS, main

NOTE = "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: Bees sleep.\n---\n\nThey do.\n"


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "bees sleep.md").write_text(NOTE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_each_subcommand_says_what_it_is_for(name: str) -> None:
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0
    assert len(answer.output) > 200


def test_a_codex_without_settings_is_checked_where_one_stands(codex: Path) -> None:
    answer = CliRunner().invoke(main, ["check"])
    assert answer.exit_code == 0, answer.output


def test_settings_above_say_where_the_notes_are(codex: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = "site_name: Bees\nextra:\n  codex:\n    root: .\n    notes: [claims]\n"
    (codex / "mkdocs.yml").write_text(settings, "utf-8")
    (codex / "elsewhere").mkdir()
    (codex / "elsewhere" / "broken.md").write_text("---\n: [\n---\n", "utf-8")
    monkeypatch.chdir(codex / "claims")
    answer = CliRunner().invoke(main, ["check"])
    assert "elsewhere" not in answer.output
    assert answer.exit_code == 0, answer.output


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("extra:\n  codex:\n    checks: {queue_day: 3}\n", "Did you mean `queue_days`?"),
        ("extra:\n  codex:\n    checks: {entity_days: soon}\n", "use a number of days"),
        ("extra:\n  codex:\n    checks: {ignore: [F2011]}\n", "Did you mean F201?"),
        ("extra:\n  codex:\n    root: ../nowhere-at-all\n", "there is no folder"),
        ("extra: [\n", "is not valid YAML"),
    ],
)
def test_settings_that_cannot_be_used_end_it_with_a_sentence(
    codex: Path, settings: str, sentence: str
) -> None:
    (codex / "mkdocs.yml").write_text(settings, "utf-8")
    answer = CliRunner().invoke(main, ["check"])
    assert answer.exit_code == 2
    assert sentence in answer.output
    assert "mkdocs.yml" in answer.output


def test_settings_for_programs_of_mkdocs_are_no_hindrance(codex: Path) -> None:
    settings = (
        "markdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.twemoji\n"
        "site_url: !ENV [SITE_URL, 'http://127.0.0.1/']\nextra:\n  codex: {}\n"
    )
    (codex / "mkdocs.yml").write_text(settings, "utf-8")
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_a_folder_that_is_not_there_is_said(codex: Path) -> None:
    answer = CliRunner().invoke(main, ["-C", "nowhere", "check"])
    assert answer.exit_code == 2
    assert "There is no folder nowhere" in answer.output


@pytest.mark.parametrize("place", ["home", "root"])
def test_not_everything_on_the_machine_is_taken_for_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.delenv("CODEX_ROOT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path if place == "home" else tmp_path.anchor)
    answer = CliRunner().invoke(main, ["check"])
    assert answer.exit_code == 2
    assert "is no folder of a codex" in answer.output

"""`codex check --baseline`: old problems do not block, new ones are told, mended ones too."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codex_publisher.cli.main import main
from support.sites import write_codex

CLAIM = "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: Two studies.\n---\n\n"
Check = Callable[..., Result]


@pytest.fixture
def codex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files: dict[str, str | bytes] = {
        "mkdocs.yml": "extra:\n  codex:\n    checks: {ignore: [C, Q]}\n",
        "claims/broken.md": "---\ntype: claim\ntype: claim\n---\n\n[[nothing]]\n",
        "claims/naps.md": f"{CLAIM}[[nothing]], and [[nothing]].\n",
    }
    folder = write_codex(tmp_path / "codex", files)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def check(codex: Path) -> Check:
    return lambda *options: CliRunner().invoke(main, ["check", "--baseline", "known.json", *options])


def _places(answer: Result) -> list[tuple[str, str]]:
    return re.findall(r"^(\S.*?:\d+):\d+: ([A-Z]\d{3}) ", answer.output, re.MULTILINE)


def test_it_is_written_when_it_is_not_there(codex: Path, check: Check) -> None:
    answer = check()
    assert answer.exit_code == 0
    assert answer.stderr == "Wrote known.json with 7 problems.\n"
    assert answer.stdout == "No new problems in 2 notes. 7 problems of the baseline are not shown.\n"
    again = check()
    assert (again.exit_code, again.stdout, again.stderr) == (0, answer.stdout, "")


def test_it_is_sorted_counted_and_free_of_lines(codex: Path, check: Check) -> None:
    check()
    text = (codex / "known.json").read_text("utf-8")
    found = json.loads(text)
    assert list(found["problems"]) == ["claims/broken.md", "claims/naps.md"]
    assert found["problems"]["claims/naps.md"] == {"L101": {"No note is called \u201cnothing\u201d.": 2}}
    assert text.isascii()
    note = codex / "claims" / "naps.md"
    note.write_text(
        note.read_text("utf-8").replace("[[nothing]],", "Some text.\n\nMore.\n\n[[nothing]],"), "utf-8"
    )
    assert check().stdout.startswith("No new problems")
    check("--write-baseline")
    assert (codex / "known.json").read_text("utf-8") == text


def test_one_more_of_a_kind_is_new_and_it_is_the_last(codex: Path, check: Check) -> None:
    check()
    with (codex / "claims" / "naps.md").open("a", encoding="utf-8") as note:
        note.write("\n[[nothing]] and [[something]]\n")
    answer = check()
    assert _places(answer) == [("claims/naps.md:10", "L101"), ("claims/naps.md:10", "L101")]
    assert (
        "2 problems in 1 of 2 notes: 2 warnings. 7 problems of the baseline are not shown." in answer.output
    )


def test_a_new_error_ends_it_with_1(codex: Path, check: Check) -> None:
    check()
    write_codex(codex, {"claims/new.md": "---\ntype: claim\ntype: claim\n---\n\nText.\n"})
    assert check().exit_code == 1


def test_mended_ones_are_said_and_taken_out_on_request(codex: Path, check: Check) -> None:
    check()
    write_codex(codex, {"claims/naps.md": f"{CLAIM}Nothing.\n"})
    assert "2 problems of the baseline are mended" in check().output
    assert "mended" not in check("--ignore", "L").output
    check("--write-baseline")
    assert "mended" not in check().output


def test_what_is_not_looked_at_is_not_mended(codex: Path, check: Check) -> None:
    check()
    (codex / "claims" / "broken.md").unlink()
    assert "mended" not in check("claims/naps.md").output
    assert "5 problems of the baseline are mended" in check().output


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 2}', '{"version": 1, "problems": [1]}', "[" * 100_000]
)
def test_another_file_is_not_taken_for_one(codex: Path, check: Check, text: str) -> None:
    (codex / "known.json").write_text(text, "utf-8")
    answer = check()
    assert answer.exit_code == 2
    assert "known.json is no baseline." in answer.output


def test_one_that_cannot_be_written_is_said(codex: Path) -> None:
    answer = CliRunner().invoke(main, ["check", "--baseline", "no/such/folder.json"])
    assert answer.exit_code == 2
    assert "could not be written" in answer.output

"""What a build says of notes: errors as warnings, and the number of problems as the check has it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from codex_publisher.cli.main import main
from support.built import built
from support.sites import write_codex
from support.small_codex import SMALL_CODEX

BOMB = "---\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)) + "---\n\nText.\n"
FLAWS: Mapping[str, str | bytes] = {
    "docs/bomb.md": BOMB,
    "docs/no-note.md": "---\ntype: claim\ntype: claim\n---\n\n[x](javascript:x)\n",
    f"docs/{'long ' * 45}name.md": "---\ntype: page\n---\n\nOnly a remark is made on its name.\n",
}


@pytest.mark.parametrize("flaws", [FLAWS, {}], ids=["flaws", "none"])
def test_it_counts_problems_in_the_words_of_the_check(
    tmp_path: Path, flaws: Mapping[str, str | bytes]
) -> None:
    codex = write_codex(tmp_path / "codex", {**SMALL_CODEX, **flaws})
    (said,) = [line for line in built(codex, tmp_path / "site").said if "problems in " in line]
    checked = CliRunner().invoke(main, ["-C", str(codex), "check"]).output
    summary = checked.strip().split("\n")[-1].partition(" Health")[0]
    assert "problems in " in summary
    assert said.removeprefix("INFO ").removesuffix(" They are listed on the site's page problems/") == summary


def test_what_is_an_error_in_a_note_is_a_warning_of_the_build_with_its_place(tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "codex", {**SMALL_CODEX, **FLAWS})
    said = built(codex, tmp_path / "site").said
    places = [line.partition(": ")[0] for line in said if line.startswith("WARNING docs/")]
    assert places == ["WARNING docs/bomb.md:2:5", "WARNING docs/no-note.md:3:1"]
    assert (tmp_path / "site" / "index.html").exists()

"""A contributor's way from a clone to a page of the site, as docs/contributing-a-note.md tells it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest

from support.repositories import commit_files, run_git
from support.sites import build_site
from support.small_codex import NAPS, SMALL_CODEX

CODEX = Path(sys.executable).parent / "codex"
TITLE = "naps help people who work at night"
NAME = f"claims/{TITLE}.md"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command says to a contributor."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody with a clone of a codex, in a folder of their own."""

    clone: Path

    def codex(self, *arguments: str) -> Answer:
        """Type a command, in the folder of the clone."""
        environment = {name: value for name, value in os.environ.items() if name != "CODEX_ROOT"}
        found = subprocess.run(
            [CODEX, *arguments], cwd=self.clone, env=environment, capture_output=True, text=True, check=False
        )
        return Answer(found.returncode, found.stdout + found.stderr)

    def edit(self, name: str, before: str, after: str) -> None:
        """Replace some words of a note, which stand in it once."""
        text = (self.clone / name).read_text("utf-8")
        assert text.count(before) == 1, text
        (self.clone / name).write_text(text.replace(before, after), "utf-8")


@pytest.fixture
def contributor(tmp_path: Path) -> Contributor:
    commit_files(tmp_path / "upstream", dict(SMALL_CODEX), on="2026-01-01")
    run_git(tmp_path, "clone", "--quiet", "upstream", "clone")
    run_git(tmp_path / "clone", "switch", "--create", "a-claim-on-night-work")
    return Contributor(tmp_path / "clone")


def test_somebody_adds_a_claim(contributor: Contributor, tmp_path: Path) -> None:
    # They begin a note.
    begun = contributor.codex(
        *("new", "claim", TITLE, "--domain", "sleep", "--confidence", "experimental"),
        *("--description", "Rests on one trial with nurses"),
    )
    assert begun.code == 0, begun.said
    assert NAME in begun.said
    assert contributor.codex("check", "--changed-since", "origin/main").code == 0

    # They write, and make two mistakes: a quotation mark is lost, and a name is misspelt.
    contributor.edit(NAME, "one trial with nurses", 'one trial with nurses" on "night shifts')
    contributor.edit(NAME, f"# {TITLE}\n", f"# {TITLE}\n\nNurses who napped at three kept awake.\n")
    contributor.edit(
        NAME, "## Evidence\n", "## Evidence\n\n- [[short naps improve recal in adults]]: the same by day\n"
    )
    wrong = contributor.codex("check", "--changed-since", "origin/main")
    assert wrong.code == 1
    line = (
        (contributor.clone / NAME)
        .read_text("utf-8")
        .split("\n")
        .index("- [[short naps improve recal in adults]]: the same by day")
    )
    assert f"{NAME}:{line + 1}:3: L101 " in wrong.said
    assert "did you mean “Short naps improve recall in adults”" in wrong.said
    assert f"{NAME}:4:" in wrong.said
    assert "F102" in wrong.said
    assert "coffee-and-sleep" not in wrong.said, "what was wrong before is not theirs to mend"

    # They mend both.
    contributor.edit(NAME, 'nurses" on "night shifts', "nurses")
    contributor.edit(NAME, "recal in", "recall in")
    mended = contributor.codex("check", "--changed-since", "origin/main")
    assert mended.code == 0
    assert "L101" not in mended.said
    assert "F102" not in mended.said

    # They read what it means, commit, and it still means the same.
    summary = contributor.codex("summary", "--format", "text")
    assert summary.code == 0
    assert "1 note added, " in summary.said
    assert TITLE in summary.said
    assert "Short naps improve recall in adults" in summary.said
    run_git(contributor.clone, "add", "--all")
    run_git(contributor.clone, "commit", "--message=Add a claim on night work")
    assert contributor.codex("summary", "--format", "text") == summary

    # They look at the page.
    site = build_site(contributor.clone, tmp_path / "site")
    page = lxml.html.parse(str(site / "claims" / "naps-help-people-who-work-at-night" / "index.html"))
    heading = next(title.text_content() for title in page.iter("h1"))
    assert heading.strip().casefold().startswith(TITLE)
    other = (site / "claims" / "short-naps-improve-recall-in-adults" / "index.html").read_text("utf-8")
    assert "naps-help-people-who-work-at-night" in other


def test_what_a_change_does_to_the_claims_of_others_is_told(contributor: Contributor) -> None:
    fields = "type: belief\ntitle: Rest is work\ndepends_on: [short naps improve recall in adults]\n"
    (contributor.clone / "beliefs").mkdir()
    (contributor.clone / "beliefs" / "rest is work.md").write_text(f"---\n{fields}---\n\nYes.\n", "utf-8")
    run_git(contributor.clone, "add", "--all")
    run_git(contributor.clone, "commit", "--message=Add a belief")
    contributor.edit(NAPS, "confidence: likely", "confidence: speculative")
    told = contributor.codex("summary", "--since", "HEAD", "--format", "text").said
    assert "confidence likely → speculative" in told
    assert "Rest is work (belief) rests on Short naps improve recall in adults [touched here]" in told

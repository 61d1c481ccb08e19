"""A codex beside what it was: what a change brought, what it mended, and which notes only moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codex_publisher.model.policy import Policy
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.past import Past, follow, look_back
from codex_publisher.repository.survey import survey
from support.notes import note_of, reported
from support.repositories import commit_files
from support.sites import write_codex

CLAIM = "---\ntype: claim\ndomain: sleep\nconfidence: likely\ndescription: Two studies.\n---\n\n"
POLICY = Policy(date(2026, 11, 21), ignored=frozenset({"C", "Q"}))
LONG = "".join(f"This is sentence {number} of many.\n\n" for number in range(12))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "codex"
    files: dict[str, str | bytes] = {
        "claims/a.md": f"{CLAIM}{LONG}[[nothing]]\n",
        "claims/b.md": f"{CLAIM}See [[a]], and [[never]].\n",
        "claims/c.md": "No front matter.\n",
        "site/built.md": "Built.\n",
        ".hidden/d.md": "Hidden.\n",
        "README.md": "About.\n",
    }
    commit_files(folder, files, on="2026-01-01")
    return folder


def _past(root: Path) -> Past:
    folder = CodexFolder(root, (), frozenset(), POLICY)
    return look_back(folder, survey(folder), "HEAD")


def test_what_was_is_the_codex_that_was(root: Path) -> None:
    now = survey(CodexFolder(root, (), frozenset(), POLICY))
    write_codex(root, {"claims/b.md": "Changed.\n", "claims/new.md": "[[a]]\n"})
    (root / "claims" / "c.md").unlink()
    past = _past(root)
    assert past.then.problems == now.problems
    assert list(past.then.notes) == list(now.notes)
    assert past.touched == {"claims/b.md", "claims/new.md"}
    assert past.removed == {"claims/c.md"}


def test_problems_are_brought_and_mended(root: Path) -> None:
    write_codex(root, {"claims/b.md": f"{CLAIM}See [[a]], and [[other]].\n"})
    past = _past(root)
    assert [problem.message for problem in past.introduced()] == ["No note is called “other”."]
    assert [problem.message for problem in past.mended()] == ["No note is called “never”."]


def test_what_goes_with_its_note_is_not_mended(root: Path) -> None:
    (root / "claims" / "c.md").unlink()
    assert _past(root).mended() == ()


def test_a_note_that_moved_and_changed_a_little_is_the_same_note(root: Path) -> None:
    text = (root / "claims" / "a.md").read_text("utf-8")
    (root / "claims" / "a.md").unlink()
    write_codex(root, {"claims/better name.md": text.replace("---\n\n", "aliases: [a]\n---\n\n")})
    past = _past(root)
    assert past.renamed == {"claims/a.md": "claims/better name.md"}
    assert past.touched == {"claims/better name.md"}
    assert (past.introduced(), past.mended()) == ((), ())
    assert reported(past.now) == [
        ("L101", "claims/b.md"),
        ("L101", "claims/better name.md"),
        ("F101", "claims/c.md"),
    ]


def test_of_several_like_notes_the_likest_is_followed() -> None:
    gone = {
        NotePath("q/one.md"): note_of("q/one.md", LONG),
        NotePath("q/two.md"): note_of("q/two.md", f"{LONG}x"),
    }
    new = {
        NotePath("r/two.md"): note_of("r/two.md", f"{LONG}x"),
        NotePath("r/one.md"): note_of("r/one.md", f"{LONG}y\n"),
        NotePath("r/three.md"): note_of("r/three.md", "Something else.\n"),
    }
    assert follow(gone, new) == {"q/two.md": "r/two.md", "q/one.md": "r/one.md"}

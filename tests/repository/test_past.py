"""The health of a codex on earlier days, from real small repositories."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from codex_publisher.model.document import Document
from codex_publisher.model.health import Health, Past, Unknown, health_of
from codex_publisher.model.note import Note
from codex_publisher.model.policy import Policy
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import past as past_module
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.past import MOST_MOMENTS, read_past
from codex_publisher.repository.rendering import outline_all
from codex_publisher.repository.survey import survey
from support.notes import with_fields
from support.repositories import commit_files, run_git
from support.small_codex import SMALL_CODEX

TODAY = date(2026, 11, 22)
SOUND = "# Sound\n\nNothing is wrong here.\n"
WARNED = "# Warned\n\nSee [[nowhere at all]].\n"


def _folder(root: Path, today: date = TODAY, ignored: tuple[str, ...] = ("F101", "N")) -> CodexFolder:
    return CodexFolder(root, (), frozenset(), Policy(today, ignored=frozenset(ignored)))


def _told(past: Past) -> list[tuple[str, int, int]]:
    return [(f"{moment.day}", moment.health.score, moment.health.notes) for moment in past.moments]


def test_the_last_commit_of_each_earlier_month_is_told_the_oldest_first(tmp_path: Path) -> None:
    commit_files(tmp_path, {"docs/a.md": WARNED}, on="2026-01-05")
    commit_files(tmp_path, {"docs/b.md": WARNED}, on="2026-01-20")
    commit_files(tmp_path, {"docs/a.md": SOUND}, on="2026-03-01")
    commit_files(tmp_path, {"docs/b.md": SOUND}, on="2026-05-01")
    commit_files(tmp_path, {"docs/c.md": WARNED}, on="2026-06-01")
    past = read_past(_folder(tmp_path))
    assert past.by_month
    assert past.unknown is None
    # June is the present, which the site knows from the disk.
    assert _told(past) == [("2026-01-20", 50, 2), ("2026-03-01", 75, 2), ("2026-05-01", 100, 2)]


def test_no_more_than_the_last_eight_months_are_told(tmp_path: Path) -> None:
    for month in range(1, 12):
        commit_files(tmp_path, {f"docs/{month}.md": SOUND}, on=f"2026-{month:02}-10")
    assert [day for day, _, _ in _told(read_past(_folder(tmp_path)))] == [
        f"2026-{month:02}-10" for month in range(3, 11)
    ]


def test_a_short_history_is_told_by_days_spread_from_its_first_to_its_last(tmp_path: Path) -> None:
    for number in range(20):
        day = date(2026, 6, 1) + timedelta(days=number)
        commit_files(tmp_path, {f"docs/{number}.md": SOUND}, on=f"{day}")
    past = read_past(_folder(tmp_path))
    assert not past.by_month
    days = [moment.day.day for moment in past.moments]
    assert (len(days), days[0], days[-1]) == (MOST_MOMENTS, 1, 19)
    assert {after - before for before, after in itertools.pairwise(days)} <= {2, 3}


def test_the_past_is_judged_by_today_s_rules_as_codex_check_would_have_on_that_day(tmp_path: Path) -> None:
    root, then = tmp_path / "codex", tmp_path / "then"
    commit_files(root, dict(SMALL_CODEX), on="2026-01-10")
    commit_files(root, {"docs/b.md": WARNED, "claims/new.md": "[[gone]]\n"}, on="2026-02-10")
    run_git(root, "rm", "--quiet", "-r", "inbox/archive")
    commit_files(root, {"docs/b.md": SOUND}, on="2026-03-10")
    commit_files(root, {"docs/c.md": SOUND}, on="2026-04-10")
    moments = read_past(_folder(root, ignored=())).moments
    assert [moment.day.month for moment in moments] == [1, 2, 3]
    for moment, commit in zip(moments, ("HEAD~3", "HEAD~2", "HEAD~1"), strict=True):
        run_git(root, "worktree", "add", "--force", "--detach", f"{then / commit}", commit)
        checked_out = _folder(then / commit, moment.day, ())
        assert moment.health == health_of(survey(checked_out, 1))
    assert len({moment.health for moment in moments}) > 1


def test_how_long_a_source_waited_is_counted_to_the_day_of_the_commit(tmp_path: Path) -> None:
    text = with_fields(
        *("type: source", "title: A source", "url: https://example.org/a", "date: 2026-01-01"),
        *("created: 2026-01-01", "status: unprocessed", "priority: high", "domain: sleep", "format: paper"),
    )
    commit_files(tmp_path, {"inbox/queue/a.md": text}, on="2026-01-02")
    for month in (2, 3):
        commit_files(tmp_path, {"docs/b.md": f"{SOUND}{month}\n"}, on=f"2026-{month:02}-01")
    first, second = read_past(_folder(tmp_path, ignored=("F", "L", "N", "C", "Q101", "Q102"))).moments
    assert first.health == Health(1, 0, 0)
    # On the first of February it had waited for 31 days, and 14 are allowed.
    assert second.health == Health(1, 1, 0)


def test_a_note_that_stays_the_same_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_files(tmp_path, {"docs/a.md": SOUND}, on="2026-01-01")
    for month in range(2, 7):
        commit_files(tmp_path, {f"docs/{month}.md": SOUND}, on=f"2026-{month:02}-01")
    read: list[str] = []

    def watched(notes: Sequence[Note], engine: Engine) -> Mapping[NotePath, Document]:
        read.extend(note.path for note in notes)
        return outline_all(notes, engine)

    monkeypatch.setattr(past_module, "outline_all", watched)
    assert len(read_past(_folder(tmp_path)).moments) == 5
    assert sorted(read) == ["docs/2.md", "docs/3.md", "docs/4.md", "docs/5.md", "docs/a.md"]


def test_what_is_not_committed_does_not_matter(tmp_path: Path) -> None:
    commit_files(tmp_path, {"docs/a.md": SOUND}, on="2026-01-01")
    commit_files(tmp_path, {"docs/b.md": SOUND}, on="2026-01-02")
    before = read_past(_folder(tmp_path))
    (tmp_path / "docs" / "a.md").unlink()
    assert read_past(_folder(tmp_path)) == before
    assert _told(before) == [("2026-01-01", 100, 1)]


@pytest.mark.parametrize(
    ("most", "days"),
    [(1000, [1, 2, 3, 4]), (9, [1, 3]), (3, [1]), (0, [])],
)
def test_a_large_codex_is_looked_at_less_often(
    most: int, days: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(1, 6):
        commit_files(tmp_path, {f"docs/{month}.md": SOUND}, on=f"2026-{month:02}-01")
    monkeypatch.setattr(past_module, "MOST_NOTES", most)
    past = read_past(_folder(tmp_path))
    assert [moment.day.month for moment in past.moments] == days
    assert past.unknown is (None if days else Unknown.LARGE)


def test_work_on_a_branch_counts_when_it_is_merged(tmp_path: Path) -> None:
    commit_files(tmp_path, {"docs/a.md": SOUND}, on="2026-01-01")
    run_git(tmp_path, "switch", "--create", "side")
    commit_files(tmp_path, {"docs/b.md": WARNED}, on="2026-02-01")
    run_git(tmp_path, "switch", "main")
    commit_files(tmp_path, {"docs/c.md": SOUND}, on="2026-02-02")
    run_git(tmp_path, "merge", "--no-ff", "--message=Merge", "side", on="2026-03-01")
    commit_files(tmp_path, {"docs/d.md": SOUND}, on="2026-04-01")
    assert _told(read_past(_folder(tmp_path))) == [
        ("2026-01-01", 100, 1),
        ("2026-02-02", 100, 2),
        ("2026-03-01", 83, 3),
    ]


def test_a_clock_that_was_wrong_makes_no_day_of_the_future_or_out_of_order(tmp_path: Path) -> None:
    days = ("2026-01-01", "2026-02-01", "2031-01-01", "2026-03-01", "2026-04-01", "2027-01-01")
    for number, day in enumerate(days):
        commit_files(tmp_path, {f"docs/{number}.md": SOUND}, on=day)
    assert _told(read_past(_folder(tmp_path))) == [
        ("2026-01-01", 100, 1),
        ("2026-02-01", 100, 2),
        ("2026-03-01", 100, 4),
    ]


def test_without_git_or_without_its_whole_history_nothing_is_known(tmp_path: Path) -> None:
    bare, root, shallow = tmp_path / "bare", tmp_path / "codex", tmp_path / "shallow"
    bare.mkdir()
    assert read_past(_folder(bare)) == Past(unknown=Unknown.NO_GIT)
    run_git(bare, "init")
    assert read_past(_folder(bare)) == Past(unknown=Unknown.NO_GIT)
    for month in (1, 2, 3):
        commit_files(root, {f"docs/{month}.md": SOUND}, on=f"2026-{month:02}-01")
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=2", f"file://{root}", str(shallow)],
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )
    assert read_past(_folder(shallow)) == Past(unknown=Unknown.SHALLOW)


def test_one_day_s_commits_or_commits_without_notes_are_no_past(tmp_path: Path) -> None:
    commit_files(tmp_path, {"docs/a.md": WARNED}, on="2026-03-01")
    commit_files(tmp_path, {"docs/a.md": SOUND}, on="2026-03-01")
    assert read_past(_folder(tmp_path)).unknown is Unknown.YOUNG
    other = tmp_path / "other"
    commit_files(other, {"notes.txt": "none yet"}, on="2026-01-01")
    commit_files(other, {"docs/a.md": SOUND}, on="2026-03-01")
    assert read_past(_folder(other)).unknown is Unknown.YOUNG


def test_a_repository_that_lost_something_is_said_to_be_unreadable(tmp_path: Path) -> None:
    commit_files(tmp_path, {"docs/a.md": WARNED}, on="2026-01-01")
    lost = run_git(tmp_path, "rev-parse", "HEAD:docs/a.md").decode().strip()
    commit_files(tmp_path, {"docs/a.md": SOUND}, on="2026-02-01")
    (tmp_path / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    assert read_past(_folder(tmp_path)) == Past(unknown=Unknown.UNREADABLE)


def test_a_codex_in_a_folder_of_its_repository_is_told_by_its_own_files(tmp_path: Path) -> None:
    commit_files(tmp_path, {"notes/docs/a.md": SOUND, "other.md": WARNED}, on="2026-01-01")
    commit_files(tmp_path, {"other.md": SOUND}, on="2026-02-01")
    commit_files(tmp_path, {"notes/docs/b.md": SOUND}, on="2026-03-01")
    assert _told(read_past(_folder(tmp_path / "notes"))) == [("2026-01-01", 100, 1), ("2026-02-01", 100, 1)]

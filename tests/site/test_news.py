"""What Git says that happened to the notes: added, moved, renamed, removed and judged otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import blobs
from codex_publisher.repository.blobs import read_heads
from codex_publisher.site import news
from codex_publisher.site.history import read_history
from codex_publisher.site.news import Happened
from codex_publisher.site.views import NewsView
from support.repositories import commit_files, run_git
from support.sites import codex_of, write_codex
from support.views import views_of

CLAIM = "---\ntype: claim\nconfidence: likely\n---\n\nA claim.\n"
PROVEN = CLAIM.replace("likely", "proven")
QUEUED = "---\ntype: source\nstatus: unprocessed\n---\n\nA source.\n"
PROCESSED = QUEUED.replace("unprocessed", "processed")
ODD = ("claims/\"quotes\" and 'more'.md", "claims/tab\tand\nline.md", "-dash.md", "ünïcödé 中文.md", " .md")


def _told(folder: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.what.value, one.path, tuple(f"{turn.before}>{turn.after}" for turn in one.turns))
        for one in read_history(folder).news
    ]


def _move(folder: Path, old: str, new: str) -> None:
    (folder / new).parent.mkdir(parents=True, exist_ok=True)
    (folder / old).rename(folder / new)


def test_what_was_added_and_judged_otherwise_is_told_newest_first(tmp_path: Path) -> None:
    commit_files(tmp_path, {"claims/a.md": CLAIM, "claims/b.md": CLAIM}, on="2026-01-01")
    commit_files(tmp_path, {"claims/a.md": PROVEN, "claims/b.md": CLAIM + "More.\n"}, on="2026-01-02")
    assert _told(tmp_path) == [
        ("changed", "claims/a.md", ("likely>proven",)),
        ("added", "claims/a.md", ()),
        ("added", "claims/b.md", ()),
    ]


def test_a_source_that_moves_and_is_processed_in_one_commit_is_one_change(tmp_path: Path) -> None:
    commit_files(tmp_path, {"inbox/queue/a.md": QUEUED, "inbox/queue/b.md": QUEUED + "b"}, on="2026-01-01")
    _move(tmp_path, "inbox/queue/a.md", "inbox/archive/a.md")
    commit_files(tmp_path, {"inbox/archive/a.md": PROCESSED + "and much more\n" * 99}, on="2026-01-02")
    assert _told(tmp_path) == [
        ("moved", "inbox/archive/a.md", ("unprocessed>processed",)),
        ("added", "inbox/archive/a.md", ()),
        ("added", "inbox/queue/b.md", ()),
    ]


def test_a_note_with_another_name_and_the_same_text_was_renamed_and_keeps_its_past(tmp_path: Path) -> None:
    commit_files(tmp_path, {"claims/old.md": CLAIM}, on="2026-01-01")
    commit_files(tmp_path, {"claims/old.md": PROVEN}, on="2026-01-02")
    _move(tmp_path, "claims/old.md", "claims/new.md")
    commit_files(tmp_path, {}, on="2026-01-03")
    assert [(what, path) for what, path, _ in _told(tmp_path)] == [
        ("renamed", "claims/new.md"),
        ("changed", "claims/new.md"),
        ("added", "claims/new.md"),
    ]
    assert read_history(tmp_path).news[0].was == "claims/old.md"


def test_two_notes_that_changed_places_were_not_added(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a/x.md": CLAIM, "b/y.md": QUEUED}, on="2026-01-01")
    _move(tmp_path, "a/x.md", "b/x.md")
    _move(tmp_path, "b/y.md", "a/y.md")
    commit_files(tmp_path, {}, on="2026-01-02")
    assert {(what, path) for what, path, _ in _told(tmp_path)} == {
        ("moved", "b/x.md"),
        ("moved", "a/y.md"),
        ("added", "b/x.md"),
        ("added", "a/y.md"),
    }


def test_of_a_note_that_is_gone_only_its_end_is_told(tmp_path: Path) -> None:
    commit_files(tmp_path, {"claims/a.md": CLAIM, "claims/b.md": CLAIM + "b"}, on="2026-01-01")
    commit_files(tmp_path, {"claims/a.md": PROVEN}, on="2026-01-02")
    run_git(tmp_path, "rm", "claims/a.md")
    commit_files(tmp_path, {}, on="2026-01-03")
    assert _told(tmp_path) == [("removed", "claims/a.md", ()), ("added", "claims/b.md", ())]


def test_namesakes_that_come_and_go_together_are_not_guessed_at(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a/beliefs.md": "one", "b/beliefs.md": "two"}, on="2026-01-01")
    run_git(tmp_path, "rm", "a/beliefs.md", "b/beliefs.md")
    commit_files(tmp_path, {"c/beliefs.md": "three", "d/beliefs.md": "four"}, on="2026-01-02")
    assert sorted(what for what, _, _ in _told(tmp_path)) == ["added", "added", "removed", "removed"]


def test_names_of_every_sort_merges_pictures_links_and_submodules_end_nothing(tmp_path: Path) -> None:
    commit_files(tmp_path, dict.fromkeys(ODD, CLAIM), on="2026-01-01", by="Eve\x01\x02 \u202eforged")
    (tmp_path / "link.md").symlink_to("-dash.md")
    write_codex(tmp_path, {"picture.md": bytes(range(256)), "image.png": b"\0\1"})
    name = run_git(tmp_path, "rev-parse", "HEAD").decode().strip()
    run_git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{name},module.md")
    run_git(tmp_path, "add", "--all", "--ignore-errors", ":!module.md")
    run_git(
        tmp_path, "commit", "--message=\0".replace("\0", "commit\n\n:100644 100644 0 0 A"), on="2026-01-02"
    )
    run_git(tmp_path, "checkout", "-b", "side", "HEAD~1")
    commit_files(tmp_path, {"side.md": CLAIM}, on="2026-01-03")
    run_git(tmp_path, "checkout", "main")
    run_git(tmp_path, "merge", "--no-edit", "side", on="2026-01-04")
    found = read_history(tmp_path).news
    assert {one.path for one in found} == {*ODD, "picture.md", "side.md"}
    assert {one.what for one in found} == {Happened.ADDED}
    assert all("\u202e" not in one.change.author and "\x01" not in one.change.author for one in found)


def test_a_name_that_is_not_utf_8_is_the_one_on_the_disk(tmp_path: Path) -> None:
    name = b"claims/caf\xe9.md".decode("utf-8", "surrogateescape")
    try:
        commit_files(tmp_path, {name: CLAIM}, on="2026-01-01")
    except OSError:
        pytest.skip("this disk takes UTF-8 only")
    assert [one.path for one in read_history(tmp_path).news] == [name]
    assert read_history(tmp_path).last_change(NotePath(name))


def test_a_shallow_clone_says_up_to_when_nothing_is_known(tmp_path: Path) -> None:
    commit_files(tmp_path / "whole", {"claims/a.md": CLAIM}, on="2026-01-01")
    commit_files(tmp_path / "whole", {"claims/b.md": CLAIM}, on="2026-02-02")
    commit_files(tmp_path / "whole", {"claims/a.md": PROVEN}, on="2026-03-03")
    run_git(tmp_path, "clone", "--depth=2", f"file://{tmp_path}/whole", "shallow")
    shallow = tmp_path / "shallow"
    assert _told(shallow) == [("changed", "claims/a.md", ("likely>proven",))]
    view = views_of(codex_of({"claims/a.md": PROVEN, "claims/b.md": CLAIM}), read_history(shallow))["new/"]
    assert isinstance(view, NewsView)
    assert "shallow, so what happened up to 2 February 2026 is not known" in view.notice
    assert "fetch-depth: 0" in view.notice


def test_old_contents_that_git_does_not_have_are_not_told_and_not_fetched(tmp_path: Path) -> None:
    commit_files(tmp_path / "whole", {"claims/a.md": CLAIM}, on="2026-01-01")
    commit_files(tmp_path / "whole", {"claims/a.md": PROVEN}, on="2026-02-02")
    run_git(tmp_path / "whole", "config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "--filter=blob:none", f"file://{tmp_path}/whole", "partial")
    assert _told(tmp_path / "partial") == [("added", "claims/a.md", ())]
    shutil.rmtree(tmp_path / "whole")
    assert _told(tmp_path / "partial") == [("added", "claims/a.md", ())]


def test_only_so_many_bytes_of_old_contents_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_files(tmp_path, {"claims/a.md": CLAIM + "x" * 300_000}, on="2026-01-01")
    commit_files(tmp_path, {"claims/a.md": PROVEN + "x" * 300_000}, on="2026-02-02")
    assert len(_told(tmp_path)) == 2
    monkeypatch.setattr(blobs, "MAX_BYTES", 100_000)
    assert _told(tmp_path) == [("added", "claims/a.md", ())]


def test_only_the_latest_of_very_many_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_files(tmp_path, {"claims/a.md": CLAIM}, on="2026-01-01")
    commit_files(tmp_path, {"claims/b.md": CLAIM}, on="2026-02-02")
    monkeypatch.setattr(news, "MAX_CANDIDATES", 1)
    assert _told(tmp_path) == [("added", "claims/b.md", ())]
    assert set(read_history(tmp_path).last) == {"claims/a.md", "claims/b.md"}


def test_a_name_that_git_does_not_know_gives_nothing(tmp_path: Path) -> None:
    commit_files(tmp_path, {"a.md": CLAIM}, on="2026-01-01")
    name = run_git(tmp_path, "hash-object", "a.md").decode().strip()
    assert list(read_heads(tmp_path, ["0" * 40, name, "-x", "é"])) == [(name, CLAIM.encode())]
    assert list(read_heads(tmp_path / "none", [name])) == []

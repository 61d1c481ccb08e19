"""What is new: notes added, moved, renamed, removed and judged otherwise, as Git tells it."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import blobs
from codex_publisher.repository.blobs import parse_heads, read_heads
from codex_publisher.repository.git_log import Change, fields_of, parse_commits
from codex_publisher.site import news, news_views
from codex_publisher.site.history import History, read_history
from codex_publisher.site.news import Happened, NoteChange, Turn, fields_of_head
from codex_publisher.site.views import HomeView, NewsView, View
from support.built import built, words
from support.repositories import commit_files, run_git
from support.sites import codex_of, write_codex
from support.views import TODAY, day, views_of

HEX = "0123456789abcdef"
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


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (
            "---\nconfidence: likely\nstatus:   processed\n---\n",
            {"confidence": "likely", "status": "processed"},
        ),
        ("---\r\nconfidence: likely\r\n---\r\n", {"confidence": "likely"}),
        ("\ufeff---\nconfidence: 'very likely' # so says Ann\n---\n", {"confidence": "very likely"}),
        ('---\nstatus: "a # b"\n---\n', {"status": "a # b"}),
        ("---\nstatus: null-result # nothing in it\n---\n", {"status": "null-result"}),
        ("---\nstatus: # none\nconfidence:\n---\n", {}),
        ("---\ntitle: x\n---\nstatus: processed\n", {}),
        ("status: processed\n", {}),
        ("---\n  status: processed\nmystatus: x\n---\n", {}),
        ("---\nstatus: one\nstatus: two\n---\n", {"status": "one"}),
        ("---\nstatus: \u202eevil\n---\n", {"status": "\ufffdevil"}),
        ("---\nstatus: cut off", {"status": "cut off"}),
    ],
)
def test_status_and_confidence_are_read_from_the_head_of_a_file(head: str, found: dict[str, str]) -> None:
    assert fields_of_head(head.encode()) == found


@given(
    st.binary(max_size=500)
    | st.text(max_size=300).map(lambda text: f"---\n{text}\n---\n".encode("utf-8", "replace"))
)
def test_no_head_of_a_file_makes_the_reader_fail(head: bytes) -> None:
    for value in fields_of_head(head).values():
        assert value == value.strip()
        assert 0 < len(value) <= 60
        assert "\n" not in value


@given(st.lists(st.binary(max_size=30).filter(lambda part: b"\0" not in part)), st.integers(1, 7))
def test_fields_are_what_stands_between_nuls_however_the_bytes_come(parts: list[bytes], step: int) -> None:
    class _Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(step)

    assert list(fields_of(_Slow(b"\0".join(parts)))) == (parts or [b""])


@given(st.lists(st.binary(max_size=60)))
def test_no_answer_of_git_makes_the_reader_fail(fields: list[bytes]) -> None:
    for commit in parse_commits(fields):
        assert commit.change.date.year


@given(st.binary(max_size=400))
def test_no_answer_about_contents_makes_the_reader_fail(answer: bytes) -> None:
    for name, head in parse_heads(io.BytesIO(answer)):
        assert isinstance(name, str)
        assert len(head) <= len(answer)


_paths = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=20).map(
    lambda text: (
        text.encode("utf-8", "surrogateescape") if not any("\ud800" <= c <= "\udfff" for c in text) else b"x"
    )
)
_names = st.text(HEX, min_size=40, max_size=40)


@given(st.lists(st.tuples(_names, st.text(max_size=20), st.lists(st.tuples(_paths, _names, _names)))))
def test_what_git_wrote_is_what_is_read(commits: list[tuple[str, str, list[tuple[bytes, str, str]]]]) -> None:
    fields: list[bytes] = []
    for commit, author, files in commits:
        who = author.replace("\0", "").encode("utf-8", "replace")
        fields += [b"", commit.encode(), b"", who, b"2026-01-02"]
        fields += [
            part for path, old, new in files for part in (f"\n:100644 100644 {old} {new} M".encode(), path)
        ]
    found = list(parse_commits(fields))
    assert [one.change.commit for one in found] == [commit for commit, _, _ in commits]
    assert [[file.path.encode("utf-8", "surrogateescape") for file in one.touched] for one in found] == [
        [path for path, _, _ in files] for _, _, files in commits
    ]


# What a reader sees


def _change(
    what: Happened, path: str, on: str = "2026-03-12", commit: str = "", **more: object
) -> NoteChange:
    name = NotePath(path)
    change = NoteChange(what, name, name, name, Change(commit or on.ljust(40, "a"), "Ann", day(on)))
    return replace(change, **more)  # type: ignore[arg-type]


def _news_view(view: View) -> NewsView:
    assert isinstance(view, NewsView)
    return view


def _lines(files: dict[str, str], *changes: NoteChange, **settings: object) -> list[tuple[str, str, str]]:
    view = _news_view(views_of(codex_of(files), History(news=changes), **settings)["new/"])
    return [(of_day.title, one.what, one.title) for of_day in view.days for one in of_day.entries]


def test_the_page_tells_day_by_day_what_happened() -> None:
    files = {"claims/naps help.md": PROVEN, "inbox/archive/dreams.md": PROCESSED}
    moved = _change(
        Happened.MOVED,
        "inbox/archive/dreams.md",
        was=NotePath("inbox/queue/dreams.md"),
        became=NotePath("inbox/archive/dreams.md"),
        turns=(Turn("status", "unprocessed", "processed"),),
    )
    judged = _change(
        Happened.CHANGED, "claims/naps help.md", "2026-03-14", turns=(Turn("confidence", "likely", "proven"),)
    )
    gone = _change(Happened.REMOVED, "claims/old-thought.md", "2026-03-10")
    assert _lines(files, moved, judged, gone) == [
        ("14 March 2026", "now proven, was likely", "Naps help"),
        ("12 March 2026", "moved from queue to archive; now processed, was unprocessed", "Dreams"),
        ("10 March 2026", "removed", "Old thought"),
    ]


def test_what_concerns_no_note_of_this_codex_is_not_told() -> None:
    changes = (
        _change(Happened.ADDED, "elsewhere/a.md"),
        _change(Happened.REMOVED, "README.md"),
        _change(Happened.REMOVED, "node_modules/x.md"),
        _change(Happened.REMOVED, ".github/x.md"),
        _change(Happened.REMOVED, "old/naps help.md"),
        _change(Happened.ADDED, "claims/naps help.md", "2026-05-01"),
    )
    view = _news_view(views_of(codex_of({"claims/naps help.md": CLAIM}), History(news=changes))["new/"])
    assert view.notice == news_views.NO_GIT
    assert view.empty == "No note bears a date."
    assert TODAY.isoformat() < "2026-05-01"


def test_a_commit_that_adds_hundreds_is_one_entry_with_some_of_them() -> None:
    files = {f"claims/claim {number}.md": CLAIM for number in range(300)}
    changes = [_change(Happened.ADDED, path) for path in files]
    view = _news_view(views_of(codex_of(files), History(news=tuple(changes)))["new/"])
    ((entry,),) = [of_day.entries for of_day in view.days]
    assert (entry.title, len(entry.notes), entry.more) == ("300 notes added", 6, 294)
    assert all(link.to.startswith("claims/") for link in entry.notes)


def test_the_list_goes_on_over_pages_and_ends() -> None:
    files = {f"claims/claim {number}.md": CLAIM for number in range(1100)}
    changes = [_change(Happened.ADDED, path, commit=f"{number:040}") for number, path in enumerate(files)]
    views = views_of(codex_of(files), History(news=tuple(changes)), notes_per_page=500)
    pages = [_news_view(view) for address, view in views.items() if address.startswith("new/")]
    assert [page.permalink for page in pages] == ["new/", "new/page/2/"]
    assert pages[0].summary == "The latest 1,000 changes, newest first."


def test_the_commit_is_a_link_where_the_repository_is_known() -> None:
    files = {"claims/a.md": CLAIM}
    history = History(news=(_change(Happened.ADDED, "claims/a.md", commit="a" * 40),))
    known = _news_view(views_of(codex_of(files), history, repository="https://example.org/x")["new/"])
    unknown = _news_view(views_of(codex_of(files), history)["new/"])
    assert [fact.outward for fact in known.days[0].entries[0].facts if fact.text == "a" * 7] == [
        f"https://example.org/x/commit/{'a' * 40}"
    ]
    assert [fact.outward for fact in unknown.days[0].entries[0].facts if fact.text == "a" * 7] == [""]


def test_without_git_the_notes_stand_by_their_own_dates_and_the_page_says_so() -> None:
    files = {
        "claims/a.md": CLAIM.replace("---\n\n", "created: 2026-03\n---\n\n"),
        "claims/b.md": CLAIM.replace("---\n\n", "created: 2026-03-02\n---\n\n"),
        "claims/later.md": CLAIM.replace("---\n\n", "created: 2027-01-01\n---\n\n"),
        "inbox/queue/s.md": QUEUED.replace("---\n\n", "date: 2026-03-30\n---\n\n"),
    }
    view = _news_view(views_of(codex_of(files))["new/"])
    assert view.notice == news_views.NO_GIT
    assert [(of_day.title, of_day.entries[0].title) for of_day in view.days] == [
        ("2 March 2026", "B"),
        ("March 2026", "A"),
    ]


def test_an_empty_codex_says_how_to_begin() -> None:
    view = _news_view(views_of(codex_of({}))["new/"])
    assert view.empty == news_views.EMPTY
    assert view.notice == ""


def test_the_front_page_shows_each_note_once_and_what_waits_only_for_want_of_better() -> None:
    files = {f"claims/c{number}.md": CLAIM for number in range(20)} | {"inbox/queue/s.md": QUEUED}
    bulk = [_change(Happened.ADDED, f"claims/c{number}.md", "2026-01-01") for number in range(20)]
    waiting = _change(Happened.ADDED, "inbox/queue/s.md", "2026-03-20", "b" * 40)
    judged = _change(
        Happened.CHANGED, "claims/c7.md", "2026-02-02", "c" * 40, turns=(Turn("confidence", "", "likely"),)
    )
    home = views_of(codex_of(files), History(news=(waiting, judged, *bulk)))[""]
    assert isinstance(home, HomeView)
    rows = home.newest.rows
    assert [row.title for row in rows] == ["C7", "C0", "C1", "C2", "C3"]
    assert [fact.text for fact in rows[0].facts][:2] == ["2 February 2026", "now likely"]
    assert home.newest.more_to == "new/"


def test_a_built_site_tells_what_is_new_and_runs_nothing_of_it(tmp_path: Path) -> None:
    codex = tmp_path / "codex"
    evil = "<script>alert(1)</script>"
    commit_files(
        codex, {"claims/a.md": f"---\ntitle: {evil}\nconfidence: likely\n---\nText."}, on="2026-01-01"
    )
    commit_files(
        codex,
        {"claims/a.md": f"---\ntitle: {evil}\nconfidence: '{evil}'\n---\nText."},
        on="2026-01-02",
        by=evil.replace("<", "‹").replace(">", "›"),
    )
    site = built(codex, tmp_path / "site")
    page = site.page("new/")
    shown = [words(row) for row in page.all("codex-row")]
    assert len(shown) == 2
    assert f"now {evil}, was likely" in shown[0]
    assert "<script>alert" not in (tmp_path / "site" / "new" / "index.html").read_text()
    assert site.page("").links()["More of what is new"] == "new/"

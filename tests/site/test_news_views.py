"""What is new, as a reader sees it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.git_log import Change
from codex_publisher.site import news_views
from codex_publisher.site.history import History
from codex_publisher.site.news import Happened, NoteChange, Turn
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import HomeView, NewsView, View
from support.built import built, words
from support.repositories import commit_files
from support.sites import codex_of
from support.views import TODAY, day, views_of

CLAIM = "---\ntype: claim\nconfidence: likely\n---\n\nA claim.\n"
PROVEN = CLAIM.replace("likely", "proven")
QUEUED = "---\ntype: source\nstatus: unprocessed\n---\n\nA source.\n"
PROCESSED = QUEUED.replace("unprocessed", "processed")


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


def test_all_that_one_commit_did_is_a_few_clicks_away() -> None:
    files = {f"claims/claim {number:03}.md": CLAIM for number in range(30)}
    gone = [_change(Happened.REMOVED, f"claims/old {number:02}.md") for number in range(20)]
    added = [_change(Happened.ADDED, path) for path in files]
    views = views_of(codex_of(files), History(news=(*added, *gone)), notes_per_page=20)
    entries = [one for of_day in _news_view(views["new/"]).days for one in of_day.entries]
    assert [entry.title for entry in entries] == ["30 notes added", "20 notes removed"]
    html = Renderer().render(views["new/"])
    first, rest, removed = (views[f"{entries[0].to}"], views[f"{entries[0].to}page/2/"], views[entries[1].to])
    assert f'href="../{entries[0].to}">and 24 more</a>' in html
    assert _news_view(first).title == "30 notes added"
    assert _news_view(first).summary == "30 notes, newest first."
    shown = [one for view in (first, rest) for one in _news_view(view).days[0].entries]
    assert [one.title for one in shown] == [f"Claim {number:03}" for number in range(30)]
    assert {one.to for one in shown} <= views.keys()
    assert [one.to for one in _news_view(removed).days[0].entries] == [""] * 20
    assert [one.text for one in entries[0].notes] == [one.title for one in shown[:6]]


def test_an_import_of_thousands_is_listed_as_far_as_is_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news_views, "MAX_LISTED", 25)
    files = {f"claims/claim {number:03}.md": CLAIM for number in range(60)}
    changes = tuple(_change(Happened.ADDED, path) for path in files)
    views = views_of(codex_of(files), History(news=changes), notes_per_page=20)
    pages = [_news_view(view) for address, view in views.items() if address.startswith("new/")][1:]
    assert [len(page.days[0].entries) for page in pages] == [20, 5]
    assert pages[0].summary == "The first 25 of 60 notes, newest first."


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

"""Under `mkdocs serve`, what is written is shown at once, and everything else as if all were built anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from mkdocs.config import load_config

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import loading
from codex_publisher.repository.reading import read_content
from codex_publisher.site.plan import PlannedPage
from codex_publisher.site.serving import refresher, seen
from codex_publisher.site.serving.application import Application
from codex_publisher.site.serving.bringing_up import BringingUp
from codex_publisher.site.serving.refresher import must_be_whole
from codex_publisher.site.serving.search import OldSearch
from codex_publisher.site.serving.seen import Seen
from codex_publisher.site.serving.served import ServedSite
from support.built import contents, within
from support.projects import write_project
from support.repositories import commit_files
from support.serving import Serving, built_whole, serving
from support.sites import write_codex
from support.small_codex import NAPS, PIXEL, SMALL_CODEX

DOCS: dict[str, str | bytes] = {
    "docs/guide.md": "# A guide\n\n[[short naps improve recall in adults]], [[a tour of naps]]\n",
    "docs/plain.md": "# A plain page\n",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folders = sorted({name.partition("/")[0] for name in SMALL_CODEX if "/" in name})
    place = tmp_path_factory.mktemp("served")
    settings = write_project(
        place / "project",
        {**SMALL_CODEX, **DOCS},
        {"notes": folders},
        nav=["index.md", "claims.md", "maps/sleep.md", "guide.md"],
    )
    with serving(settings, place / "site") as made:
        yield made


@pytest.fixture
def served(server: Serving) -> Iterator[Serving]:
    """A server, whose notes are as they were at first."""
    root = server.settings.parent
    server.whole_builds = 0
    yield server
    for path in [path for path in root.rglob("*") if path.is_file() and path != server.settings]:
        if path.relative_to(root).as_posix() not in {**SMALL_CODEX, **DOCS}:
            path.unlink()
    write_codex(root, {**SMALL_CODEX, **DOCS})
    server.notice()


@pytest.fixture
def lazy(served: Serving, monkeypatch: pytest.MonkeyPatch) -> Serving:
    """The same, but it brings up only what is asked for."""
    served.settle()
    monkeypatch.setattr(BringingUp, "__call__", lambda *_: None)
    return served


def test_an_edited_note_is_shown_with_its_backlinks_and_indexes(lazy: Serving) -> None:
    lazy.edit(NAPS, "# Short naps improve recall in adults", "# Long sleep is better")
    lazy.edit(NAPS, "tags: [memory]", "tags: [age]")
    lazy.edit(NAPS, "Three trials agree.", "Three trials agree; see [[long naps harm recall]].")
    lazy.notice()
    assert lazy.whole_builds == 0
    assert "Long sleep is better" in lazy.page("claims/short-naps-improve-recall-in-adults/")
    assert "Long sleep is better" in lazy.page("claims/long-naps-harm-recall/")
    assert "Long sleep is better" in lazy.page("tags/age/")
    assert "Long sleep is better" not in lazy.page("tags/memory/")
    assert "Long sleep is better" in lazy.page("maps/sleep/")
    assert "Long sleep is better" in lazy.page("claims/")
    assert "see [[long naps" in lazy.page("claims/short-naps-improve-recall-in-adults/index.md")


def test_a_note_that_comes_has_its_page_and_one_that_goes_has_none(lazy: Serving) -> None:
    assert "codex-wanted" in lazy.page("guide/")
    lazy.write(
        "maps/naps.md", "---\ntype: map\ntitle: A tour of naps\naliases: [the nap tour]\n---\n\nWords.\n"
    )
    (lazy.settings.parent / "entities/sleep-lab.md").unlink()
    lazy.notice()
    assert lazy.whole_builds == 0
    assert "Words." in lazy.page("maps/naps/")
    assert "../maps/naps/" in lazy.page("maps/the-nap-tour/")
    assert "maps/naps" in lazy.page("guide/")
    assert "codex-wanted" not in lazy.page("guide/")
    for address in ("entities/sleep-lab/", "entities/sleep-lab/index.md", "entities/sleep-lab"):
        status, text = lazy.get(address)
        assert status == "404 Not Found"
        assert "Sleep Lab" not in text
    assert "Sleep Lab" not in lazy.page("entities/")


def test_a_note_that_comes_back_is_shown_again(lazy: Serving) -> None:
    path = lazy.settings.parent / NAPS
    text = path.read_text("utf-8")
    before = lazy.page("claims/short-naps-improve-recall-in-adults/")
    path.unlink()
    lazy.notice()
    assert lazy.get("claims/short-naps-improve-recall-in-adults/")[0] == "404 Not Found"
    path.write_text(text, "utf-8")
    lazy.notice()
    assert lazy.page("claims/short-naps-improve-recall-in-adults/") == before


def test_a_page_that_nothing_has_changed_is_not_written_again(lazy: Serving) -> None:
    page = lazy.site / "entities" / "sleep-lab" / "index.html"
    before = page.stat()
    lazy.edit("claims/long naps harm recall.md", "An hour", "Half an hour")
    lazy.notice()
    lazy.page("entities/sleep-lab/")
    after = page.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_only_what_has_changed_is_read(lazy: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def note(folder: Path, path: NotePath) -> bytes:
        seen.append(path)
        return read_content(folder, path)

    lazy.edit(NAPS, "Three trials", "Four trials")
    monkeypatch.setattr(loading, "read_content", note)
    lazy.notice()
    assert seen == [NAPS]
    assert "Four trials" in lazy.page("claims/short-naps-improve-recall-in-adults/")


@pytest.mark.parametrize("broken", ["---\ntitle: [\n---\n", "\xff\xfe", "---\n" * 5000, "[" * 20_000])
def test_a_note_that_cannot_be_understood_ends_nothing(lazy: Serving, broken: str) -> None:
    (lazy.settings.parent / NAPS).write_bytes(broken.encode("latin-1"))
    lazy.notice()
    assert lazy.whole_builds == 0
    assert "codex-note" in lazy.page("claims/short-naps-improve-recall-in-adults/")


@pytest.mark.skipif(os.geteuid() == 0, reason="who may do everything can read everything")
def test_a_note_that_cannot_be_read_is_told_of(lazy: Serving) -> None:
    path = lazy.settings.parent / NAPS
    path.chmod(0)
    lazy.notice()
    assert "could not be read" in lazy.page("claims/short-naps-improve-recall-in-adults/")


def test_a_note_that_vanishes_while_it_is_read_ends_nothing(
    lazy: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanish(root: Path, path: NotePath) -> bytes:
        if path.endswith(NAPS):
            (root / path).unlink(missing_ok=True)
        return read_content(root, path)

    monkeypatch.setattr(loading, "read_content", vanish)
    lazy.edit(NAPS, "Three trials", "Four trials")
    lazy.notice()
    assert "could not be read" in lazy.page("claims/short-naps-improve-recall-in-adults/")
    lazy.notice()
    assert lazy.get("claims/short-naps-improve-recall-in-adults/")[0] == "404 Not Found"


def test_a_page_that_cannot_be_made_is_shown_as_it_was(
    lazy: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a fault of the publisher's own")

    before = lazy.page("claims/short-naps-improve-recall-in-adults/")
    lazy.edit(NAPS, "Three trials", "Four trials")
    lazy.notice()
    with monkeypatch.context() as patch:
        patch.setattr("codex_publisher.site.plan.note_view", fail)
        assert lazy.page("claims/short-naps-improve-recall-in-adults/") == before
    assert "Four trials" in lazy.page("claims/short-naps-improve-recall-in-adults/")


def test_what_is_no_note_has_the_whole_site_built(served: Serving) -> None:
    served.edit("docs/plain.md", "A plain page", "A plainer page")
    served.notice()
    assert served.whole_builds == 1
    assert "A plainer page" in served.page("plain/")
    served.edit(NAPS, "Three trials", "Four trials")
    served.notice()
    assert served.whole_builds == 1
    assert "Four trials" in served.page("claims/short-naps-improve-recall-in-adults/")


def test_when_nothing_has_changed_nothing_is_made(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    number = served.refresher.site.number
    served.notice()
    assert (served.whole_builds, served.refresher.site.number) == (0, number)


def test_nobody_brings_up_pages_while_the_files_are_looked_at(
    served: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, rested = served.refresher.site, list[bool]()

    def looking(*arguments: Any) -> Seen:
        other = Thread(target=site.wait_for_calm, daemon=True)
        other.start()
        other.join(0.2)
        rested.append(other.is_alive())
        return seen.look(*arguments)

    monkeypatch.setattr(refresher, "look", looking)
    served.notice()
    assert rested == [True]


def test_a_hand_written_page_is_written_from_the_notes_as_they_are(lazy: Serving) -> None:
    assert "../claims/short-naps-improve-recall-in-adults/" in lazy.page("guide/")
    (lazy.settings.parent / NAPS).unlink()
    lazy.notice()
    assert "../claims/short-naps-improve-recall-in-adults/" not in lazy.page("guide/")
    assert lazy.whole_builds == 0


def test_a_note_whose_title_the_navigation_shows_has_the_whole_site_built(served: Serving) -> None:
    served.edit("maps/sleep.md", "A tour of sleep", "A tour of dreams")
    served.notice()
    assert served.whole_builds == 0
    assert "A tour of dreams" in served.page("maps/sleep/")
    served.settle()
    # The server would be woken by now; nobody has started it.
    served.notice()
    assert served.whole_builds == 1
    assert "A tour of dreams" in within(served.html("guide/"), "md-tabs")[0].text_content()


def test_a_commit_tells_the_pages_who_wrote_them(served: Serving) -> None:
    root = served.settings.parent
    page = "claims/short-naps-improve-recall-in-adults/"
    assert "Ann Smith" not in served.page(page)
    commit_files(root, {}, "2026-01-02")
    try:
        served.notice()
        assert served.whole_builds == 0
        assert "Ann Smith" in served.page(page)
        served.settle()
    finally:
        shutil.rmtree(root / ".git")


def test_a_search_that_has_begun_finds_its_parts_after_the_index_is_exchanged(served: Serving) -> None:
    served.settle()
    before = {name: data for name, data in contents(served.site).items() if name.startswith("search/")}
    served.edit(NAPS, "Three trials", "Four trials")
    served.notice()
    for name in before:
        assert served.get(name)[0] == "200 OK"
    served.settle()
    gone = before.keys() - contents(served.site).keys()
    assert gone
    for name in before:
        assert served.get(name)[0] == "200 OK"
    assert served.get("search/fragment/none.pf_fragment")[0] == "404 Not Found"


def test_a_page_that_changes_while_it_is_sent_is_sent_as_it_is_then(lazy: Serving) -> None:
    site, app = lazy.refresher.site, lazy.server.get_app()
    inner: Any = lazy.server.serve_request
    times: list[str] = []

    def slow(environ: dict[str, Any], start: Any) -> Any:
        body = inner(environ, start)
        times.append(environ["PATH_INFO"])
        if len(times) == 1:
            lazy.edit(NAPS, "Three trials", "Four trials")
            lazy.notice()
        return body

    lazy.server.set_app(Application(slow, site, OldSearch(), "/"))
    try:
        assert "Four trials" in lazy.page("claims/short-naps-improve-recall-in-adults/")
    finally:
        lazy.server.set_app(app)
    assert len(times) == 2


def test_an_edit_in_between_has_the_rest_begun_anew(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    served.settle()
    show = ServedSite.show
    begun: list[str] = []

    def edit_once(site: ServedSite, page: PlannedPage, number: int) -> None:
        begun.append(page.permalink)
        if len(begun) == 3:
            served.edit(NAPS, "Four trials", "Five trials")
            served.notice()
        show(site, page, number)

    monkeypatch.setattr(ServedSite, "show", edit_once)
    served.edit(NAPS, "Three trials", "Four trials")
    served.notice()
    served.settle()
    assert begun[:3] == begun[3:6]
    page = served.site / "claims" / "short-naps-improve-recall-in-adults" / "index.html"
    assert "Five trials" in page.read_text("utf-8")


@pytest.mark.parametrize("changes", [{"strict": True}, {"plugins": ["search"]}])
def test_what_only_a_whole_build_can_tell_has_one_each_time(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    config = load_config(str(write_project(tmp_path, {"a.md": "A note.\n"}, {}, **changes)))
    assert must_be_whole(config)
    assert not must_be_whole(load_config(str(write_project(tmp_path, {}, {}))))


def test_what_is_brought_up_is_what_a_whole_build_would_leave(served: Serving, tmp_path: Path) -> None:
    root = served.settings.parent
    changes: tuple[Callable[[], object], ...] = (
        lambda: served.edit(NAPS, "Three trials agree.", "Three trials agree, says [[dreams]]."),
        lambda: served.edit(NAPS, "aliases: [naps help recall]", "aliases: [naps are good]"),
        lambda: served.write(
            "claims/new.md", "---\ntype: claim\ntags: [memory, new]\n---\n\n[[x]] [[sleep]]\n"
        ),
        (root / "entities/sleep-lab.md").unlink,
        lambda: (root / "inbox/archive/dreams.md").rename(root / "inbox/archive/nightmares.md"),
        lambda: served.edit("maps/sleep.md", "- [[long naps", "- not [[long naps"),
        lambda: (root / "images/brain.png").write_bytes(PIXEL + b"\0"),
        lambda: served.edit("notes/broken.md", "tags: [a, b", "tags: [a, b]\nstatus: odd"),
    )
    for number, change in enumerate(changes):
        change()
        served.notice()
        # Some wait until all is brought up, others come in between.
        if number % 3 == 2:
            served.settle()
    served.settle()
    assert served.whole_builds == 0
    built_whole(served.settings, tmp_path / "whole")
    here, there = contents(served.site), contents(tmp_path / "whole")
    assert sorted(here) == sorted(there)
    assert [name for name in here if here[name] != there[name]] == []

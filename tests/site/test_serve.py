"""`mkdocs serve` builds again and again in one process: each build knows nothing of the one before."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError

from codex_publisher.site.background import Background
from codex_publisher.site.build import Build
from codex_publisher.site.search.index import SearchIndex
from codex_publisher.site.session import Session
from support.built import Built, contents, listening, words
from support.crawl import dead_links
from support.projects import HOOK, write_project

FILES: dict[str, str | bytes] = {
    "inbox/queue/naps.md": "---\ntype: source\ntitle: Naps\n---\n\nSee [[short naps help]].\n",
    "claims/short naps help.md": "---\ntype: claim\ntags: [memory]\n---\n\nThree trials agree.\n",
    "docs/guide.md": "# A guide\n\n[[short naps help]]\n",
}


def _built(settings: Path) -> Built:
    """One build, as `mkdocs serve` makes it when a file has changed: from settings read anew."""
    with listening() as said:
        build(load_config(str(settings)))
    return Built(settings.parent / "site", tuple(said))


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return write_project(tmp_path, FILES, {"notes": ["inbox", "claims"]})


def test_a_changed_note_is_shown_by_the_next_build(settings: Path) -> None:
    assert _built(settings).page("tags/memory/").all("codex-row")
    claim = settings.parent / "claims" / "short naps help.md"
    claim.write_text("---\ntype: claim\ntags: [sleep]\ntitle: Naps harm\n---\n\n[[zebras]]\n", "utf-8")
    site = _built(settings)
    assert words(site.page("claims/short-naps-help/").one("codex-title")) == "Naps harm"
    assert not (site.site / "tags" / "memory").exists()
    assert site.page("tags/sleep/").texts("codex-row__title") == ["Naps harm"]
    assert site.page("wanted/").texts("codex-wanted") == ["zebras"]
    assert dead_links(site.site) == []


def test_notes_that_come_and_go_are_counted_anew(settings: Path) -> None:
    first = _built(settings)
    assert "INFO 2 notes read, 2 published" in first.said
    (settings.parent / "inbox" / "queue" / "naps.md").unlink()
    second = _built(settings)
    assert "INFO 1 notes read, 1 published" in second.said
    assert second.page("queue/").all("codex-empty")


def test_a_build_without_a_change_writes_the_same_bytes_again(settings: Path) -> None:
    first = contents(_built(settings).site)
    assert contents(_built(settings).site) == first


def test_after_a_build_that_failed_the_next_one_succeeds(settings: Path) -> None:
    first = contents(_built(settings).site)
    good = settings.read_text("utf-8")
    settings.write_text(good.replace("root: .", "root: nowhere"), "utf-8")
    with pytest.raises(ConfigurationError):
        _built(settings)
    settings.write_text(good, "utf-8")
    assert contents(_built(settings).site) == first


def test_the_state_of_a_build_is_made_anew_for_each(settings: Path) -> None:
    states: list[Build] = []
    for _ in range(2):
        _built(settings)
        states.append(sys.modules[str(HOOK)]._session.build)
    first, second = states
    assert first is not second
    assert first.codex is not second.codex


def _worker(background: Background) -> object:
    return background.start("The process", eval, "__import__('os').getpid()", None).result()


def test_the_first_build_ends_its_worker_and_later_ones_share_one(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_config(str(settings))
    hook = sys.modules[str(HOOK)]
    monkeypatch.setattr(hook, "_session", Session())
    _built(settings)
    background = hook._session.build.background
    assert background.is_ended
    workers = []
    for _ in range(2):
        _built(settings)
        assert hook._session.build.background is background
        workers.append(_worker(background))
    assert workers[0] == workers[1]
    hook.on_shutdown()
    assert background.is_ended


@pytest.mark.parametrize(("few", "ended"), [(0, True), (len(FILES), False)])
def test_many_notes_are_indexed_only_when_the_worker_is_gone(
    settings: Path, monkeypatch: pytest.MonkeyPatch, few: int, ended: bool
) -> None:
    seen: list[bool] = []
    begin = SearchIndex.begin

    def look(index: SearchIndex, site: Path) -> None:
        seen.append(sys.modules[str(HOOK)]._session.build.background.is_ended)
        begin(index, site)

    monkeypatch.setattr("codex_publisher.site.build.FEW_NOTES", few)
    monkeypatch.setattr(SearchIndex, "begin", look)
    load_config(str(settings))
    monkeypatch.setattr(sys.modules[str(HOOK)], "_session", Session())
    site = _built(settings).site
    assert seen == [ended]
    assert (site / "search" / "pagefind-entry.json").is_file()


class _Server:
    """What `mkdocs serve` would watch."""

    def __init__(self) -> None:
        self.watched: set[str] = set()

    def watch(self, path: str, recursive: bool = True) -> None:
        self.watched.add(path if recursive else f"{path} itself")


def test_serving_watches_the_folders_of_notes_and_not_git_or_what_is_built(settings: Path) -> None:
    root = settings.parent
    for folder in (".git", "site", ".venv", "node_modules"):
        (root / folder).mkdir()
    for narrowed, watched in ((True, {"inbox", "claims"}), (False, {"inbox", "claims", "docs"})):
        config = load_config(str(settings))
        if not narrowed:
            config.extra["codex"]["notes"] = []
        server = _Server()
        hook: Any = config.plugins[str(HOOK)]
        hook.on_config(config)
        hook.on_serve(server, config, None)
        assert {path for path in server.watched if not path.endswith(" itself")} == {
            str(root / name) for name in watched
        }


def test_pages_that_are_served_let_the_script_run_that_reloads_them(settings: Path) -> None:
    config = load_config(str(settings))
    try:
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        assert b"Content-Security-Policy" not in (settings.parent / "site" / "index.html").read_bytes()
    finally:
        config.plugins.on_startup(command="build", dirty=False)
    assert b"Content-Security-Policy" in contents(_built(settings).site)["index.html"]

"""A build that uses what earlier ones have left makes the same site, byte for byte, as one made anew."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from codex_publisher.site import build as building
from codex_publisher.site import page_writer
from codex_publisher.site.search import index
from support.built import built, contents
from support.sites import PROJECT, build_site, write_codex
from support.small_codex import SMALL_CODEX

THEME = PROJECT / "hooks" / "codex_publisher" / "theme"
NAMES = ("claims/bees sleep.md", "claims/ants nap.md", "inbox/queue/2026-01-02-survey.md", "entities/hive.md")
TITLES = ("Bees sleep", "Ants nap", "A survey of <naps>")
BODIES = (
    "They do.\n",
    "See [[Bees sleep]] and [[ants nap]].\n",
    "# Why\n\n[[Nobody]] knows.\n\n- [ ] ask\n",
    "",
)
TAGS = ("sleep", "bees", "Sleep")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEX_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def codex(tmp_path: Path) -> Path:
    return write_codex(tmp_path / "codex", SMALL_CODEX)


def _anew(codex: Path, site: Path, **changes: object) -> dict[str, bytes]:
    """The site as a build makes it that knows of no other."""
    shutil.rmtree(site, ignore_errors=True)
    try:
        return contents(build_site(codex, site, **{**changes, "cache": False}))
    finally:
        shutil.rmtree(site, ignore_errors=True)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are made from here on."""
    addresses: list[str] = []
    bytes_of = page_writer.PageWriter.bytes_of

    def spy(writer: page_writer.PageWriter, view: Any) -> bytes:
        addresses.append(view.permalink)
        return bytes_of(writer, view)

    monkeypatch.setattr(page_writer.PageWriter, "bytes_of", spy)
    return addresses


def test_without_a_change_nothing_is_made(codex: Path, tmp_path: Path, rendered: list[str]) -> None:
    first = built(codex, tmp_path / "site")
    before, made = contents(first.site), {path: path.stat().st_mtime_ns for path in first.site.rglob("*")}
    rendered.clear()
    again = built(codex, tmp_path / "site")
    assert rendered == []
    assert contents(again.site) == before
    assert {path: path.stat().st_mtime_ns for path in again.site.rglob("*")} == made
    assert not list(tmp_path.glob(".site.*"))
    said = [line for line in first.said if "notes read" in line]
    assert said
    assert set(said) <= set(again.said)
    assert any("Nothing has changed" in line for line in again.said)


def test_how_a_build_goes_about_it_changes_no_page(codex: Path, tmp_path: Path, rendered: list[str]) -> None:
    built(codex, tmp_path / "site")
    rendered.clear()
    again = built(codex, tmp_path / "site", profile=True)
    assert rendered == []
    assert any("Nothing has changed" in line for line in again.said)


def test_one_edit_makes_few_pages_anew(codex: Path, tmp_path: Path, rendered: list[str]) -> None:
    site = build_site(codex, tmp_path / "site")
    all_pages = len(rendered)
    rendered.clear()
    note = next(codex.rglob("claims/*.md"))
    note.write_text(note.read_text("utf-8") + "\nOne word more: xylophone.\n", "utf-8")
    build_site(codex, site)
    assert 0 < len(rendered) < all_pages / 2
    assert contents(site) == _anew(codex, tmp_path / "anew")
    assert any(b"xylophone" in data for name, data in contents(site).items() if name.endswith("index.html"))


def test_a_page_that_somebody_changed_is_made_anew(codex: Path, tmp_path: Path) -> None:
    site = build_site(codex, tmp_path / "site")
    before = contents(site)
    page = site / "browse" / "index.html"
    page.write_text("<script>alert(1)</script>", "utf-8")
    (site / "stray.html").write_text("stray", "utf-8")
    (site / "search" / "pagefind-entry.json").write_text("{}", "utf-8")
    build_site(codex, site)
    assert contents(site) == before


def test_a_page_that_became_a_link_is_made_anew(codex: Path, tmp_path: Path) -> None:
    site = build_site(codex, tmp_path / "site")
    before = contents(site)
    elsewhere = tmp_path / "elsewhere.html"
    shutil.move(site / "browse" / "index.html", elsewhere)
    (site / "browse" / "index.html").symlink_to(elsewhere)
    build_site(codex, site)
    assert not (site / "browse" / "index.html").is_symlink()
    assert contents(site) == before


def _change_values(file: Path) -> None:
    with sqlite3.connect(file) as store:
        store.execute("UPDATE kept SET value = zeroblob(length(value))")
    store.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"no database"),
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        _change_values,
    ],
    ids=["foreign", "half written", "changed"],
)
def test_what_is_kept_is_never_trusted(codex: Path, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    site = build_site(codex, tmp_path / "site")
    before = contents(site)
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    spoil(file)
    note = next(codex.rglob("claims/*.md"))
    text = note.read_text("utf-8")
    note.write_text(text + "\nMore.\n", "utf-8")
    build_site(codex, site)
    note.write_text(text, "utf-8")
    assert contents(build_site(codex, site)) == before


@pytest.fixture(params=[logging.INFO, logging.ERROR], ids=["usual", "quiet"])
def _log_level(request: pytest.FixtureRequest) -> Iterator[int]:
    """How much MkDocs tells; `--quiet` has it tell errors only."""
    log = logging.getLogger("mkdocs")
    before = log.level
    log.setLevel(request.param)
    yield request.param
    assert log.level == request.param
    log.setLevel(before)


@pytest.mark.usefixtures("_log_level")
def test_a_strict_build_that_failed_fails_again(codex: Path, tmp_path: Path) -> None:
    (codex / "mess.md").write_text("---\n: [\n---\n", "utf-8")
    for _ in range(2):
        with pytest.raises(Abort):
            _build(codex, tmp_path / "site", strict=True)
    assert not (tmp_path / "site").exists()


@pytest.mark.usefixtures("_log_level")
def test_what_was_left_out_is_tried_again(codex: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "TIMEOUT_SECONDS", 0)
        site = build_site(codex, tmp_path / "site")
        assert not (site / "search" / "pagefind-entry.json").exists()
    assert (build_site(codex, site) / "search" / "pagefind-entry.json").exists()


def test_where_a_plugin_takes_part_every_page_is_made(
    codex: Path, tmp_path: Path, rendered: list[str]
) -> None:
    for _ in range(2):
        rendered.clear()
        _build(codex, tmp_path / "site", plugins=["material/meta"])
        assert "browse/" in rendered


def _build(codex: Path, site: Path, cache: object = None, codex_settings: Any = None, **config: Any) -> Path:
    loaded = load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(site), **config)
    changes = {**(codex_settings or {}), **({} if cache is None else {"cache": cache})}
    loaded.extra["codex"] = {**loaded.extra["codex"], "root": str(codex), **changes}
    build(loaded)
    return site


class Changes(RuleBasedStateMachine):
    """Notes and settings change in any order; each time the site is as one made anew."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.codex = write_codex(self.folder / f"codex-{id(self)}", {"maps/all.md": "[[Bees sleep]]\n"})
        self.site = self.folder / f"site-{id(self)}"
        self.settings: dict[str, object] = {}
        self.features = ["navigation.tabs"]

    @rule(
        name=st.sampled_from(NAMES),
        title=st.sampled_from(TITLES),
        body=st.sampled_from(BODIES),
        tags=st.lists(st.sampled_from(TAGS), max_size=2),
        kind=st.sampled_from(["claim", "source", "entity"]),
    )
    def write(self, name: str, title: str, body: str, tags: list[str], kind: str) -> None:
        """Add a note, or edit, retitle, retag, relink one."""
        fields = f"type: {kind}\ntitle: {title}\ntags: [{', '.join(tags)}]\nstatus: unprocessed\n"
        write_codex(self.codex, {name: f"---\n{fields}---\n\n{body}"})

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name: str) -> None:
        """Remove a note, if it is there."""
        (self.codex / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(NAMES), to=st.sampled_from(NAMES))
    def rename(self, name: str, to: str) -> None:
        """Give a note another's name."""
        if (self.codex / name).exists():
            (self.codex / to).parent.mkdir(parents=True, exist_ok=True)
            (self.codex / name).replace(self.codex / to)

    @rule(name=st.sampled_from(["Bees", "Ants & <co>"]), size=st.sampled_from([10, 100]))
    def change_settings(self, name: str, size: int) -> None:
        """Call the site otherwise, and divide its lists otherwise."""
        self.settings = {"name": name, "notes_per_page": size}

    @rule(features=st.sampled_from([["navigation.tabs"], ["navigation.tabs", "toc.follow"]]))
    def change_theme(self, features: list[str]) -> None:
        """Have the theme do something else."""
        self.features = features

    @invariant()
    def it_is_as_if_made_anew(self) -> None:
        theme = {"name": "material", "custom_dir": str(THEME), "font": False, "features": self.features}
        changes = {"codex_settings": self.settings, "theme": theme}
        _build(self.codex, self.site, **changes)
        anew = _build(self.codex, self.folder / f"anew-{id(self)}", cache=False, **changes)
        assert contents(self.site) == contents(anew)


def test_whatever_changes_the_site_is_as_if_made_anew(tmp_path: Path) -> None:
    Changes.folder = tmp_path
    run_state_machine_as_test(
        Changes,
        settings=settings(
            max_examples=3,
            stateful_step_count=6,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_where_nothing_is_kept_nobody_asks_what_it_would_be_known_by(
    codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = contents(build_site(codex, tmp_path / "kept"))

    def refuse() -> bytes:
        raise AssertionError("the program is read for nothing")

    monkeypatch.setattr(building, "program_of_site", refuse)
    for _ in range(2):
        assert contents(build_site(codex, tmp_path / "site", cache=False)) == kept

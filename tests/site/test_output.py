"""What a build writes: beside the old site, whole or not at all, and always the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError

from codex_publisher.site import output
from codex_publisher.site.build import Build
from codex_publisher.site.render import Renderer
from support.built import Built, built, contents, words
from support.crawl import dead_links
from support.sites import PROJECT, build_site, write_codex
from support.small_codex import NAPS, PIXEL, SMALL_CODEX

OLD = {"index.html": "the last good site", "gone/index.html": "a page of long ago"}


@contextmanager
def _broken(stage: str) -> Iterator[None]:
    """One stage of the build that fails when its turn comes."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"{stage} is broken")

    owner: object = {"render": Renderer, "add_pages": Build, "begin_search": Build}.get(stage, output)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, stage, fail)
        yield


@pytest.mark.parametrize(
    "stage",
    [
        "add_pages",
        "render",
        "begin_search",
        "write_raw_notes",
        "copy_attachments",
        "write_redirects",
        "write_robots",
        "swap",
    ],
)
def test_a_build_that_fails_leaves_the_last_good_site_and_nothing_else(
    stage: str, tmp_path: Path, small_codex: Path
) -> None:
    site = write_codex(tmp_path / "site", OLD)
    before = contents(tmp_path)
    with _broken(stage), pytest.raises(RuntimeError, match=f"{stage} is broken"):
        build_site(small_codex, site)
    assert contents(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_that_another_plugin_ends_leaves_the_last_good_site(
    tmp_path: Path, small_codex: Path
) -> None:
    site = write_codex(tmp_path / "site", OLD)
    before = contents(tmp_path)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Abort):
        patch.setattr(Renderer, "render", _ends)
        build_site(small_codex, site)
    assert contents(tmp_path) == before


def _ends(*_: object) -> str:
    raise BuildError("another plugin has had enough")


@pytest.mark.parametrize(
    ("note", "fails"), [("---\ntags: [a\n---\nText.\n", True), ("# A\n\n[[b]]\n", False)]
)
def test_a_strict_build_that_fails_because_of_a_note_leaves_the_last_good_site(
    note: str, fails: bool, tmp_path: Path
) -> None:
    site = write_codex(tmp_path / "site", OLD)
    config = load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(site), strict=True)
    config.extra["codex"] = {"root": str(write_codex(tmp_path / "codex", {"a.md": note}))}
    with pytest.raises(Abort) if fails else nullcontext():
        build(config)
    assert (contents(site) == {name: text.encode() for name, text in OLD.items()}) is fails
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codex", "site"]


def test_a_new_site_that_cannot_take_its_place_leaves_the_old_one(tmp_path: Path) -> None:
    site = write_codex(tmp_path / "site", OLD)
    with pytest.raises(OSError):
        output.swap(tmp_path / "not there", site)
    assert contents(site) == {name: text.encode() for name, text in OLD.items()}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_replaces_the_old_site_and_its_stale_pages_are_gone(
    tmp_path: Path, small_codex: Path
) -> None:
    site = write_codex(tmp_path / "site", OLD)
    build_site(small_codex, site)
    assert not (site / "gone").exists()
    assert "the last good site" not in (site / "index.html").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_note_that_is_gone_has_no_page_in_the_next_build(tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "codex", SMALL_CODEX)
    site = build_site(codex, tmp_path / "site")
    assert (site / "claims" / "long-naps-harm-recall" / "index.html").is_file()
    (codex / "claims" / "long naps harm recall.md").unlink()
    build_site(codex, site)
    assert not (site / "claims" / "long-naps-harm-recall").exists()
    assert dead_links(site) == []


@pytest.mark.parametrize(
    ("url", "sitemap"),
    [
        ("https://example.org/notes", "\nSitemap: https://example.org/notes/sitemap.xml\n"),
        ("http://127.0.0.1:8000/", ""),
        ("", ""),
    ],
)
def test_crawlers_may_read_everything_and_learn_where_the_sitemap_is(
    url: str, sitemap: str, tmp_path: Path
) -> None:
    output.write_robots(tmp_path, url)
    assert (tmp_path / "robots.txt").read_text("utf-8") == f"User-agent: *\nAllow: /\n{sitemap}"


def test_a_robots_txt_of_ones_own_is_kept(
    tmp_path: Path, small_codex: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "User-agent: *\nDisallow: /\n"
    docs = write_codex(tmp_path / "docs", {"robots.txt": own})
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    site = tmp_path / "site"
    config = load_config(str(PROJECT / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site), nav=None)
    config.extra["codex"] = {"root": str(small_codex), "guide": ["robots.txt"]}
    build(config)
    assert (site / "robots.txt").read_text("utf-8") == own
    build_site(small_codex, site)
    assert "\nSitemap: https://example.org/sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")


def test_until_the_new_site_is_whole_the_old_one_is_served(tmp_path: Path, small_codex: Path) -> None:
    site = write_codex(tmp_path / "site", OLD)
    seen: list[str] = []
    swap = output.swap

    def watched(staging: Path, place: Path) -> None:
        seen.append((site / "index.html").read_text("utf-8"))
        swap(staging, place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "swap", watched)
        build_site(small_codex, site)
    assert seen == ["the last good site"]


def test_the_site_has_only_files_that_serve_its_readers(small: Built) -> None:
    files = [path.relative_to(small.site) for path in small.site.rglob("*") if path.is_file()]
    suffixes = {path.suffix for path in files if path.parts[0] != "search"}
    assert suffixes <= {".html", ".md", ".css", ".js", ".json", ".xml", ".txt", ".gz", ".png", ".svg"}
    # A drawing can run scripts, so the only one is the site's own.
    assert [path.name for path in files if path.suffix == ".svg"] == ["favicon.svg"]
    of_search = {path.suffix for path in files if path.parts[0] == "search"}
    assert of_search == {".js", ".json", ".pagefind", ".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"}
    assert not [path for path in small.site.rglob("*") if path.name.startswith(".")]


def test_attachments_that_a_note_shows_are_copied_and_shown_and_no_others(small: Built) -> None:
    page = next(page for page in small.note_pages() if NAPS in words(page.one("codex-provenance")))
    (image,) = page.one("codex-body").iter("img")
    assert not image.get("src").startswith(("/", "http"))
    shown = (small.site / page.address / image.get("src")).resolve()
    assert shown.read_bytes() == PIXEL
    assert [path.name for path in (small.site / "files").iterdir()] == [shown.name]


def test_no_link_of_the_small_site_is_dead(small: Built) -> None:
    assert dead_links(small.site) == []


def test_an_alias_leads_to_its_note_but_never_takes_the_place_of_another(tmp_path: Path) -> None:
    codex = write_codex(
        tmp_path / "codex",
        {
            "claims/a.md": "---\naliases: [b, another name, ../../escape, page]\n---\n# A\n",
            "claims/b.md": "# B\n",
            "claims/c.md": "---\naliases: [another name]\n---\n# C\n",
        },
    )
    site = built(codex, tmp_path / "site")
    assert words(site.page("claims/b/").one("codex-title")) == "B"
    assert list(site.page("claims/another-name/").links().values()) == ["claims/a/"]
    assert list(site.page("claims/escape/").links().values()) == ["claims/a/"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codex", "site"]


def test_symbolic_links_are_refused_and_reported(tmp_path: Path) -> None:
    outside = write_codex(tmp_path / "outside", {"a.md": "# A secret\n", "b.png": PIXEL + b"secret"})
    note = "# A\n\n![[picture.png]] ![x](folder/b.png) [[note]]\n"
    codex = write_codex(tmp_path / "codex", {"a.md": note})
    (codex / "note.md").symlink_to(outside / "a.md")
    (codex / "picture.png").symlink_to(outside / "b.png")
    (codex / "folder").symlink_to(outside)
    site = built(codex, tmp_path / "site")
    assert not [name for name, content in contents(site.site).items() if b"secret" in content]
    told = site.page("problems/s103/").all("codex-problem-group")
    assert [words(group.find("p")) for group in told] == ["folder", "note.md", "picture.png"]


def test_an_attachment_that_becomes_a_symbolic_link_during_the_build_is_not_followed(tmp_path: Path) -> None:
    secret = write_codex(tmp_path / "outside", {"secret.png": b"secret"}) / "secret.png"
    codex = write_codex(tmp_path / "codex", {"a.md": "![[picture.png]]\n", "picture.png": PIXEL})
    copy = output.copy_attachments
    with pytest.MonkeyPatch.context() as patch:

        def late(*arguments: object) -> None:
            (codex / "picture.png").unlink()
            (codex / "picture.png").symlink_to(secret)
            copy(*arguments)  # type: ignore[arg-type]

        patch.setattr(output, "copy_attachments", late)
        site = built(codex, tmp_path / "site")
    assert "WARNING picture.png is left out of the site: it is a symbolic link." in site.said
    assert not [name for name, content in contents(site.site).items() if b"secret" in content]


def _build_elsewhere(codex: Path, site: Path, **environment: str) -> subprocess.Popen[bytes]:
    """A build in a process of its own."""
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    command = [*mkdocs, "-f", str(PROJECT / "mkdocs.yml"), "-d", str(site)]
    everything = {**os.environ, "CODEX_ROOT": str(codex), **environment}
    return subprocess.Popen(command, env=everything, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_two_builds_are_byte_identical_whatever_the_process_the_time_zone_and_the_order_of_hashes(
    tmp_path: Path, sample: Built
) -> None:
    worlds = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "40"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
    )
    processes = [_build_elsewhere(PROJECT, tmp_path / f"site{n}", **world) for n, world in enumerate(worlds)]
    for process in processes:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said.decode()
    first, second = contents(tmp_path / "site0"), contents(tmp_path / "site1")
    for other in (second, contents(sample.site)):
        assert other.keys() == first.keys()
        assert [name for name, content in first.items() if other[name] != content] == []


def test_a_copy_of_a_codex_in_another_place_becomes_the_same_site(tmp_path: Path, small: Built) -> None:
    codex = write_codex(tmp_path / "deep" / "down" / "small-codex", dict(reversed(SMALL_CODEX.items())))
    assert contents(build_site(codex, tmp_path / "another name")) == contents(small.site)


def test_the_day_of_the_build_says_how_long_sources_have_waited(tmp_path: Path, small_codex: Path) -> None:
    ages = []
    for day in ("1795132800", "1795219200"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", day)
            page = built(small_codex, tmp_path / "site").page("queue/unprocessed/high/")
        ages.append(words(page.one("codex-row__age")))
    assert ages == ["waiting 11 days", "waiting 12 days"]


def test_notes_called_index_and_names_that_are_not_utf_8_do_not_end_a_build(tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "codex", {"index.md": "# X\n", "docs/index.md": "# Y\n"})
    (codex / os.fsdecode(b"latin\xe9.md")).write_text("# Z\n")
    site = build_site(codex, tmp_path / "site", repository="https://github.com/a/b")
    assert len(list(site.rglob("index.md"))) == 3

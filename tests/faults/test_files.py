"""Whatever a folder holds: nothing outside is read or written, nothing is overwritten, all is reported."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from codex_publisher.cli.main import main
from codex_publisher.model.discovery import discover
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import reading
from codex_publisher.repository.loading import read_file
from codex_publisher.site import output
from support.built import Built, built, contents, listening, read_html, within, words
from support.crawl import dead_links
from support.nasty_codex import (
    EVIL,
    LINKS,
    NOT_FILES,
    NOT_UTF_8,
    OUTSIDE,
    SECRET,
    TOO_LARGE,
    write_nasty_codex,
)
from support.projects import write_project
from support.sites import write_codex
from support.small_codex import PIXEL

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes pipes and links")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nasty")


@pytest.fixture(scope="module")
def codex(place: Path) -> Path:
    return write_nasty_codex(place)


@pytest.fixture(scope="module")
def nasty(codex: Path, place: Path) -> Built:
    return built(codex, place / "sites" / "site", guide=[])


def test_nothing_outside_the_codex_is_read(nasty: Built) -> None:
    assert not [name for name, content in contents(nasty.site).items() if SECRET in content]
    everything = b"".join(contents(nasty.site).values())
    assert b"root:x:0:0" not in everything
    assert f"PATH={os.environ['PATH']}".encode() not in everything


def test_nothing_outside_the_site_is_written(nasty: Built, codex: Path, place: Path) -> None:
    assert sorted(path.name for path in place.iterdir()) == ["codex", "outside", "sites"]
    assert [path.name for path in nasty.site.parent.iterdir()] == ["site"]
    outside = {name: content if isinstance(content, bytes) else b"" for name, content in OUTSIDE.items()}
    assert contents(place / "outside") == outside
    assert not (codex / "pwned").exists()


def test_the_site_holds_ordinary_files_only_of_kinds_that_it_writes_itself(nasty: Built) -> None:
    files = [path for path in nasty.site.rglob("*") if not path.is_dir()]
    assert not [path for path in nasty.site.rglob("*") if path.is_symlink()]
    assert all(path.is_file() for path in files)
    assert not [path for path in files if "evil" in path.name]
    assert not {path.name for path in files} & {"CNAME", "_headers", "_redirects", ".htaccess"}
    assert not [
        name for name, content in contents(nasty.site).items() if content.startswith(b"<script>alert")
    ]


def test_every_note_has_a_page_of_its_own(nasty: Built, codex: Path) -> None:
    notes = discover(codex).notes
    assert len(notes) > 45
    pages = [page.address for page in nasty.note_pages()]
    assert len(pages) == len({address.casefold() for address in pages}) == len(notes)
    longest = max((name for path in nasty.site.rglob("*") for name in [path.name]), key=len)
    assert len(longest.encode()) <= 100
    assert dead_links(nasty.site) == []


@pytest.mark.parametrize("name", ["index.html", "404.html", "claims/index.html", "tags/index.html"])
def test_no_note_takes_the_place_of_a_page_of_the_site(name: str, nasty: Built) -> None:
    assert not within(read_html(nasty.site / name), "codex-note")


def test_symbolic_links_pipes_and_what_cannot_be_read_are_reported(nasty: Built) -> None:
    told = " ".join(words(page.tree) for page in nasty.pages() if page.address.startswith("problems/"))
    for name in (*LINKS, *NOT_FILES, TOO_LARGE):
        assert name in told
    assert "larger than 16 MB" in told
    assert "File name too long" in told or sys.platform != "linux"


def test_names_that_collide_that_hide_something_or_that_some_systems_refuse_are_reported(codex: Path) -> None:
    notes = [read_file(codex, path, []) for path in discover(codex).notes]
    codes: dict[str, set[str]] = {note.path: {problem.code for problem in note.problems} for note in notes}
    for hidden in ("claims/line\nbreak.md", "claims/\u202egnp.md", "claims/zero\u200bwidth.md"):
        assert "S102" in codes[hidden]
    if sys.platform == "linux":
        assert "S102" in codes[os.fsdecode(NOT_UTF_8)]
    refused = ("claims/aux.md", "claims/nul.txt.md", "com1/note.md", "CON.md", "folder with dot./note.md")
    for name in (*refused, "folder with space /note.md", "maps/..\\..\\windows.md"):
        assert "N107" in codes[name], name
    for name in ("maps/trailing dot..md", "maps/-rf.md", "maps/$(touch pwned).md", ".md"):
        assert "N107" not in codes[name], name


def test_two_notes_that_would_be_at_one_address_are_reported(nasty: Built) -> None:
    told = words(nasty.page("problems/n101/").tree)
    assert "garden/index.md" in told
    assert "garden/README.md" in told
    assert "claims/naps-help.md" in told
    told = words(nasty.page("problems/n104/").tree)
    assert "claims/naps help.md" in told
    assert "maps/cafe\u0301.md" in told


def test_a_note_that_asks_for_what_is_not_published_is_told_so(nasty: Built) -> None:
    page = next(page for page in nasty.note_pages() if "asks.md" in words(page.one("codex-provenance")))
    body = page.one("codex-body")
    assert [image.get("src").rpartition("/")[2][:2] for image in body.iter("img")] == ["a-"]
    led_to = [link.get("href") for link in body.iter("a")]
    assert not [to for to in led_to if any(name.strip("._") in to for name in EVIL)]


CLAIM = "---\ntype: claim\ndomain: health\nconfidence: likely\ndescription: Three trials\n---\n\nText.\n"


def _run(codex: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(codex), *arguments], catch_exceptions=False)


def test_the_command_reports_what_the_site_does(nasty: Built, codex: Path) -> None:
    result = _run(codex, "check", "--format", "json")
    assert result.exit_code == 1
    assert SECRET.decode() not in result.output
    told = Counter(problem["code"] for problem in json.loads(result.output)["problems"])
    pages = {page.address: page for page in nasty.pages()}
    for code in ("S102", "S103", "S105", "N104", "N107"):
        assert f"{told[code]} " in words(pages[f"problems/{code.lower()}/"].tree)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--fix"),
        ("new", "claim", "a new one", "--folder", "linked", "--domain", "health", "-y"),
        ("new", "claim", "a new one", "--folder", "../outside", "--domain", "health", "-y"),
        ("new", "claim", "a new one", "--folder", "claims", "--name", "../../outside/new", "-y"),
        ("new", "claim", "a new one", "--folder", "claims", "--name", "/tmp/new", "-y"),
        ("new", "claim", "a new one", "--folder", "claims", "--name", "dangling", "--domain", "health", "-y"),
        ("rename", "a claim", "another claim"),
        ("rename", "a claim", "dangling"),
        ("rename", "a claim", "../../outside/new.md"),
        ("move", "a source", "processed"),
    ],
)
def test_the_commands_that_write_never_follow_a_link_and_overwrite_nothing(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    outside = write_codex(tmp_path / "outside", OUTSIDE)
    codex = write_codex(
        tmp_path / "codex",
        {
            "claims/a claim.md": f"{CLAIM}\n[[secret]] [[a source]]\n",
            "inbox/queue/a source.md": "---\ntype: source\nstatus: unprocessed\n---\n\n[[a claim]]\n",
        },
    )
    (codex / "linked").symlink_to(outside)
    (codex / "inbox/archive").symlink_to(outside / "folder")
    (codex / "claims/secret.md").symlink_to(outside / "secret.md")
    (codex / "claims/dangling.md").symlink_to(outside / "new.md")
    links = [path for path in codex.rglob("*") if path.is_symlink()]
    before = contents(outside)
    result = _run(codex, *arguments)
    assert contents(outside) == before
    assert all(link.is_symlink() for link in links)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codex", "outside"]
    assert "Traceback" not in result.output


def test_a_file_that_changes_into_something_else_after_it_was_found_is_not_opened(tmp_path: Path) -> None:
    outside = write_codex(tmp_path / "outside", OUTSIDE)
    codex = write_codex(
        tmp_path / "codex", dict.fromkeys(["link.md", "folder/note.md", "pipe.md", "gone.md"], "x")
    )
    found = discover(codex).notes
    for path in found:
        (codex / path).unlink()
    (codex / "link.md").symlink_to(outside / "secret.md")
    (codex / "folder").rmdir()
    (codex / "folder").symlink_to(outside)
    (outside / "note.md").write_bytes(SECRET)
    os.mkfifo(codex / "pipe.md")
    problems: list[Problem] = []
    notes = [read_file(codex, path, problems) for path in found]
    assert [note.digest_source for note in notes] == [b""] * 4
    reasons = {problem.path: problem.message for problem in problems}
    assert "symbolic link" in reasons["link.md"]
    assert "symbolic link" in reasons["folder/note.md"]
    assert "pipe" in reasons["pipe.md"]
    assert "No such file" in reasons["gone.md"]


def test_a_file_that_grows_while_it_is_read_is_read_no_further_than_a_note_may_be_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    write_codex(tmp_path, {"ten.md": "x" * 10, "eleven.md": "x" * 11})
    assert reading.read_content(tmp_path, NotePath("ten.md")) == b"x" * 10
    with pytest.raises(OSError, match="larger than"):
        reading.read_content(tmp_path, NotePath("eleven.md"))


@pytest.mark.parametrize("path", ["../a.md", "folder/../../a.md", "/etc/passwd", "folder//a.md", ".", ""])
@pytest.mark.parametrize("is_step_by_step", [True, False])
def test_only_paths_inside_the_codex_are_opened(
    path: str, is_step_by_step: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_STEP_BY_STEP", is_step_by_step)
    codex = write_codex(tmp_path, {"a.md": "outside", "codex/folder/a.md": "inside"}) / "codex"
    assert reading.read_content(codex, NotePath("folder/a.md")) == b"inside"
    (codex / "linked").symlink_to("folder")
    (codex / "link.md").symlink_to("folder/a.md")
    for refused in (path, "linked/a.md", "link.md", "folder"):
        with pytest.raises(OSError):
            reading.read_content(codex, NotePath(refused))


def test_a_folder_of_ten_thousand_files_is_read_in_path_order(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.md").touch()
    assert list(discover(tmp_path).notes) == sorted(f"{number}.md" for number in range(10_000))


def test_attachments_that_vanish_or_turn_into_pipes_are_left_out_and_the_site_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("gone.png", "pipe.png", "stays.png")
    note = "".join(f"![[{name}]]\n\n" for name in names)
    codex = write_codex(tmp_path / "codex", {"a.md": note, **dict.fromkeys(names, PIXEL)})
    copy = output.copy_attachments

    def late(*arguments: Any) -> None:
        for name in names[:2]:
            (codex / name).unlink()
        os.mkfifo(codex / "pipe.png")
        copy(*arguments)

    monkeypatch.setattr(output, "copy_attachments", late)
    site = built(codex, tmp_path / "site", guide=[])
    assert [path.name[:5] for path in (site.site / "files").iterdir()] == ["stays"]
    left_out = [line for line in site.said if "left out" in line]
    assert ["WARNING gone.png" in left_out[0], "WARNING pipe.png" in left_out[1]] == [True, True]


def test_links_and_pipes_among_the_hand_written_pages_are_neither_followed_nor_opened(tmp_path: Path) -> None:
    outside = write_codex(tmp_path / "outside", OUTSIDE)
    pages: dict[str, str | bytes] = {
        "docs/guide.md": "# A guide\n",
        "docs/deep/page.md": "# A page\n",
        "docs/deep/a.png": PIXEL,
    }
    settings = write_project(tmp_path / "project", {**pages, "notes/a.md": "# A\n"}, {"notes": ["notes"]})
    docs = settings.parent / "docs"
    # Two such links lead round for ever: MkDocs would find 2 to the power of 40 folders.
    (docs / "deep/one").symlink_to("..")
    (docs / "deep/two").symlink_to(docs)
    (docs / "away").symlink_to(outside)
    (docs / "secret.md").symlink_to(outside / "secret.md")
    (docs / "secret.txt").symlink_to(outside / "secret.md")
    os.mkfifo(docs / "pipe.md")
    os.mkfifo(docs / "pipe.txt")
    with listening() as said:
        build(load_config(str(settings)))
    site = contents(settings.parent / "site")
    assert not [name for name, content in site.items() if SECRET in content]
    assert {"guide/index.html", "deep/page/index.html", "deep/a.png"} <= site.keys()
    for name in ("away", "deep/one", "deep/two", "secret.md", "secret.txt", "pipe.md", "pipe.txt"):
        assert [line for line in said if line.startswith(f"WARNING {name} ")], name

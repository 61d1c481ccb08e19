"""Which files are notes, which are attachments, and which are refused and reported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from codex_publisher.model.discovery import ATTACHMENT_SUFFIXES, Discovery, discover, discover_listed
from codex_publisher.model.problems import Severity
from codex_publisher.model.slugs import NotePath
from support.sites import write_codex


def problems(found: Discovery) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in found.problems]


def test_every_markdown_file_is_a_note_wherever_it_is(tmp_path: Path) -> None:
    paths = ["a.md", "b.markdown", "c.MD", "deep/down/in/folders/d.md", "with space/e é.md", "inbox/_map.md"]
    write_codex(tmp_path, dict.fromkeys(paths, "text"))
    assert discover(tmp_path).notes == tuple(sorted(paths))


def test_dot_folders_build_folders_and_what_editors_leave_behind_are_skipped(tmp_path: Path) -> None:
    skipped = [
        *(".git/a.md", ".github/a.md", ".obsidian/a.png", "._a.md", ".#a.md", ".a.png", "docs/.trash/a.md"),
        *("node_modules/a.md", "docs/node_modules/x/a.md", "__pycache__/a.md", "venv/a.md"),
        *("site/index.md", "dist/a.md", "build/a.md"),
    ]
    write_codex(tmp_path, dict.fromkeys([*skipped, "sites/a.md", "builder/a.md"], "text"))
    found = discover(tmp_path)
    assert found.notes == ("builder/a.md", "sites/a.md")
    assert found.attachments == ()
    assert found.problems == ()


def test_a_note_whose_name_begins_with_a_dot_is_a_note(tmp_path: Path) -> None:
    paths = [".hidden.md", ".md", "..md", "docs/.MD"]
    write_codex(tmp_path, dict.fromkeys(paths, "text"))
    assert discover(tmp_path).notes == tuple(sorted(paths))


PAPERS = [
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE.md", "CODE_OF_CONDUCT.md", "SECURITY.md"),
    *("CLAUDE.md", "AGENTS.md", "readme.markdown", "Readme.MD"),
]


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_of_the_repository_are_no_notes_at_its_root_only(paper: str, tmp_path: Path) -> None:
    write_codex(tmp_path, {paper: "x", f"inbox/{paper}": "x", "reading.md": "x", "agents/x.md": "x"})
    assert discover(tmp_path).notes == tuple(sorted([f"inbox/{paper}", "reading.md", "agents/x.md"]))


def test_images_and_documents_are_attachments_and_nothing_that_runs_is(tmp_path: Path) -> None:
    names = [f"a{suffix}" for suffix in ATTACHMENT_SUFFIXES] + ["B.PNG"]
    harmful = ["a.svg", "a.html", "a.htm", "a.js", "CNAME", "_headers", "a.css", "a.xml", "a.wasm", "a.py"]
    write_codex(tmp_path, dict.fromkeys([*names, *harmful], "x"))
    found = discover(tmp_path)
    assert found.attachments == tuple(sorted(names))
    assert found.notes == ()


def test_only_some_folders_can_be_asked_for(tmp_path: Path) -> None:
    write_codex(tmp_path, dict.fromkeys(["inbox/a.md", "inboxes/b.md", "docs/c/d.md", "docs/e.md"], "x"))
    write_codex(tmp_path, {"pictures/a.png": "x"})
    found = discover(tmp_path, only=(NotePath("inbox"), NotePath("docs/c")))
    assert found.notes == ("docs/c/d.md", "inbox/a.md")
    assert found.attachments == ("pictures/a.png",)


def test_further_folders_can_be_skipped(tmp_path: Path) -> None:
    write_codex(tmp_path, dict.fromkeys(["out/a.md", "docs/out/b.md", "docs/x/c.md"], "x"))
    assert discover(tmp_path, skipped_folders=frozenset({"out", "docs/x"})).notes == ("docs/out/b.md",)


def test_a_symbolic_link_to_a_file_is_refused_and_reported(tmp_path: Path) -> None:
    write_codex(tmp_path, {"outside/secret.md": "secret", "codex/inbox/a.md": "x"})
    (tmp_path / "codex/inbox/b.md").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "codex/inbox/c.md").symlink_to("a.md")
    (tmp_path / "codex/picture.png").symlink_to("/etc/passwd")
    found = discover(tmp_path / "codex")
    assert found.notes == ("inbox/a.md",)
    assert found.attachments == ()
    assert problems(found) == [("S103", "inbox/b.md"), ("S103", "inbox/c.md"), ("S103", "picture.png")]
    assert all(problem.severity is Severity.ERROR and problem.hint for problem in found.problems)


@pytest.mark.parametrize("name", ["linked", "v1.5", "notes.old"])
def test_a_symbolic_link_to_a_folder_is_refused_and_reported(name: str, tmp_path: Path) -> None:
    write_codex(tmp_path, {"outside/secret.md": "secret", "codex/a.md": "x"})
    (tmp_path / "codex" / name).symlink_to(tmp_path / "outside", target_is_directory=True)
    found = discover(tmp_path / "codex")
    assert found.notes == ("a.md",)
    assert problems(found) == [("S103", name)]


def test_symbolic_links_that_lead_nowhere_or_in_a_circle_are_reported(tmp_path: Path) -> None:
    for name in ("lost.md", "lost"):
        (tmp_path / name).symlink_to("not-there")
    for name in ("circle.md", "circle"):
        (tmp_path / name).symlink_to(name)
    (tmp_path / "within").symlink_to(tmp_path, target_is_directory=True)
    found = discover(tmp_path)
    assert found.notes == ()
    assert problems(found) == [("S103", name) for name in sorted(os.listdir(tmp_path))]  # noqa: PTH208


@pytest.mark.parametrize("name", ["AGENTS.md", "LICENSE", ".config", "node_modules", "venv", "script.py"])
def test_a_symbolic_link_is_no_problem_where_nothing_would_be_published(name: str, tmp_path: Path) -> None:
    write_codex(tmp_path, {"a.md": "x", "CLAUDE.md": "x", ".cache/b.md": "x"})
    is_folder = name in ("node_modules", "venv")
    (tmp_path / name).symlink_to(".cache" if is_folder else "CLAUDE.md")
    found = discover(tmp_path)
    assert found.notes == ("a.md",)
    assert found.problems == ()


def test_a_folder_that_is_asked_for_is_reported_when_a_symbolic_link_hides_it(tmp_path: Path) -> None:
    write_codex(tmp_path, {"outside/claims/a.md": "x", "codex/b.md": "x", "outside/c.md": "x"})
    (tmp_path / "codex/docs").symlink_to("../outside")
    (tmp_path / "codex/else").symlink_to("../outside")
    found = discover(tmp_path / "codex", only=(NotePath("docs/claims"),))
    assert found.notes == ()
    assert problems(found) == [("S103", "docs")]


def test_pipes_and_sockets_are_not_opened_and_those_called_like_notes_are_reported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "pipe")
    write_codex(tmp_path, {"a.md": "x", "folder.md/b.md": "x"})
    found = discover(tmp_path)
    assert found.notes == ("a.md", "folder.md/b.md")
    assert problems(found) == [("S105", "pipe.md")]


def test_a_folder_that_cannot_be_read_is_reported_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_codex(tmp_path, {"locked/a.md": "x", "open/b.md": "x"})
    scandir = os.scandir

    def refuse(folder: Path) -> object:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover(tmp_path)
    assert found.notes == ("open/b.md",)
    assert problems(found) == [("S105", "locked")]
    assert "Permission denied" in found.problems[0].message


def test_a_root_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        discover(tmp_path / "nowhere")


def test_an_empty_folder_is_an_empty_codex(tmp_path: Path) -> None:
    assert discover(tmp_path) == Discovery((), (), ())


def test_the_order_of_the_disk_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_codex(tmp_path, dict.fromkeys(["b/c.md", "b.md", "a/z.md", "b/a.png", "a.png"], "x"))
    for name in ("z.md", "a.md"):
        (tmp_path / name).symlink_to("b.md")
    forwards = discover(tmp_path)
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: reversed(list(scandir(folder))))
    assert discover(tmp_path) == forwards
    assert list(forwards.notes) == sorted(forwards.notes)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_text_or_hold_control_characters_are_found(tmp_path: Path) -> None:
    for name in (b"\xff.md", b"line\nbreak.md", b"tab\t.md"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text("x")
    assert discover(tmp_path).notes == ("line\nbreak.md", "tab\t.md", "\udcff.md")


def test_paths_alone_tell_the_same_as_the_disk(tmp_path: Path) -> None:
    paths = [
        *(
            "a.md",
            ".md",
            ".hidden.md",
            "._a.md",
            ".#a.md",
            ".x/a.md",
            ".x.md/a.md",
            "site/a.md",
            "b/site/a.md",
        ),
        *(
            "README.md",
            "b/README.md",
            "b/a.png",
            "a.PNG",
            ".a.png",
            "a.svg",
            "out/a.md",
            "out/deep/a.md",
            "c",
        ),
        *("outer/a.md", "b/out/a.md", "dist", "b/c.md/a.md", "b/venv/x.png", "b.markdown"),
    ]
    write_codex(tmp_path, dict.fromkeys(paths, "text"))
    for only in ((), (NotePath("b"),), (NotePath("outer"), NotePath("out"))):
        for skipped in (frozenset[str](), frozenset({"out", "b/out"})):
            assert discover_listed(paths, (), only, skipped) == discover(tmp_path, only, skipped)


def test_links_that_are_only_listed_are_refused_too() -> None:
    found = discover_listed([], ["a.md", "b/c.png", "README.md", "away", ".x/a.md", "a.svg"])
    assert problems(found) == [("S103", "a.md"), ("S103", "b/c.png")]

"""Git that is missing, broken, hostile or slow: what it does not tell is left out, and the site says so."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from codex_publisher.model.health import Unknown
from codex_publisher.model.policy import Policy
from codex_publisher.repository import git
from codex_publisher.repository.blobs import read_heads
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.git import GitError, answering, ask_or_fail
from codex_publisher.repository.past import read_past
from codex_publisher.site.history import read_history
from support.built import built, listening
from support.repositories import commit_files, run_git
from support.sites import write_codex

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="writes programs for a shell")

BEGINNING = "WARNING The site does not say when notes were changed, and by whom. "
FILES: dict[str, str | bytes] = {"claims/a.md": "---\ntype: claim\n---\n# A\n", "b.md": "# B\n"}


@pytest.fixture
def codex(tmp_path: Path) -> Path:
    """A repository with two commits."""
    folder = tmp_path / "codex"
    commit_files(folder, FILES, "2026-01-01")
    commit_files(folder, {"claims/a.md": "---\ntype: claim\n---\n# A\n\nMore.\n"}, "2026-02-01", "Bo Chen")
    return folder


@pytest.fixture
def instead_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program of a shell in the place of Git."""

    def put(program: str) -> None:
        place = write_codex(tmp_path / "programs", {"git": f"#!/bin/sh\n{program}\n"})
        (place / "git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")

    return put


def _said(codex: Path) -> list[str]:
    """What is said of Git when the history is read, and that it is empty."""
    with listening() as said:
        assert read_history(codex).last == {}
    return [
        line.removeprefix("WARNING The site does not say when notes were changed, and by whom. ")
        for line in said
    ]


def test_without_git_a_repository_is_warned_of_and_a_mere_folder_is_not(
    codex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_codex(tmp_path / "folder", FILES)
    assert _said(folder) == []
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert _said(folder) == []
    (said,) = _said(codex)
    assert said.startswith("Git could not be started")


def test_a_repository_without_a_commit_is_no_fault(tmp_path: Path) -> None:
    run_git(write_codex(tmp_path, FILES), "init", "--quiet")
    assert _said(tmp_path) == []


def _corrupt(codex: Path) -> None:
    for path in (codex / ".git/objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(b"not an object")


def _no_objects(codex: Path) -> None:
    shutil.rmtree(codex / ".git/objects")


def _head_to_nothing(codex: Path) -> None:
    (codex / ".git/refs/heads/main").write_text("0" * 39 + "1\n")


def _nonsense(codex: Path) -> None:
    (codex / ".git/HEAD").write_bytes(bytes(range(256)))


def _broken_settings(codex: Path) -> None:
    (codex / ".git/config").write_text("[core\n")


def _leads_nowhere(codex: Path) -> None:
    shutil.rmtree(codex / ".git")
    (codex / ".git").write_text("gitdir: /nowhere/at/all\n")


@pytest.mark.parametrize(
    "harm", [_corrupt, _no_objects, _head_to_nothing, _nonsense, _broken_settings, _leads_nowhere]
)
def test_a_broken_repository_costs_the_history_only(harm: Callable[[Path], None], codex: Path) -> None:
    harm(codex)
    said = _said(codex)
    assert len(said) == 1 or harm in (_no_objects, _nonsense, _leads_nowhere)
    assert "\n" not in "".join(said)
    past = read_past(CodexFolder(codex, (), frozenset(), Policy(date(2026, 11, 21))))
    assert past.unknown in (Unknown.NO_GIT, Unknown.UNREADABLE)


def test_a_broken_repository_still_becomes_a_site(codex: Path, tmp_path: Path) -> None:
    _corrupt(codex)
    site = built(codex, tmp_path / "site", guide=[])
    assert len([line for line in site.said if line.startswith("WARNING")]) == 1
    assert len(list(site.note_pages())) == 2


def test_the_repository_of_another_user_is_told_of_with_what_to_do(
    codex: Path, instead_of_git: Callable[[str], None]
) -> None:
    instead_of_git("echo \"fatal: detected dubious ownership in repository at '/codex'\" >&2; exit 128")
    (said,) = _said(codex)
    assert "dubious ownership" in said
    assert "safe.directory" in said


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_git_itself_refuses_the_repository_of_another_user(codex: Path) -> None:
    for path in (codex, *codex.rglob("*")):
        os.chown(path, 12345, 12345, follow_symlinks=False)
    (said,) = _said(codex)
    assert "safe.directory" in said


@pytest.mark.parametrize(
    "program", ["exec sleep 30", "sleep 30", "yes x & sleep 30", "trap '' TERM; sleep 30"]
)
def test_git_that_hangs_is_not_waited_for(
    program: str, codex: Path, instead_of_git: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    instead_of_git(program)
    monkeypatch.setattr(git, "QUICK_SECONDS", 0.2)
    (said,) = _said(codex)
    assert said == "Git took more than 0.2 seconds."


def test_git_that_waits_for_a_pipe_in_its_settings_is_not_waited_for(
    codex: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(codex / ".git/pipe")
    with (codex / ".git/config").open("a") as settings:
        settings.write("[include]\n\tpath = pipe\n")
    monkeypatch.setattr(git, "QUICK_SECONDS", 0.2)
    (said,) = _said(codex)
    assert said == "Git took more than 0.2 seconds."


def test_what_git_prints_beside_its_answer_does_no_harm(
    codex: Path, instead_of_git: Callable[[str], None]
) -> None:
    plain = read_history(codex)
    assert plain.last
    instead_of_git(
        f"i=0; while [ $i -lt 5000 ]; do echo 'warning: something or other' >&2; i=$((i+1)); done\n"
        f'exec {shutil.which("git")} "$@"'
    )
    assert read_history(codex) == plain


def test_a_shallow_clone_tells_what_it_knows(codex: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    run_git(tmp_path, "clone", "--quiet", "--depth=1", codex.as_uri(), str(clone))
    history = read_history(clone)
    assert (history.is_shallow, history.first) == (True, {})


def test_the_end_of_a_reader_is_the_end_of_git(codex: Path) -> None:
    with pytest.raises(ZeroDivisionError), answering(codex, "log") as stream:
        assert stream.read(1)
        raise ZeroDivisionError


HOSTILE = """
[core]
    repositoryFormatVersion = 1
    fsmonitor = {program}
    hooksPath = {hooks}
    pager = {program}
    sshCommand = {program}
    askPass = {program}
    editor = {program}
    gitProxy = {program}
    alternateRefsCommand = {program}
    attributesFile = {attributes}
[diff]
    external = {program}
    orderFile = {attributes}
    renames = copies
    noprefix = true
[diff "all"]
    command = {program}
    textconv = {program}
[filter "all"]
    clean = {program}
    smudge = {program}
    process = {program}
    required = true
[merge "all"]
    driver = {program}
[log]
    showSignature = true
    follow = true
    showRoot = false
    mailmap = true
    date = raw
[gpg]
    program = {program}
[credential]
    helper = {program}
[alias]
    log = !{program}
    rev-parse = !{program}
    cat-file = !{program}
[pager]
    log = {program}
    rev-parse = {program}
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[remote "origin"]
    url = ext::{program}
    promisor = true
    partialclonefilter = blob:none
    uploadpack = {program}
[uploadpack]
    packObjectsHook = {program}
[extensions]
    partialClone = origin
[format]
    pretty = broken
[color]
    ui = always
[i18n]
    logOutputEncoding = UTF-16
[gc]
    auto = 1
"""


def test_no_setting_of_a_repository_makes_git_run_anything_or_tell_something_else(
    codex: Path, tmp_path: Path
) -> None:
    plain = read_history(codex)
    proof = tmp_path / "it-ran"
    folder = write_codex(
        tmp_path / "evil", {"run": f'#!/bin/sh\necho "$0 $*" >> {proof}\n', "all": "* diff=all\n"}
    )
    (folder / "run").chmod(0o755)
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"):
        shutil.copy(folder / "run", folder / hook)
        shutil.copy(folder / "run", codex / ".git/hooks" / hook)
    places = {"program": folder / "run", "hooks": folder, "attributes": folder / "all"}
    with (codex / ".git/config").open("a") as settings:
        settings.write(HOSTILE.format(**places))
    for attributes in (codex / ".gitattributes", codex / ".git/info/attributes"):
        attributes.write_text("* diff=all filter=all merge=all\n")
    assert read_history(codex) == plain
    past = read_past(CodexFolder(codex, (), frozenset(), Policy(date(2026, 11, 21))))
    # Now an object is missing, which a partial clone would fetch from where its settings say.
    blob = run_git(codex, "-c", "core.fsmonitor=false", "rev-parse", "HEAD:b.md").decode().strip()
    (codex / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert list(read_heads(codex, [blob])) == []
    site = built(codex, tmp_path / "site", guide=[])
    assert len(list(site.note_pages())) == 2
    assert not proof.exists(), proof.read_text()
    assert past.unknown is None or past.unknown is Unknown.YOUNG


def test_files_of_a_codex_that_look_like_a_repository_are_none(tmp_path: Path) -> None:
    """A folder of a repository may hold what Git would take for another one, with settings of its own."""
    proof = tmp_path / "it-ran"
    codex = tmp_path / "whole" / "codex"
    files = {"HEAD": "ref: refs/heads/main\n", "config": f"[core]\nbare = true\nfsmonitor = touch {proof}\n"}
    commit_files(tmp_path / "whole", {f"codex/{name}": text for name, text in FILES.items()}, "2026-01-01")
    write_codex(codex, {**files, "objects/x": "", "refs/x": ""})
    with pytest.raises(GitError):
        ask_or_fail(codex, "rev-parse", "--git-dir")
    assert read_history(codex).last == {}
    assert not proof.exists()

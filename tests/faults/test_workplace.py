"""The folder beside the site in which a build works: its own, and cleared away by whoever comes next."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort, ConfigurationError

from codex_publisher.site import output, workplace
from codex_publisher.site.ending import explain
from codex_publisher.site.exchange import exchange
from codex_publisher.site.search.index import LEASHED
from codex_publisher.site.workplace import Workplace
from support.built import contents
from support.sites import build_site, write_codex

ENDED = "999999999"
"""The number of a process that never was."""
OLD = {"index.html": b"the last good site"}
NEW = {"index.html": b"the new site"}
NOTHING = (os.devnull, os.devnull)
"""What a program on the leash is told, and where its answer goes, when it is asked nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_codex(tmp_path / "sites" / "site", OLD)


def _names(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir())


def test_what_was_left_is_removed_and_what_is_in_use_is_not(site: Path) -> None:
    mine = Workplace(site)
    # Numbers of processes come again: neither of these says anything where folders can be locked.
    for owner in (ENDED, os.getpid(), os.getppid(), 1):
        write_codex(site.parent / f".site.building-{owner}-0123abcd", {"site/index.html": "half a site"})
    other = Workplace(site)
    assert _names(site) == sorted([mine.folder.name, other.folder.name, "site"])
    for each in (mine, other):
        each.remove()
    assert _names(site) == ["site"]


def test_where_folders_cannot_be_locked_those_of_running_processes_are_left(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workplace, "fcntl", None)
    for owner in (ENDED, os.getpid()):
        write_codex(site.parent / f".site.building-{owner}-0123abcd", {"site/index.html": "half a site"})
    Workplace(site).remove()
    assert _names(site) == [f".site.building-{os.getpid()}-0123abcd", "site"]


def test_only_folders_of_builds_of_this_site_are_removed(site: Path, tmp_path: Path) -> None:
    outside = write_codex(tmp_path / "outside", OLD)
    (site.parent / f".site.building-{ENDED}-0123abcd").symlink_to(outside)
    for name in (
        f".other.building-{ENDED}-1",
        ".site.building-notes",
        ".site.build",
        f"site.building-{ENDED}",
    ):
        write_codex(site.parent / name, OLD)
    before = _names(site)
    Workplace(site).remove()
    assert _names(site) == before
    assert contents(outside) == OLD


def test_a_site_that_was_taken_away_is_put_back_unless_there_is_a_newer_one(site: Path) -> None:
    left = write_codex(
        site.parent / f".site.building-{ENDED}-0123abcd" / "old", {"index.html": b"older"}
    ).parent
    Workplace(site).remove()
    assert (contents(site), left.exists()) == (OLD, False)
    site.rename(write_codex(left, {"site/index.html": "half a site"}) / "old")
    Workplace(site).remove()
    assert (contents(site), left.exists()) == (OLD, False)


def test_a_workplace_goes_with_the_process_that_was_told_to_end(site: Path) -> None:
    program = "import sys; from pathlib import Path; from codex_publisher.site.workplace import Workplace; "
    program += "kept = Workplace(Path(sys.argv[1])); kept.staging.mkdir(); sys.exit(3)"
    ended = subprocess.run([sys.executable, "-c", program, str(site)], check=False)
    assert (ended.returncode, _names(site)) == (3, ["site"])


def test_a_workplace_that_another_build_has_cleared_away_is_made_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = workplace._lock
    early: list[Path] = []

    def late(folder: Path) -> int | None:
        if not early:
            early.append(folder)
            folder.rmdir()
        return lock(folder)

    monkeypatch.setattr(workplace, "_lock", late)
    mine = Workplace(site)
    assert mine.folder.is_dir()
    assert mine.folder != early[0]
    mine.remove()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_new_site_takes_the_place_of_the_old_one(
    at_once: bool, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not at_once:
        monkeypatch.setattr(output, "exchange", lambda *_: False)
    for _ in range(2):
        staging = write_codex(site.parent / "work" / "site", NEW)
        output.swap(staging, site)
        assert contents(site) == NEW
        assert list(staging.parent.iterdir()) == []


def test_a_site_that_comes_in_between_is_replaced_in_its_turn(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging = write_codex(site.parent / "work" / "site", NEW)
    rename = Path.rename
    between: list[Path] = []

    def late(self: Path, target: Any) -> Path:
        if self == staging and not between:
            between.append(write_codex(site, {"another.html": b"another build was faster"}))
        return rename(self, target)

    monkeypatch.setattr(output, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", late)
    output.swap(staging, site)
    assert between
    assert contents(site) == NEW


def test_folders_are_exchanged_both_or_none(tmp_path: Path) -> None:
    one, other = write_codex(tmp_path / "one", OLD), write_codex(tmp_path / "other", NEW)
    assert not exchange(one, tmp_path / "nowhere")
    assert contents(one) == OLD
    if exchange(one, other):
        assert (contents(one), contents(other)) == (NEW, OLD)
    else:
        assert sys.platform not in ("linux", "darwin")


@pytest.mark.parametrize("place", ["file/site", "file/deep/site"])
def test_where_nothing_can_be_written_beside_the_site_a_sentence_says_so(place: str, tmp_path: Path) -> None:
    codex = write_codex(tmp_path, {"codex/a.md": "# A\n", "file": "not a folder"}) / "codex"
    with pytest.raises(ConfigurationError, match="since nothing can be written beside it"):
        build_site(codex, tmp_path / place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codex", "file"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_to_be_written_to_is_named(site: Path, tmp_path: Path) -> None:
    codex = write_codex(tmp_path / "codex", {"a.md": "# A\n"})
    site.parent.chmod(0o555)
    try:
        with pytest.raises(ConfigurationError, match="Permission denied"):
            build_site(codex, site)
        assert contents(site) == OLD
    finally:
        site.parent.chmod(0o755)


def test_what_the_system_refuses_is_a_sentence_and_what_is_our_fault_is_not_hidden() -> None:
    with pytest.raises(
        Abort, match=r"No space left on device \(/srv/site\)\. The last good site is as it was"
    ):
        explain(OSError(errno.ENOSPC, "No space left on device", "/srv/site"))
    with pytest.raises(Abort, match="too little memory"):
        explain(MemoryError())
    explain(ValueError("this is a bug"))


@pytest.mark.skipif(os.name != "posix", reason="needs signals as Unix has them")
def test_a_program_on_the_leash_ends_with_the_process_that_started_it() -> None:
    # What is no answer is passed on where an answer would end.
    command = "echo begun; printf ,; exec sleep 1000"
    start = f"""
import os, signal, subprocess, sys
ours, kept = os.pipe()
subprocess.Popen([sys.executable, {str(LEASHED)!r}, *{NOTHING!r}, "sh", "-c", {command!r}], stdin=ours)
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", start], **pipes) as process:
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        # The program holds the pipe open, so this comes to an end only when it has ended.
        said, _ = process.communicate(b"end\n", timeout=60)
    assert (process.returncode, said) == (-signal.SIGKILL, b"")


@pytest.mark.skipif(os.name != "posix", reason="needs programs of a shell")
@pytest.mark.parametrize(("command", "code"), [("exit 3", 3), ("kill -9 $$", 137), ("true", 0)])
def test_a_program_on_the_leash_ends_with_its_own_code(command: str, code: int) -> None:
    ours, kept = os.pipe()
    try:
        ended = subprocess.run(
            [sys.executable, str(LEASHED), *NOTHING, "sh", "-c", command], stdin=ours, check=False, timeout=60
        )
    finally:
        os.close(ours)
        os.close(kept)
    assert ended.returncode == code

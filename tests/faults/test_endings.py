"""Builds that are told to end, that find the disk full, or that are not alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from support.built import contents
from support.struck import Builder, Order, Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

SEED = 2026
MOMENTS = 4


def _moments(site: Site) -> list[int]:
    """Some changes of the disk, the first among them, at which the new site is not yet in its place."""
    random = Random(SEED)  # noqa: S311  # no secret
    return [1, *(random.randint(2, len(site)) for _ in range(MOMENTS))]


@pytest.mark.parametrize(("strike", "code", "word"), [("interrupt", 1, "Aborted!"), ("terminate", 143, "")])
def test_a_build_that_is_told_to_end_leaves_the_old_site_and_nothing_else(
    strike: str,
    code: int,
    word: str,
    builds: Builder,
    projects: tuple[Path, Path],
    good: tuple[Site, Site],
    site: Path,
    struck: Path,
) -> None:
    for at in _moments(good[0]):
        (ended,) = builds.build(Order(projects[1], site, strike, at))
        assert ended.said.strip() == word
        assert ended.code == code
        assert contents(site) == good[0]
        assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert builds.left_processes() == []
    assert list((struck / "tmp").iterdir()) == []


def test_a_full_disk_ends_a_build_with_a_sentence_and_the_old_site_stays(
    builds: Builder, projects: tuple[Path, Path], good: tuple[Site, Site], site: Path, struck: Path
) -> None:
    for at in _moments(good[0]):
        (ended,) = builds.build(Order(projects[1], site, "full", at))
        assert "Traceback" not in ended.said
        assert "No space left on device" in ended.said
        assert ended.code == 1
        assert contents(site) == good[0]
        assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert builds.left_processes() == []
    assert list((struck / "tmp").iterdir()) == []


def _on_a_small_disk(folder: Path, *command: str) -> list[str]:
    """A command that finds a disk of one megabyte at this folder, if the system lets anybody make one."""
    disk = f'mount -t tmpfs -o size=1m tmpfs "{folder}" && shift 0 && exec "$@"'
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", disk, "sh", *command]


def test_a_disk_that_is_really_full_ends_a_build_likewise(
    projects: tuple[Path, Path], good: tuple[Site, Site], tmp_path: Path
) -> None:
    try:
        subprocess.run(_on_a_small_disk(tmp_path, "true"), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be made here")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(projects[0])]
    # What is on such a disk is seen by its own processes only, so they tell what is left.
    site = 'mkdir "$0"; echo good > "$0/index.html"'
    look = f'{site}; "$@"; echo "ended with $?"; cat "$0/index.html"; ls -A "$0/.."'
    place = str(tmp_path / "site")
    ended = subprocess.run(
        _on_a_small_disk(tmp_path, "sh", "-c", look, place, *build, "-d", place),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "No space left on device" in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr
    assert ended.stdout.splitlines()[-3:] == ["ended with 1", "good", "site"]


def test_two_builds_at_once_into_the_same_place_leave_the_site_of_one_of_them(
    builds: Builder, projects: tuple[Path, Path], good: tuple[Site, Site], site: Path, struck: Path
) -> None:
    for in_two_steps in (False, True):
        orders = [Order(settings, site, in_two_steps=in_two_steps) for settings in (*projects, *projects)]
        assert [(one.code, one.said) for one in builds.build(*orders)] == [(0, "")] * len(orders)
        assert contents(site) in good
        assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert list((struck / "tmp").iterdir()) == []


def test_builds_at_once_into_places_of_their_own_do_not_disturb_one_another(
    builds: Builder, projects: tuple[Path, Path], good: tuple[Site, Site], tmp_path: Path
) -> None:
    """They share what is kept from build to build."""
    orders = [
        Order(settings, tmp_path / f"{settings.parent.name} {number}")
        for number in range(2)
        for settings in projects
    ]
    assert [(one.code, one.said) for one in builds.build(*orders)] == [(0, "")] * len(orders)
    assert [contents(order.site) for order in orders] == [*good, *good]

"""The same codex becomes the same site, byte for byte, wherever and whenever it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from support.built import contents
from support.nasty_codex import LINKS, NOTES
from support.repositories import commit_files, run_git
from support.sites import PROJECT, write_codex
from support.small_codex import SMALL_CODEX

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="writes names that other systems refuse")

SHUFFLED = """
import os
import random

shuffle = random.Random(os.environ["PYTHONHASHSEED"]).shuffle
listed, scanned = os.listdir, os.scandir


def listdir(path="."):
    names = listed(path)
    shuffle(names)
    return names


class scandir:
    def __init__(self, path="."):
        with scanned(path) as found:
            entries = list(found)
        shuffle(entries)
        self.rest = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.rest)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass


os.listdir, os.scandir = listdir, scandir
"""
"""Has a disk tell what is in its folders in another order: Python imports it before all else."""


def _locale(folder: Path, name: str) -> dict[str, str]:
    """The environment of a place with its own order of letters, as this machine knows it."""
    definition, _, encoding = name.partition(".")
    with suppress(OSError, subprocess.CalledProcessError):
        command = ["localedef", "-i", definition, "-f", encoding, str(folder / name)]
        subprocess.run(command, check=True, capture_output=True)
        return {"LOCPATH": str(folder), "LC_ALL": name, "LANG": name}
    return {"LC_ALL": "C"}


def _build(codex: Path, site: Path, umask: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    settings = str(PROJECT / "mkdocs.yml")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", settings, "-d", str(site)]
    everything = {**os.environ, "CODEX_ROOT": str(codex), **environment}
    return subprocess.Popen(
        command, env=everything, umask=umask, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=codex
    )


def test_two_clones_become_the_same_site_in_whatever_place_order_language_and_time(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    first, second = dict(list(NOTES.items())[::2]), dict(list(NOTES.items())[1::2])
    for number, files in enumerate((SMALL_CODEX, first, second), start=1):
        for name, content in files.items():
            with suppress(OSError):
                write_codex(origin, {name: content})
        for name, target in LINKS.items() if number == 3 else ():
            (origin / name).parent.mkdir(exist_ok=True)
            (origin / name).symlink_to(target)
        commit_files(origin, {}, f"2026-0{number}-01", f"Person {number}")
    shuffled = write_codex(tmp_path / "python", {"sitecustomize.py": SHUFFLED})
    (tmp_path / "locales").mkdir()
    worlds = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", **_locale(tmp_path / "locales", "tr_TR.UTF-8")},
        {"PYTHONHASHSEED": "2", "TZ": "America/Adak", **_locale(tmp_path / "locales", "de_DE.UTF-8")},
        {"PYTHONHASHSEED": "3", "TZ": "UTC", "LC_ALL": "C", "PYTHONPATH": ""},
    )
    sites, processes = [], []
    for number, (world, umask) in enumerate(zip(worlds, (0o077, 0o002, 0o022), strict=True)):
        clone = tmp_path / ("a" * 50 * number + "x") / "codex"
        run_git(tmp_path, "clone", "--quiet", str(origin), str(clone))
        for path in clone.rglob("*"):
            os.utime(path, (number * 10**8, number * 10**8), follow_symlinks=False)
        sites.append(tmp_path / f"site{number}" / "site")
        environment = {"PYTHONPATH": str(shuffled), **world}
        processes.append(_build(clone, sites[-1], umask, environment))
    for process in processes:
        said, _ = process.communicate()
        assert (process.returncode, said.decode()) == (0, "")
    one, *others = (contents(site) for site in sites)
    assert len([name for name in one if name.endswith("index.md")]) > 50
    for other in others:
        assert other.keys() == one.keys()
        assert [name for name in one if other[name] != one[name]] == []
    assert not shutil.which("localedef") or worlds[0]["LC_ALL"] == "tr_TR.UTF-8"

"""Two versions of a small codex, a process that builds them, and what their sites are like."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.built import contents
from support.projects import write_project
from support.struck import Builder, Order, Site, builder

NOTES: dict[str, str | bytes] = {
    "inbox/queue/naps.md": "---\ntype: source\ntitle: Naps\ntags: [x]\n---\n\nSee [[short naps help]].\n",
    "claims/short naps help.md": "---\ntype: claim\ntags: [memory]\n---\n\nThree trials agree. ![[a.png]]\n",
    "claims/long naps harm.md": "---\ntype: claim\naliases: [harm]\n---\n\n[[short naps help]] [[zebras]]\n",
    "a.png": b"a picture",
}


@pytest.fixture(scope="session")
def struck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which all this happens."""
    return tmp_path_factory.mktemp("struck")


@pytest.fixture(scope="session")
def projects(struck: Path) -> tuple[Path, Path]:
    """The settings of the two versions. Every page differs, since the name of the site does."""
    first, second = (
        write_project(
            struck / f"version{number}",
            {**NOTES, "claims/new.md": f"---\ntype: claim\n---\n# This is new in version {number}\n"},
            {"guide": []},
            site_name=f"Version {number}",
        )
        for number in (1, 2)
    )
    return first, second


@pytest.fixture(scope="session")
def builds(struck: Path) -> Iterator[Builder]:
    """What builds them."""
    with builder(struck) as own:
        yield own


@pytest.fixture
def site(good: tuple[Site, Site], struck: Path, tmp_path: Path) -> Path:
    """A site of the first version, in a folder of its own."""
    assert good
    return Path(shutil.copytree(struck / "good" / "version1", tmp_path / "sites" / "site"))


@pytest.fixture(scope="session")
def good(builds: Builder, projects: tuple[Path, Path], struck: Path) -> tuple[Site, Site]:
    """The sites of the two versions."""
    places = [struck / "good" / settings.parent.name for settings in projects]
    ended = builds.build(*(Order(settings, place) for settings, place in zip(projects, places, strict=True)))
    assert [(one.code, one.said) for one in ended] == [(0, "")] * 2
    first, second = (contents(place) for place in places)
    assert first["index.html"] != second["index.html"]
    return first, second

"""What all tests share: a world that stands still, and the sites that several of them look at."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser
from xdist.remote import Producer
from xdist.scheduler import Scheduling

from support.browser import chromium
from support.built import Built, built
from support.projects import HOOK
from support.scheduling import ByFile
from support.sites import PROJECT, write_codex
from support.small_codex import SMALL_CODEX
from support.templates import compiled_once

TODAY = "1795219200"
"""The day on which every test's build takes place: 21 November 2026, in seconds since 1970."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write expected files anew")


HEAVY = ("security", "faults", "repository", "fidelity", "site", "cli")
"""Folders whose tests take longest. They begin first, so that no process has many of them left at the end."""

BUILDING = ("security", "site")
"""Folders in which most files build sites."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    order = {folder: number for number, folder in enumerate(HEAVY)}
    items.sort(key=lambda item: order.get(_folder_of(item.path), len(HEAVY)))


def _folder_of(test: Path) -> str:
    """The folder below `tests` that a file of tests lies in."""
    return test.relative_to(PROJECT / "tests").parts[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Keep tests together that share what takes long to make, where several processes run them."""
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_configure(config: pytest.Config) -> None:
    # Whoever starts this in the background may have Ctrl+C ignored, and so would all that tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # How busy the machine is decides nothing.
    settings.register_profile("unhurried", deadline=None)
    settings.load_profile("unhurried")
    if config.getoption("--update-golden"):
        os.environ["UPDATE_GOLDEN"] = "1"


@pytest.fixture(scope="session", autouse=True)
def _a_world_that_stands_still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither the day, nor what the caller has set or built before changes what a test sees."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("CODEX_", "GIT_", "SITE_URL"))]:
            patch.delenv(name)
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        patch.setenv("CODEX_CACHE", "false")
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name)))
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    with compiled_once():
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_worker_of_earlier_builds(request: pytest.FixtureRequest) -> None:
    """Begin as a program does that has built nothing, except where builds follow builds.

    All builds in a process but the first leave a worker to the next, as under `mkdocs serve`. It keeps two
    threads here, and with threads about, whatever renders notes starts new interpreters instead of forks,
    which takes ten times as long. How each of the two goes is tested where the workers are.
    """
    if _folder_of(request.path) not in BUILDING:
        # MkDocs calls them as the settings do, which name one file in several ways.
        for name in [name for name in sys.modules if name.endswith(HOOK.name)]:
            sys.modules[name].on_shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests that look at pages."""
    with chromium() as started:
        yield started


@pytest.fixture
def update_golden() -> bool:
    """Whether golden files are to be written instead of compared."""
    return "UPDATE_GOLDEN" in os.environ


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the sample codex in this repository."""
    return built(PROJECT, tmp_path_factory.mktemp("sample") / "site")


@pytest.fixture(scope="session")
def small_codex(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a codex of a few notes, made by hand."""
    return write_codex(tmp_path_factory.mktemp("small") / "small-codex", SMALL_CODEX)


@pytest.fixture(scope="session")
def small(small_codex: Path) -> Built:
    """The site of the small codex."""
    return built(small_codex, small_codex.parent / "site")

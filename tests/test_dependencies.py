"""What is installed: little, each with its reason, all of it pinned."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from support.sites import PROJECT

SETTINGS: Final[Mapping[str, Any]] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
RUNTIME: Final[list[str]] = SETTINGS["project"]["dependencies"]
OPTIONAL: Final[list[str]] = [
    one for extra in SETTINGS["project"]["optional-dependencies"].values() for one in extra
]
DEVELOPMENT: Final[list[str]] = SETTINGS["dependency-groups"]["dev"]
FUZZING: Final[list[str]] = SETTINGS["dependency-groups"]["fuzz"]
BACKEND: Final[list[str]] = SETTINGS["build-system"]["requires"]
PIN: Final = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9._+!-]+)")
LINES: Final = (PROJECT / "constraints.txt").read_text("utf-8").splitlines()


def _pins() -> dict[str, Version]:
    found = (PIN.fullmatch(line) for line in LINES if not line.startswith("#"))
    return {canonicalize_name(one[1]): Version(one[2]) for one in found if one}


def _needed(requirements: Iterable[str]) -> set[str]:
    """The names of what is installed with these, on this machine."""
    found: set[str] = set()
    pending = [(Requirement(text), frozenset({""})) for text in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    while pending:
        wanted, extras = pending.pop()
        if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        name, asked = canonicalize_name(wanted.name), frozenset({"", *wanted.extras})
        if (name, asked) in seen:
            continue
        seen.add((name, asked))
        found.add(name)
        try:
            further = distribution(wanted.name).requires or []
        except PackageNotFoundError:
            # The build backend is there only while the project is installed.
            continue
        pending.extend((Requirement(text), asked) for text in further)
    return found


def test_the_file_of_pins_holds_names_and_versions_only_each_once() -> None:
    pins = [line for line in LINES if not line.startswith("#")]
    assert all(PIN.fullmatch(line) for line in pins)
    names = [canonicalize_name(line.partition("==")[0]) for line in pins]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("what", ["runtime", "development", "backend"])
def test_everything_that_is_installed_is_pinned(what: str) -> None:
    wanted = {"runtime": RUNTIME, "development": DEVELOPMENT, "backend": BACKEND}[what]
    assert _needed(wanted) - _pins().keys() == set()


def test_nothing_is_pinned_that_nothing_needs() -> None:
    # What pip is not told to install by these: itself, and what hatchling needs.
    backend = {
        "pip",
        "hatchling",
        "editables",
        "tomlkit",
        "trove-classifiers",
        "packaging",
        "pathspec",
        "pluggy",
    }
    # Needed elsewhere: on Windows, by other versions of Python, or by programs of other systems.
    elsewhere = {"colorama", "typing-extensions"}
    unused = _pins().keys() - _needed(RUNTIME + OPTIONAL + DEVELOPMENT + FUZZING) - backend - elsewhere
    assert unused == set()


@pytest.mark.parametrize("requirement", [*RUNTIME, *OPTIONAL, *DEVELOPMENT, *FUZZING, *BACKEND])
def test_what_is_pinned_is_allowed(requirement: str) -> None:
    wanted = Requirement(requirement)
    pins = _pins()
    assert pins[canonicalize_name(wanted.name)] in wanted.specifier


def test_each_package_stands_in_the_guide_with_its_reason_and_no_other_does() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    table = text.partition("## Dependencies\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", table, re.MULTILINE)
    assert [name for name, _ in rows] != []
    asked_for = {canonicalize_name(Requirement(one).name) for one in RUNTIME + OPTIONAL}
    assert {name for name, _ in rows} == asked_for
    assert all(len(reason.split()) >= 3 for _, reason in rows)


def test_the_makefile_installs_nothing_that_is_not_pinned() -> None:
    text = (PROJECT / "Makefile").read_text("utf-8")
    for name in ("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT"):
        assert f"export {name} := constraints.txt\n" in text

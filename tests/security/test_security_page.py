"""The page on security: each promise names the tests that hold it, and its figures are what is found."""

from __future__ import annotations

import ast
import re
import runpy
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pytest

from support.hostile.figures import table
from support.hostile.inspection import Finding
from support.sites import PROJECT

PAGE = PROJECT / "docs" / "security.md"
TEXT = PAGE.read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
BEARING = ("markdown", "comrak", "lxml", "nh3", "selectolax")


@lru_cache
def _tests_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _promises() -> list[tuple[str, str]]:
    """Each promise with the tests that hold it."""
    part = TEXT.partition("## What is promised")[2].partition("## How it is tried")[0]
    return re.findall(r"^- (.+)<br>\n  (.+)$", part, re.MULTILINE)


def test_every_test_that_the_page_names_is_there() -> None:
    named = NAMED.findall(TEXT)
    assert len(named) > 30
    for path, name in named:
        assert name in _tests_in(PROJECT / path), f"{path}::{name}"


def test_there_is_no_promise_without_tests() -> None:
    part = TEXT.partition("## What is promised")[2].partition("## How it is tried")[0]
    assert len(_promises()) == part.count("\n- ") > 30


@pytest.mark.parametrize(("promise", "held"), _promises(), ids=[promise[:48] for promise, _ in _promises()])
def test_each_promise_is_held_by_a_test(promise: str, held: str) -> None:
    assert promise.strip()
    assert held.count("::") == len(NAMED.findall(held)) >= 1


def test_the_security_policy_leads_to_the_page_and_the_navigation_has_it() -> None:
    assert "docs/security.md" in (PROJECT / "SECURITY.md").read_text("utf-8")
    assert "security.md" in (PROJECT / "mkdocs.yml").read_text("utf-8")


def test_the_figures_are_those_that_are_found(findings: list[Finding]) -> None:
    pins = dict(
        line.split("==") for line in (PROJECT / "constraints.txt").read_text().split("\n") if "==" in line
    )
    known = {name.lower(): pinned for name, pinned in pins.items()}
    if any(version(name) != known[name] for name in BEARING):
        pytest.skip("the figures are those of the pinned versions")
    script = runpy.run_path(str(PROJECT / "scripts" / "security_page.py"))
    found = table(findings)
    assert script["with_figures"](TEXT, found) == TEXT, "Run scripts/security_page.py."

"""The rooms of the package and what each may import. docs/architecture.md says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "hooks" / "codex_publisher"
ROOMS = ("model", "markdown", "repository", "site", "cli")
MAY_IMPORT = {
    "model": {"model"},
    "markdown": {"markdown", "model"},
    "repository": {"repository", "markdown", "model"},
    "site": {"site", "repository", "markdown", "model"},
    "cli": {"cli", "repository", "markdown", "model"},
}
STRANGERS_TO = {
    "model": {"mkdocs", "jinja2", "markupsafe", "lxml", "nh3", "comrak", "markdown", "html"},
    "markdown": {"mkdocs", "jinja2", "frontmatter", "yaml"},
    "repository": {"mkdocs", "jinja2", "markupsafe", "lxml", "nh3", "comrak", "html", "frontmatter"},
    "site": {"frontmatter", "yaml", "comrak", "nh3", "lxml"},
    "cli": {"mkdocs", "markupsafe", "lxml", "nh3", "comrak", "html", "frontmatter", "yaml"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 350


def _imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute, so that this test can read them"
            yield node.module or ""


def _room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_a_room_imports_only_the_rooms_it_may(module: Path) -> None:
    room = _room(module)
    if room not in ROOMS:
        assert module.parent == PACKAGE
        return
    for name in _imports(module):
        parts = name.split(".")
        if parts[0] == "codex_publisher" and len(parts) > 1:
            # The package itself holds no more than the version.
            assert parts[1] in MAY_IMPORT[room], f"{module.name} imports {name}"
        else:
            assert parts[0] not in STRANGERS_TO[room], f"{module.name} imports {name}"


def test_only_the_wiring_stands_outside_the_package() -> None:
    assert [path.name for path in PACKAGE.parent.glob("*.py")] == ["publish.py"]


def test_every_event_of_the_hook_file_is_a_line_or_two() -> None:
    tree = ast.parse((PACKAGE.parent / "publish.py").read_text("utf-8"))
    events = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert events
    for event in events:
        statements = [
            node for node in event.body if not isinstance(node, ast.Expr) or node is not event.body[0]
        ]
        assert len(statements) <= 2, f"{event.name} decides something that a stage should"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_no_module_grows_past_what_one_can_keep_in_mind(module: Path) -> None:
    assert len(module.read_text("utf-8").split("\n")) <= LONGEST

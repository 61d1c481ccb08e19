"""Codices and sites made for tests."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from codex_publisher.markdown import render
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.note import read_note
from codex_publisher.model.policy import Policy
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.waiting import Added, unknown

PROJECT = Path(__file__).resolve().parents[2]
REAL_CODEX = PROJECT.parent / "shared" / "codex"


def write_codex(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root`, making folders as needed."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def codex_of(
    files: Mapping[str, str | bytes],
    attachments: tuple[str, ...] = (),
    policy: Policy | None = None,
    added: Added = unknown,
) -> Codex:
    """The codex of these notes, without touching the disk."""
    notes = [
        read_note(NotePath(path), content.encode() if isinstance(content, str) else content)
        for path, content in files.items()
    ]
    documents = {note.path: render(note.body, note.body_line, note.title) for note in notes}
    paths = tuple(NotePath(path) for path in attachments)
    return build_codex(notes, documents, paths, policy=policy, added=added)


def build_site(codex: Path, site: Path, **settings: object) -> Path:
    """Build the site of the codex with this repository's own mkdocs.yml, as `make site CODEX=…` does."""
    config = load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(site))
    config.extra["codex"] = {**config.extra["codex"], "root": str(codex), **settings}
    build(config)
    return site


def script(name: str) -> Any:
    """A script of this project as a module, so that a test can ask for what it would print."""
    spec = importlib.util.spec_from_file_location(f"script_{name}", PROJECT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

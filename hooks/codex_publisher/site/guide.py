"""The hand-written pages beside the notes, and which of them a codex elsewhere shows."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from codex_publisher.site.settings import Settings

log = logging.getLogger("mkdocs.hooks.codex")


def keep_guide(files: list[File], config: MkDocsConfig, settings: Settings) -> list[File]:
    """The files that go with this codex; the navigation loses the pages of those that do not.

    A codex elsewhere is not about this project, so of the pages in `docs_dir` it shows only those that
    `guide` names.
    """
    if settings.guide is None:
        return files
    dropped = {file.src_uri for file in files if _is_own(file, config) and file.src_uri not in settings.guide}
    if config.nav:
        config.nav = _pruned(config.nav, dropped)
    return [file for file in files if file.src_uri not in dropped]


def publishable(files: Iterable[File]) -> list[File]:
    """The files without those that could show what lies outside `docs_dir`, or that nobody needs."""
    return [file for file in files if not (_is_refused(file) or _is_unused(file))]


def _is_refused(file: File) -> bool:
    """Whether a file of `docs/` is a symbolic link, which could show what lies outside."""
    if file.abs_src_path is None or not Path(file.abs_src_path).is_symlink():
        return False
    log.warning("%s is a symbolic link and is not published; put a copy of the file there.", file.src_uri)
    return True


def _is_unused(file: File) -> bool:
    """Whether a file of Material's serves only its developers, or search in languages that are not set."""
    return file.src_uri.endswith((".js.map", ".css.map")) or file.src_uri.startswith(
        "assets/javascripts/lunr/"
    )


def _is_own(file: File, config: MkDocsConfig) -> bool:
    """Whether a file comes from `docs_dir` and not from the theme."""
    return file.src_dir == config.docs_dir


def _pruned(nav: Any, dropped: set[str]) -> Any:
    if isinstance(nav, list):
        kept = (_pruned(item, dropped) for item in nav)
        return [item for item in kept if item]
    if isinstance(nav, dict):
        pruned = {title: _pruned(item, dropped) for title, item in nav.items()}
        return {title: item for title, item in pruned.items() if item}
    return None if nav in dropped else nav

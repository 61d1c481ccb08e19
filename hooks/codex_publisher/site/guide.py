"""The hand-written pages beside the notes, and which of them a codex elsewhere shows."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from codex_publisher.site.settings import Settings


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

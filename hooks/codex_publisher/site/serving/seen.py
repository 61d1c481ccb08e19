"""What of the files has changed: notes alone, or more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from codex_publisher.model.discovery import Discovery, discover
from codex_publisher.site.settings import Settings

Stamp = tuple[int, int, int, int]
"""When a file was last written and last changed in any way, how long it is, and which of the disk's it is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How the files were when somebody looked."""

    found: Discovery
    codex: Mapping[str, Stamp | None]
    """Of notes and attachments."""
    others: Mapping[str, Stamp | None]
    """Of everything else that a site is made of: settings, hand-written pages, the theme."""


def look(settings: Settings, config: MkDocsConfig) -> Seen:
    """Look at all files that make the site. Raises OSError when the codex itself cannot be read."""
    root = settings.root
    found = discover(root, settings.only, settings.skipped)
    paths: tuple[str, ...] = (*found.notes, *found.attachments)
    codex = {path: _stamp(root / path) for path in paths}
    return Seen(found, codex, {str(path): _stamp(path) for path in _others(settings, config)})


def _others(settings: Settings, config: MkDocsConfig) -> Iterator[Path]:
    if config.config_file_path:
        yield Path(config.config_file_path)
    # A codex without a description of its own is described by what its README begins with.
    yield from (settings.root / name for name in ("README.md", "readme.md", "Readme.md"))
    own = {Path(config.docs_dir) / folder for folder in settings.own_docs}
    yield from _files(Path(config.docs_dir), own)
    if config.theme.custom_dir:
        yield from _files(Path(config.theme.custom_dir), set())
    for place in map(Path, config.watch):
        if (
            settings.root != place
            and settings.root not in place.parents
            and place not in settings.root.parents
        ):
            yield from _files(place, set()) if place.is_dir() else (place,)


def _files(folder: Path, without: set[Path]) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(here, name) not in without]
        yield from (Path(here, name) for name in files)


def _stamp(path: Path) -> Stamp | None:
    """None for what is not there, or not any more."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

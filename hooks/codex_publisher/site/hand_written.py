"""The hand-written pages and their files: MkDocs finds them, by every symbolic link that it meets.

Through a link it would publish what lies outside. By two links that lead to the folder that they are in, it
would walk for ever. So where a folder is a link, MkDocs is shown a copy of `docs_dir` without links.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from codex_publisher.model.names import visible
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.reading import open_inside
from codex_publisher.site.sitemap import NAME

log = logging.getLogger("mkdocs.hooks.codex")
_COPY: Final = "docs"


def without_folder_links(config: MkDocsConfig, own_docs: tuple[str, ...], workplace: Path) -> None:
    """Have MkDocs look into a copy of `docs_dir`, made in the folder `workplace`, if some folder is a link.

    `own_docs` are the folders of notes in it, which are read otherwise. Raises OSError when the copy cannot
    be written.
    """
    docs = Path(config.docs_dir)
    links = list(_folder_links(docs))
    if not links:
        return
    for link in links:
        if not f"{link}/".startswith(own_docs or ("\0",)):
            log.warning("%s is a symbolic link and is left out of the site.", visible(link))
    copy = workplace / _COPY
    copy.mkdir()
    for path in _files(docs):
        if not path.startswith(own_docs or ("\0",)) and (descriptor := _opened(docs, path)) is not None:
            target = copy / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(descriptor, "rb") as reading, target.open("wb") as writing:
                shutil.copyfileobj(reading, writing)
    config.docs_dir = str(copy)


def publishable(files: Iterable[File], config: MkDocsConfig, own_docs: tuple[str, ...]) -> list[File]:
    """The files but for notes, and for those of `docs_dir` that are no ordinary files inside it."""
    return [file for file in files if not _is_note(file, own_docs) and _is_publishable(file, config)]


def _is_note(file: File, own_docs: tuple[str, ...]) -> bool:
    return bool(own_docs) and file.src_uri.startswith(own_docs)


def _is_publishable(file: File, config: MkDocsConfig) -> bool:
    # The theme's files may well be links: some installers do not copy packages.
    if file.abs_src_path is None or file.src_dir != config.docs_dir:
        return True
    descriptor = _opened(Path(config.docs_dir), file.src_uri)
    if descriptor is None:
        return False
    os.close(descriptor)
    return True


def _opened(docs: Path, path: str) -> int | None:
    """A file of the folder `docs`; None, and a word about it, if it is not to be published."""
    try:
        path.encode()
        return open_inside(docs, NotePath(path))
    except UnicodeEncodeError:
        why = "its name is not UTF-8"
    except OSError as error:
        why = error.strerror or str(error)
    log.warning("%s is left out of the site: %s.", visible(path), why)
    return None


def _folder_links(docs: Path) -> Iterator[str]:
    for folder, names, _ in os.walk(docs):
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_symlink():
                yield path.relative_to(docs).as_posix()


def _files(docs: Path) -> Iterator[str]:
    for folder, _, names in os.walk(docs):
        for name in sorted(names):
            yield (Path(folder) / name).relative_to(docs).as_posix()


def is_unused(file: File, config: MkDocsConfig) -> bool:
    """Whether a file of the theme's is of no use to readers.

    Such are files for its developers, search in languages that are not set, and the template of a sitemap.
    """
    if file.src_dir == config.docs_dir:
        return False
    name = file.src_uri
    return (
        name.endswith((".js.map", ".css.map")) or name.startswith("assets/javascripts/lunr/") or name == NAME
    )

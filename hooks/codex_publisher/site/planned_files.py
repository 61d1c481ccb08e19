"""The site's pages as MkDocs finds them: the hand-written ones, and any other when something leads to it.

MkDocs makes every page that it knows of before it writes the first, and holds them all; a codex has many
times more pages than its navigation names. So it is told of those only that the navigation or a
hand-written page asks for, and does not write them: `page_writer` does, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from codex_publisher.site.pages import CodexPage, make_page

_SUFFIX: Final = ".md"
FindTitle = Callable[[str], str | None]
"""Gives the title of the planned page at an address, or None where there is none."""


class PlannedFiles(Files):
    """Files of MkDocs, and pages that are made when they are asked for."""

    def __init__(self, files: Iterable[File], title_at: FindTitle, config: MkDocsConfig) -> None:
        """`files` are what MkDocs itself is to write."""
        super().__init__(files)
        self._title_at = title_at
        self._config = config
        self._pages: dict[str, CodexPage] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file that a link or the navigation names, by its path below `docs_dir`."""
        if (file := super().get_file_from_path(path)) or not path.endswith(_SUFFIX):
            return file
        stem = path.removesuffix(_SUFFIX)
        permalink = "" if stem == "index" else f"{stem}/"
        if permalink not in self._pages:
            title = self._title_at(permalink)
            if title is None:
                return None
            self._pages[permalink] = make_page(permalink, title, self._config)
        return self._pages[permalink].file

    def page_at(self, permalink: str, title: str) -> CodexPage:
        """The page at an address: the one that the navigation holds, or one for this moment."""
        return self._pages.get(permalink) or make_page(permalink, title, self._config)

"""Parts of Material's pages that are the same on many of them, written once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from jinja2 import Environment


class Once:
    """For templates: gives what was written for the same key before, else has it written.

    The navigation and the script's settings differ only by how deep a page lies and whether it stands in
    the navigation; writing them anew for every page took a fifth of the time of a build.
    """

    def __init__(self) -> None:
        self._written: dict[tuple[str, ...], str] = {}

    def __call__(self, *key: str, caller: Callable[[], str]) -> str:
        """What was written for this key, which names everything that it depends on."""
        if key not in self._written:
            self._written[key] = caller()
        return self._written[key]

    def but_for_title(self, base_url: str, title: str, caller: Callable[[], str]) -> str:
        """Material's header, in which only the page's title differs between pages that lie equally deep.

        Where the title cannot be found in it, each page has its own written.
        """
        key = ("header", base_url)
        if key not in self._written:
            written = caller()
            if not _TITLE.search(written):
                return written
            self._written[key] = written
        return _TITLE.sub(lambda found: f"{found[1]}{title}{found[3]}", self._written[key], count=1)


_TITLE: Final = re.compile(
    r'(data-md-component="header-topic">\s*<span class="md-ellipsis">)(.*?)(</span>)', re.DOTALL
)


def equip(env: Environment) -> Environment:
    """Give MkDocs' templates `once`, empty for each build."""
    env.globals["once"] = Once()
    return env

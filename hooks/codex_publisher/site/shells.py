"""What stands round every page, written once for the pages that share it.

Material's header, navigation and scripts differ only by how deep a page lies and by which of the tabs it
stands under; writing them anew for each page took a quarter of the time of a build. So the whole page is
written once with marks for what is a page's own, and further pages are put together from its pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from jinja2 import Environment

_SLOT: Final = re.compile("\x02([a-z]+)\x03")
"""A mark for what is a page's own. No text that reaches a page has these characters."""
_SKIP: Final = re.compile(r'(?<=<a href=")[^"]*(?=" class="md-skip">)')
"""Where Material's link past the navigation leads, which it takes from the page itself."""
_LINE_START: Final = re.compile(r"\n\s+")


class Shells:
    """For templates: pages in shells."""

    def __init__(self) -> None:
        """No shell is written yet."""
        self._written: dict[tuple[str, ...], list[str]] = {}

    def slot(self, name: str) -> str:
        """The mark for a page's own part, in small letters."""
        return f"\x02{name}\x03"

    def fill(self, key: tuple[str, ...], slots: Mapping[str, str], caller: Callable[[], str]) -> str:
        """A page: the shell for this key, which names all that it depends on, with the page's own parts.

        `caller` writes the shell. `slots` has a part for each of its marks, and `skip` for where the link
        past the navigation leads.
        """
        if key not in self._written:
            written = _SKIP.sub(self.slot("skip"), squeeze(caller()))
            self._written[key] = _SLOT.split(written)
        pieces = list(self._written[key])
        # Splitting has left the names of the marks at the odd places.
        pieces[1::2] = [slots[name] for name in pieces[1::2]]
        return "".join(pieces)


def squeeze(html: str) -> str:
    """HTML without the indentation of templates, which is a third of a short page."""
    return _LINE_START.sub("\n", html)


def equip(env: Environment, content_policy: str) -> Environment:
    """Give MkDocs' templates `shells`, empty for each build, and the policy that pages tell browsers."""
    env.globals["shells"] = Shells()
    env.globals["content_policy"] = content_policy
    env.filters["squeeze"] = squeeze
    return env

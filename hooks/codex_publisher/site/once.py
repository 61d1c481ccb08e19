"""Parts of Material's pages that are the same on many of them, written once."""

from __future__ import annotations

from collections.abc import Callable

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


def equip(env: Environment) -> Environment:
    """Give MkDocs' templates `once`, empty for each build."""
    env.globals["once"] = Once()
    return env

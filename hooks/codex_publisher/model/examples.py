"""The files of an explanation's example as they are shown."""

from __future__ import annotations

from typing import Final

_LONGEST_PATH: Final = 72


def text_of(content: str | bytes) -> str:
    """A file of an example as text."""
    return content if isinstance(content, str) else content.decode("utf-8", "replace")


def shown_path(path: str) -> str:
    """A path of an example, cut where it is too long to be shown."""
    return path if len(path) <= _LONGEST_PATH else f"{path[: _LONGEST_PATH - 1]}…"

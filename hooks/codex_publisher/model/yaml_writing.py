"""Values written as YAML, such that this project and any other reader take them for the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Letters first, so that nothing is taken for a number, a date or a mark of YAML's own.
_PLAIN: Final = re.compile(r"[^\W\d_][\w./+-]*(?: [\w/+-][\w./+-]*)*")
_ADDRESS: Final = re.compile(r"https?://[\w.~:/?#@!$&*+;=%()-]*[\w/=)-]")
_NOT_TEXT: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that other readers take for nothing or for a truth value."""


def plain_or_quoted(text: str) -> str:
    """A value of one line as it is, if no reader can mistake it, else in double quotes."""
    is_word = _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT
    is_plain = is_word or _ADDRESS.fullmatch(text)
    return text if is_plain else quoted(text)


def quoted(text: str) -> str:
    """A value of one line in double quotes. Control characters are not for YAML, nor for this."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def inline_list(values: Iterable[str]) -> str:
    """A list on one line, in square brackets."""
    return f"[{', '.join(map(plain_or_quoted, values))}]"

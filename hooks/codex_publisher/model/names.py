"""Characters that names and titles should not have."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, and those that cannot be seen or that change the direction of writing."""

REPLACEMENT: Final = "\ufffd"
"""What is shown where such a character stands."""

DIRECTION: Final = re.compile(r"[\u061c\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the writing round, and with it whatever follows on the page."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")

_STACKED: Final = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def tame(text: str) -> str:
    """A text that stays in its own line: it turns no writing round, and no letter has a tower of accents."""
    if text.isascii():
        return text
    return _STACKED.sub(r"\1", DIRECTION.sub("", text))


def one_line(text: str) -> str:
    """A text as a value or a title: in one line, tame, and without what no page can show."""
    folded = " ".join(text.split())
    return folded if folded.isascii() and folded.isprintable() else tame(_CONTROL.sub(REPLACEMENT, folded))


def visible(text: str) -> str:
    """A text whose hidden characters can be seen: a terminal obeys none of it, and it stays in its line."""
    return tame(text if text.isprintable() else HIDDEN.sub(REPLACEMENT, text.replace("\t", " ")))

"""Strangers' texts as plain text: in Markdown that GitHub shows, and on a terminal."""

from __future__ import annotations

import re
from typing import Final

from codex_publisher.model.names import visible

MAX_TEXT: Final = 300
"""Characters of a title, a path or a message that are shown."""
_JOINER: Final = "\u2060"
"""Takes no room and breaks no line; what GitHub would make a link of, it does not know with this in it."""
_MARKS: Final = re.compile(r"[\\`*_\[\]~|]")
_AUTOMATIC: Final = re.compile(
    r"(?<=@)|(?<=#)|(?<=:)(?=[\w+/-])|(?<=www)(?=\.)|(?<=gh)(?=-\d)", re.IGNORECASE
)
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", '"': "&quot;"}
_WITH_ENTITY: Final = re.compile(r"[&<>$\"]")


def one_line(text: str) -> str:
    """A text in a line of its own: no control characters, no turned writing, not longer than can be read."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= MAX_TEXT else f"{line[: MAX_TEXT - 1]}…"


def in_markdown(text: str) -> str:
    """A text that GitHub's Markdown shows as it stands, wherever it is put behind something.

    No mark, no HTML, no link, and nobody who is mentioned. A dash stands for a text that is empty.
    """
    line = _AUTOMATIC.sub(_JOINER, one_line(text) or "–")
    marked = _MARKS.sub(r"\\\g<0>", line)
    return _WITH_ENTITY.sub(lambda match: _ENTITIES[match[0]], marked)

"""A body's text as the engine gets it, and the places of things in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NEWLINE = re.compile("\n")
_SOURCEPOS = re.compile(r"(\d{1,9}):(\d{1,9})-(\d{1,9}):(\d{1,9})\Z")

_WINDOW = 20_000
"""How far ahead a piece of text is looked for. Without a limit, ten thousand look-ups that find
nothing would each read the whole note."""


class Place(NamedTuple):
    """Where something stands in the file, both numbers counted from 1, the column in characters."""

    line: int
    column: int


def clean(text: str) -> str:
    """Take any string and give one of the same length that the engine and the tree both accept.

    Control characters and halves of surrogate pairs become U+FFFD, one for one, so that columns
    stay true.
    """
    return _UNSAFE.sub("\ufffd", text)


def unify_newlines(text: str) -> str:
    r"""Take any text and give it with `\n` as the only line end, as the engine counts lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Source:
    """The text of one body and the way from the engine's positions to places in the file.

    The engine is asked for *byte* columns, because its own conversion to characters reads the line
    again for every element: 20,000 links on one line take it nine seconds. Here each long line is
    read once, since elements come in order.
    """

    def __init__(self, text: str, first_line: int) -> None:
        """Take the cleaned text and the number that its first line has in the file."""
        self.text = text
        self.first_line = first_line
        self.lines = text.split("\n")
        self._starts = [0, *(found.end() for found in _NEWLINE.finditer(text)), len(text) + 1]
        self._progress: dict[int, tuple[bytes, int, int]] = {}

    def start(self, sourcepos: str | None) -> int | None:
        """Take a `data-sourcepos` and give the offset in the text where it begins, if it is one."""
        found = _SOURCEPOS.match(sourcepos or "")
        return self._offset(int(found[1]), int(found[2])) if found else None

    def end(self, sourcepos: str | None) -> int | None:
        """Take a `data-sourcepos` and give the offset just behind its last line, if it is one."""
        found = _SOURCEPOS.match(sourcepos or "")
        if not found or not 1 <= int(found[3]) <= len(self.lines):
            return None
        return self._starts[int(found[3])] - 1

    def behind(self, sourcepos: str | None) -> int | None:
        """Take a `data-sourcepos` and give the offset just behind its last character, if it is one."""
        found = _SOURCEPOS.match(sourcepos or "")
        return self._offset(int(found[3]), int(found[4]) + 1) if found else None

    def place(self, offset: int) -> Place:
        """Take an offset in the text and give the place in the file."""
        line = bisect_right(self._starts, offset, hi=len(self.lines)) - 1
        return Place(self.first_line + line, offset - self._starts[line] + 1)

    def find(self, words: str, offset: int, end: int | None = None) -> int | None:
        """Take words and where to start (and stop); give the offset of the next such words, if near."""
        limit = offset + _WINDOW if end is None else min(end, offset + _WINDOW)
        found = self.text.find(words, offset, limit)
        return None if found < 0 else found

    def _offset(self, line: int, column: int) -> int | None:
        if not 1 <= line <= len(self.lines):
            return None
        text = self.lines[line - 1]
        column = column if text.isascii() else self._characters(line, text, column)
        return self._starts[line - 1] + min(max(column, 1) - 1, len(text))

    def _characters(self, line: int, text: str, column: int) -> int:
        data, seen, characters = self._progress.get(line) or (text.encode(), 0, 0)
        if column - 1 < seen:
            seen, characters = 0, 0
        characters += len(data[seen : column - 1].decode(errors="ignore"))
        self._progress[line] = (data, column - 1, characters)
        return characters + 1

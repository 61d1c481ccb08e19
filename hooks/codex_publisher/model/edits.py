"""Exact edits of a file's text: what no edit names stays as it is, byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BYTE_ORDER_MARK: Final = "\ufeff"


class EditError(ValueError):
    """Edits that cannot stand together; its text is a sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A piece of a text, by the offsets of its characters, and what to put there."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class Text:
    """A file's text exactly as it is: with its byte order mark and whatever ends its lines.

    The model counts lines and columns in a text that was made regular (see `source_text.decode`). That
    changes neither the number of a line nor, but for the mark at the head, a column.
    """

    exact: str

    @classmethod
    def of(cls, raw: bytes) -> Text | None:
        """The text of a file's bytes; None when they are not UTF-8, so that writing would change them."""
        try:
            return cls(raw.decode("utf-8"))
        except UnicodeDecodeError:
            return None

    @property
    def raw(self) -> bytes:
        """The bytes of the file."""
        return self.exact.encode("utf-8")

    @cached_property
    def newline(self) -> str:
        """What ends the first line, and so whatever is added."""
        found = _LINE_END.search(self.exact)
        return found.group() if found else "\n"

    @cached_property
    def start(self) -> int:
        """Where the text proper begins, behind the byte order marks."""
        return len(self.exact) - len(self.exact.lstrip(_BYTE_ORDER_MARK))

    @cached_property
    def _starts(self) -> list[int]:
        return [self.start, *(found.end() for found in _LINE_END.finditer(self.exact, self.start))]

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a place; behind the last line, the end of the text."""
        if line > len(self._starts):
            return len(self.exact)
        return min(self._starts[max(line, 1) - 1] + column - 1, len(self.exact))

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, in which an offset is."""
        return max(bisect_right(self._starts, offset), 1)

    def line(self, number: int) -> tuple[int, int]:
        """Where a line begins and where its words end, before what ends the line."""
        start = self.offset(number)
        found = _LINE_END.search(self.exact, start)
        return start, found.start() if found else len(self.exact)

    def edited(self, edits: Iterable[Edit]) -> Text:
        """The text with the edits made. Raises EditError when two of them overlap."""
        return Text(apply(self.exact, edits))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Give the text with the edits made; all of them name places in the text as it was.

    The same edit twice is made once, and insertions at the same place keep their order. Raises EditError
    when edits overlap or lie outside the text.
    """
    pieces: list[str] = []
    reached = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.start, edit.end)):
        if not reached <= edit.start <= edit.end <= len(text):
            raise EditError(f"The edit at {edit.start} overlaps another, or lies outside the text.")
        pieces += [text[reached : edit.start], edit.replacement]
        reached = edit.end
    return "".join([*pieces, text[reached:]])

"""Raw elements that their writer has not closed, which end where the Markdown around them ends.

The parser would keep an open `<div>` of a quote open beyond the quote, so that the rest of the note became a
part of the quote. A browser closes it with the quote, as GitHub does.
"""

from __future__ import annotations

from collections import Counter

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_LOOSE = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
"""What the parser closes itself, wherever a block begins in it."""
_STURDY = frozenset({"blockquote", "div", "ol", "table", "ul"})
"""What the parser does not close when an element around it ends."""


class OpenElements:
    """The elements that are open at a place of the engine's HTML."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        self._names: Counter[tuple[str, bool]] = Counter()

    def begin(self, name: str, *, is_raw: bool) -> None:
        """An element begins here, typed as raw HTML or made of Markdown."""
        if name not in _VOID and name not in _LOOSE:
            self._open.append((name, is_raw))
            self._names[name, is_raw] += 1

    def end(self, name: str, *, is_raw: bool) -> str | None:
        """An element of this name ends here; give the tags to be closed before it, or None if none is open.

        What Markdown has made ends only what Markdown has made, and with it all that was typed inside.
        """
        if name in _LOOSE or (not is_raw and not self._names[name, False]):
            return ""
        if not self._names[name, is_raw]:
            return None
        left: list[str] = []
        while self._open:
            inner = self._open.pop()
            self._names[inner] -= 1
            if inner == (name, is_raw):
                # A writer who closes what is not open in Markdown has closed something of their own.
                return "" if is_raw else "".join(left)
            if inner[1] and (inner[0] in _STURDY or inner[0] == name):
                left.append(f"</{inner[0]}>")
        return ""

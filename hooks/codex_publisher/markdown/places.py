"""Where a link is written, for links that the engine gave no place."""

from __future__ import annotations

from codex_publisher.markdown.source import Place, Source
from codex_publisher.markdown.tree import FORM, POS, Element

AT = "data-at"
"""The offset of a link in the source, where a transform knows it already."""


class Finder:
    """Gives the place of each link in turn, remembering how far it has read.

    Links come in the order of the tree, which is the order of the source (but for footnotes), so
    what has no place of its own is looked for behind the last thing that had one.
    """

    def __init__(self, source: Source) -> None:
        """Take the source that the links are written in."""
        self._source = source
        self._pending = ""
        self._reached = 0

    def has_to_seek(self, element: Element) -> bool:
        """Whether a link has no place of its own, so that it matters which elements the walk comes by."""
        return element.get(AT) is None and self._source.start(element.get(POS)) is None

    def pass_by(self, element: Element) -> None:
        """Note that the walk has come to this element."""
        position = element.get(POS)
        if position:
            self._pending = position

    def place(self, element: Element, written: str) -> Place:
        """Take a link and a part of how it is written; give where it stands, as nearly as can be told."""
        at = element.get(AT)
        if at is not None:
            return self._source.place(int(at))
        own = self._source.start(element.get(POS))
        if own is not None:
            return self._source.place(self._mend(own, element))
        self._reached = max(self._reached, self._source.start(self._pending) or 0)
        found = self._source.find(written, self._reached) if written else None
        if found is None:
            return self._source.place(self._reached)
        self._reached = found + len(written)
        opening = self._source.text.rfind("<" + str(element.tag), max(0, found - 500), found)
        return self._source.place(found if opening < 0 or element.get(FORM) else opening)

    def _mend(self, offset: int, element: Element) -> int:
        r"""The engine counts `\|` in a table as one character, so what follows it starts too early."""
        if element.get("data-wikilink") and not self._source.text.startswith("[[", offset):
            found = self._source.find("[[", offset, offset + 200)
            return offset if found is None else found
        return offset

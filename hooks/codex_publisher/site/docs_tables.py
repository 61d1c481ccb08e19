"""Tables in the hand-written pages under `docs/`, in the same frames as those in notes."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from markdown import Markdown

LAST: Final = 0


class FramedTables(Extension):
    """A Python-Markdown extension that gives each table a box in which it scrolls, also by keyboard."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Register with Python-Markdown."""
        md.treeprocessors.register(_Frames(md), "codex-tables", LAST)


class _Frames(Treeprocessor):
    def run(self, root: Element) -> None:
        """Put every table into a frame, where it stands."""
        for parent in list(root.iter()):
            for position, child in enumerate(parent):
                if child.tag == "table":
                    frame = Element("div", {"class": "codex-table", "tabindex": "0"})
                    frame.tail, child.tail = child.tail, None
                    frame.append(child)
                    parent[position] = frame

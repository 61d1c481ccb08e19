"""Raw HTML, settled while it is still a string, so that it cannot swallow the words around it.

None of this is for safety, which the scrubber and the sanitiser see to. It is for the reader: an
author who writes `<company name>` means those words, and a lone `<script>` in a sentence about
scripts would otherwise take the rest of the note with it.
"""

from __future__ import annotations

import re

from codex_publisher.markdown.vocabulary import DOCUMENT, FORBIDDEN, KNOWN, LITERAL

_RAW = re.compile(r"<[a-zA-Z/!]")
_TOKEN = re.compile(r"<!--(?:-?>|.*?-->|.*\Z)|<(/?)([a-zA-Z][^\s/>]*)", re.DOTALL)
_CLOSING = re.compile(rf"</({'|'.join(sorted(FORBIDDEN))})(?=[\s/>])", re.IGNORECASE)


def settle(html: str, source: str) -> str:
    """Take the engine's HTML and the Markdown; give the HTML without what no tree should see.

    Comments go, and forbidden elements with their content. Tags that HTML does not know, that would
    swallow the rest or that are never closed become visible text.
    """
    if not _RAW.search(source):
        return html
    closings = _closings(html)
    pieces: list[str] = []
    at = 0
    while found := _TOKEN.search(html, at):
        pieces.append(html[at : found.start()])
        kept, at = _settle_tag(html, found, closings)
        pieces.append(kept)
    pieces.append(html[at:])
    return "".join(pieces)


def _settle_tag(html: str, found: re.Match[str], closings: dict[str, list[int]]) -> tuple[str, int]:
    """What stands for one tag or comment, and where to read on."""
    if found[2] is None:
        return "", found.end()
    name = found[2].lower()
    if name in DOCUMENT:
        return "", _behind(html, found.end())
    if name in FORBIDDEN:
        if found[1]:
            return "", _behind(html, found.end())
        ends = closings.get(name, [])
        while ends and ends[-1] < found.end():
            ends.pop()
        if ends:
            return "", _behind(html, ends[-1])
    if name in KNOWN and name not in LITERAL | FORBIDDEN:
        return found[0], found.end()
    return f"&lt;{found[0][1:]}", found.end()


def _closings(html: str) -> dict[str, list[int]]:
    """Where each forbidden element is closed, last first: read once, since looking each time is slow."""
    closings: dict[str, list[int]] = {}
    for found in _CLOSING.finditer(html):
        closings.setdefault(found[1].lower(), []).append(found.end())
    for places in closings.values():
        places.reverse()
    return closings


def _behind(html: str, at: int) -> int:
    end = html.find(">", at)
    return len(html) if end < 0 else end + 1

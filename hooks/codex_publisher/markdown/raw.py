"""Raw HTML, settled while it is still a string, so that it cannot swallow the words around it.

None of this is for safety, which the scrubber and the sanitiser see to. It is for the reader: an
author who writes `<company name>` means those words, and a lone `<script>` in a sentence about
scripts would otherwise take the rest of the note with it.
"""

from __future__ import annotations

import re

from codex_publisher.markdown.origins import typed_tags
from codex_publisher.markdown.removed import Removed, look
from codex_publisher.markdown.tree import POS
from codex_publisher.markdown.unclosed import OpenElements
from codex_publisher.markdown.vocabulary import DOCUMENT, FORBIDDEN, KNOWN, LITERAL

_RAW = re.compile(r"<[a-zA-Z/!?]")
_TOKEN = re.compile(r"<!--(?:-?>|.*?-->|.*\Z)|<(/?)([a-zA-Z][^\s/>]*)", re.DOTALL)
_TAG_END = re.compile(r"(?>=\s*(?:\"[^\"]*\"|'[^']*')|(?!=\s*[\"'])[^<>])*+>")
"""What follows a tag's name, to its end; quotes count behind `=` only, as in browsers."""
_SWALLOWED = re.compile(rf'<[a-z][a-z0-9]* {POS}="|</(?:blockquote|li|p|t[dh])>\n')
"""What is in a raw tag that nobody has closed: Markdown that the engine has rendered."""
_ENDLESS = 50
"""For how many tags without an end one is looked for, since each look may read the rest of the note."""
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
_CLOSING = re.compile(rf"</({'|'.join(sorted(FORBIDDEN))})(?=[\s/>])", re.IGNORECASE)


def may_have_raw(source: str) -> bool:
    """Whether raw HTML may be in this Markdown."""
    return _RAW.search(source) is not None


def settle(html: str, shown: str, removed: list[Removed]) -> str:
    """Take the engine's HTML, and the same with raw HTML shown; give it without what no tree should see.

    Comments go, and forbidden elements with their content. Tags that HTML does not know, that would
    swallow the rest or that are never closed become visible text. What goes is added to `removed`.
    """
    # Instructions and character data are of XML; to a browser they hide what follows.
    html = html.replace("<?", "&lt;?").replace("<![CDATA[", "&lt;![CDATA[")
    closings = _closings(html)
    typed = typed_tags(html, shown)
    pieces: list[str] = []
    opened = OpenElements()
    at = paragraph_end = endless = 0
    while found := _TOKEN.search(html, at):
        pieces.append(html[at : found.start()])
        name = (found[2] or "").lower()
        is_raw = found.start() in typed
        if name in _PARAGRAPHS and not found[1] and not is_raw:
            paragraph_end = html.find(f"</{name}>", found.end())
        end = _dropped_until(html, found, closings, paragraph_end)
        tag = found[0] if name in KNOWN and name not in LITERAL | FORBIDDEN else ""
        if tag and not found[1] and endless < _ENDLESS:
            tag = _whole_tag(html, found)
            endless += not tag
        if name and not found[1] and (tag or end is not None):
            removed.extend(filter(None, [look(name, html, found.start(), found.end())]))
        if end is not None:
            at = end
            continue
        if tag and found[1]:
            closed = opened.end(name, is_raw=is_raw)
            if closed is None:
                at = _behind(html, found.end())
                continue
            pieces.append(closed)
        elif tag and not tag.endswith("/>"):
            opened.begin(name, is_raw=is_raw)
        pieces.append(tag or f"&lt;{found[0][1:]}")
        at = found.start() + (len(tag) or len(found[0]))
    pieces.append(html[at:])
    return "".join(pieces)


def _whole_tag(html: str, found: re.Match[str]) -> str:
    """The opening tag that begins here, to its end; empty if it has none, or swallows rendered Markdown."""
    end = _TAG_END.match(html, found.end())
    return "" if end is None or _SWALLOWED.search(end[0]) else html[found.start() : end.end()]


def _dropped_until(
    html: str, found: re.Match[str], closings: dict[str, list[int]], paragraph_end: int
) -> int | None:
    """Where to read on behind a comment or tag that goes; nothing if it stays."""
    if found[2] is None:
        return found.end()
    name = found[2].lower()
    if name in DOCUMENT or (found[1] and name in FORBIDDEN):
        return _behind(html, found.end())
    if name not in FORBIDDEN:
        return None
    ends = closings.get(name, [])
    while ends and ends[-1] < found.end():
        ends.pop()
    # One named in a sentence must not reach for a closing tag in some later paragraph.
    in_paragraph = found.start() < paragraph_end
    return _behind(html, ends[-1]) if ends and not (in_paragraph and ends[-1] > paragraph_end) else None


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

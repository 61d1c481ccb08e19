"""The sentence in which a link stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from itertools import accumulate

from codex_publisher.markdown.labels import bold_label
from codex_publisher.markdown.tree import BLOCKS, Element, classes, inline_items
from codex_publisher.model.document import Citation

REACH = 160
"""Longest text that is kept on either side of a link's words, in characters."""

_NO_BLOCK = frozenset({"ol", "ul", "table", "thead", "tbody", "tfoot", "tr", "dl", "hgroup", "hr"})
_HOLDS_TEXT = (BLOCKS - _NO_BLOCK) | {"body"}
_UNSEEN = frozenset({"footnote-ref", "footnote-backref"})

_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=([\"'“‘(\[]*)(\w|\Z))|[。！？]+")
_COLON = re.compile(r"\s*:+\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|etc|al|approx|ca|figs?|eds?|dr|mr|mrs|ms|prof|st|inc|ltd|jr|sr|gov|dept|jan|feb"
    r"|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b(?-i:[A-Z]))\Z",
    re.IGNORECASE,
)


def block_of(element: Element) -> Element:
    """Take a link and give the nearest element around it whose text makes up its sentence."""
    around = element.getparent()
    while around is not None:
        if around.tag in _HOLDS_TEXT:
            return around
        element, around = around, around.getparent()
    return element


def first_sentence_end(text: str) -> int:
    """Take text and give the offset at which its second sentence starts, or its length."""
    for found in _STOP.finditer(text):
        if found[2] is None or _begins_sentence(text, found):
            return found.end()
    return len(text)


class Sentences:
    """The text of one block, read once, with the places of its links and the ends of its sentences."""

    def __init__(self, block: Element) -> None:
        """Take a block: its own text counts, that of blocks inside it does not."""
        self._pieces: list[str] = []
        self._length = 0
        self._spans: dict[Element, tuple[int, int]] = {}
        self._read(block)
        self._text = "".join(self._pieces)
        self._cuts = self._find_cuts()
        label = bold_label(inline_items(block))
        behind = _COLON.match(self._text, len(label)) if label else None
        if behind and behind.end() not in self._cuts:
            insort(self._cuts, behind.end())

    def citation(self, link: Element) -> Citation:
        """Take a link of this block and give its words in their sentence."""
        start, end = self._spans.get(link, (0, 0))
        before = self._cuts[bisect_right(self._cuts, start) - 1]
        place = bisect_left(self._cuts, max(end, start + 1))
        after = self._cuts[place] if place < len(self._cuts) else self._length
        return Citation(
            _shorten_left(self._text, before, start),
            self._text[start:end],
            _shorten_right(self._text, end, after),
        )

    def _read(self, element: Element) -> None:
        self._add(element.text)
        for child in element:
            if child.tag not in BLOCKS and not (child.get("class") and classes(child) & _UNSEEN):
                start = self._length
                if child.tag == "img":
                    self._add(child.get("alt"))
                elif child.tag == "br":
                    self._add(" ")
                else:
                    self._read(child)
                if child.tag in ("a", "img"):
                    self._spans[child] = self._trim(start)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        """Put text behind what is there, white space folded, so that places need no second count."""
        if not text:
            return
        folded = " ".join(text.split())
        ends_open = not self._pieces or self._pieces[-1].endswith(" ")
        if text[0].isspace() and folded and not ends_open:
            folded = f" {folded}"
        if text[-1].isspace() and (folded or not ends_open):
            folded = f"{folded} "
        if folded:
            self._pieces.append(folded)
            self._length += len(folded)

    def _trim(self, start: int) -> tuple[int, int]:
        """A link's span from `start` to here, without the spaces inside its ends."""
        end = self._length
        if end > start and self._pieces[-1].endswith(" "):
            end -= 1
        return start, max(start, end)

    def _find_cuts(self) -> list[int]:
        """Where sentences start, in order; never inside a link's words."""
        spans = sorted(self._spans.values())
        starts = [start for start, _ in spans]
        # An image in a link has a span inside the link's, hence the furthest end so far.
        ends = list(accumulate((end for _, end in spans), max))
        cuts = [0]
        for found in _STOP.finditer(self._text):
            if found[2] is None or _begins_sentence(self._text, found):
                around = bisect_left(starts, found.end()) - 1
                if around < 0 or found.end() >= ends[around]:
                    cuts.append(found.end())
        return cuts


def _begins_sentence(text: str, found: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: not before a small letter or a digit, nor in an abbreviation."""
    if not found[1] and (found[2].islower() or found[2].isdigit()):
        return False
    before = text[max(0, found.start() - 12) : found.start()]
    return not (text[found.start()] == "." and _ABBREVIATION.search(before))


def _shorten_left(text: str, start: int, end: int) -> str:
    if end - start <= REACH:
        return text[start:end].lstrip()
    cut = text.find(" ", end - REACH, end)
    return "…" + text[end - REACH if cut < 0 else cut + 1 : end]


def _shorten_right(text: str, start: int, end: int) -> str:
    if end - start <= REACH:
        return text[start:end].rstrip()
    cut = text.rfind(" ", start, start + REACH)
    return text[start : start + REACH if cut < 0 else cut] + "…"

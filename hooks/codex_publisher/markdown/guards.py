"""What is refused, or rendered with less, before the engine sees it.

Each limit stands for a measured way to make the engine or a parser run for seconds or minutes on a
few kilobytes. They are cheap looks at the source, and the same on every machine; whatever still takes
too long is for the time limit of the process to stop (`markdown/limits.py`).
"""

from __future__ import annotations

import re
from itertools import islice

MAX_DEPTH = 100
"""Deepest nesting of elements that is rendered. Real notes reach eleven."""

MAX_COLUMNS = 100
"""Widest table that is rendered as one."""

MAX_LENGTH = 2_000_000
"""Most characters of a body that is rendered, which takes a second. Real notes reach 70,000."""

MAX_SIGNS = 500_000
"""Most signs of which Markdown might make something. For each the engine keeps some 250 bytes at once."""

MAX_MARKS = 100_000
"""Most beginnings and ends of elements that one body may have: the tree of so many takes a second as well."""

MAX_LINKS = 10_000
"""Most links of one body: each is resolved, listed, and may be a problem of its own."""

_PLACE = re.compile(r'data-sourcepos="([0-9:-]+)"')
_FREE_CELLS = 10_000
_CELLS_PER_BAR = 2

_SIGNS = "\n&<>[]!*_`~\\"
_SIGN = re.compile(f"[{re.escape(_SIGNS)}]")
_CONTAINERS = re.compile(r"(?:[\s>*+-]|\d{1,9}[.)])*")
_DELIMITER = re.compile(r"[\s>*+|:\d.)-]*\Z")
"""A line that may be the rule under a table's head. Generous on purpose, and linear: a number row
that passes for one only repeats the columns already counted."""


class UnrenderableError(Exception):
    """The body cannot be rendered as Markdown; the message says why, for a person."""

    def __init__(self, reason: str, *, at: int | None = None, sourcepos: str | None = None) -> None:
        """Take the reason and the place, if known: an offset in the body, or what the engine says."""
        super().__init__(reason)
        self.at = at
        self.sourcepos = sourcepos


def check_length(text: str) -> None:
    """Take a body and raise `UnrenderableError` if it is too long to be a note."""
    if len(text) > MAX_LENGTH:
        reason = f"it has {len(text):,} characters, and {MAX_LENGTH:,} are allowed"
        raise UnrenderableError(reason, at=MAX_LENGTH)


def check_signs(text: str) -> None:
    """Take a body and raise `UnrenderableError` if the engine would take too much memory for its signs."""
    if len(text) <= MAX_SIGNS:
        return
    signs = sum(map(text.count, _SIGNS))
    if signs > MAX_SIGNS:
        one_more = next(islice(_SIGN.finditer(text), MAX_SIGNS, None))
        reason = f"it has {signs:,} signs that Markdown reads, and {MAX_SIGNS:,} are allowed"
        raise UnrenderableError(reason, at=one_more.start())


def check_marks(html: str) -> None:
    """Take the engine's HTML and raise `UnrenderableError` if it is of too many elements."""
    marks = html.count("<")
    if marks > MAX_MARKS:
        one_more = next(islice(re.finditer("<", html), MAX_MARKS, None))
        before = _PLACE.findall(html, 0, one_more.start())
        raise UnrenderableError(
            f"it would become {marks:,} marks of HTML, and {MAX_MARKS:,} are allowed",
            sourcepos=before[-1] if before else None,
        )


def check_links(places: list[str | None]) -> None:
    """Take where the links of a body are and raise `UnrenderableError` if they are too many."""
    if len(places) > MAX_LINKS:
        known = [place for place in places[: MAX_LINKS + 1] if place]
        raise UnrenderableError(
            f"it has {len(places):,} links, and {MAX_LINKS:,} are allowed",
            sourcepos=known[-1] if known else None,
        )


_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
MAX_ATTRIBUTES = 1000
"""Most attributes of one tag: the parsers compare each with all the others."""


def check_tags(text: str) -> None:
    """Take a body and raise `Unrenderable` if a tag has so many attributes that a parser would crawl."""
    for tag in _LONG_TAG.finditer(text):
        if len(tag[0].split()) > MAX_ATTRIBUTES and tag[0].count("=") > MAX_ATTRIBUTES:
            raise UnrenderableError(f"a tag has more than {MAX_ATTRIBUTES} attributes", at=tag.start())


def check_nesting(text: str) -> None:
    """Take a body and raise `UnrenderableError` if quotes are nested so deep that the engine would crawl.

    One line of 100,000 `>` takes the engine seven seconds, and the time grows with the square.
    """
    if text.count(">") <= MAX_DEPTH:
        return
    start = 0
    for line in text.split("\n"):
        if line.count(">") > MAX_DEPTH:
            opening = _CONTAINERS.match(line)
            if opening and opening[0].count(">") > MAX_DEPTH:
                raise UnrenderableError(f"quotes are nested more than {MAX_DEPTH} deep", at=start)
        start += len(line) + 1


def check_size(html: str, source: str) -> None:
    """Take HTML and its source and raise `UnrenderableError` if the HTML is out of all proportion to it."""
    if len(html) > 20 * len(source) + 64 * 1024:
        raise UnrenderableError(f"{len(source):,} characters would become {len(html):,}")


def first_table(text: str) -> int:
    """Take a body and give the number, from 0, of the line under the first table's head."""
    lines = text.split("\n")
    rules = (
        number for number, line in enumerate(lines) if "|" in line and "-" in line and _DELIMITER.match(line)
    )
    return next(rules, 0)


def tables_are_safe(text: str) -> bool:
    """Take a body and tell whether the engine may look for tables in it.

    The engine fills every missing cell of a short row: 4,000 rows of one letter under 2,000 columns
    become 324 MB. So the cells to be made are counted first, and must not exceed by much the bars
    that somebody has typed.
    """
    if "|" not in text:
        return True
    columns = cells = 0
    for line in text.split("\n"):
        if not line.strip(" \t>"):
            columns = 0
        elif "|" in line and "-" in line and _DELIMITER.match(line):
            columns = max(columns, line.count("|") + 1)
            if columns > MAX_COLUMNS:
                return False
        cells += columns
    return cells <= _FREE_CELLS + _CELLS_PER_BAR * text.count("|")

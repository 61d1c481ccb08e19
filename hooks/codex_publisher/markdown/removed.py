"""What a note's HTML and links lose on their way to the page, told to whoever wrote it."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import NamedTuple

from codex_publisher.markdown.source import Place, Source
from codex_publisher.markdown.vocabulary import DOCUMENT, FORBIDDEN, OTHER, TAGS
from codex_publisher.model import rules
from codex_publisher.model.document import Remark
from codex_publisher.model.yaml_text import shorten

MOST = 50
"""How many tags of one note are told of: looking each up reads the note once."""

_LONGEST_TAG = 2000
_TOLD_APART_BY = 80
_LONGEST_SCHEME = 30
_UNSAFE = re.compile(r"\s(on[a-z]{2,30}|style|srcdoc|formaction|srcset|background)\s*=", re.IGNORECASE)
"""Attributes that run scripts, load things, or reach beyond the note. Others that go do no harm by going."""


class Removed(NamedTuple):
    """A tag in the engine's HTML that will not reach the page, or not whole."""

    name: str
    attribute: str
    """The attribute that goes; empty when the tag itself goes."""
    at: int


class Refused(NamedTuple):
    """An address of a link or an image that no page leads to."""

    scheme: str
    place: Place


def refusals(refused: list[Refused]) -> Iterator[Remark]:
    """A remark for each address that was taken away."""
    for one in refused[:MOST]:
        yield Remark(
            one.place.line,
            f"The address that begins with `{shorten(one.scheme, _LONGEST_SCHEME)}:` is taken away.",
            "lead to a page (http:, https:), a mail address (mailto:) or a note",
            one.place.column,
            rules.REMOVED_HTML,
        )


def look(name: str, html: str, start: int, end: int) -> Removed | None:
    """What goes of the opening tag `name`, which stands at `start` and whose name ends at `end`."""
    if name in OTHER or name in DOCUMENT or name in FORBIDDEN:
        return Removed(name, "", start)
    if name in TAGS:
        closed = html.find(">", end, end + _LONGEST_TAG)
        if closed > end and (found := _UNSAFE.search(html, end, closed)):
            return Removed(name, found[1].lower(), start)
    return None


def remarks(removed: list[Removed], html: str, source: Source) -> Iterator[Remark]:
    """A remark for each line of the note from which something was taken away."""
    by_line: dict[int, list[tuple[Removed, Place]]] = defaultdict(list)
    for one in removed[:MOST]:
        place = _place(one, html, source)
        by_line[place.line].append((one, place))
    for line, group in sorted(by_line.items()):
        things = list(dict.fromkeys(_words(one) for one, _ in group))
        verb = "are" if len(things) > 1 else "is"
        yield Remark(
            line,
            f"{', '.join(things)} {verb} taken away from what is written here.",
            "say it in Markdown, or put it between `backticks` if readers should see it as it is typed",
            min(place.column for _, place in group),
            rules.REMOVED_HTML,
        )


def _words(one: Removed) -> str:
    if one.attribute:
        return f"`{one.attribute}` of `<{one.name}>`"
    return f"`<{one.name}>` with all that is in it" if one.name in FORBIDDEN else f"`<{one.name}>`"


def _place(one: Removed, html: str, source: Source) -> Place:
    """Where the tag is in the file.

    Raw HTML has no position in the engine's output. But every `<font` that is typed comes out in the same
    order, as a tag or, where it is code, escaped: so the third one here is the third one there.
    """
    if one.attribute:
        closed = html.find(">", one.at, one.at + _TOLD_APART_BY)
        typed = html[one.at : closed if closed > 0 else one.at + _TOLD_APART_BY]
        forms = (re.escape(typed), re.escape(escape(typed)))
    else:
        forms = (rf"<{one.name}(?=[\s/>])", rf"&lt;{one.name}(?=[\s/>]|&gt;)")
    pattern = re.compile("|".join(forms), re.IGNORECASE)
    number = sum(1 for _ in pattern.finditer(html, 0, one.at))
    # Where fewer are typed than came out, the last one is the nearest.
    typed_here = deque(islice(pattern.finditer(source.text), number + 1), maxlen=1)
    return source.place(typed_here[0].start() if typed_here else 0)

"""The picture of a note among its neighbours: what goes into it, the note, what comes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import DOMAIN
from codex_publisher.model.note import Note
from codex_publisher.model.related import related_notes
from codex_publisher.model.relations import Relation
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.listing import count_of, headline, shorten
from codex_publisher.site.views import GraphGroup, GraphNode, LocalGraph

MAX_NODES: Final = 20
MAX_IN_GROUP: Final = 6
LABEL: Final = 1600
"""The width of a label, in hundredths of the size of its type."""
WIDER_LABEL: Final = 2080
"""The same on a small window, where the picture has the whole width and smaller type."""
NARROW: Final = frozenset("iljtfrI.,:;'’‘|!()[]- ")
WIDE: Final = frozenset("mwMW@%&—…")
MAX_WHOLE: Final = 200

Members = tuple[tuple[Relation, bool], ...]
ABOVE: Final[tuple[tuple[str, str, str, Members], ...]] = (
    ("rests-on", "Rests on", "firm", ((Relation.DEPENDS_ON, True), (Relation.SUPPORTS, False))),
    ("extracted-from", "Extracted from", "firm", ((Relation.EXTRACTED_FROM, True),)),
    ("disputed-by", "Disputed by", "dispute", ((Relation.CHALLENGED_BY, True),)),
    ("enriched-by", "Enriched by", "firm", ((Relation.ENRICHES, False),)),
    ("part-of", "Part of", "loose", ((Relation.PART_OF, True),)),
)
"""What goes into a note: the list of the page that holds all, label, line, relations as in `GROUPS`."""
BELOW: Final[tuple[tuple[str, str, str, Members], ...]] = (
    ("carries", "What rests on it", "firm", ((Relation.DEPENDS_ON, False), (Relation.SUPPORTS, True))),
    ("came-of-it", "What came of it", "firm", ((Relation.EXTRACTED_FROM, False),)),
    ("disputes", "Disputes", "dispute", ((Relation.CHALLENGED_BY, False),)),
    ("enriches", "Enriched", "firm", ((Relation.ENRICHES, True),)),
    ("contains", "Contains", "loose", ((Relation.PART_OF, False),)),
    ("mentioned-by", "Mentioned by", "loose", ((Relation.MENTIONS, False),)),
    ("", "Mentions", "loose", ((Relation.MENTIONS, True),)),
)
"""What comes of a note, and what is merely near it."""


def local_graph(codex: Codex, note: Note) -> LocalGraph | None:
    """A note's neighbours, each once, at its strongest relation; None for a note without any."""
    seen: set[NotePath] = set()
    above = _groups(codex, note, ABOVE, seen)
    below = _groups(codex, note, BELOW, seen)
    if not seen:
        return None
    shares = iter(_shares([len(found) for *_, found in (*above, *below)]))
    drawn = [
        GraphGroup(
            group_id, label, line, tuple(_node(codex, one) for one in found[:share]), len(found) - share
        )
        for (group_id, label, line, found), share in zip((*above, *below), shares, strict=True)
    ]
    return LocalGraph(tuple(drawn[: len(above)]), tuple(drawn[len(above) :]), count_of(len(seen), "note"))


def _groups(
    codex: Codex, note: Note, groups: Iterable[tuple[str, str, str, Members]], seen: set[NotePath]
) -> list[tuple[str, str, str, Sequence[Note]]]:
    edges = codex.edges.get(note.path, ())
    result: list[tuple[str, str, str, Sequence[Note]]] = []
    for group_id, label, line, members in groups:
        related = related_notes(codex, note, edges, members)
        found = [other for other, _ in related if other.path not in seen]
        seen.update(other.path for other in found)
        if found:
            result.append((group_id, label, line, found))
    return result


def _shares(sizes: Sequence[int]) -> list[int]:
    """How many of each group are drawn: every group in turn gets one more until the picture is full."""
    shares = [0] * len(sizes)
    left = MAX_NODES
    for _ in range(MAX_IN_GROUP):
        for at, size in enumerate(sizes):
            if left and shares[at] < size:
                shares[at] += 1
                left -= 1
    return shares


def _node(codex: Codex, note: Note) -> GraphNode:
    whole = shorten(headline(note.title), MAX_WHOLE)
    label = clip(whole, LABEL)
    domain = codex.value(DOMAIN, note.domain) if note.domain else None
    hue, is_cut = domain.colour if domain else 0, label != whole
    return GraphNode(
        label,
        whole if is_cut else "",
        codex.permalinks[note.path],
        hue,
        clip(whole, WIDER_LABEL)[len(label) - 1 :] if is_cut else "",
    )


@lru_cache(maxsize=1 << 14)  # a note is near many others
def clip(text: str, width: int) -> str:
    """The text, cut with an ellipsis to what surely fits into so many hundredths of the size of its type."""
    room = width - _width("…")
    used = fitting = 0
    for at, character in enumerate(text):
        used += _width(character)
        if used > width:
            return text[:fitting].rstrip() + "…"
        if used <= room:
            fitting = at + 1
    return text


@lru_cache(maxsize=1 << 12)
def _width(character: str) -> int:
    """About how wide a character is, rather too wide: whose fonts will show it is not known."""
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 135 if category == "So" else 100
    if character in NARROW:
        return 36
    if character in WIDE:
        return 97
    return 75 if category == "Lu" else 60

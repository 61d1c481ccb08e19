"""What waits by status, domain and priority, those named that have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.facets import DOMAIN, PRIORITY, STATUS, Facet
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import Slug
from codex_publisher.site.listing import count_of, shorten, value_label
from codex_publisher.site.queue import Queue
from codex_publisher.site.views import Fact, LinkTo

SHOWN: Final = 12
FILTERS: Final = ((STATUS, "as"), (DOMAIN, "in"), (PRIORITY, "with"))
"""The facets by which the queue can be parted, with the word that leads to their values."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of what waits: what it is called, and where all of it is."""

    text: str
    to: str
    notes: Sequence[Note]


def filters(queue: Queue) -> tuple[Fact, ...]:
    """A line for each facet. Its numbers add up to all that waits."""
    return tuple(
        Fact(
            f"Waiting {word}",
            tuple(LinkTo(f"{part.text} ({len(part.notes):,})", part.to) for part in _line(queue, facet)),
        )
        for facet, word in FILTERS
        if queue.waiting_by(facet)
    )


def waiting_parts(queue: Queue) -> Iterable[tuple[str, str, Sequence[Note]]]:
    """The address, the title and the sources of every part of what waits."""
    for facet, word in FILTERS:
        for part in (*_line(queue, facet), *_named(queue, facet)[SHOWN:]):
            link = "with" if part.to == _without_address(facet) else word
            yield part.to, f"Waiting {link} {part.text}", part.notes


def unmarked(queue: Queue) -> LinkTo | None:
    """How many of those in the first column of the board bear no status, and where they are."""
    return absent(queue, STATUS, "{} of them with no status given")


def absent(queue: Queue, facet: Facet, words: str = "") -> LinkTo | None:
    """How many of those that wait have no value of a facet, and where they are; None if all have one."""
    without = queue.waiting_without(facet) if any(facet is one for one, _ in FILTERS) else []
    if not without:
        return None
    count = len(without)
    told = words.format(f"{count:,}") if words else f"{count_of(count, 'waiting source')} with none given"
    return LinkTo(told, _without_address(facet))


def _line(queue: Queue, facet: Facet) -> list[_Part]:
    """The commonest values, the others together, and what has none."""
    named = _named(queue, facet)
    parts = named[:SHOWN]
    if others := named[SHOWN:]:
        paths = {note.path for part in others for note in part.notes}
        rest = [note for note in queue.waiting_notes if note.path in paths]
        parts.append(
            _Part(
                count_of(len(others), f"other {facet.name}", f"other {facet.plural}"),
                f"queue/others/{facet.name}/",
                rest,
            )
        )
    if missing := queue.waiting_without(facet):
        parts.append(_Part(f"no {facet.name} given", _without_address(facet), missing))
    return parts


def _named(queue: Queue, facet: Facet) -> list[_Part]:
    rank = {slug: number for number, slug in enumerate(facet.order)}
    found = sorted(
        queue.waiting_by(facet).items(),
        key=lambda item: (rank.get(item[0], len(rank)), -len(item[1]), item[0]),
    )
    return [_Part(_label(queue, facet, slug), f"queue/{facet.name}/{slug}/", notes) for slug, notes in found]


def _without_address(facet: Facet) -> str:
    return f"queue/without/{facet.name}/"


def _label(queue: Queue, facet: Facet, slug: Slug) -> str:
    label = shorten(value_label(queue.codex.values(facet)[slug]), 40)
    return f"{label} priority" if facet is PRIORITY else label

"""Notes as rows and chips, the same in every list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from codex_publisher.model.addresses import page_permalink
from codex_publisher.model.codex import Codex
from codex_publisher.model.counting import count_of as count_of  # noqa: PLC0414  # the site takes it from here
from codex_publisher.model.facets import (
    CONFIDENCE,
    CONFIDENCES,
    DOMAIN,
    KIND,
    PRIORITY,
    STATUS,
    TAG,
    YEAR,
    Facet,
    FacetValue,
)
from codex_publisher.model.note import Note
from codex_publisher.model.waiting import Waiting
from codex_publisher.site.views import Chip, LinkTo, Pagination, Row

Item = TypeVar("Item")
MAX_CHIP: Final = 60
MAX_ROW_TITLE: Final = 300


def shorten(text: str, limit: int) -> str:
    """The text, cut at a word with an ellipsis when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + "…"


def headline(title: str) -> str:
    """A title in sentence case. Words that begin small on purpose (iOS, eBPF) stay as they are."""
    first = title.split(" ", 1)[0]
    return title[:1].upper() + title[1:] if first.islower() else title


def chip(codex: Codex, facet: Facet, spelling: str) -> Chip | None:
    """The chip of a facet's value, or None when there is no such value."""
    value = codex.value(facet, spelling)
    return chip_of(value) if value else None


def chip_of(value: FacetValue) -> Chip:
    """The chip of a facet's value."""
    level = len(CONFIDENCES) - CONFIDENCES.index(value.slug) if _is_step(value) else 0
    text = shorten(value_label(value), MAX_CHIP)
    return Chip(value.facet.name, value.slug, text, value.permalink, level, value.colour)


def _is_step(value: FacetValue) -> bool:
    return value.facet is CONFIDENCE and value.slug in CONFIDENCES


def value_label(value: FacetValue) -> str:
    """The value as readers see it."""
    if value.facet in (STATUS, PRIORITY, CONFIDENCE):
        return value.label.replace("-", " ").lower() if value.slug in value.facet.order else value.label
    return value.label


def chips_of(codex: Codex, note: Note, facets: Sequence[Facet]) -> tuple[Chip, ...]:
    """A note's values of these facets, as chips."""
    found = (chip(codex, facet, spelling) for facet in facets for spelling in facet.values_of(note))
    return tuple({(one.facet, one.value): one for one in found if one}.values())


def tag_chips(codex: Codex, note: Note) -> tuple[Chip, ...]:
    """A note's tags as chips."""
    return chips_of(codex, note, (TAG,))


def link_to(codex: Codex, note: Note) -> LinkTo:
    """The note's title, leading to its page."""
    return LinkTo(shorten(headline(note.title), MAX_ROW_TITLE), codex.permalinks[note.path])


def row(codex: Codex, note: Note, waiting: Waiting | None = None) -> Row:
    """A note as a row: title, one muted line, chips."""
    facts = [LinkTo(note.kind.name, f"{note.kind.plural}/")]
    if note.domain and (domain := codex.value(DOMAIN, note.domain)):
        facts.append(LinkTo(shorten(domain.label, MAX_CHIP), domain.permalink))
    if note.date:
        year = codex.value(YEAR, str(note.date.year))
        facts.append(LinkTo(note.date.words, year.permalink if year else ""))
    if note.authors:
        more = f" and {len(note.authors) - 1} more" if len(note.authors) > 1 else ""
        facts.append(LinkTo(shorten(note.authors[0], MAX_CHIP) + more))
    return Row(
        shorten(headline(note.title), MAX_ROW_TITLE),
        codex.permalinks[note.path],
        tuple(facts),
        chips_of(codex, note, (STATUS, PRIORITY, CONFIDENCE)),
        waiting_words(waiting) if waiting else "",
        waiting.overdue if waiting else False,
    )


def waiting_words(waiting: Waiting) -> str:
    """How long a source waits: `12 days`, or years for what is very old; what is a guess says so."""
    if not waiting.days:
        return "since its publication today" if waiting.is_guess else "since today"
    days, years = count_of(waiting.days, "day"), count_of(waiting.days // 365, "year")
    long = years if waiting.days >= 730 else days
    return f"{long} since publication" if waiting.is_guess else long


def paginate(items: Sequence[Item], first: str, per_page: int) -> Iterable[tuple[Pagination, Sequence[Item]]]:
    """The pages of a list, at least one. Page 1 is at `first`, page n at `first` + `page/n/`."""
    count = max(1, -(-len(items) // per_page))
    for number in range(1, count + 1):
        yield (
            Pagination(
                number,
                count,
                page_permalink(first, number - 1) if number > 1 else "",
                page_permalink(first, number + 1) if number < count else "",
                tuple(
                    (shown, page_permalink(first, shown) if shown else "") for shown in _shown(number, count)
                ),
            ),
            items[(number - 1) * per_page : number * per_page],
        )


def by_weight(
    items: Iterable[Item], weigh: Callable[[Item], int], most: int, heaviest: int
) -> list[list[Item]]:
    """The items by pages: at most so many on each, but fewer where they are heavy."""
    pages: list[list[Item]] = []
    room = 0
    for item in items:
        weight = weigh(item)
        if not pages or len(pages[-1]) >= most or weight > room:
            pages.append([])
            room = heaviest
        pages[-1].append(item)
        room -= weight
    return pages


def _shown(number: int, count: int) -> list[int]:
    """The first, the last and those round the current one, with 0 for each gap."""
    wanted = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    result: list[int] = []
    for page in wanted:
        if result and page - result[-1] > 1:
            result.append(0)
        result.append(page)
    return result


def kind_chip(codex: Codex, note: Note) -> Chip | None:
    """The chip of a note's kind."""
    return chip(codex, KIND, note.kind.name)

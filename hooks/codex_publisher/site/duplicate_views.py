"""The page of notes that may be one and the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.codex import Codex
from codex_publisher.model.names import HIDDEN
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.index_views import BROWSE, shown_at
from codex_publisher.site.listing import count_of, link_to, paginate
from codex_publisher.site.related import Related
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import DuplicatesView, Pagination, Twin, TwinGroup, Twins

DUPLICATES: Final = "duplicates/"
MAX_TEXTS: Final = 100
"""Pairs with nearly the same text that are shown: only when the page is written is it known how many."""
NAMES: Final = "The same name"
TITLES: Final = "The same title, or nearly"
TEXTS: Final = "Nearly the same text"
_STANDFIRST: Final = (
    "Pairs of notes that may be one and the same. If they are, put both into one; if not, say in their "
    "titles how they differ."
)
_GROUPS: Final = {
    rules.NAME_COLLISION.code: NAMES,
    rules.DUPLICATE_STEM.code: NAMES,
    rules.NEAR_DUPLICATE.code: TITLES,
}
Pair = tuple[NotePath, NotePath]


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """A page of the list. Its view can be made when it is known whose texts are nearly the same."""

    permalink: str
    title: str
    make_view: Callable[[], DuplicatesView]


def duplicate_pages(codex: Codex, settings: Settings, related: Related | None) -> Iterable[DuplicatesPage]:
    """Pairs with one name, then with nearly one title; on the first page those with nearly one text too."""
    pairs = _pairs_told(codex)
    listed = sorted(pairs.items(), key=lambda item: (item[1] != NAMES, item[0]))
    for pagination, shown in paginate(listed, DUPLICATES, settings.notes_per_page):
        make = partial(_view, codex, pairs, shown, pagination, related)
        yield DuplicatesPage(shown_at(pagination, DUPLICATES), "Duplicates", make)


def _pairs_told(codex: Codex) -> dict[Pair, str]:
    """The pairs that problems tell of, in path order, each once and with what is the same."""
    found: dict[Pair, str] = {}
    for problem in codex.problems:
        group = _GROUPS.get(problem.code)
        one, other = sorted((NotePath(problem.path), NotePath(problem.other)))
        if group and one in codex.notes and other in codex.notes and found.get((one, other)) != NAMES:
            found[one, other] = group
    return found


def _view(
    codex: Codex,
    pairs: dict[Pair, str],
    shown: Sequence[tuple[Pair, str]],
    pagination: Pagination,
    related: Related | None,
) -> DuplicatesView:
    alike = {(one.path, other.path) for one, other in related.same_texts()} if related else set()
    only_texts = sorted(alike - pairs.keys())
    groups = [
        TwinGroup(
            title, tuple(_twins(codex, pair, pair in alike) for pair, group in shown if group == title), 0
        )
        for title in dict.fromkeys(group for _, group in shown)
    ]
    if only_texts and pagination.number == 1:
        texts = tuple(_twins(codex, pair, False) for pair in only_texts[:MAX_TEXTS])
        groups.append(TwinGroup(TEXTS, texts, len(only_texts) - len(texts)))
    count = len(pairs) + len(only_texts)
    return DuplicatesView(
        shown_at(pagination, DUPLICATES),
        "Duplicates",
        (BROWSE,),
        _STANDFIRST,
        f"{count_of(count, 'pair')}, in the order of their files.",
        tuple(groups),
        pagination,
        "" if count else "No two notes have the same name, nearly the same title or nearly the same text.",
    )


def _twins(codex: Codex, pair: Pair, is_same_text: bool) -> Twins:
    one, other = (_twin(codex, codex.notes[path]) for path in pair)
    return Twins(one, other, "Their texts are nearly the same too." if is_same_text else "")


def _twin(codex: Codex, note: Note) -> Twin:
    date = (note.date.words,) if note.date else ()
    return Twin(link_to(codex, note), (note.kind.name, *date), HIDDEN.sub("\ufffd", note.path))

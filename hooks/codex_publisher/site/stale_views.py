"""The page of what has been left alone too long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.facets import PRIORITIES
from codex_publisher.model.kinds import Kind
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import fold
from codex_publisher.model.staleness import AGEING, Unchanged, days_allowed, unchanged
from codex_publisher.site.history import History
from codex_publisher.site.index_views import BROWSE, shown_at
from codex_publisher.site.listing import count_of, paginate, row
from codex_publisher.site.queue import Queue
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import IndexView, LinkTo, Row, RowGroup

STALE: Final = "stale/"
_STANDFIRST: Final = (
    "Notes that tell how things stand and that nobody has looked after lately, and sources that are urgent "
    "and still wait. If a note still holds, write today’s date into its field last_updated."
)


def stale_views(codex: Codex, settings: Settings, history: History, queue: Queue) -> Iterable[IndexView]:
    """Entities and sectors that are long unchanged, then urgent sources that wait, the stalest first."""
    groups = [*_left_alone(codex, settings, history), _urgent(codex, queue)]
    listed = [(title, one) for title, rows in groups for one in rows]
    totals = {title: len(rows) for title, rows in groups}
    for pagination, shown in paginate(listed, STALE, settings.notes_per_page):
        titles = dict.fromkeys(title for title, _ in shown)
        yield IndexView(
            shown_at(pagination, STALE),
            "Stale",
            (BROWSE,),
            _STANDFIRST,
            f"{count_of(len(listed), 'note')}, by sort, the stalest first. {_limits(settings)}",
            tuple(
                RowGroup(title, tuple(one for sort, one in shown if sort == title), totals[title])
                for title in titles
            ),
            pagination,
            empty="" if listed else f"Nothing is stale. {_limits(settings)}",
        )


def _limits(settings: Settings) -> str:
    policy = settings.policy
    return (
        f"An entity may stay as it is for {count_of(policy.entity_days, 'day')} and a sector for "
        f"{count_of(policy.sector_days, 'day')}; a source of high priority may wait for "
        f"{count_of(policy.queue_days[PRIORITIES[0]], 'day')}."
    )


def _left_alone(codex: Codex, settings: Settings, history: History) -> Iterable[tuple[str, list[Row]]]:
    found: dict[Kind, list[tuple[Note, Unchanged]]] = {kind: [] for kind in AGEING}
    for note in codex.notes.values():
        change = history.last_change(note.path)
        state = unchanged(note, change.date if change else None, settings.policy)
        if state and state.is_stale:
            found[note.kind].append((note, state))
    for kind, notes in found.items():
        notes.sort(key=lambda pair: (-pair[1].days, pair[0].path))
        title = f"{kind.plural.capitalize()} unchanged for over {days_allowed(kind, settings.policy):,} days"
        yield title, [_row(codex, note, state) for note, state in notes]


def _row(codex: Codex, note: Note, state: Unchanged) -> Row:
    plain = row(codex, note)
    told = f"by its field {state.field}" if state.field else "by Git"
    said = "last changed" if state.is_change else "no change known since"
    changed = LinkTo(f"{said} {state.since.words} ({count_of(state.days, 'day')}), {told}")
    # The date that a row shows by itself may be the same, and would only puzzle beside it.
    facts = tuple(fact for fact in plain.facts if not note.date or fact.text != note.date.words)
    return replace(plain, facts=(*facts, changed))


def _urgent(codex: Codex, queue: Queue) -> tuple[str, list[Row]]:
    waiting = [
        (note, state)
        for note in queue.waiting_notes
        if fold(note.priority) == PRIORITIES[0] and (state := queue.waiting.get(note.path)) and state.overdue
    ]
    waiting.sort(key=lambda pair: (-pair[1].days, pair[0].path))
    return "High-priority sources that wait too long", [row(codex, note, state) for note, state in waiting]

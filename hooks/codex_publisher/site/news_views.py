"""What is new: what Git says that happened to the notes, or else the notes by their own dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from codex_publisher.model.codex import Codex, newest_first
from codex_publisher.model.dates import PartialDate
from codex_publisher.model.discovery import would_be_note
from codex_publisher.model.facets import DOMAIN
from codex_publisher.model.kinds import SOURCE
from codex_publisher.model.names import HIDDEN, tame
from codex_publisher.model.note import Note, title_of_stem
from codex_publisher.site.history import Change, History
from codex_publisher.site.index_views import BROWSE, shown_at
from codex_publisher.site.listing import (
    MAX_CHIP,
    count_of,
    headline,
    is_waiting,
    link_to,
    paginate,
    row,
    shorten,
)
from codex_publisher.site.news import Happened, NoteChange, Turn
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import LinkTo, NewsDay, NewsEntry, NewsView, Row

NEW: Final = "new/"
MANY: Final = 12
"""A commit that did the same to more notes than this is one entry."""
SHOWN_OF_MANY: Final = 6
MAX_ENTRIES: Final = 1000
STANDFIRST: Final = "What was added, moved and judged otherwise."
NO_GIT: Final = "There is no Git history here, so the notes stand by the dates that they bear themselves."
EMPTY: Final = "Nothing yet. Write the first note: a Markdown file in inbox/queue/ with front matter."


@dataclass(frozen=True, slots=True)
class _Dated:
    """An entry with its day."""

    day: PartialDate
    entry: NewsEntry


def news_views(codex: Codex, settings: Settings, history: History) -> Iterable[NewsView]:
    """The pages that say what is new, newest first."""
    happened = list(_entries(codex, settings, told(codex, settings, history)))
    entries = (happened or [_by_date(codex, note) for note in _dated(codex, settings.today)])[:MAX_ENTRIES]
    counted = count_of(len(entries), "change") if happened else count_of(len(entries), "note")
    bounded = "The latest " if len(entries) == MAX_ENTRIES else ""
    for pagination, shown in paginate(entries, NEW, settings.notes_per_page):
        yield NewsView(
            shown_at(pagination, NEW),
            "What is new",
            (BROWSE,),
            STANDFIRST if happened else "The notes by their dates.",
            f"{bounded}{counted}, newest first.",
            _notice(history, bool(happened)) if codex.notes else "",
            tuple(
                NewsDay(words, tuple(one.entry for one in day))
                for words, day in groupby(shown, key=lambda one: one.day.words)
            ),
            pagination,
            "" if entries else EMPTY if not codex.notes else "No note bears a date.",
        )


def news_rows(codex: Codex, settings: Settings, history: History, limit: int) -> list[Row]:
    """The notes to which something happened last, each once, for the front page.

    What one adds by the hundred, and what waits in the queue, comes only where there is nothing else.
    """
    best: dict[str, tuple[int, NoteChange]] = {}
    for changes in _by_commit(told(codex, settings, history)):
        for change in changes:
            if note := codex.notes.get(change.path):
                rank = (len(changes) > MANY) + 2 * (change.what is Happened.ADDED and is_waiting(note))
                best.setdefault(note.path, (rank, change))
    chosen = sorted(best.values(), key=lambda pair: pair[0])[:limit]
    latest = sorted((change for _, change in chosen), key=lambda one: one.change.date, reverse=True)
    return [_row(codex, change) for change in latest]


def _row(codex: Codex, change: NoteChange) -> Row:
    note = codex.notes[change.path]
    plain = row(codex, note)
    happened = (LinkTo(change.change.date.words), LinkTo(_what(change)))
    return Row(plain.title, plain.to, (*happened, *_about(codex, note)), plain.chips)


def told(codex: Codex, settings: Settings, history: History) -> list[NoteChange]:
    """What happened to notes that are here, or that were and are gone; the newest day first."""
    # A clock may be wrong, and a reader far to the east has tomorrow already.
    last = settings.today + timedelta(days=1)
    stems = {note.stem for note in codex.notes.values()}
    found = [
        change
        for change in history.news
        if change.change.date.first_day() <= last and _concerns(codex, settings, stems, change)
    ]
    return sorted(found, key=lambda change: change.change.date, reverse=True)


def _concerns(codex: Codex, settings: Settings, stems: set[str], change: NoteChange) -> bool:
    if change.what is not Happened.REMOVED:
        return change.path in codex.notes
    return (
        change.path not in codex.notes
        and _stem(change.path) not in stems
        and would_be_note(change.path, settings.only)
    )


def _by_commit(changes: Iterable[NoteChange]) -> Iterator[list[NoteChange]]:
    for _, group in groupby(changes, key=lambda one: one.change.commit):
        yield list(group)


def _entries(codex: Codex, settings: Settings, changes: Iterable[NoteChange]) -> Iterator[_Dated]:
    for of_commit in _by_commit(changes):
        for what in Happened:
            alike = [change for change in of_commit if change.what is what]
            if len(alike) > MANY:
                yield _Dated(alike[0].change.date, _many(codex, settings, alike))
            else:
                yield from (_Dated(one.change.date, _one(codex, settings, one)) for one in alike)


def _one(codex: Codex, settings: Settings, change: NoteChange) -> NewsEntry:
    note = codex.notes.get(change.path)
    title = note.title if note else title_of_stem(_stem(change.path))
    return NewsEntry(
        _what(change),
        shorten(headline(title), 300),
        codex.permalinks[note.path] if note else "",
        (*(_about(codex, note) if note else ()), *_by_whom(settings, change.change)),
    )


_COUNTED: Final = {
    Happened.ADDED: "added",
    Happened.MOVED: "moved",
    Happened.RENAMED: "renamed",
    Happened.REMOVED: "removed",
    Happened.CHANGED: "judged otherwise",
}


def _many(codex: Codex, settings: Settings, changes: Sequence[NoteChange]) -> NewsEntry:
    notes = [codex.notes[one.path] for one in changes if one.path in codex.notes]
    shown = sorted(notes, key=newest_first)[:SHOWN_OF_MANY]
    return NewsEntry(
        "",
        f"{count_of(len(changes), 'note')} {_COUNTED[changes[0].what]}",
        "",
        tuple(_by_whom(settings, changes[0].change)),
        tuple(link_to(codex, note) for note in shown),
        len(changes) - len(shown) if shown else 0,
    )


def _about(codex: Codex, note: Note) -> tuple[LinkTo, ...]:
    kind = LinkTo(note.kind.name, f"{note.kind.plural}/")
    domain = codex.value(DOMAIN, note.domain) if note.domain else None
    return (kind, LinkTo(shorten(domain.label, MAX_CHIP), domain.permalink)) if domain else (kind,)


def _by_whom(settings: Settings, change: Change) -> Iterator[LinkTo]:
    if change.author.strip():
        yield LinkTo(f"by {change.author}")
    address = f"{settings.repository}/commit/{change.commit}" if settings.repository else ""
    yield LinkTo(change.commit[:7], outward=address)


def _what(change: NoteChange) -> str:
    parts = [_turned(turn) for turn in change.turns]
    if change.what is Happened.MOVED:
        parts.insert(0, "moved {} {}".format(*_way(change.was, change.became)))
    elif change.what is Happened.RENAMED:
        names = (shorten(_stem(path), 80) for path in (change.was, change.became))
        parts.insert(0, "file renamed from “{}” to “{}”".format(*names))
    elif change.what is not Happened.CHANGED:
        parts.insert(0, change.what.value)
    return "; ".join(parts)


def _turned(turn: Turn) -> str:
    return f"now {turn.after}, was {turn.before}" if turn.before else f"now {turn.after}"


def _way(was: str, became: str) -> tuple[str, str]:
    """From where to where a note moved, without the folders that are the same."""
    old, new = was.split("/")[:-1], became.split("/")[:-1]
    while len(old) > 1 and len(new) > 1 and old[0] == new[0]:
        del old[0], new[0]
    return (f"from {_folder(old)}", f"to {_folder(new)}")


def _folder(parts: Sequence[str]) -> str:
    return shorten(tame(HIDDEN.sub("\ufffd", "/".join(parts))), MAX_CHIP) or "the top"


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0] or path


def _notice(history: History, is_known: bool) -> str:
    if history.is_shallow:
        until = f" up to {history.unknown_until.words}" if history.unknown_until else ""
        dated = "" if is_known else " The notes stand by the dates that they bear themselves."
        return (
            f"This copy of the repository is shallow, so what happened{until} is not known."
            f"{dated} A checkout with `fetch-depth: 0` has the whole history."
        )
    return "" if is_known else NO_GIT


def _dated(codex: Codex, today: date) -> list[Note]:
    """The notes by their dates. A source's is the day of its publication, on which nothing happened here."""
    written = [note for note in codex.notes.values() if note.kind is not SOURCE and note.date] or [
        note for note in codex.notes.values() if note.date
    ]
    past = [note for note in written if note.date and note.date.first_day() <= today]
    return sorted(past, key=newest_first)


def _by_date(codex: Codex, note: Note) -> _Dated:
    day = note.date
    assert day is not None  # noqa: S101  # only dated notes are asked for
    return _Dated(
        day, NewsEntry("", link_to(codex, note).text, codex.permalinks[note.path], _about(codex, note))
    )

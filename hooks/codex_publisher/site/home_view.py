"""The front page as a view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from codex_publisher.model.codex import Codex, newest_first
from codex_publisher.model.facets import DOMAIN, KIND
from codex_publisher.model.health import health_of
from codex_publisher.model.kinds import CLAIM, SOURCE
from codex_publisher.model.note import Note
from codex_publisher.site.charts import spark_of
from codex_publisher.site.feed_addresses import EVERYTHING
from codex_publisher.site.health_view import health_parts, health_words
from codex_publisher.site.history import History
from codex_publisher.site.listing import count_of, row, shorten
from codex_publisher.site.news_views import NEW, news_rows
from codex_publisher.site.queue import Queue
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import Figure, HomeView, RowGroup, ValueRow

NEWEST: Final = "What is new"
SHOWN: Final = 5
SHOWN_DOMAINS: Final = 18
MAIN_DOMAINS: Final = 3


def home_view(codex: Codex, settings: Settings, history: History, queue: Queue) -> HomeView:
    """What this codex is, its size, what is new, what waits, its domains, its health."""
    newest = news_rows(codex, settings, history, SHOWN) or [
        row(codex, note) for note in _newest(codex, settings.today)
    ]
    longest = queue.longest_waiting(SHOWN)
    domains = list(codex.values(DOMAIN).values())
    health = health_of(codex)
    until = _latest(codex, settings.today)
    return HomeView(
        "",
        settings.name,
        introduction_to(codex, settings),
        _figures(codex, settings.today, history, queue),
        RowGroup(NEWEST, tuple(newest), len(codex.notes), NEW),
        RowGroup(
            "Waiting longest",
            tuple(row(codex, note, queue.waiting.get(note.path)) for note in longest),
            queue.waiting_count,
            "queue/",
        ),
        tuple(
            ValueRow(
                shorten(value.label, 60),
                value.permalink,
                len(value.notes),
                "domain",
                value.slug,
                value.colour,
                spark_of((note.date for path in value.notes if (note := codex.notes[path]).date), until),
            )
            for value in domains[:SHOWN_DOMAINS]
        ),
        max(0, len(domains) - SHOWN_DOMAINS),
        health_parts(health),
        f"{health.score} of 100: {health_words(health)}" if health.notes else "",
        ""
        if codex.notes
        else "There are no notes yet. Write the first: a Markdown file in inbox/queue/ with front matter.",
        EVERYTHING,
    )


def introduction_to(codex: Codex, settings: Settings) -> str:
    """What the codex is, in its own words, or else in numbers."""
    if settings.description:
        return settings.description
    kinds = Counter(note.kind for note in codex.notes.values())
    sizes = " and ".join(count_of(kinds[kind], kind.name) for kind in (CLAIM, SOURCE) if kinds[kind])
    if sizes and kinds[CLAIM] + kinds[SOURCE] < len(codex.notes):
        sizes += " among them"
    total = count_of(len(codex.notes), "note")
    domains = [shorten(value.label, 60) for value in codex.values(DOMAIN).values()]
    about = f", mostly on {_listed(domains[:MAIN_DOMAINS])}" if len(domains) > 1 else ""
    return f"A shared notebook of {total}{f', {sizes}' if sizes else ''}{about}."


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _latest(codex: Codex, today: date) -> date:
    """The day of the latest note, where the time that the domains' pictures show ends."""
    days = (note.date.first_day() for note in codex.notes.values() if note.date)
    return max((day for day in days if day <= today), default=today)


def _newest(codex: Codex, today: date) -> list[Note]:
    """By their dates, those in the future left out; what waits in the queue has its own list."""
    written = [note for note in codex.notes.values() if note.kind is not SOURCE] or list(codex.notes.values())
    known = [note for note in written if note.date is None or note.date.first_day() <= today]
    return sorted(known, key=newest_first)[:SHOWN]


def _figures(codex: Codex, today: date, history: History, queue: Queue) -> tuple[Figure, ...]:
    claims = codex.value(KIND, CLAIM.name)
    changes = [change.date for path, change in history.last.items() if path in codex.notes]
    # A source's date is the day of its publication, which changed nothing here.
    written = [note for note in codex.notes.values() if note.kind is not SOURCE]
    dates = [note.date for note in written if note.date and note.date.first_day() <= today]
    last = max(changes or dates, default=None)
    number = len(claims.notes) if claims else 0
    waiting, wanted = queue.waiting_count, len(codex.wanted)
    return (
        Figure(f"{number:,}", "claim" if number == 1 else "claims", "claims/"),
        Figure(f"{waiting:,}", "source waiting" if waiting == 1 else "sources waiting", "queue/"),
        Figure(f"{wanted:,}", "note wanted" if wanted == 1 else "notes wanted", "wanted/"),
        Figure(last.words if last else "never", "last change", NEW),
    )

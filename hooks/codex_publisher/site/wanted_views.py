"""The pages of what is linked to and not written."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final
from urllib.parse import quote

from codex_publisher.model.beginnings import Beginnings
from codex_publisher.model.codex import Codex, Wanted, newest_first
from codex_publisher.site.index_views import BROWSE, shown_at
from codex_publisher.site.listing import by_weight, count_of, link_to, paginate, row, shorten
from codex_publisher.site.new_file import is_on_github, new_command, new_file_address
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import IndexView, LinkTo, RowGroup, WantedRow, WantedView

WANTED: Final = "wanted/"
SHOWN_PLACES: Final = 5
WANTED_PER_PAGE: Final = 100
MAX_PAGE_WEIGHT: Final = 240_000
"""About how many bytes of rows one page shows."""
FORM_WEIGHT: Final = 800
"""About how many bytes the address of GitHub's form for a new file has besides the title."""
_RULE: Final = "Each note that links to it counts one, a likely one half as much again, a proven one double."


def wanted_views(codex: Codex, settings: Settings) -> Iterable[WantedView]:
    """What is linked to and not written, the most wanted first."""
    total = len(codex.wanted)
    beginnings = Beginnings(codex, settings.today, settings.only, settings.skipped)
    pages = by_weight(
        codex.wanted, lambda one: _weight(codex, one, settings), WANTED_PER_PAGE, MAX_PAGE_WEIGHT
    )
    for pagination, shown in paginate(pages, WANTED, 1):
        yield WantedView(
            shown_at(pagination, WANTED),
            "Wanted",
            (BROWSE,),
            f"{count_of(total, 'note')} linked to and not written yet, the most wanted first. {_RULE}",
            # Made for one page at a time: a beginning for each is a whole note.
            tuple(_row(codex, one, beginnings, settings) for page in shown for one in page),
            pagination,
            "" if total else "Nothing is wanted: every link between notes leads to one.",
        )


def _row(codex: Codex, wanted: Wanted, beginnings: Beginnings, settings: Settings) -> WantedRow:
    sources = list(dict.fromkeys(place.path for place in wanted.wanted_by))
    beginning = beginnings.of(wanted)
    is_form = is_on_github(settings)
    return WantedRow(
        shorten(wanted.title, 300),
        f"w-{wanted.slug}",
        wanted.note_count,
        tuple(link_to(codex, codex.notes[path]) for path in sources[:SHOWN_PLACES]),
        max(0, len(sources) - SHOWN_PLACES),
        wanted_address(wanted) if len(sources) > SHOWN_PLACES else "",
        tuple(link_to(codex, codex.notes[path]) for path in wanted.near),
        new_file_address(beginning, settings) if beginning and is_form else "",
        new_command(beginning) if beginning and not is_form else "",
    )


def _weight(codex: Codex, wanted: Wanted, settings: Settings) -> int:
    """About how many bytes a row takes on the page, guessed without making it."""
    sources = dict.fromkeys(place.path for place in wanted.wanted_by)
    links = [link_to(codex, codex.notes[path]) for path in (*islice(sources, SHOWN_PLACES), *wanted.near)]
    words = sum(_bytes(link.text + link.to) + 60 for link in links)
    title = _bytes(wanted.title)
    # The address of the form holds a note that has the title three times, with its marks percent-encoded.
    write_to = (
        FORM_WEIGHT + 3 * len(quote(wanted.title, errors="replace")) if is_on_github(settings) else title
    )
    return 400 + words + title + write_to


def _bytes(text: str) -> int:
    return len(text.encode(errors="replace"))


def wanted_address(wanted: Wanted) -> str:
    """Where all that want a note are listed when they are many."""
    return f"{WANTED}{wanted.slug}/"


def wanted_by_views(codex: Codex, settings: Settings) -> Iterable[IndexView]:
    """For each much wanted note, all the notes that want it."""
    for wanted in codex.wanted:
        notes = [codex.notes[path] for path in dict.fromkeys(place.path for place in wanted.wanted_by)]
        if len(notes) <= SHOWN_PLACES:
            continue
        notes.sort(key=newest_first)
        for pagination, shown in paginate(notes, wanted_address(wanted), settings.notes_per_page):
            yield IndexView(
                shown_at(pagination, wanted_address(wanted)),
                f"Wanted: {shorten(wanted.title, 250)}",
                (BROWSE, LinkTo("Wanted", WANTED)),
                "Not written yet. These notes link to it.",
                f"{count_of(len(notes), 'note')}, newest first.",
                (RowGroup("", tuple(row(codex, note) for note in shown)),),
                pagination,
            )

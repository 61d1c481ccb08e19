"""Views of codices made for tests, without MkDocs and without a disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from codex_publisher.model.codex import Codex
from codex_publisher.model.dates import PartialDate, parse_date
from codex_publisher.model.policy import Policy
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.history import Change, History
from codex_publisher.site.plan import plan
from codex_publisher.site.settings import Settings
from codex_publisher.site.views import IndexView, NoteView, Row, View
from support.notes import with_fields
from support.sites import codex_of

TODAY = date(2026, 3, 31)
SETTINGS = Settings(
    root=Path("/codex"),
    only=(),
    name="A codex",
    description="",
    repository="",
    branch="main",
    prefix="",
    notes_per_page=100,
    backlinks_per_group=20,
    policy=Policy(TODAY),
    guide=None,
    own_docs=(),
    skipped=frozenset(),
)


def settings(**changes: object) -> Settings:
    """Settings like a codex' own, on the last day of March 2026, with some changes."""
    return replace(SETTINGS, **changes)  # type: ignore[arg-type]


def history(changes: Mapping[str, tuple[str, str]]) -> History:
    """The history of files that were first and last changed on these days."""
    first = {NotePath(path): Change("1" * 40, "Ann", day(days[0])) for path, days in changes.items()}
    last = {NotePath(path): Change("2" * 40, "Bo", day(days[1])) for path, days in changes.items()}
    return History(last, first)


def day(text: str) -> PartialDate:
    """A date that is one."""
    found = parse_date(text)
    assert found
    return found


def source(*lines: str, days: int | None = None) -> str:
    """The text of a source that, on the last day of March 2026, has waited this many days."""
    since = [f"created: {TODAY - timedelta(days)}"] if days is not None else []
    return with_fields("type: source", *since, *lines)


def views_of(codex: Codex, past: History | None = None, /, **changes: object) -> dict[str, View]:
    """Every view of a codex by its address, in the order of the plan."""
    pages = plan(codex, settings(**changes), past or History())
    return {page.permalink: page.make_view() for page in pages}


def note_view_of(files: Mapping[str, str], path: str, **changes: object) -> NoteView:
    """The view of one note among others."""
    codex = codex_of(files)
    view = views_of(codex, **changes)[codex.permalinks[NotePath(path)]]
    assert isinstance(view, NoteView)
    return view


def rows_of(view: View) -> list[Row]:
    """The rows of an index in the order in which a reader meets them."""
    assert isinstance(view, IndexView)
    return [row for group in view.groups for row in group.rows]


def titles_of(view: View) -> list[str]:
    """The titles of an index's rows."""
    return [row.title for row in rows_of(view)]

"""What has been left alone too long, in which order, and in which words."""

from __future__ import annotations

from datetime import timedelta

from codex_publisher.model.policy import Policy
from codex_publisher.site.history import History
from codex_publisher.site.views import IndexView
from support.notes import with_fields
from support.sites import codex_of
from support.views import TODAY, history, source, views_of


def _stale(files: dict[str, str], past: History | None = None, **changes: object) -> IndexView:
    view = views_of(codex_of(files), past, **changes)["stale/"]
    assert isinstance(view, IndexView)
    return view


def _aged(kind: str, days: int, field: str = "last_updated") -> str:
    return with_fields(f"type: {kind}", f"{field}: {TODAY - timedelta(days)}")


def test_each_sort_stands_by_itself_with_the_stalest_first_and_what_it_is_counted_from() -> None:
    files = {
        "entities/a-lab.md": _aged("entity", 100),
        "entities/b-lab.md": _aged("entity", 300),
        "entities/fresh.md": _aged("entity", 90),
        "entities/known-to-git.md": with_fields("type: entity", "created: 2020-01-01"),
        "entities/made.md": _aged("entity", 150, "created"),
        "sectors/sleep.md": _aged("sector", 61),
        "claims/old.md": _aged("claim", 900),
        "inbox/queue/urgent.md": source("priority: high", days=15),
        "inbox/queue/more-urgent.md": source("priority: High", days=40),
        "inbox/queue/in-time.md": source("priority: high", days=14),
        "inbox/queue/not-urgent.md": source("priority: low", days=900),
    }
    view = _stale(files, history({"entities/known-to-git.md": ("2020-01-01", "2025-12-01")}))
    assert view.summary.startswith(
        "7 notes, by sort, the stalest first. An entity may stay as it is for 90 days"
    )
    assert [(group.title, group.total, [row.title for row in group.rows]) for group in view.groups] == [
        ("Entities unchanged for over 90 days", 4, ["B lab", "Made", "Known to git", "A lab"]),
        ("Sectors unchanged for over 60 days", 1, ["Sleep"]),
        ("High-priority sources that wait too long", 2, ["More urgent", "Urgent"]),
    ]
    assert [row.facts[-1].text for row in view.groups[0].rows] == [
        "last changed 4 June 2025 (300 days), by its field last_updated",
        "no change known since 1 November 2025 (150 days), by its field created",
        "last changed 1 December 2025 (120 days), by Git",
        "last changed 21 December 2025 (100 days), by its field last_updated",
    ]
    assert view.groups[2].rows[0].age == "40 days"


def test_the_settings_say_what_is_too_long() -> None:
    files = {
        "entities/a.md": _aged("entity", 100),
        "sectors/b.md": _aged("sector", 100),
        "inbox/queue/c.md": source("priority: high", days=100),
    }
    days = {"high": 100, "medium": 100, "low": 100}
    patient = Policy(TODAY, queue_days=days, entity_days=100, sector_days=100)
    view = _stale(files, policy=patient)
    assert view.groups == ()
    assert view.empty == (
        "Nothing is stale. An entity may stay as it is for 100 days and a sector for 100 days; a source of "
        "high priority may wait for 100 days."
    )


def test_many_stale_notes_go_over_several_pages_each_with_its_heading() -> None:
    files = {f"entities/{number}.md": _aged("entity", 100 + number) for number in range(25)}
    files["sectors/sleep.md"] = _aged("sector", 900)
    views = views_of(codex_of(files), notes_per_page=10)
    pages = [views[address] for address in ("stale/", "stale/page/2/", "stale/page/3/")]
    shown = []
    for page in pages:
        assert isinstance(page, IndexView)
        shown.append([(group.title.split()[0], len(group.rows), group.total) for group in page.groups])
    assert shown == [[("Entities", 10, 25)], [("Entities", 10, 25)], [("Entities", 5, 25), ("Sectors", 1, 1)]]

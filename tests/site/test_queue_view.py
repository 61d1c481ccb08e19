"""The queue of sources: its order, its words, its numbers."""

from __future__ import annotations

import pytest

from codex_publisher.model.policy import read_policy
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import FacetView, IndexView, QueueView, View
from support.notes import with_fields
from support.sites import codex_of
from support.views import TODAY, history, rows_of, source, titles_of, views_of


def _queue(files: dict[str, str]) -> QueueView:
    view = views_of(codex_of(files))["queue/"]
    assert isinstance(view, QueueView)
    return view


def _column(view: QueueView, status: str) -> dict[str, list[tuple[str, str, bool]]]:
    groups = next(groups for chip, _, _, groups in view.columns if chip.text == status)
    return {group.title: [(row.title, row.age, row.overdue) for row in group.rows] for group in groups}


def _index(view: View) -> IndexView:
    assert isinstance(view, IndexView)
    return view


BOARD = {
    "inbox/queue/a.md": source("priority: low", days=90),
    "inbox/queue/b.md": source("priority: high", days=12),
    "inbox/queue/c.md": source("priority: high", days=15),
    "inbox/queue/d.md": source("priority: high", days=14),
    "inbox/queue/e.md": source("priority: medium", days=1),
    "inbox/queue/f.md": source("priority: medium", days=0),
    "inbox/queue/g.md": source(days=800),
    "inbox/queue/h.md": source("priority: medium"),
    "inbox/queue/i.md": source("status: processing", "priority: high", days=40),
    "inbox/archive/j.md": source("status: processed", "processed_date: 2026-02-01", days=50),
    "inbox/archive/k.md": source("status: processed", "processed_date: 2026-03-01", days=60),
}


IN_SLEEP = {path: text.replace("type: source", "type: source\ndomain: sleep") for path, text in BOARD.items()}


def test_the_board_has_high_priority_first_and_then_the_longest_waiting_with_their_age() -> None:
    assert _column(_queue(BOARD), "unprocessed") == {
        "High priority": [("C", "15 days", True), ("D", "14 days", False), ("B", "12 days", False)],
        "Medium priority": [("E", "1 day", False), ("F", "since today", False), ("H", "", False)],
        "Low priority": [("A", "90 days", False)],
        "No priority": [("G", "2 years", True)],
    }


def test_the_board_counts_what_waits_and_what_is_overdue_and_says_its_order() -> None:
    view = _queue(BOARD)
    assert view.summary == "9 sources waiting, 3 overdue. High priority first, then the longest waiting."
    assert [(chip.text, total, to) for chip, total, to, _ in view.columns] == [
        ("unprocessed", 8, "queue/unprocessed/"),
        ("processing", 1, "queue/processing/"),
        ("processed", 2, "queue/processed/"),
    ]


def test_what_is_processed_waits_no_longer() -> None:
    view = _queue(BOARD)
    assert _column(view, "processed") == {"No priority": [("K", "", False), ("J", "", False)]}
    part = _index(views_of(codex_of(BOARD))["queue/processed/"])
    assert part.summary == "2 sources, high priority first, then the latest."
    assert titles_of(part) == ["K", "J"]


def test_every_filter_of_the_board_leads_to_as_many_sources_as_it_says() -> None:
    codex = IN_SLEEP
    views = views_of(codex_of(codex))
    board = views["queue/"]
    assert isinstance(board, QueueView)
    filters = {fact.label: fact.values for fact in board.filters}
    assert [link.text for link in filters["Waiting in"]] == ["sleep (9)"]
    by_priority = filters["Waiting with"]
    assert [link.text.partition(" (")[0] for link in by_priority] == [
        "high priority",
        "medium priority",
        "low priority",
        "no priority given",
    ]
    assert [link.text for link in filters["Waiting as"]] == ["processing (1)", "no status given (8)"]
    for links in filters.values():
        counts = [len(rows_of(views[link.to])) for link in links]
        assert all(link.text.endswith(f" ({count})") for link, count in zip(links, counts, strict=True))
        assert sum(counts) == 9
    for _, total, address, _ in board.columns:
        assert len(rows_of(views[address])) == total


def test_what_waits_in_a_domain_is_in_the_order_of_the_board_whatever_its_status() -> None:
    codex = IN_SLEEP
    view = _index(views_of(codex_of(codex))["queue/domain/sleep/"])
    assert view.title == "Waiting in sleep"
    assert view.summary == "9 sources, high priority first, then the longest waiting."
    assert titles_of(view) == ["I", "C", "D", "B", "E", "F", "H", "A", "G"]
    more = {f"inbox/queue/{name}.md": codex["inbox/queue/c.md"] for name in "xyz"}
    views = views_of(codex_of({**codex, **more}), notes_per_page=10)
    first, second = _index(views["queue/domain/sleep/"]), _index(views["queue/domain/sleep/page/2/"])
    assert [group.title for group in first.groups] == ["High priority", "Medium priority"]
    assert [group.title for group in second.groups] == ["Low priority", "No priority"]


def test_a_full_cell_of_the_board_leads_to_all_of_it() -> None:
    codex = {f"inbox/queue/{n:02}.md": source("priority: high", days=n) for n in range(15)}
    views = views_of(codex_of(codex))
    board = views["queue/"]
    assert isinstance(board, QueueView)
    (group,) = board.columns[0][3]
    assert (len(group.rows), group.total, group.more_to) == (12, 15, "queue/unprocessed/high/")
    assert titles_of(views[group.more_to]) == [f"{n:02}" for n in range(14, -1, -1)]


@pytest.mark.parametrize("name", ["date_archived", "created", "date_added", "queued"])
def test_a_source_waits_since_it_was_queued_and_not_since_it_was_published(name: str) -> None:
    note = with_fields("type: source", "date: 2020-01-01", f"{name}: 2026-03-21")
    codex = codex_of({"inbox/queue/a.md": note})
    views = views_of(codex, history({"inbox/queue/a.md": ("2026-03-01", "2026-03-30")}))
    assert [row.age for row in rows_of(views["queue/unprocessed/"])] == ["10 days"]


def test_a_source_without_such_a_field_waits_since_git_knows_it_or_else_since_its_date() -> None:
    codex = codex_of({"inbox/queue/a.md": with_fields("type: source", "date: 2026-03-01")})
    known = views_of(codex, history({"inbox/queue/a.md": ("2026-03-11", "2026-03-30")}))
    unknown = views_of(codex)
    ages = [[row.age for row in rows_of(views["queue/unprocessed/"])] for views in (known, unknown)]
    assert ages == [["20 days"], ["30 days since publication"]]


def test_what_bears_no_status_stands_among_the_unprocessed_and_is_named() -> None:
    marked = source("status: unprocessed", "domain: sleep", "priority: low", days=3)
    files = {"inbox/queue/a.md": marked, "inbox/queue/b.md": source(days=2), "inbox/queue/c.md": source()}
    views = views_of(codex_of(files))
    board = views["queue/"]
    assert isinstance(board, QueueView)
    assert board.columns[0][1] == 3
    assert board.unmarked
    assert (board.unmarked.text, board.unmarked.to) == (
        "2 of them with no status given",
        "queue/without/status/",
    )
    assert "2 of them with no status given" in Renderer().render(board)
    for name in ("status", "domain", "priority"):
        view = _index(views[f"queue/without/{name}/"])
        assert (view.title, titles_of(view)) == (f"Waiting with no {name} given", ["B", "C"])
    statuses = views["status/"]
    assert isinstance(statuses, FacetView)
    assert [(value.text, value.count) for value in statuses.values] == [("Unprocessed", 1)]
    assert statuses.absent
    assert statuses.absent.text == "2 waiting sources with none given"
    assert 'href="../queue/without/status/"' in Renderer().render(statuses)


def test_where_every_source_is_marked_nothing_is_said_of_others() -> None:
    marked = source("status: unprocessed", "domain: sleep", "priority: low", days=3)
    views = views_of(codex_of({"inbox/queue/a.md": marked, "claims/b.md": "# B\n"}))
    board = views["queue/"]
    assert isinstance(board, QueueView)
    assert board.unmarked is None
    assert not [address for address in views if address.startswith("queue/without/")]
    statuses = views["status/"]
    assert isinstance(statuses, FacetView)
    assert statuses.absent is None


def test_the_rarest_domains_stand_together_so_that_the_numbers_add_up() -> None:
    files = {f"inbox/queue/{n:02}.md": source(f"domain: field {n:02}", days=n) for n in range(15)}
    views = views_of(codex_of(files))
    board = views["queue/"]
    assert isinstance(board, QueueView)
    links = next(fact.values for fact in board.filters if fact.label == "Waiting in")
    assert (len(links), links[-1].text, links[-1].to) == (13, "3 other domains (3)", "queue/others/domain/")
    assert titles_of(views["queue/others/domain/"]) == ["14", "13", "12"]
    assert titles_of(views["queue/domain/field-14/"]) == ["14"]


def test_the_page_says_from_which_days_the_waiting_is_counted() -> None:
    published = with_fields("type: source", "date: 2026-01-01", "priority: high")
    files = {
        "inbox/queue/a.md": source("priority: high", days=20),
        "inbox/queue/b.md": published,
        "inbox/queue/c.md": published,
        "inbox/queue/d.md": with_fields("type: source"),
    }
    view = views_of(codex_of(files))["queue/"]
    assert isinstance(view, QueueView)
    assert view.summary.startswith("4 sources waiting, 3 overdue (2 counted from publication).")
    assert (
        "Waiting is counted from the day that its front matter names for 1; from the day of its publication, "
        "the earliest that can be, for 2; for 1 no day is known."
    ) in view.explanation
    known = views_of(codex_of(files), history({"inbox/queue/b.md": ("2026-03-11", "2026-03-30")}))["queue/"]
    assert isinstance(known, QueueView)
    # What Git does not know, though it knows others, has only just come.
    assert known.summary.startswith("4 sources waiting, 2 overdue.")
    assert "from the day on which Git first knew the file for 3." in known.explanation
    ages = [row.age for row in rows_of(views_of(codex_of(files))["queue/unprocessed/high/"])]
    assert ages == ["89 days since publication", "89 days since publication", "20 days"]


def test_the_days_that_a_source_may_wait_can_be_set() -> None:
    policies = [read_policy({"queue_days": {"high": days}}, TODAY) for days in (11, 12)]
    boards = [views_of(codex_of(BOARD), policy=policy) for policy in policies]
    rows = [row for board in boards for row in rows_of(board["queue/unprocessed/high/"])]
    assert [(row.title, row.overdue) for row in rows] == [
        *(("C", True), ("D", True), ("B", True)),
        *(("C", True), ("D", True), ("B", False)),
    ]


def test_an_unforeseen_status_has_a_column_of_its_own() -> None:
    view = _queue({"inbox/queue/a.md": source("status: On Hold")})
    assert [(chip.text, total) for chip, total, _, _ in view.columns][-1] == ("On Hold", 1)


def test_an_empty_queue_says_how_to_fill_it() -> None:
    said = _queue({"claims/a.md": "# A\n"}).empty
    assert said.startswith("No sources yet. Put the first into inbox/queue/")

"""Small pictures of numbers: what they draw, and what they say to whoever does not see them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.dates import PartialDate
from codex_publisher.site.charts import (
    MAX_COLUMNS,
    bars_of,
    columns_of,
    flow_of,
    scores_of,
    spark_of,
    stack_of,
)
from codex_publisher.site.history import History
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import Columns, FacetView, HomeView, IndexView, QueueView
from support.notes import with_fields
from support.sites import codex_of
from support.views import TODAY, day, source, views_of

LARGEST = 1024


def _columns(*dates: str) -> Columns:
    found = columns_of([day(text) for text in dates], TODAY)
    assert found
    return found


def _heights(path: str) -> dict[int, int]:
    """How high each column is, by its place."""
    lines = re.findall(r"M(\d+)\.5 (\d+)V(\d+)", path)
    assert "".join(f"M{x}.5 {y}V{to}" for x, y, to in lines) == path
    return {int(x): int(y) - int(to) for x, y, to in lines}


def test_a_column_is_as_high_as_its_month_has_notes_and_an_empty_month_is_a_gap() -> None:
    chart = _columns("2026-01-05", "2026-01-20", "2025-11", "2026-03-31", "2026-01-31", "2026-01-01")
    assert _heights(chart.path) == {0: 10, 2: 40, 4: 10}
    assert (chart.first, chart.last, chart.width) == ("November 2025", "March 2026", 5)
    assert chart.words == "6 notes by month from November 2025 to March 2026, most in January 2026 (4)."


def test_a_score_is_drawn_against_a_hundred_and_not_against_the_highest() -> None:
    chart = scores_of([50, 0, 100, 25], "March 2026", "month")
    assert chart
    assert _heights(chart.path) == {0: 20, 1: 2, 2: 40, 3: 10}
    assert (chart.first, chart.last, chart.width) == ("March 2026", "now", 4)
    assert chart.words == (
        "Score of 100 at the ends of 3 months and now: 50 in March 2026, 25 now; lowest 0, highest 100."
    )
    day = scores_of([50, 60], "3 March 2026", "day")
    assert day
    assert day.words.startswith("Score of 100 at the end of a day and now: 50 on 3 March 2026, 60 now")
    assert scores_of([50], "now", "month") is None


@pytest.mark.parametrize(
    ("first", "last", "unit", "labels", "width"),
    [
        ("2022-04", "2026-03", "month", ("April 2022", "March 2026"), 48),
        ("2022-03", "2026-03", "year", ("2022", "2026"), 5),
        ("1950-07", "2026-01", "year", ("1950", "2026"), 77),
        ("1850", "2026-01", "decade", ("1850s", "2020s"), 18),
        ("1004", "2026-01", "century", ("1000–1099", "2000–2099"), 11),
    ],
)
def test_the_steps_are_as_fine_as_there_is_room_for(
    first: str, last: str, unit: str, labels: tuple[str, str], width: int
) -> None:
    chart = _columns(first, last)
    assert chart.words.startswith(f"2 notes by {unit} from ")
    assert ((chart.first, chart.last), chart.width) == (labels, width)
    assert set(_heights(chart.path)) == {0, width - 1}


def test_a_date_without_a_month_is_counted_and_said_where_the_steps_are_months() -> None:
    chart = _columns("2025", "2025-03", "2026-01")
    assert chart.words.startswith("2 notes by month from March 2025 to January 2026")
    assert chart.words.endswith("1 more is dated by the year alone.")
    assert _columns("2015", "2026-01").words.startswith("2 notes by year")


@pytest.mark.parametrize(
    "dates", [(), ("2026-03-01",), ("2026-03-01", "2026-03-31"), ("2025", "2025"), ("2026-03", "2030-01")]
)
def test_where_there_is_nothing_to_compare_there_is_no_picture(dates: tuple[str, ...]) -> None:
    assert columns_of([day(text) for text in dates], TODAY) is None


DATES = st.builds(
    lambda found, known: PartialDate(found.year, *(found.month, found.day)[:known]),
    st.dates(min_value=date(1000, 1, 1), max_value=date(2100, 12, 31)),
    st.integers(0, 2),
)


@given(st.lists(DATES, max_size=300))
def test_whatever_the_dates_the_picture_is_small_and_within_its_frame(dates: list[PartialDate]) -> None:
    chart = columns_of(dates, TODAY)
    if chart:
        heights = _heights(chart.path)
        assert 2 <= len(heights) <= chart.width <= MAX_COLUMNS
        assert all(0 <= column < chart.width and 2 <= height <= 40 for column, height in heights.items())
        assert 40 in heights.values()


def test_a_picture_of_four_years_takes_less_than_a_kilobyte_of_a_page() -> None:
    dates = [PartialDate(year, month) for year in range(2022, 2026) for month in range(1, 13)]
    chart = columns_of(dates, TODAY)
    assert chart
    assert len(chart.path) + len(chart.words) + len(chart.caption) < LARGEST - 300


def test_the_pictures_of_domains_all_end_with_the_same_month() -> None:
    chart = spark_of([day("2024-01"), day("2026-03"), day("2026-02-01"), day("2026"), day("2026-04")], TODAY)
    assert chart
    assert (chart.first, chart.last, chart.words) == ("April 2024", "March 2026", "2 since April 2024")
    assert set(_heights(chart.path)) == {22, 23}
    assert spark_of([day("2026-03"), day("2020-01")], TODAY) is None


def test_what_came_stands_above_the_line_and_what_was_done_hangs_below_it() -> None:
    came, went = [date(2026, 1, 5), date(2026, 1, 9), date(2026, 3, 1)], [date(2026, 2, 1)]
    chart = flow_of(came, went, ["Of 1 source nobody noted when they came."])
    assert chart
    assert _heights(chart.path) == {0: 20, 2: 10}
    assert _heights(chart.path_below) == {1: -10}
    assert chart.words == (
        "Sources by month from January 2026 to March 2026: 3 came in, most in January 2026 (2); "
        "1 was processed, most in February 2026 (1). Of 1 source nobody noted when they came."
    )
    assert flow_of([], [], []) is None
    assert flow_of(came[:1], [], []) is None


def test_bars_are_measured_by_the_longest_and_parts_by_their_whole() -> None:
    long, none, short = bars_of([("a", {"known": 4}), ("b", {"known": 0}), ("c", {"known": 1})])
    assert [share.width for bar in (long, none, short) for share in bar.shares] == [100.0, 25.0]
    assert [bar.words for bar in (long, none, short)] == ["4", "0", "1"]
    mixed, whole = bars_of([("a", {"known": 3, "not": 1}), ("b", {"known": 0, "not": 2})], "{} guessed")
    assert [(share.key, share.start, share.width) for share in (*mixed.shares, *whole.shares)] == [
        ("known", 0.0, 75.0),
        ("not", 75.0, 25.0),
        ("not", 0.0, 50.0),
    ]
    assert [bar.words for bar in (mixed, whole)] == ["4, 1 guessed", "2, all guessed"]
    bar = stack_of("sleep", "domains/sleep/", {"likely": 1, "odd": 2}, {"likely": "likely", "odd": "<odd>"})
    assert [(share.start, share.width) for share in bar.shares] == [(0.0, 33.3), (33.3, 66.7)]
    assert bar.words == "1 likely, 2 <odd>"


def _claims(*dates: str, confidence: str = "likely") -> dict[str, str]:
    return {
        f"claims/{number}.md": with_fields(
            "type: claim", f"date: {text}", "domain: sleep", "tags: [naps]", f"confidence: {confidence}"
        )
        for number, text in enumerate(dates)
    }


def test_domains_tags_and_statuses_with_several_notes_show_them_over_time() -> None:
    views = views_of(codex_of(_claims("2026-01-01", "2026-01-02", "2026-02-01", "2026-03-01")))
    for address in ("domains/sleep/", "tags/naps/"):
        view = views[address]
        assert isinstance(view, IndexView)
        assert view.over_time
        assert view.over_time.words.startswith("4 notes by month from January 2026 to March 2026")
        html = Renderer().render(view)
        assert f'role="img" aria-label="{view.over_time.words}"' in html
    claims = views["claims/"]
    assert isinstance(claims, IndexView)
    assert claims.over_time is None
    few = views_of(codex_of(_claims("2026-01-01", "2026-02-02", "2026-03-01")))["domains/sleep/"]
    assert isinstance(few, IndexView)
    assert few.over_time is None
    assert "<svg" not in Renderer().render(few)


def test_only_the_first_page_of_a_list_has_the_picture() -> None:
    codex = codex_of(_claims(*(f"2026-0{number % 3 + 1}-01" for number in range(12))))
    first, second = (views_of(codex, notes_per_page=10)[f"domains/sleep/{page}"] for page in ("", "page/2/"))
    assert isinstance(first, IndexView)
    assert isinstance(second, IndexView)
    assert first.over_time
    assert second.over_time is None


def test_home_shows_each_domain_over_two_years() -> None:
    codex = codex_of(_claims("2026-01-01", "2026-02-01", "1999-01-01"))
    home = views_of(codex)[""]
    assert isinstance(home, HomeView)
    (domain,) = home.domains
    assert domain.spark
    # The time ends with the latest note, not with the day of the build.
    assert (domain.spark.last, domain.spark.words) == ("February 2026", "2 since March 2024")
    assert "from March 2024 to February 2026" in Renderer().render(home)


def test_the_confidence_page_tells_how_sure_each_domain_is() -> None:
    files = {**_claims("2026-01-01"), "claims/x.md": with_fields("domain: sleep", "confidence: <odd>")}
    view = views_of(codex_of(files))["confidence/"]
    assert isinstance(view, FacetView)
    (bar,) = view.by_domain
    assert (bar.label, bar.to, bar.words) == ("sleep", "domains/sleep/", "1 likely, 1 <odd>")
    assert "1 likely, 1 &lt;odd&gt;" in Renderer().render(view)
    tags = views_of(codex_of(files))["tags/"]
    assert isinstance(tags, FacetView)
    assert tags.by_domain == ()


def test_the_queue_tells_what_came_and_went_and_what_nobody_noted() -> None:
    files = {
        "inbox/queue/a.md": source(days=60),
        "inbox/queue/b.md": source(days=1),
        "inbox/queue/c.md": with_fields("type: source", "date: 1999-01-01"),
        "inbox/queue/d.md": source(days=30),
        "inbox/archive/e.md": source("status: processed", "processed_date: 2026-03-30", days=40),
        "inbox/archive/f.md": source("status: processed", days=40),
        "inbox/archive/g.md": source("status: null-result", "processed_date: 2026-02-30", days=40),
    }
    view = views_of(codex_of(files))["queue/"]
    assert isinstance(view, QueueView)
    assert view.flow
    assert "6 came in" in view.flow.words
    assert "2 were processed" in view.flow.words
    assert view.flow.words.endswith(
        "Of 1 more source nobody noted when they came. 1 of these waits, since publication at the earliest. "
        "Of 1 more processed source nobody noted when that was. Null results count as processed."
    )
    assert [(bar.label, bar.words) for bar in view.ages] == [
        ("less than 2 weeks", "1"),
        ("2 to 4 weeks", "0"),
        ("1 to 3 months", "2"),
        ("3 to 6 months", "0"),
        ("6 to 12 months", "0"),
        ("a year or longer", "1, 1 since publication"),
    ]


def test_a_queue_of_which_nothing_is_known_has_no_empty_pictures() -> None:
    view = views_of(codex_of({"inbox/queue/a.md": with_fields("type: source")}), History())["queue/"]
    assert isinstance(view, QueueView)
    assert view.flow is None
    assert view.ages == ()
    assert "<svg" not in Renderer().render(view)

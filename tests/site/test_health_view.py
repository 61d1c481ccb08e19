"""The page on the codex's health: its numbers, its words, and its past."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from codex_publisher.model.health import Health, Moment, Past, Unknown
from codex_publisher.model.policy import Policy
from codex_publisher.site.background import Background
from codex_publisher.site.health_view import formula_of, health_view
from codex_publisher.site.past import begin_reading
from codex_publisher.site.views import HealthView, HomeView, ScoreRow
from support.built import built, words
from support.repositories import commit_files
from support.sites import codex_of
from support.views import settings, views_of

SOUND = "---\ntype: page\ndomain: sleep\n---\n\n# Sound\n\nNothing is wrong here.\n"
WARNED = "---\ntype: page\ndomain: sleep\n---\n\n# Warned\n\nSee [[nowhere at all]].\n"
WRONG = "---\ntype: page\ntags: [a\n---\n\nText.\n"
POLICY = Policy(date(2026, 3, 31), ignored=frozenset({"N"}))
NO_GIT = Past(unknown=Unknown.NO_GIT)


def _view(*texts: str, past: Past = NO_GIT) -> HealthView:
    files = {f"docs/note number {number}.md": text for number, text in enumerate(texts)}
    return health_view(codex_of(files, policy=POLICY), past)


def test_the_score_stands_with_its_parts_and_its_sum() -> None:
    view = _view(SOUND, SOUND, SOUND, WARNED, WARNED, WRONG)
    assert view.score == 66
    assert view.words == "3 in good order, 2 with warnings, 1 with errors."
    assert view.formula == "100 × (3 × 1 + 2 × ½ + 1 × 0) ÷ 6 = 66.66…, so 66"
    assert sum(part.share for part in view.parts) == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize(
    ("health", "result"),
    [
        (Health(3, 0, 0), "÷ 3 = 100"),
        (Health(1, 1, 0), "÷ 2 = 75"),
        (Health(1, 1, 2), "÷ 4 = 37.50, so 37"),
        (Health(9999, 1, 0), "÷ 10,000 = 99.99…, so 99"),
        (Health(300, 1, 0), "÷ 301 = 99.83…, so 99"),
    ],
)
def test_the_sum_says_what_the_score_says(health: Health, result: str) -> None:
    assert formula_of(health).endswith(result)
    assert result.endswith(str(health.score))


def test_what_would_raise_it_most_leads_to_the_pages_of_the_rules() -> None:
    view = _view(SOUND, WARNED, WARNED, WRONG)
    assert [(row.code, row.severity, row.words, row.to) for row in view.gains] == [
        ("F102", "error", "25.0 points, 1 note", "problems/f102/"),
        ("L101", "warning", "25.0 points, 2 notes", "problems/l101/"),
    ]
    problems = views_of(codex_of({"a.md": WARNED, "b.md": WRONG}, policy=POLICY))
    assert {row.to for row in view.gains} <= problems.keys()


def test_where_no_rule_raises_it_the_page_says_why() -> None:
    assert _view(SOUND).gains_words == "Every note is in good order."
    torn = _view("---\ntype: page\n---\n\n[[nowhere at all]] and [x](gone.md).\n")
    assert torn.gains == ()
    assert torn.gains_words.startswith("No single rule would")


def test_domains_and_kinds_have_scores_of_their_own() -> None:
    view = _view(SOUND, WARNED, WRONG)
    (sleep,) = view.domains
    assert (sleep.label, sleep.to) == ("sleep", "domains/sleep/")
    assert sleep.words == "75 of 100: 1 in good order, 1 with warnings"
    assert [(share.key, share.width) for share in sleep.shares] == [("ok", 50.0), ("warning", 50.0)]
    assert [kind.label for kind in view.kinds] == ["page"]


def test_the_past_is_a_picture_and_a_table_with_the_present_at_its_end() -> None:
    moments = (
        Moment(date(2026, 1, 31), Health(0, 1, 0)),
        Moment(date(2026, 2, 3), Health(1, 1, 0)),
    )
    view = _view(SOUND, past=Past(moments))
    assert view.scores == (
        ScoreRow("January 2026", 50, 1),
        ScoreRow("February 2026", 75, 2),
        ScoreRow("Now", 100, 1),
    )
    assert view.past
    assert "50 in January 2026, 100 now" in view.past.words
    assert "by today’s rules" in view.past_words
    days = _view(SOUND, past=Past(moments, by_month=False))
    assert (days.period, days.scores[0].when) == ("Day", "31 January 2026")


@pytest.mark.parametrize("unknown", Unknown)
def test_without_a_past_the_page_says_why_and_shows_no_picture(unknown: Unknown) -> None:
    view = _view(SOUND, past=Past(unknown=unknown))
    assert view.past is None
    assert view.scores == ()
    assert view.past_words.startswith("How it was before is")


def test_an_empty_codex_has_no_score() -> None:
    view = _view()
    assert view.empty
    assert (view.formula, view.parts, view.gains) == ("", (), ())


def test_home_tells_the_same_score() -> None:
    home = views_of(codex_of({"a.md": SOUND, "b.md": WARNED}, policy=POLICY))[""]
    assert isinstance(home, HomeView)
    assert home.health_words == "75 of 100: 1 in good order, 1 with warnings."


@pytest.fixture
def background() -> Iterator[Background]:
    worker = Background()
    yield worker
    worker.close()


def test_the_past_is_read_again_only_when_there_is_a_new_commit(
    tmp_path: Path, background: Background
) -> None:
    commit_files(tmp_path, {"docs/a.md": WARNED}, on="2026-01-01")
    commit_files(tmp_path, {"docs/a.md": SOUND}, on="2026-02-01")
    given = settings(root=tmp_path, policy=POLICY)
    first = begin_reading(given, background)
    assert [moment.health for moment in first.result().moments] == [Health(0, 1, 0)]
    assert begin_reading(given, background, first) is first
    other = begin_reading(replace(given, policy=replace(POLICY, ignored=frozenset({"L"}))), background, first)
    assert [moment.health for moment in other.result().moments] == [Health(1, 0, 0)]
    commit_files(tmp_path, {"docs/b.md": SOUND}, on="2026-03-01")
    assert len(begin_reading(given, background, first).result().moments) == 2


def test_without_a_commit_no_process_is_started(tmp_path: Path, background: Background) -> None:
    reading = begin_reading(settings(root=tmp_path), background)
    assert reading.result() == NO_GIT
    assert background.is_ended


def test_what_was_called_off_is_read_anew(tmp_path: Path, background: Background) -> None:
    commit_files(tmp_path, {"docs/a.md": WARNED}, on="2026-01-01")
    given = settings(root=tmp_path, policy=POLICY)
    first = begin_reading(given, background)
    first.result()
    off: Future[Past] = Future()
    off.cancel()
    assert first.task
    dropped = replace(first, task=replace(first.task, future=off))
    assert begin_reading(given, background, dropped).result() == first.result()


def test_a_built_site_tells_its_past_and_home_leads_to_it(tmp_path: Path) -> None:
    codex = tmp_path / "codex"
    commit_files(codex, {"docs/a note.md": WARNED}, on="2026-01-01")
    commit_files(codex, {"docs/another note.md": WARNED}, on="2026-02-01")
    commit_files(codex, {"docs/a note.md": SOUND}, on="2026-03-01")
    site = built(codex, tmp_path / "site")
    (bar,) = site.page("").all("codex-health")
    assert site.page("").leads_to(bar) == "health/"
    page = site.page("health/")
    assert [[words(cell) for cell in row] for row in page.one("codex-scores").iter("tr")] == [
        ["Month", "Score", "Notes"],
        ["January 2026", "50", "1"],
        ["February 2026", "50", "2"],
        ["Now", "75", "2"],
    ]
    assert "problems/" in page.links(page.one("codex-health")).values()
    assert site.page("problems/l101/").address in page.links().values()

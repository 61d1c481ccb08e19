"""The score of a codex: worked out by hand, and what would raise it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.codex import Codex
from codex_publisher.model.health import Health, gains, health_among, health_of
from codex_publisher.model.policy import Policy
from codex_publisher.model.problems import Severity
from codex_publisher.model.slugs import NotePath
from support.notes import with_fields
from support.sites import codex_of

TODAY = date(2026, 3, 31)
SOUND = "# Sound\n\nNothing is wrong here.\n"
WARNED = "# Warned\n\nSee [[nowhere at all]].\n"
WRONG = "---\ntype: page\ntags: [a\n---\n\nText.\n"


def _policy(**changes: object) -> Policy:
    # Only what a test is about counts, so that it need not know every rule.
    return Policy(TODAY, **{"ignored": frozenset({"F101", "N"}), **changes})  # type: ignore[arg-type]


def _codex(*texts: str, **changes: object) -> Codex:
    files = {f"docs/note number {number}.md": text for number, text in enumerate(texts)}
    return codex_of(files, policy=_policy(**changes))


def test_a_sound_note_counts_one_a_warned_one_a_half_and_a_wrong_one_nothing() -> None:
    health = health_of(_codex(SOUND, SOUND, WARNED, WRONG))
    assert health == Health(2, 1, 1)
    # 2½ of 4 are 62.5 of 100.
    assert (health.notes, health.score) == (4, 62)


def test_remarks_do_not_count() -> None:
    remarked = _codex(WARNED, severities={"L101": Severity.INFO})
    assert [problem.severity for problem in remarked.problems] == [Severity.INFO]
    assert health_of(remarked) == Health(1, 0, 0)


@pytest.mark.parametrize(
    ("health", "score"),
    [
        (Health(0, 0, 0), 100),
        (Health(1, 0, 0), 100),
        (Health(9999, 1, 0), 99),
        (Health(0, 1, 0), 50),
        (Health(1, 0, 2), 33),
        (Health(0, 0, 7), 0),
    ],
)
def test_the_score_is_rounded_down_so_that_a_hundred_means_that_nothing_is_wrong(
    health: Health, score: int
) -> None:
    assert health.score == score


def test_some_notes_have_a_health_of_their_own() -> None:
    codex = _codex(SOUND, WARNED, WRONG)
    assert health_among(codex, [NotePath("docs/note number 1.md")]) == Health(0, 1, 0)


def test_a_note_gains_by_the_rule_that_alone_is_so_severe_in_it() -> None:
    both = with_fields("type: page", "tags: [a", body="See [[nowhere at all]].\n")
    codex = _codex(SOUND, WARNED, WARNED, both)
    assert [(gain.rule.code, gain.notes, gain.points) for gain in gains(codex)] == [
        # Two notes of four go from a half to one.
        ("L101", 2, 25.0),
        # The last goes from nothing to a half: its link is still wanted.
        ("F102", 1, 12.5),
    ]


def test_where_nothing_is_wrong_or_there_is_nothing_no_rule_brings_anything() -> None:
    assert gains(_codex(SOUND)) == ()
    assert gains(_codex()) == ()


PIECES = st.lists(
    st.lists(
        st.sampled_from(
            ("[[nowhere]]", "[[note number 0]]", "[x](gone.md)", "![x](gone.png)", "[[note number 0#x]]")
        ),
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)
FIELDS = st.lists(
    st.sampled_from(("type: claim", "status: odd", "date: 2026-02-30", "tags: [a", "title: A", "title: B")),
    max_size=3,
)


@settings(deadline=None, max_examples=60)
@given(PIECES, FIELDS)
def test_what_a_rule_would_bring_is_what_ignoring_it_brings(
    pieces: list[list[str]], fields: list[str]
) -> None:
    texts = [with_fields(*fields, body="\n\n".join(parts)) for parts in pieces]
    codex = _codex(*texts)
    before = _exact(health_of(codex))
    told = {gain.rule.code: round(gain.points, 6) for gain in gains(codex)}
    for code in {problem.code for problem in codex.problems}:
        without = _codex(*texts, ignored=frozenset({"F101", "N", code}))
        assert told.get(code, 0) == round(_exact(health_of(without)) - before, 6)


def _exact(health: Health) -> float:
    return 100 * (health.sound + health.warned / 2) / health.notes

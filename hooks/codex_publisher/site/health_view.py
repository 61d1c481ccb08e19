"""The page that says how sound the codex is, how that is worked out, and how it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from codex_publisher.model.codex import Codex
from codex_publisher.model.dates import PartialDate
from codex_publisher.model.facets import DOMAIN, KIND, FacetValue
from codex_publisher.model.health import Gain, Health, Past, Unknown, gains, health_among, health_of
from codex_publisher.site.charts import scores_of, stack_of
from codex_publisher.site.index_views import BROWSE
from codex_publisher.site.listing import count_of, shorten, value_label
from codex_publisher.site.views import Bar, GainRow, HealthPart, HealthView, ScoreRow

HEALTH: Final = "health/"
SHOWN_GAINS: Final = 5
SHOWN_DOMAINS: Final = 12
_NAMES: Final[Mapping[str, str]] = {
    "ok": "in good order",
    "warning": "with warnings",
    "error": "with errors",
}
_WHY_UNKNOWN: Final[Mapping[Unknown, str]] = {
    Unknown.NO_GIT: "How it was before is not known, since the notes are in no Git repository.",
    Unknown.SHALLOW: "How it was before is not known: the site was built from a shallow clone, which holds "
    "only the end of the Git history.",
    Unknown.YOUNG: "How it was before is told here once Git knows of an earlier day.",
    Unknown.LARGE: "How it was before is not told: there are too many notes to read all of them anew.",
    Unknown.UNREADABLE: "How it was before is not known, since the Git history could not be read.",
}


def health_view(codex: Codex, past: Past) -> HealthView:
    """The score with its formula, what would raise it, its parts, and its past."""
    health = health_of(codex)
    domains = list(codex.values(DOMAIN).values())
    scores = _scores(past, health)
    first = scores[0].when if scores else ""
    raising = gains(codex)
    return HealthView(
        HEALTH,
        "Health",
        (BROWSE,),
        f"{health.score} of 100: {health_words(health)}" if health.notes else "",
        health.score,
        health_parts(health),
        health_words(health),
        formula_of(health),
        tuple(_gain_row(gain) for gain in raising[:SHOWN_GAINS]),
        _gains_words(health, raising),
        tuple(_bar(codex, value) for value in domains[:SHOWN_DOMAINS]),
        max(0, len(domains) - SHOWN_DOMAINS),
        tuple(_bar(codex, value) for value in codex.values(KIND).values()),
        scores_of([row.score for row in scores], first, "month" if past.by_month else "day"),
        scores,
        "Month" if past.by_month else "Day",
        _past_words(past),
        "" if health.notes else "There are no notes yet, so there is nothing to judge.",
    )


def health_parts(health: Health) -> tuple[HealthPart, ...]:
    """The parts of the bar, the sound notes first; those that are nobody's are left out."""
    counts = {"ok": health.sound, "warning": health.warned, "error": health.wrong}
    found: list[HealthPart] = []
    start = 0.0
    for key, count in counts.items():
        if count:
            share = round(100 * count / health.notes, 1)
            found.append(HealthPart(_NAMES[key], count, share, key, round(start, 1)))
            start += share
    return tuple(found)


def health_words(health: Health) -> str:
    """The parts of the bar in words."""
    parts = health_parts(health)
    return ", ".join(f"{part.count:,} {part.label}" for part in parts) + "." if parts else ""


def formula_of(health: Health) -> str:
    """The sum with this codex's numbers in it, to be done again by hand."""
    if not health.notes:
        return ""
    numbers = f"{health.sound:,} × 1 + {health.warned:,} × ½ + {health.wrong:,} × 0"
    # Cut off like the score itself, so that the two never disagree.
    whole, rest = divmod(5000 * (2 * health.sound + health.warned) // health.notes, 100)
    exact = 5000 * (2 * health.sound + health.warned) % health.notes == 0
    result = f"= {whole}" if exact and not rest else f"= {whole}.{rest:02}{'' if exact else '…'}, so {whole}"
    return f"100 × ({numbers}) ÷ {health.notes:,} {result}"


def _gain_row(gain: Gain) -> GainRow:
    code = gain.rule.code
    points = f"{gain.points:.1f}" if gain.points >= 0.1 else "less than 0.1"
    return GainRow(
        code,
        gain.rule.title,
        gain.rule.severity.value,
        f"{points} {'point' if points == '1.0' else 'points'}, {count_of(gain.notes, 'note')}",
        f"problems/{code.lower()}/",
    )


def _gains_words(health: Health, raising: tuple[Gain, ...]) -> str:
    if raising:
        return (
            "What the score would gain if one rule, and nothing else, were kept everywhere. Only notes in "
            "which nothing else is as severe count."
        )
    if health.sound == health.notes:
        return "Every note is in good order."
    return "No single rule would: where something is wrong, several rules that are as severe are broken."


def _bar(codex: Codex, value: FacetValue) -> Bar:
    health = health_among(codex, value.notes)
    counts = {"ok": health.sound, "warning": health.warned, "error": health.wrong}
    known = {key: count for key, count in counts.items() if count}
    bar = stack_of(shorten(value_label(value), 60), value.permalink, known, _NAMES)
    return replace(bar, words=f"{health.score} of 100: {bar.words}")


def _scores(past: Past, health: Health) -> tuple[ScoreRow, ...]:
    if not past.moments:
        return ()
    rows = [
        ScoreRow(_when(moment.day, past.by_month), moment.health.score, moment.health.notes)
        for moment in past.moments
    ]
    return (*rows, ScoreRow("Now", health.score, health.notes))


def _when(day: date, by_month: bool) -> str:
    return PartialDate(day.year, day.month, None if by_month else day.day).words


def _past_words(past: Past) -> str:
    if past.unknown:
        return _WHY_UNKNOWN[past.unknown]
    when = "at the end of earlier months" if past.by_month else "at the end of earlier days"
    return (
        f"The notes as Git remembers them {when}, by today’s rules. What depends on the day, such as how "
        "long a source waits, is judged as of then."
    )

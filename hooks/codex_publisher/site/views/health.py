"""How sound the codex is, why, and since when."""

from __future__ import annotations

from dataclasses import dataclass

from codex_publisher.site.views.charts import Bar, Columns
from codex_publisher.site.views.parts import HealthPart, LinkTo


@dataclass(frozen=True, slots=True)
class GainRow:
    """A rule, and what the score would gain if it were kept everywhere."""

    code: str
    title: str
    severity: str
    words: str
    to: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The score at one time."""

    when: str
    score: int
    notes: int


@dataclass(frozen=True, slots=True)
class HealthView:
    """The score of the codex with its formula, its parts and its past."""

    permalink: str
    title: str
    crumbs: tuple[LinkTo, ...]
    summary: str
    score: int
    parts: tuple[HealthPart, ...]
    words: str
    formula: str
    """The formula with this codex's numbers in it."""
    gains: tuple[GainRow, ...]
    gains_words: str
    domains: tuple[Bar, ...]
    more_domains: int
    kinds: tuple[Bar, ...]
    past: Columns | None
    scores: tuple[ScoreRow, ...]
    """The oldest first, the present last; empty where nothing is known of the past."""
    period: str
    """What each score but the last stands for: a month or a day."""
    past_words: str
    empty: str

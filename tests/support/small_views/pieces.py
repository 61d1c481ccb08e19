"""What several of the small views show: chips, rows, problems."""

from __future__ import annotations

from codex_publisher.site.views import (
    Chip,
    Columns,
    LinkTo,
    Pagination,
    ProblemLine,
    Row,
)

BROWSE = LinkTo("Browse", "browse/")
ONE_PAGE = Pagination(1, 1, "", "", ((1, ""),))

CLAIM = Chip("kind", "claim", "claim", "claims/")
LIKELY = Chip("confidence", "likely", "likely", "confidence/likely/", level=3)
SLEEP = Chip("domain", "sleep", "sleep & rest", "domains/sleep/", hue=4)
UNPROCESSED = Chip("status", "unprocessed", "unprocessed", "status/unprocessed/")
HIGH = Chip("priority", "high", "high", "priority/high/")

BROKEN_LINE = ProblemLine(
    "F102",
    "error",
    "The value of `tags` opens a list that is never closed.",
    "end it with `]`",
    3,
    "https://example.org/ann/notes/blob/main/a.md?plain=1#L3",
)
WANTED_LINE = ProblemLine("L101", "warning", "No note is called “zebras & <mules>”.", "", 9, "")

NAPS = Row(
    "Short naps improve recall in adults",
    "claims/short-naps/",
    (LinkTo("claim", "claims/"), LinkTo("sleep & rest", "domains/sleep/"), LinkTo("Ann <ann@example.org>")),
    (LIKELY,),
)
SURVEY = Row(
    "Naps and recall, a survey of what was measured in people who sleep for less than an hour by day",
    "sources/survey/",
    (LinkTo("source", "sources/"), LinkTo("March 2026", "years/2026/")),
    (UNPROCESSED, HIGH),
    age="15 days",
    overdue=True,
)

OVER_TIME = Columns(
    "12 notes by month from May 2025 to March 2026, most in March 2026 (5).",
    "Notes by month, most in March 2026 (5).",
    "May 2025",
    "March 2026",
    11,
    "M0.5 40V24M10.5 40V0",
)

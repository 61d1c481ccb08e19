"""Lists of notes: an index, the queue, what is new."""

from __future__ import annotations

from dataclasses import replace

from codex_publisher.site.views import (
    Bar,
    Chip,
    Fact,
    IndexView,
    LinkTo,
    NewsDay,
    NewsEntry,
    NewsView,
    Pagination,
    QueueView,
    RowGroup,
    Share,
    View,
)
from support.small_views.pieces import BROWSE, NAPS, OVER_TIME, SURVEY, UNPROCESSED

LISTS: dict[str, View] = {
    "index": IndexView(
        permalink="domains/sleep/page/2/",
        title="sleep & rest",
        crumbs=(BROWSE, LinkTo("Domains", "domains/")),
        standfirst="",
        summary="1,250 notes, newest first.",
        groups=(RowGroup("", (NAPS, SURVEY)),),
        pagination=Pagination(
            2,
            13,
            "domains/sleep/",
            "domains/sleep/page/3/",
            (
                (1, "domains/sleep/"),
                (2, "domains/sleep/page/2/"),
                (3, "domains/sleep/page/3/"),
                (0, ""),
                (13, "domains/sleep/page/13/"),
            ),
        ),
        related=(Fact("Tags", (LinkTo("memory (7)", "tags/memory/"), LinkTo("caffeine (2)"))),),
        map_title=LinkTo("A tour of sleep", "pages/maps/sleep/"),
        map_body="<p>Start with naps.</p>",
        over_time=OVER_TIME,
    ),
    "queue": QueueView(
        permalink="queue/",
        title="Queue",
        crumbs=(),
        summary="1 source waiting, 1 overdue. High priority first, then the longest waiting.",
        columns=(
            (
                UNPROCESSED,
                1,
                "queue/unprocessed/",
                (RowGroup("High priority", (SURVEY,), 1, "queue/unprocessed/high/"),),
            ),
            (Chip("status", "processing", "processing", ""), 0, "", ()),
        ),
        filters=(Fact("Waiting in", (LinkTo("sleep & rest (1)", "queue/domain/sleep/"),)),),
        explanation="A source is overdue when it has waited more than 14 days.",
        empty="",
        flow=replace(OVER_TIME, path_below="M3.5 20V26"),
        unmarked=LinkTo("1 of them with no status given", "queue/without/status/"),
        ages=(
            Bar("2 to 4 weeks", "", (Share("waiting", 0, 100.0),), "3"),
            Bar("1 to 3 months", "", (), "0"),
        ),
    ),
    "new": NewsView(
        permalink="new/",
        title="What is new",
        crumbs=(BROWSE,),
        standfirst="What was added, moved and judged otherwise.",
        summary="304 changes, newest first.",
        notice="Not all is known. A checkout with `fetch-depth: 0` has the whole history.",
        days=(
            NewsDay(
                "12 March 2026",
                (
                    NewsEntry(
                        "now proven, was likely",
                        "Short naps improve recall",
                        "claims/short-naps/",
                        (
                            LinkTo("claim", "claims/"),
                            LinkTo("by Ann & Bo"),
                            LinkTo("abcdef0", outward="https://example.org/ann/notes/commit/abcdef0"),
                        ),
                    ),
                    NewsEntry("removed", "An old <thought>", "", (LinkTo("by Bo"), LinkTo("1234567"))),
                ),
            ),
            NewsDay(
                "2 March 2026",
                (
                    NewsEntry(
                        "",
                        "302 notes added",
                        "new/1234567-added/",
                        (LinkTo("by Bo"),),
                        (LinkTo("Long naps harm recall", "claims/long-naps/"),),
                        301,
                    ),
                ),
            ),
        ),
        pagination=Pagination(1, 2, "", "new/page/2/", ((1, "new/"), (2, "new/page/2/"))),
        empty="",
    ),
}

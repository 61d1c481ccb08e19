"""What tells of the whole codex: home, the graph, its health and its upkeep."""

from __future__ import annotations

from dataclasses import replace

from codex_publisher.site.views import (
    Bar,
    Figure,
    GainRow,
    GraphView,
    HealthPart,
    HealthView,
    HomeView,
    Linked,
    LinkTo,
    ProblemGroup,
    ProblemsView,
    RowGroup,
    RuleRow,
    ScoreRow,
    Share,
    ValueRow,
    View,
    WantedRow,
    WantedView,
)
from support.small_views.pieces import BROKEN_LINE, BROWSE, NAPS, ONE_PAGE, OVER_TIME, SURVEY, WANTED_LINE

OVERVIEWS: dict[str, View] = {
    "home": HomeView(
        permalink="",
        title="What is known of sleep & rest",
        standfirst="A shared notebook",
        figures=(
            Figure("1,229", "claims", "claims/"),
            Figure("1", "source waiting", "queue/"),
            Figure("3", "notes wanted", "wanted/"),
            Figure("March 2026", "last change", "years/"),
        ),
        newest=RowGroup("What is new", (NAPS,), 1230, "years/"),
        waiting=RowGroup("Waiting longest", (SURVEY,), 1, "queue/"),
        domains=(ValueRow("sleep & rest", "domains/sleep/", 1200, "domain", "sleep", 4, OVER_TIME),),
        more_domains=2,
        health=(
            HealthPart("in good order", 3, 75.0, "ok"),
            HealthPart("with errors", 1, 25.0, "error", 75.0),
        ),
        health_words="3 in good order, 1 with errors.",
        empty="",
    ),
    "graph": GraphView(
        permalink="graph/",
        title="Graph",
        crumbs=(BROWSE,),
        summary="3 notes and 2 links between them.",
        kinds=(("1", "Claims"),),
        relations=(("0", "Rests on"), ("6", "Mentions")),
        domains=(ValueRow("sleep & rest", "domains/sleep/", 2, "domain", "sleep", 4),),
        linked=(Linked(LinkTo("Naps are <cheap>", "claims/naps/"), "2 links", "rests on 1, mentions 1"),),
        linked_summary="The 1 note with the most links, of 3 with any.",
        crossings=((LinkTo("sleep & rest", "domains/sleep/"), LinkTo("ageing", "domains/ageing/"), 4),),
        empty="",
    ),
    "health": HealthView(
        permalink="health/",
        title="Health",
        crumbs=(BROWSE,),
        summary="59 of 100: 3 in good order, 13 with warnings.",
        score=59,
        parts=(
            HealthPart("in good order", 3, 18.8, "ok"),
            HealthPart("with warnings", 13, 81.2, "warning", 18.8),
        ),
        words="3 in good order, 13 with warnings.",
        formula="100 × (3 × 1 + 13 × ½ + 0 × 0) ÷ 16 = 59.37…, so 59",
        gains=(
            GainRow(
                "L101", "A link to a note that is <not> written", "warning", "9.4 points", "problems/l101/"
            ),
        ),
        gains_words="What the score would gain.",
        domains=(
            Bar(
                "sleep & rest",
                "domains/sleep/",
                (Share("ok", 0.0, 25.0), Share("warning", 25.0, 75.0)),
                "62 of 100: 1 in good order, 3 with warnings",
            ),
        ),
        more_domains=2,
        kinds=(Bar("claim", "claims/", (Share("ok", 0.0, 100.0),), "100 of 100: 3 in good order"),),
        past=replace(OVER_TIME, caption="Score of 100, then and now."),
        scores=(ScoreRow("March 2026", 53, 1200), ScoreRow("Now", 59, 1600)),
        period="Month",
        past_words="The notes as Git remembers them.",
        empty="",
    ),
    "wanted": WantedView(
        permalink="wanted/",
        title="Wanted",
        crumbs=(BROWSE,),
        summary="1 note linked to and not written yet, the most wanted first.",
        rows=(
            WantedRow(
                "Naps in <old> age",
                "w-naps-in-old-age",
                7,
                (LinkTo("Long naps harm", "claims/long-naps/"),),
                6,
                "wanted/naps-in-old-age/",
                (LinkTo("Naps in youth", "claims/naps-in-youth/"),),
            ),
        ),
        pagination=ONE_PAGE,
        empty="",
    ),
    "problems": ProblemsView(
        permalink="problems/",
        title="Problems",
        crumbs=(BROWSE,),
        summary="2 problems in 2 files, worst first.",
        rules=(RuleRow("F102", "Front matter is not valid YAML", "error", 1, "problems/f102/"),),
        groups=(
            ProblemGroup(
                LinkTo("Short naps", "claims/short-naps/"), "claims/short naps.md", (BROKEN_LINE,), 4
            ),
            ProblemGroup(LinkTo("link & out.md"), "link & out.md", (WANTED_LINE,), 0),
        ),
        pagination=ONE_PAGE,
        empty="",
    ),
}

"""Small views and the HTML they become. `pytest --update-golden` writes the expected files anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codex_publisher.model.document import Citation, Heading
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import (
    Bar,
    Chip,
    Cited,
    CitedGroup,
    Columns,
    Fact,
    Figure,
    GainRow,
    GraphView,
    HealthPart,
    HealthView,
    HomeView,
    IndexView,
    Linked,
    LinkTo,
    Neighbours,
    NewsDay,
    NewsEntry,
    NewsView,
    NoteView,
    Pagination,
    ProblemGroup,
    ProblemLine,
    ProblemsView,
    Provenance,
    QueueView,
    RelatedNote,
    Row,
    RowGroup,
    RuleRow,
    ScoreRow,
    Share,
    ValueRow,
    View,
    WantedRow,
    WantedView,
)

GOLDEN = Path(__file__).parent / "golden"
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

VIEWS: dict[str, View] = {
    "note": NoteView(
        permalink="claims/short-naps/",
        title="Short naps improve recall in adults",
        crumbs=(LinkTo("Claims", "claims/"), LinkTo("sleep & rest", "domains/sleep/")),
        chips=(CLAIM, LIKELY, SLEEP, Chip("date", "2026", "March 2026", "years/2026/")),
        tags=(Chip("tag", "deep-sleep", "Deep Sleep", "tags/deep-sleep/"),),
        standfirst="Rests on <three> trials & a survey",
        facts=(
            Fact(
                "Author", (LinkTo("Ann Smith", "authors/ann-smith/"), LinkTo("Bo Chen", "authors/bo-chen/"))
            ),
            Fact("Source", (LinkTo("example.org/naps", outward="https://example.org/naps?a=1&b=2"),)),
            Fact(
                "Rests on, not written yet",
                (LinkTo("a title that is so long that it wants a line"), LinkTo("zebras")),
            ),
        ),
        body='<p>Three trials agree with <a href="../../sources/survey/">the survey</a>.</p>',
        headings=(Heading(2, "Evidence", "n-evidence", 9),),
        relations=(
            CitedGroup(
                "carries",
                "What rests on it",
                (
                    Cited("Naps are cheap", "claims/naps-are-cheap/", "claim", None, (LIKELY,)),
                    Cited(
                        "Long naps harm",
                        "claims/long-naps/",
                        "claim",
                        Citation("This goes ", "further", " than <that>."),
                    ),
                ),
                1200,
                "claims/short-naps/carries/",
            ),
        ),
        neighbours=Neighbours(
            LinkTo("sleep & rest", "domains/sleep/"),
            LinkTo("A newer note", "claims/newer/"),
            LinkTo("An older note", "claims/older/"),
        ),
        provenance=Provenance(
            "claims/short naps.md",
            "claims/short-naps/index.md",
            "4 March 2026",
            "Bo",
            "1234567",
            "https://example.org/ann/notes/blob/main/claims/short%20naps.md",
            "https://example.org/ann/notes/edit/main/claims/short%20naps.md",
            "https://example.org/ann/notes/commit/1234567",
        ),
        problems=(BROKEN_LINE, WANTED_LINE),
        problem_count=2,
        problems_to="",
        notice="Line 3: The value of `tags` opens a list that is never closed.",
        is_empty=False,
        related=(
            RelatedNote(
                "Sleep & <memory>",
                "claims/sleep-and-memory/",
                ("claim", "sleep & rest"),
                "Both speak of naps and recall.",
            ),
        ),
    ),
    "empty-note": NoteView(
        permalink="empty/",
        title="Nothing yet",
        crumbs=(),
        chips=(),
        tags=(),
        standfirst="",
        facts=(),
        body="",
        headings=(),
        relations=(),
        neighbours=None,
        provenance=Provenance("empty.md", "empty/index.md"),
        problems=(),
        problem_count=0,
        problems_to="",
        notice="",
        is_empty=True,
    ),
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


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_is_written_as_it_should_be(name: str, update_golden: bool) -> None:
    html = Renderer().render(VIEWS[name]) + "\n"
    expected = GOLDEN / f"{name}.html"
    if update_golden:
        expected.write_text(html, "utf-8")
    assert html == expected.read_text("utf-8")


def test_every_expected_page_has_its_view(update_golden: bool) -> None:
    if not update_golden:
        assert {path.stem for path in GOLDEN.iterdir()} == VIEWS.keys()

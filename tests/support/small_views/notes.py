"""The pages of a note with everything, and of one with nothing."""

from __future__ import annotations

from codex_publisher.model.document import Citation, Heading
from codex_publisher.site.views import (
    Chip,
    Cited,
    CitedGroup,
    Fact,
    LinkTo,
    Neighbours,
    NoteView,
    Provenance,
    RelatedNote,
    View,
)
from support.small_views.pieces import BROKEN_LINE, CLAIM, LIKELY, SLEEP, WANTED_LINE

NOTES: dict[str, View] = {
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
}

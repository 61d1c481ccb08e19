"""The rules about dates to come, links to oneself, likeness of titles and the rest, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_NAPS: Final = "claims/naps help memory.md"

EXPLANATIONS: Final = (
    Explanation(
        rules.FUTURE_DATE,
        what=(
            "A field that tells of something past, such as `date`, `created` or `processed_date`, has a "
            "date that "
            "has not come yet. Of `2026-12` only the month counts. The example is read on 21 November 2026."
        ),
        why=(
            "Lists of what is new show the note first until that day, and ages are wrong. Most often the "
            "year is a slip."
        ),
        fix="Write the day on which it was.",
        bad={_NAPS: "---\ntype: claim\ncreated: 2027-11-02\n---\n\nThey do.\n"},
        good={_NAPS: "---\ntype: claim\ncreated: 2026-11-02\n---\n\nThey do.\n"},
    ),
    Explanation(
        rules.SELF_LINK,
        what=(
            "A link leads to the note that it stands in. Links to a heading of the same note are left alone."
        ),
        why="A reader who follows it gets nowhere. Most often another note was meant.",
        fix="Link to the other note, or leave the words without brackets.",
        bad={_NAPS: "---\ntype: claim\n---\n\nSee [[naps help memory]].\n"},
        good={_NAPS: "---\ntype: claim\n---\n\nSee [[bees rest at night]].\n"},
        beside={"claims/bees rest at night.md": "---\ntype: claim\n---\n\nThey do.\n"},
    ),
    Explanation(
        rules.NEAR_DUPLICATE,
        what=(
            "The title of a note has the same words as that of another note of its kind, but for case, "
            "small words "
            "and spelling, or is the beginning of it. It is told of the second in the order of paths."
        ),
        why=(
            "If both say the same, links and evidence are divided between them, and readers see half of each."
        ),
        fix=(
            "Put both into one note and keep the other name in its `aliases`, or make the titles tell the "
            "difference."
        ),
        bad={"claims/short naps improve recall.md": "---\ntype: claim\n---\n\nThey do.\n"},
        good={"claims/short naps improve mood.md": "---\ntype: claim\n---\n\nThey do.\n"},
        beside={"claims/a short nap improves recall.md": "---\ntype: claim\n---\n\nIt does.\n"},
    ),
    Explanation(
        rules.NAME_STYLE,
        what=(
            "A file's name is unlike those of its kind: a source whose name does not begin with a date, an "
            "entity "
            "with spaces or capitals, a claim whose name has no word of its title."
        ),
        why="Names that follow one pattern sort well, and others guess them right when they link.",
        fix="Rename the file, and keep the old name in `aliases`, so that links still lead to it.",
        bad={"inbox/queue/smith-naps.md": "---\ntype: source\n---\n\nOn naps.\n"},
        good={"inbox/queue/2026-03-12-smith-naps.md": "---\ntype: source\n---\n\nOn naps.\n"},
    ),
    Explanation(
        rules.REMOVED_HTML,
        what=(
            "The note has HTML that does not reach the page: elements that could run or load something, "
            "which go "
            "with all that is in them, others that are not allowed, whose words stay, and attributes such as "
            "`onclick` and `style`. Each line is reported once. Or a link or an image has an address that is "
            "neither of the web nor of mail nor a note's, such as `javascript:` or `data:`; its words stay."
        ),
        why=(
            "Anyone may write a note, so no note may run anything. What you see in your editor is not what "
            "readers see."
        ),
        fix="Say it in Markdown. To show HTML as it is typed, put it between backticks. Let links lead "
        "to a page, to a mail address or to a note.",
        bad={_NAPS: "---\ntype: claim\n---\n\nThey do.\n\n<script>alert(1)</script>\n"},
        good={_NAPS: "---\ntype: claim\n---\n\nThey do.\n\n`<script>alert(1)</script>`\n"},
    ),
)
"""One for each rule."""

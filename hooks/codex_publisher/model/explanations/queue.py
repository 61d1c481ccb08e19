"""The rules about the queue, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_QUEUED: Final = "inbox/queue/2026-11-01-smith-naps.md"
_DONE: Final = "inbox/archive/2026-11-01-smith-naps.md"

EXPLANATIONS: Final = (
    Explanation(
        rules.NO_RESULT,
        what=(
            "A source has the status `processed`, but it names no claim and no enrichment, has no notes, "
            "and no "
            "other note refers to it."
        ),
        why="Somebody has read it, and nobody can tell what came of that. It will be read again for nothing.",
        fix="List the claims in `claims_extracted`, or say in `notes` what was found.",
        bad={_DONE: "---\ntype: source\nstatus: processed\n---\n\nNaps help, says Smith.\n"},
        good={
            _DONE: (
                "---\ntype: source\nstatus: processed\nclaims_extracted:\n"
                '  - "[[naps help memory]]"\n---\n\nNaps help, says Smith.\n'
            )
        },
        beside={"claims/naps help memory.md": "---\ntype: claim\n---\n\nThey do.\n"},
    ),
    Explanation(
        rules.NO_REASON,
        what=(
            "A source has the status `null-result`, and neither a field `notes` nor a section of notes says "
            "why."
        ),
        why="A null result spares others the work only if they can see what was looked for.",
        fix="Say in `notes` what you looked for and why no claim came of it.",
        bad={_DONE: "---\ntype: source\nstatus: null-result\n---\n\nOn naps.\n"},
        good={
            _DONE: "---\ntype: source\nstatus: null-result\nnotes: Only repeats Chen 2024\n---\n\nOn naps.\n"
        },
    ),
    Explanation(
        rules.OVERDUE,
        what=(
            "A source has waited longer than one of its priority may: 14 days for `high`, 60 for `medium` "
            "and "
            "180 for `low` or none, unless `queue_days` in the settings says otherwise. It waits since the "
            "day in "
            "`date_archived`, `created`, `date_added` or `queued`, else since Git knows it, else since its "
            "own "
            "date. The example is read on 21 November 2026."
        ),
        why="A priority that nobody keeps to tells readers nothing, and the queue only grows.",
        fix="Work through the source, or lower its priority.",
        bad={
            _QUEUED: (
                "---\ntype: source\nstatus: unprocessed\npriority: high\ncreated: 2026-11-01\n---\n\nNaps.\n"
            )
        },
        good={
            _QUEUED: (
                "---\ntype: source\nstatus: unprocessed\npriority: low\ncreated: 2026-11-01\n---\n\nNaps.\n"
            )
        },
    ),
    Explanation(
        rules.DONE_IN_QUEUE,
        what="A source is in a folder `queue`, but its status is `processed` or `null-result`.",
        why="Whoever looks for work in the folder opens it for nothing, and counts of what waits are wrong.",
        fix="Move the file to the archive. Its address on the site stays the same.",
        bad={_QUEUED: "---\ntype: source\nstatus: processed\nnotes: Nothing new\n---\n\nNaps.\n"},
        good={_DONE: "---\ntype: source\nstatus: processed\nnotes: Nothing new\n---\n\nNaps.\n"},
    ),
    Explanation(
        rules.OPEN_IN_ARCHIVE,
        what=(
            "A source is in a folder `archive`, but its status is still `unprocessed` or `processing`. This "
            "is "
            "reported only in a codex that has a folder `queue` as well."
        ),
        why="Nobody looks for work in the archive, so the source may be forgotten.",
        fix="Move the file to the queue, or set the status to what became of it.",
        bad={_DONE: "---\ntype: source\nstatus: unprocessed\n---\n\nNaps.\n"},
        good={_DONE: "---\ntype: source\nstatus: null-result\nnotes: Nothing new\n---\n\nNaps.\n"},
        beside={"inbox/queue/2026-11-02-chen-rest.md": "---\ntype: source\n---\n\nRest.\n"},
    ),
)
"""One for each rule."""

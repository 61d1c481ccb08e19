"""The rules about claims, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_NAPS: Final = "claims/naps help memory.md"
_REST: Final = "claims/bees rest at night.md"

EXPLANATIONS: Final = (
    Explanation(
        rules.LABEL_TITLE,
        what=(
            "The title of a claim names a subject, or asks a question, where it should say something that "
            "one "
            "could dispute. This is a guess from the words of the title, made for English only."
        ),
        why=(
            "Other notes link to a claim by its title. A sentence tells their readers what it argues, a "
            "label does not."
        ),
        fix="Write a title that fits into “this note argues that …”.",
        bad={
            "claims/naps-and-memory.md": "---\ntype: claim\n---\n\n# Naps and memory\n\nThey go together.\n"
        },
        good={
            "claims/naps-and-memory.md": (
                "---\ntype: claim\n---\n\n# Naps help memory in adults\n\nThey go together.\n"
            )
        },
    ),
    Explanation(
        rules.UNSUPPORTED_CLAIM,
        what=(
            "A claim has no `source`, links to nothing, and no source says that it was drawn from it. A "
            "section "
            "*Evidence* or *Sources* counts as one."
        ).replace("*", "`"),
        why="Nobody can judge a claim without knowing what it is drawn from.",
        fix="Say in `source` where it comes from, or link to the notes that support it.",
        bad={_NAPS: "---\ntype: claim\n---\n\nThey do.\n"},
        good={_NAPS: "---\ntype: claim\nsource: Smith 2026, three trials\n---\n\nThey do.\n"},
    ),
    Explanation(
        rules.UNANSWERED_CHALLENGE,
        what=(
            "A claim is rated `likely` or `proven`, another note says that it disputes it, and the claim "
            "mentions "
            "neither that note nor any doubt."
        ),
        why="Its readers take for settled what somebody in the same codex disputes.",
        fix="Name the other note in `challenged_by`. Say why the claim stands, or lower its confidence.",
        bad={_NAPS: "---\ntype: claim\nconfidence: likely\n---\n\nThey do.\n"},
        good={
            _NAPS: (
                '---\ntype: claim\nconfidence: likely\nchallenged_by: "[[long naps harm memory]]"\n'
                "---\n\nThey do, if they are short.\n"
            )
        },
        beside={
            "claims/long naps harm memory.md": (
                '---\ntype: claim\nchallenges: "[[naps help memory]]"\n---\n\nThey do.\n'
            )
        },
    ),
    Explanation(
        rules.ABOVE_ITS_GROUND,
        what="A claim is rated higher than the weakest claim that it names in `depends_on`.",
        why="A conclusion is no surer than what it rests on. If it is, it rests on something else too.",
        fix=(
            "Rate it no higher than that claim, or name in `source` and `depends_on` what it really rests on."
        ),
        bad={
            _NAPS: '---\ntype: claim\nconfidence: proven\ndepends_on: "[[bees rest at night]]"\n---\n\nYes.\n'
        },
        good={
            _NAPS: (
                '---\ntype: claim\nconfidence: speculative\ndepends_on: "[[bees rest at '
                'night]]"\n---\n\nYes.\n'
            )
        },
        beside={_REST: "---\ntype: claim\nconfidence: speculative\n---\n\nSo it seems.\n"},
    ),
    Explanation(
        rules.ONE_SIDED_CHALLENGE,
        what=(
            "A note says that another disputes it, or that it disputes another, and that other note does not "
            "mention it. Sources are left out, since they do not know of your notes."
        ),
        why="Whoever reads only the other note never hears of the dispute.",
        fix="Name the note in the other one as well, in `challenges` or `challenged_by`.",
        bad={_NAPS: '---\ntype: claim\nchallenged_by: "[[bees rest at night]]"\n---\n\nThey do.\n'},
        good={
            _NAPS: '---\ntype: claim\nchallenged_by: "[[bees rest at night]]"\n---\n\nThey do.\n',
            _REST: '---\ntype: claim\nchallenges: "[[naps help memory]]"\n---\n\nNot by day.\n',
        },
        beside={_REST: "---\ntype: claim\n---\n\nNot by day.\n"},
    ),
    Explanation(
        rules.CIRCLE,
        what="A note depends on another that, directly or by way of others, depends on it.",
        why="Each is given as a reason for the other, so neither has one.",
        fix="Leave out the step that is no reason. `challenges` and plain links may go both ways.",
        bad={
            _NAPS: '---\ntype: claim\ndepends_on: "[[bees rest at night]]"\n---\n\nThey do.\n',
            _REST: '---\ntype: claim\ndepends_on: "[[naps help memory]]"\n---\n\nThey do.\n',
        },
        good={
            _NAPS: '---\ntype: claim\ndepends_on: "[[bees rest at night]]"\n---\n\nThey do.\n',
            _REST: "---\ntype: claim\n---\n\nThey do.\n",
        },
    ),
)
"""One for each rule."""

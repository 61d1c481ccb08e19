"""The rules about what beliefs and positions rest on, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation, Files

_PATH: Final = "beliefs/rest makes bees wise.md"
_GROUND: Final = "claims/bees rest at night.md"
_SURE: Final[Files] = {
    _PATH: (
        '---\ntype: belief\nconfidence: strong\ndepends_on: "[[bees rest at night]]"\n---\n\nSo we think.\n'
    )
}

EXPLANATIONS: Final = (
    Explanation(
        rules.RESTS_ON_MISSING,
        what=(
            "A belief, position or conviction depends on notes that nobody has written. The same is said of "
            "the "
            "numbered beliefs in `agents/<name>/beliefs.md`. All of them are named in one message."
        ),
        why="What should be weighed cannot be read, so the belief stands in the air.",
        fix="Write the claim, or rest the belief on one that is there.",
        bad=_SURE,
        good={_PATH: "---\ntype: belief\nconfidence: strong\n---\n\nSo we think.\n"},
    ),
    Explanation(
        rules.RESTS_ON_RETIRED,
        what="A belief or position rests on a claim whose status is `retired`, `superseded` or the like.",
        why="Somebody has given up the claim, and what was built on it has not been thought over.",
        fix="Rest it on what took the claim's place, or change it.",
        bad={
            **_SURE,
            _GROUND: "---\ntype: claim\nconfidence: likely\nstatus: retired\n---\n\nThey did.\n",
        },
        good={**_SURE, _GROUND: "---\ntype: claim\nconfidence: likely\n---\n\nThey do.\n"},
    ),
    Explanation(
        rules.RESTS_ON_WEAKER,
        what=(
            "A belief or position is surer than the weakest claim that it rests on: `strong` or `high` on "
            "less "
            "than `likely`, `moderate` on less than `experimental`."
        ),
        why="It may be right all the same, but the codex does not show why it is held so firmly.",
        fix="Lower its confidence, or name what else it rests on.",
        bad={**_SURE, _GROUND: "---\ntype: claim\nconfidence: speculative\n---\n\nPerhaps.\n"},
        good={**_SURE, _GROUND: "---\ntype: claim\nconfidence: likely\n---\n\nThey do.\n"},
    ),
)
"""One for each rule."""

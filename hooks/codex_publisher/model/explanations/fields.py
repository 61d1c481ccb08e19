"""The rules about single fields of the front matter, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_PATH: Final = "claims/bees sleep.md"
_SOURCE: Final = "inbox/queue/2026-03-12-smith-bees.md"

EXPLANATIONS: Final = (
    Explanation(
        rules.FIELD_MISSING,
        what="A field is missing that a note of this kind needs.",
        why="The note is left out of the index, the filter or the chart that this field is for.",
        fix="Add the field. `codex new` makes a note that has them all.",
        bad={_PATH: "---\ntype: claim\ndomain: sleep\nconfidence: likely\n---\n\nBees do.\n"},
        good={
            _PATH: (
                "---\ntype: claim\ndomain: sleep\nconfidence: likely\n"
                "description: Rests on two studies\n---\n\nBees do.\n"
            )
        },
    ),
    Explanation(
        rules.FIELD_TYPE,
        what="A field holds one text where a list belongs, or a list where one text belongs.",
        why="It is read as it was meant here, but other programs see one tag called “bees, sleep”.",
        fix="Write a list in square brackets, and one text without them.",
        bad={_PATH: "---\ntype: claim\ntags: bees, sleep\n---\n\nBees do.\n"},
        good={_PATH: "---\ntype: claim\ntags: [bees, sleep]\n---\n\nBees do.\n"},
    ),
    Explanation(
        rules.UNKNOWN_VALUE,
        what="A value is not in the vocabulary of its field, or `type` names no known kind.",
        why="The note gets an index page of its own instead of standing beside its like.",
        fix="Use one of the values that the message names.",
        bad={_PATH: "---\ntype: claim\nconfidence: pretty sure\n---\n\nBees do.\n"},
        good={_PATH: "---\ntype: claim\nconfidence: likely\n---\n\nBees do.\n"},
    ),
    Explanation(
        rules.BAD_DATE,
        what="A date does not exist, or is no date.",
        why="The note stands in the wrong place of every list that is sorted by date, or in none.",
        fix=(
            "Write `2026-03-12`. Where only the month or the year is known, `2026-03` or `2026` is a whole "
            "date too."
        ),
        bad={_PATH: "---\ntype: claim\ncreated: 2026-02-30\n---\n\nBees do.\n"},
        good={_PATH: "---\ntype: claim\ncreated: 2026-02\n---\n\nBees do.\n"},
    ),
    Explanation(
        rules.LEGACY_FIELD,
        what="A field has an older name. It is read like the new one.",
        why="With one name for one thing, searching the files finds every note.",
        fix="Use the new name, which the message gives. `codex check --fix` does so for all notes.",
        bad={_SOURCE: "---\ntype: source\nsource_type: paper\n---\n\nOn the sleep of bees.\n"},
        good={_SOURCE: "---\ntype: source\nformat: paper\n---\n\nOn the sleep of bees.\n"},
    ),
    Explanation(
        rules.BAD_ADDRESS,
        what="The field `url` does not hold the address of a page on the web.",
        why="The reader cannot get from the note to the source itself.",
        fix="Write the whole address, with `https://` in front.",
        bad={_SOURCE: "---\ntype: source\nurl: example.org/bees\n---\n\nOn the sleep of bees.\n"},
        good={_SOURCE: "---\ntype: source\nurl: https://example.org/bees\n---\n\nOn the sleep of bees.\n"},
    ),
)

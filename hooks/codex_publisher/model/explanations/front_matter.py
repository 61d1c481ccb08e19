"""The rules about front matter as a whole, explained."""

from __future__ import annotations

from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.explanation import Explanation

_PATH: Final = "claims/bees sleep.md"
_GOOD: Final = {_PATH: "---\ntype: claim\ndomain: sleep\n---\n\nBees do.\n"}

EXPLANATIONS: Final = (
    Explanation(
        rules.FRONT_MATTER_MISSING,
        what=(
            "The note does not begin with front matter, which is fields between two lines `---`, though its "
            "kind needs some. Maps and an agent's own pages do not."
        ),
        why=(
            "Without fields nobody knows what the note is about, how sure it is and how old, so no index, "
            "no filter and no relation can show it."
        ),
        fix="Begin the note with a line `---`, lines such as `type: claim`, and another line `---`.",
        bad={_PATH: "# Bees sleep\n\nBees do.\n"},
        good=_GOOD,
    ),
    Explanation(
        rules.FRONT_MATTER_BROKEN,
        what=(
            "The front matter is not valid YAML. It was read field by field, and what could not be read is "
            "kept as text."
        ),
        why="Other programs that read the note stop here, and a field may hold something else than you mean.",
        fix=(
            "Most often, put the value in quotes: a colon, a bracket or a `#` inside a value means something "
            "to YAML. The message says what is wrong at which place."
        ),
        bad={_PATH: "---\ntype: claim\ntitle: Bees: a survey of their sleep\n---\n\nBees do.\n"},
        good={_PATH: '---\ntype: claim\ntitle: "Bees: a survey of their sleep"\n---\n\nBees do.\n'},
    ),
    Explanation(
        rules.FRONT_MATTER_UNCLOSED,
        what="A line `---` opens front matter, and no line `---` closes it.",
        why="Where the fields end has to be guessed; other programs take the whole note for text.",
        fix="Put a line `---` where the fields end.",
        bad={_PATH: "---\ntype: claim\ndomain: sleep\n\nBees do.\n"},
        good=_GOOD,
    ),
    Explanation(
        rules.DUPLICATE_KEY,
        what="A field stands twice. The last one counts.",
        why="One of the two values is lost without a word in nearly every program that reads the note.",
        fix="Delete one of the two.",
        bad={_PATH: "---\ntype: claim\ndomain: sleep\ndomain: insects\n---\n\nBees do.\n"},
        good=_GOOD,
    ),
    Explanation(
        rules.FRONT_MATTER_TOO_LARGE,
        what="The front matter is larger than 16 KB, or its values are nested more than 20 deep.",
        why="What comes after the limit is not read, so those fields are missing everywhere.",
        fix="Move long texts below the front matter, and make the values flatter.",
        bad={_PATH: f"---\ntype: claim\ntags: {'[' * 22}sleep{']' * 22}\n---\n\nBees do.\n"},
        good={_PATH: "---\ntype: claim\ntags: [sleep]\n---\n\nBees do.\n"},
    ),
    Explanation(
        rules.YAML_ALIAS,
        what="A value begins with `*` or `&`, or a key is `<<`. YAML gives these a meaning that is not read.",
        why=(
            "With anchors and aliases a few lines can grow to gigabytes, so they are kept as the text that "
            "was written. Often only emphasis was meant."
        ),
        fix="Put the value in quotes, or write it out.",
        bad={_PATH: "---\ntype: claim\nauthor: *bees\n---\n\nBees do.\n"},
        good={_PATH: '---\ntype: claim\nauthor: "*bees"\n---\n\nBees do.\n'},
    ),
    Explanation(
        rules.SECOND_DOCUMENT,
        what="A second block of front matter follows the first. Its fields were added to the first block's.",
        why="Other programs read the first block only, and show the second as text.",
        fix="Put all fields into one block.",
        bad={_PATH: "---\ntype: claim\n---\n---\ndomain: sleep\n---\n\nBees do.\n"},
        good=_GOOD,
    ),
)
